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
    `mlcoach train` scores a baseline on the same split; put its row into the README's table of results.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mlcoach.rule import Evidence, Facts, Finding, Item, Regex, Sentence, assigns, done, evidence_of, missing

from ._statements import INTENTION, PLAN

ITEM = Item(
    id="scoping/baseline",
    title="Success baseline",
    bullet="Establish a baseline against which your ML will be considered an successful (an improvement against the baseline)",
    stage="poc",
    why="A score means nothing alone: 90 % is poor when the largest class has 95 %.",
    how=(
        "Score a dummy and a linear model, and today's solution if there is one, on the same split",
        "`mlcoach train` does it and writes metrics.json",
        "Name the reference and its number in the README's table of results",
    ),
    references=("https://blog.ml.cmu.edu/2020/08/31/3-baselines/",),
    actions=("train",),
)

BASELINE = (
    r"(?:\bbase[- ]?lines?\b(?![/.-]\w|_)|(?<!trained )\bbase model\b|\breference (?:model|score|result"
    r"|implementation)\b|基线|基准)"
)
REFERENCE = (
    r"(?:\b(?:previous|prior|existing|current|published|reported|original|official|winning|first[- ]place"
    r"|1st[- ]place|competing) (?:[\w-]+ ){0,2}?(?:best|state|models?|works?|solutions?|results?|scores?|systems?"
    r"|methods?|approach(?:es)?|papers?|implementations?|benchmarks?|checkpoints?|version)\b"
    r"|state[- ]of[- ]the[- ]art|\bsota\b|\bleaderboard\b|\bthe paper\b|\bpaper'?s\b|\bin (?:the )?paper\b|\bet al\b"
    r"|\(\d{4}\)"
    r"|\bhuman[- ](?:level|performance|accuracy|baseline)\b|\brandom(?:ly)? (?:guess\w*|chance|baseline)\b"
    r"|\bchance level\b|\bmajority class\b|\bdummy\b|\bnaive (?!bayes)\w+|\bzero[- ]shot\b|\bvanilla\b|\buntuned\b"
    r"|\b(?:without|before|no) (?:fine-?tuning|tuning|augmentation|pre-?training)\b|\btraditional \w+|排行榜|最高分|微调前)"
)
COMPARES = Regex(
    r"(?i)\bcompar\w+|\bvs\b|\bversus\b|outperform\w*|underperform\w*|(?:better|worse|higher|lower|more) than"
    r"|\bbeats?\b|improv\w+|relative to|surpass\w+|exceed\w*|reduc\w+|against\b|approach(?:ing|es)\b|match(?:es"
    r"|ing)\b|差|高|低"
)
STRONG = Regex(rf"(?i){BASELINE}")
ANY = Regex(rf"(?i){BASELINE}|{REFERENCE}")
ROW = Regex(
    rf"(?i){BASELINE}|{REFERENCE}|\bpapers?\b|\(default\)|\bdefault\b|\boriginal\b|\breported\b|\bofficial\b"
    rf"|\bprevious\b"
)
METRIC = Regex(
    r"(?i)accuracy|\bacc\b|f1|\bauc\b|auroc|roc|rms\w*|\bmae\b|\bmse\b|mape|r2\b|r²|loss|bleu|rouge|\bwer\b|\bcer\b"
    r"|\bm?ap\b|iou|dice|precision|recall|score|error|perplexity|ppl|psnr|ssim|\bfid\b|ndcg|hit"
    r"|mrr|\bgini\b|top-?[15]|return|reward|正确率|准确率|分|\blb\b|\bcv\b|%"
)
PLAIN_METRIC = Regex(
    r"(?i)\b(?:test |validation |train )?(?:accuracy|f1|auc|auroc|rmse|mae|mse|mape|bleu|iou|dice|precision|recall"
    r"|perplexity|error rate)\b"
)
NAMED_MODEL = Regex(
    r"(?i)base[- ]?line (?:[\w-]+ ){0,3}(?:model|cnn|rnn|lstm|network|classifier|regress\w+|forest|svm|algorithm)"
)
NUMBER = Regex(r"(?<![\d.vV=/-])(?:\d{1,3}(?:\.\d+)? ?%|\d{1,4}\.\d{1,6}(?![\d.]))")
TARGET = Regex(r"(?i)\btargets?\b|\bexpected\b|\bto reach\b|achiev\w+ (?:a )?(?:new )?(?:state|sota)")
PARAMETERS = Regex(
    r"(?i)learning[- ]?rate|\blr\b|batch[- ]?size|parameter\b|argument|option\b|flag\b|type\b|description"
)
OUTPUT = (
    r"(?:accuracy|acc|f1|auc|rmse|mae|mse|r2|r\^2|score|precision|recall|loss|rmsle|logloss|mape|bleu|wer"
    r"|error)\b[^\n]{0,40}?\d\.\d|\d\.\d+[^\n]{0,20}(?:accuracy|macro avg|weighted avg)"
)
OUTPUT_NAMED = (
    r"(?:\bbase[-_ ]?line\b|(?<!trained )\bbase model\b|\bdummy\w*|\bnaive (?!bayes)\w+|majority (?:class )?baseline"
    r"|random guess)[^\n]{0,100}?\d\.\d"
)
MODEL = assigns("*baseline*", "dummy", "dummy_*", note="a baseline model")
RESULT_FILES = Regex(r"(?i)(?:.*[/_.-])?base_?lines?(?:[/_.-].*)?\.(?:json|csv|tsv|metrics?)")
NO_RESULTS = Regex(r"(?i)config|spec|schema|(?:^|/)tests?/|params")
RESULTS = Regex(r"(?i)metric|result|score|eval|report|perf|leaderboard|experiment|outputs?|runs?\b")
RESULT_KEY = r"^\s*[\"']?\w*(?:baseline|dummy|naive|majority)\w*(?<!_config)(?<!_path)[\"']?\s*:\s*(?:\{|\[?-?\d+\.\d)"


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
        if RESULT_FILES.fullmatch(path) and RESULTS.search(path) and not NO_RESULTS.search(path)
    ]
    keys = facts.texts.find(
        RESULT_KEY,
        "*metric*.json",
        "*result*.json",
        "*score*.json",
        "*eval*.json",
        "*report*.json",
        "*metric*.y*ml",
        limit=5,
    )
    found = evidence_of(
        in_notebooks(facts),
        [evidence for _, evidence in told],
        tags,
        files,
        [hit.evidence("a baseline's result") for hit in keys],
    )
    if found:
        return done(found[0].note, found)
    return missing("no reference result is reported", looked=("docs", "notebook outputs", "metrics files", "tags"))


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
            number = NUMBER.search(sentence.text)
            weight = weigh(sentence, header) if number else 0
            if not document.placed and STRONG.search(sentence.text) and COMPARES.search(sentence.text):
                weight = 1  # a paper's numbers stand in its tables, whose rows are not read
            if weight:
                yield weight, sentence.evidence("a reference result")
            if sentence.kind == "item" and number:
                results.setdefault(sentence.headings, []).append(sentence)
            named = named or NAMED_MODEL.search(sentence.text) is not None
        for listed in results.values() if named else ():
            if len(listed) >= 2 and any(PLAIN_METRIC.search(sentence.text) for sentence in listed):
                yield 0.5, listed[0].evidence("results beside a named baseline")


def weigh(sentence: Sentence, header: str) -> float:
    """Of a sentence with a number: 0 when it is no reference's result."""
    text = sentence.text
    above = sentence.headings[-1] if sentence.headings else ""
    if sentence.kind == "heading" or INTENTION.search(text) or TARGET.search(text):
        return 0
    if sentence.kind == "row":
        reference = ROW.search(text) or ROW.search(header) or STRONG.search(above)
        return 2 if reference and METRIC.search(header) and not PARAMETERS.search(header) else 0
    if STRONG.search(text) or STRONG.search(above):
        return 1.5 if METRIC.search(text) or METRIC.search(above) else 0
    return 1 if ANY.search(text) and METRIC.search(text) and COMPARES.search(text) else 0


def in_notebooks(facts: Facts) -> Iterator[Evidence]:
    """Outputs that name a baseline, follow a heading of that name, or come from a cell that assigns one."""
    for hit in facts.outputs.find(OUTPUT_NAMED, limit=5):
        yield hit.evidence("a baseline's result")
    measured = facts.outputs.find(OUTPUT, limit=400)
    assigned = {(hit.path, hit.cell) for hit in facts.code.find(MODEL)}
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
            if STRONG.search(heading.text) and heading.cell is not None:
                following = headings[number + 1].cell if number + 1 < len(headings) else None
                yield heading.path, heading.cell, following or 1_000_000
