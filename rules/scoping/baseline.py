"""A reference result is reported that the model is compared with.

What counts
    A baseline's row or number in the docs, a metrics file or a notebook's output; a previous or published solution's
    score; a recorded baseline run (a tag, a baseline's metrics file).

What does not
    The word "baseline" as the name of a file or config with no result; several equal candidates with no named reference;
    pictures side by side; a placeholder for a number.

Known problems
    A reference that has only a model's name (a table of several models) is not told from equal candidates. Of PDFs only
    papers set with TeX are read.

Next step
    Score a dummy and a linear model on the same split (`mlcoach train` does, on a table), and put their rows into the
    README's table of results.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mlcoach.rule import Evidence, Facts, Finding, Item, Sentence, done, evidence_of, missing

from . import _references
from ._statements import INTENTION, PLAN

ITEM = Item(
    id="scoping/baseline",
    title="Success baseline",
    bullet="Establish a baseline against which your ML will be considered an successful (an improvement against the baseline)",
    stage="poc",
    why="A score means nothing alone: 90 % is poor when the largest class has 95 %.",
    how=(
        "score a dummy and a linear model, and today's solution if there is one, on the same split",
        "name the reference and its number in the README's table of results",
    ),
    references=("https://blog.ml.cmu.edu/2020/08/31/3-baselines/",),
    actions=("train",),
)


def infer(facts: Facts) -> Finding:
    told = sorted(in_docs(facts), key=lambda found: -found[0])
    names = [tag.name for tag in facts.git.tags if "baseline" in tag.name.lower()]
    tags = [Evidence(ref=name, note="a tagged baseline run") for name in names]
    tags += [
        hit.evidence("tells of that run") for name in names[:3] for hit in facts.docs.find(re.escape(name), limit=1)
    ]
    files = [
        Evidence(path, note="a baseline's metrics")
        for path in facts.paths
        if _references.RESULT_FILES.fullmatch(path)
        and _references.RESULTS.search(path)
        and not _references.NO_RESULTS.search(path)
    ]
    keys = facts.texts.find(_references.RESULT_KEY, *_references.KEY_FILES, limit=5)
    found = evidence_of(
        in_notebooks(facts),
        [evidence for _, evidence in told],
        tags,
        files,
        [hit.evidence("a baseline's result") for hit in keys],
    )
    if found:
        return done(found[0].note, found)
    return missing(
        "no reference result is reported",
        looked=("README", "docs", "papers", "outputs of notebooks", "metrics files", "tags"),
    )


def in_docs(facts: Facts) -> Iterator[tuple[float, Evidence]]:
    """(weight, place) of numbers of a reference, and of a baseline that a doc names beside a list of results."""
    for document in [*facts.prose, *facts.papers]:
        if PLAN.search(document.path):
            continue
        header, before = "", ""
        named = False
        results: dict[tuple[str, ...], list[Sentence]] = {}
        for sentence in document.sentences:
            header = "" if sentence.kind != "row" else header if before == "row" else sentence.text
            before = sentence.kind
            number = _references.NUMBER.search(sentence.text)
            weight = weigh(sentence, header) if number else 0
            if not document.placed and compares(sentence.text):
                weight = 1  # a paper's numbers stand in its tables, whose rows are not read
            if weight:
                yield weight, sentence.evidence("a reference result")
            if sentence.kind == "item" and number:
                results.setdefault(sentence.headings, []).append(sentence)
            named = named or _references.NAMED_MODEL.search(sentence.text) is not None
        for listed in results.values() if named else ():
            if len(listed) >= 2 and any(_references.PLAIN_METRIC.search(sentence.text) for sentence in listed):
                yield 0.5, listed[0].evidence("results beside a named baseline")


def compares(text: str) -> bool:
    """With a baseline that it names."""
    return _references.STRONG.search(text) is not None and _references.COMPARES.search(text) is not None


def weigh(sentence: Sentence, header: str) -> float:
    """Of a sentence with a number: 0 when it is no reference's result."""
    text = sentence.text
    above = sentence.headings[-1] if sentence.headings else ""
    if sentence.kind == "heading" or INTENTION.search(text) or _references.TARGET.search(text):
        return 0
    if sentence.kind == "row":
        reference = _references.ROW.search(text) or _references.ROW.search(header) or _references.STRONG.search(above)
        return 2 if reference and _references.METRIC.search(header) and not _references.PARAMETERS.search(header) else 0
    if _references.STRONG.search(text) or _references.STRONG.search(above):
        return 1.5 if _references.METRIC.search(text) or _references.METRIC.search(above) else 0
    return (
        1
        if _references.ANY.search(text) and _references.METRIC.search(text) and _references.COMPARES.search(text)
        else 0
    )


def in_notebooks(facts: Facts) -> Iterator[Evidence]:
    """Outputs that name a baseline, follow a heading of that name, or come from a cell that assigns one."""
    for hit in facts.outputs.find(_references.OUTPUT_NAMED, limit=5):
        yield hit.evidence("a baseline's result")
    measured = facts.outputs.find(_references.OUTPUT, limit=400)
    assigned = {(hit.path, hit.cell) for hit in facts.code.find(_references.MODEL)}
    spans = list(sections(facts))
    for hit in measured:
        under = any(path == hit.path and first < (hit.cell or 0) < last for path, first, last in spans)
        if under or (hit.path, hit.cell) in assigned:
            yield hit.evidence("a baseline's result")


def sections(facts: Facts) -> Iterator[tuple[str, int, int]]:
    """(notebook, cell of a heading that names a baseline, cell of the next heading)."""
    for document in facts.prose:
        headings = [
            sentence for sentence in document.sentences if sentence.kind == "heading" and sentence.cell is not None
        ]
        for number, heading in enumerate(headings):
            if _references.STRONG.search(heading.text) and heading.cell is not None:
                following = headings[number + 1].cell if number + 1 < len(headings) else None
                yield heading.path, heading.cell, following or 1_000_000
