"""The docs say what the model does within the objective.

What counts
    What it predicts, classifies, ranks, generates or detects, from what input, in the README or another doc.

What does not
    An algorithm's name without its task; a competition's name; how to start the training.

Known problems
    A task that stands in the code alone (the name of a target column) is not an answer.

Next step
    Write one sentence: from which input the model tells what, and who uses the answer.
"""

from __future__ import annotations

from collections.abc import Iterator

from mlcoach.rule import Facts, Finding, Item, Regex, Sentence, ask, calls

from . import _tasks
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
    id="scoping/ml-role",
    title="What the model addresses",
    bullet="Which part of the main objective a ML model is addressing?",
    kind="answered",
    stage="poc",
    why="A model answers one question of many; if nobody says which, its metrics cannot be tied to the objective.",
    how=(
        "say what goes in, what comes out, and what happens with the answer",
        "name the parts of the objective that no model addresses",
        '`mlcoach answer scoping/ml-role "..."` keeps it as the answer',
    ),
    references=("https://developers.google.com/machine-learning/problem-framing/ml-framing",),
)

FAR = 150  # sentences read of a document that is no README
APP = calls("FastAPI", "gradio.Interface", "gradio.ChatInterface", note="an app that describes itself")
TITLED = Regex(r"\b(?:description|title) ?= ?[\"']([^\"'\n]{12,250})")
COMMAND = Regex(
    r"(?i)`|\.py\b|\.sh\b|--\w|\.json\b|\.ya?ml\b|\.csv\b|\bcommand\b|\bfolder\b|\bdirectory\b|\bprediction file\b"
    r"|\bsubmission file\b"
)


def infer(facts: Facts) -> Finding:
    found = ranked(candidates(facts), least=2.5)
    if not found:
        for app in facts.code.find(APP):
            for told in filter(tells, TITLED.findall(app.args)):
                return ask(
                    "the app's description tells the task", draft=told, evidence=(app.evidence("describes itself"),)
                )
        return ask(
            "no doc says what the model predicts", looked=("README", "docs", "Markdown of notebooks", "API titles")
        )
    evidence = [sentence.evidence("tells the task") for sentence in found]
    return ask("the docs tell what the model does", draft=draft(facts, found[0]), evidence=evidence)


def candidates(facts: Facts) -> Iterator[tuple[float, Sentence]]:
    """Statements with their weights: those of READMEs and those near the top count for more."""
    readmes, others = documents(facts)
    for number, sentences in enumerate([*readmes, *others[:40]]):
        root, told = number < len(readmes), 0
        for sentence in sentences if root else sentences[:FAR]:
            told += sentence.kind != "row"
            if sentence.kind == "row" or not _tasks.HINT.search(sentence.text) or not is_statement(sentence):
                continue
            if score := weigh(sentence, first=told <= 10 and root):
                yield score + (1.2 if root else -0.6) - 0.02 * min(told, 30) - 0.03 * min(number, 20), sentence


def weigh(sentence: Sentence, *, first: bool) -> float:
    """How clearly it tells a model's task: 0 not at all."""
    text = _tasks.ADVICE.sub("", sentence.text)
    if sentence.kind == "heading" and (length(text) < 5 or not first):
        return 0
    if _tasks.ORIENTAL.search(text):
        about = points((1, under_purpose(sentence)), (-1, is_aside(sentence)))
        return 2.5 + about if _tasks.ORIENTAL_SUBJECT.search(text) else 0
    score = points(
        (2.0, does(text)),
        (1.5, _tasks.TRAINS.search(text)),
        (1.0, _tasks.NAMED.search(text)),
        (0.7, _tasks.CLEARLY.search(text)),
        (0.7, _tasks.WHETHER.search(text)),
        (2.5, _tasks.LATIN.search(text)),
    )
    if score < 1:
        return 0
    return score + points(
        (0.7, under_purpose(sentence)),
        (0.5, first),
        (-0.7, is_aside(sentence)),
        (-1.0, COMMAND.search(text)),
        (-0.5, sentence.kind == "item"),
        (-0.8, COMPETITION.search(text)),
    )


def tells(text: str) -> bool:
    """Whether an app's title or description names a task."""
    return does(text) or bool(_tasks.CLEARLY.search(text) or _tasks.NAMED.search(text))


def does(text: str) -> bool:
    """A verb of a model's work with an object after it."""
    found = _tasks.DOES.search(text)
    if not found:
        return False
    return "perform" in found[0] or any(
        not _tasks.EMPTY.match(found[0][verb.end() :]) for verb in _tasks.VERB.finditer(found[0])
    )
