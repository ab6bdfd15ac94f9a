"""The docs say what the project is for.

What counts
    The README or another doc states the problem that the project solves or the question that it answers.

What does not
    A bare title; the name of a competition or a course alone; install steps only; a template's placeholder text.

Known problems
    A purpose that only a picture or a linked page tells is not seen.

Next step
    Write one or two sentences under the README's title: for whom, which problem, and what will be better.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from mlcoach.rule import Facts, Finding, Item, Sentence, ask

from . import _purposes
from ._statements import (
    COMPETITION,
    documents,
    draft,
    is_aside,
    is_statement,
    length,
    points,
    ranked,
    under_purpose,
)

ITEM = Item(
    id="scoping/objective",
    title="Main objective",
    bullet="What is the project main objective?",
    kind="answered",
    stage="poc",
    why="Without a stated objective nobody can say when the project has succeeded, or that it should stop.",
    how=(
        "name the person whose problem it is, and the decision that the result will change",
        "write it as the README's first paragraph",
        '`mlcoach answer scoping/objective "..."` keeps it as the answer',
    ),
    references=("https://developers.google.com/machine-learning/problem-framing",),
)

NEAR = 25  # statements; further down only an outspoken aim counts
LEAD = 6  # the first statements of a document say what it is about


def infer(facts: Facts) -> Finding:
    readmes, others = documents(facts)
    found = ranked(chain.from_iterable(map(weighed, readmes)), least=2)
    if not found:  # further off, only an outspoken aim counts
        far = chain.from_iterable(map(weighed, others[:30]))
        found = ranked(((score, sentence) for score, sentence in far if outspoken(sentence)), least=5)
    if not found:
        return ask("no doc says what the project is for", looked=("README", "docs", "Markdown of notebooks"))
    return ask(
        "the docs tell what it is for",
        draft=draft(facts, found[0]),
        evidence=[sentence.evidence("tells the purpose") for sentence in found],
    )


def weighed(sentences: Iterable[Sentence]) -> Iterator[tuple[float, Sentence]]:
    """How well each sentence of a document tells what the project is for: 2 and more that it does."""
    lead, titles, told = 0, 0, 0
    for sentence in sentences:
        titles += sentence.kind == "heading"
        if is_beside_it(sentence) or not is_statement(sentence):
            continue
        text, words = sentence.text, length(sentence.text)
        if sentence.kind == "heading":
            if (
                titles == 1
                and words >= 5
                and (_purposes.QUESTION.match(text) or (_purposes.ACTION.match(text) and _purposes.TITLE.search(text)))
            ):
                yield (4 if text.endswith("?") else 2), sentence
            continue
        aside = is_aside(sentence) or any(map(_purposes.OTHER.match, sentence.headings[-1:]))
        told += not aside
        aim, defined = _purposes.AIM.search(text), _purposes.IS_A.search(text)
        plain, purpose = defined or _purposes.STRONG.search(text), under_purpose(sentence)
        if (aside or told > NEAR) and not (aim or defined or (plain and purpose)):
            continue
        score = 4.0 if aim else 3.0 if plain else points((1, _purposes.WEAK.search(text)))
        score += points(
            (1.5, purpose),
            (0.8, _purposes.TASK.search(text)),
            (-1.5, sentence.kind == "item"),
            (-1.5, aside),
            (-0.8, COMPETITION.search(text)),
            (-1, words < 5),
            (-0.05 * min(told - 1, 40), True),
        )
        if lead < LEAD and not aside and words >= 6:
            score += (2 if titles <= 2 else 1) - 0.2 * lead
            lead += sentence.kind == "text"
        yield score, sentence


def is_beside_it(sentence: Sentence) -> bool:
    """A table's row, a list of files, the name of a competition, or word of the project's end: never its purpose."""
    listed = sentence.kind == "item" and _purposes.LISTED.match(sentence.text)
    return bool(sentence.kind == "row" or listed or _purposes.DEAD.search(sentence.text) or names_only(sentence.text))


def outspoken(sentence: Sentence) -> bool:
    """Whether the sentence says so itself, wherever it stands: what a notebook aims at may be a step of the work only."""
    text = sentence.text
    if sentence.cell is not None or "/" in sentence.path:
        return bool(_purposes.AIM.search(text) and _purposes.TASK.search(text)) or (
            under_purpose(sentence) and bool(_purposes.STRONG.search(text))
        )
    return bool(_purposes.AIM.search(text) or _purposes.STRONG.search(text))


def names_only(text: str) -> bool:
    """Whether nothing but the name of a competition or a course is told."""
    rest = _purposes.NAMED_ONLY.match(text)
    return bool(COMPETITION.search(text) and rest and length(rest["rest"]) <= 8 and not _purposes.TASK.search(text))
