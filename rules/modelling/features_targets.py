"""Code or configuration says what goes into the model and what it has to tell.

What counts
    X and y, feature and label columns, input and label keys, a data set class that returns a sample and its label, a loader
    of labelled folders.

What does not
    Unsupervised and generative projects, and agents that learn from rewards, have no target: not applicable.

Known problems
    A list of columns without a telling name is not seen.

Next step
    Name both in one place: `TARGET = "price"`, `FEATURES = [...]`, and use these names everywhere.
"""

from __future__ import annotations

from collections.abc import Iterator

from mlcoach.rule import Evidence, Facts, Finding, Item, Regex, done, evidence_of, missing, na

from . import _inputs

ITEM = Item(
    id="modelling/features-targets",
    title="Features and target",
    bullet="Feature(s) vs. target(s)",
    stage="poc",
    why="A target that hides among the features is the commonest leak; and nobody can use a model whose input is not named.",
    how=(
        'name the target: `TARGET = "price"`',
        "name the features: `FEATURES = [...]`, or `X = frame.drop(columns=[TARGET])`",
        "leave out of the features what is known only after the target is",
    ),
    references=("https://developers.google.com/machine-learning/glossary#label",),
    actions=("train",),
)

DATA_CLASS = Regex(r"(?i)dataset|sequence|datagenerator|dataloader|datamodule|reader")
SUPERVISED = Regex(r"^\s*(?:[\w.\[\]'\",: ]+?|\([^()]*\))\s*,\s*[\w.]*(?:y|Y|label|target|class)\w*")
WITHOUT = {
    "a generator is trained against a discriminator: there is no target": _inputs.ADVERSARIAL,
    "records are grouped, not predicted: there is no target": _inputs.CLUSTERS,
}
TO_Y = Regex(r"[\"'](?:y|label|target)[\"']")
NETWORK = Regex(r"\bnn\.|\bself\.|Sequential|Conv|slim\.|layers?\.|Dense\(|forward")
LEARNING = Regex(r"(?i)train|fit|prepar|pre_?proc|data|feature|classif|regress|loader|minibatch|run")
ASIDE = Regex(
    r"(?i)plot|visuali|eval|metric|util|helper|calibrat|app\b|api|web|\bui\b|predict|infer|demo|constants|layers|deprecated|legacy"
    r"|\bold\b|examples?/|benchmark|/test"
)
HINTED = {pattern.note for pattern in _inputs.HINTS}
ARRAYS = {"splits X and y", "arrays of input and target", "fits X to y"}


def infer(facts: Facts) -> Finding:
    fits = [hit for hit in facts.code.find(_inputs.FITS) if SUPERVISED.search(hit.args)]
    renames = [hit for hit in facts.code.find(_inputs.RENAMES) if TO_Y.search(hit.args)]
    clear = [*fits, *renames, *(hit for hit in facts.code.find(*_inputs.CLEAR) if not NETWORK.search(hit.text))]
    hints = facts.code.find(*_inputs.HINTS)
    labelled = [hit for hit in hints if hit.note == "a labelled data set" and not hit.name.endswith("get_batch")]
    if "agents" in facts.kind and not labelled and not any(hit.note in ARRAYS for hit in clear):
        return na("an agent learns from rewards: there is no target")
    settings = facts.texts.find(_inputs.CLEAR_CONFIG, *_inputs.ANY_CONFIG, limit=3) + facts.texts.find(
        _inputs.CONFIG, *_inputs.CONFIGS, limit=3
    )
    classes = list(data_classes(facts))
    if not clear and not settings and not classes:
        for reason, pattern in WITHOUT.items():
            if facts.code.find(pattern):
                return na(reason, evidence=evidence_of(facts.code.find(pattern)))
        if "llm" in facts.kind and len({hit.note for hit in hints}) < 2:
            return na("models that others have trained are used: there is no target")
    places = telling([hit.evidence() for hit in [*clear, *hints]] + classes)
    found = evidence_of(places[:4], (hit.evidence("named in the configuration") for hit in settings), places)
    if found:
        return done(found[0].note, found)
    looked = ("X and y, feature and label columns, data set classes in code", "configuration")
    return missing("neither features nor a target are named", looked=looked)


def telling(found: list[Evidence]) -> list[Evidence]:
    """The places of the files that say most of input and target first: in training and data code rather than in plots and helpers."""
    kinds: dict[str, set[str]] = {}
    for place in found:
        kinds.setdefault(place.path or "", set()).add(place.note)

    def weight(place: Evidence) -> tuple[float, bool]:
        path, notes = place.path or "", kinds[place.path or ""]
        named = 2 * bool(LEARNING.search(path)) - 3 * bool(ASIDE.search(path))
        return (
            -named - len(notes - HINTED) - 2 * len(notes & ARRAYS) - 0.3 * len(notes & HINTED),
            place.note not in ARRAYS,
        )

    ordered: list[Evidence] = sorted(found, key=weight)
    return list(evidence_of(ordered, limit=len(ordered)))


def data_classes(facts: Facts) -> Iterator[Evidence]:
    """Classes of samples, by their own name or by what they extend, that give one by number or one after the other."""
    made = [definition for definition in facts.code.definitions() if not definition.test]
    extended = {(one.path, one.name) for one in made if one.kind == "class" and DATA_CLASS.search(one.given)}
    for one in made:
        owner, _, name = one.name.rpartition(".")
        if name in ("__getitem__", "__iter__", "__next__") and (
            (one.path, owner) in extended or DATA_CLASS.search(owner)
        ):
            yield Evidence(one.path, one.line, one.cell, note="a data set class returns samples")
