"""The model is evaluated on several splits of the data, not on one.

What counts
    KFold and its kin, cross_val_score and cross_validate, a search that cross-validates (GridSearchCV and its
    kin, RidgeCV), TimeSeriesSplit and backtests, folds made by hand and looped over, `xgb.cv`, `lgb.cv`.

What does not
    One split into train and validation, however it is made: `train_test_split`, a shuffle split with one
    repetition.

Known problems
    Folds that another program makes and that only file names tell are not seen.

Next step
    `cross_validate(model, X, y, cv=5, scoring=...)`; report the mean and the spread, not the best fold. Use
    GroupKFold where rows belong together and TimeSeriesSplit where time matters.
"""

from __future__ import annotations

import re

from mlcoach.rule import Facts, Finding, Hit, Item, Regex, done, evidence_of, missing, na

from . import _folds
from ._notes import with_names

ITEM = Item(
    id="modelling/cv",
    title="Cross-validation",
    bullet="Model CV (Cross Valisation)",
    stage="mvp",
    why="A score from one split depends on luck: another split would have ranked the models differently.",
    how=(
        "`from sklearn.model_selection import cross_validate`",
        "`cross_validate(model, X, y, cv=5, scoring='f1')`",
        "report mean and standard deviation over the folds",
    ),
    references=("https://scikit-learn.org/stable/modules/cross_validation.html",),
    actions=("train",),
)

PERIOD = Regex(
    r"(?:[<>]=?|[=!]=|\bisin\(|\bbetween\()\s*\(?\w*(?:year|month|week|day|date|term|season|window|period|quarter|start|end|split_time)\w*"
)
LOOP = Regex(r"(?i)\bfor\s+\(?\s*(?:\w+,\s*\(?)*\w*fold\w*\b.*\bin\b|\bfor\b.*\bin\b.*\b(?:n_?|num_?|k_?)?folds?\b")
SEVERAL = Regex(r"(?i)folds?\w*\s*(?::\s*int\s*)?=\s*(?:[2-9]|[1-9]\d)\b")


def infer(facts: Facts) -> Finding:
    loops = [hit for hit in facts.code.find(*_folds.FOLD) if LOOP.search(hit.text)]
    found = evidence_of(
        with_names(facts.code.find(_folds.OWN)),
        with_names(facts.code.find(_folds.FUNCTIONS, _folds.SPLITTERS)),
        with_names(facts.code.find(_folds.SEARCHES)),
        with_names(facts.code.find(_folds.AUTOMATIC)) if facts.code.imported("pycaret") else (),
        with_names(hit for hit in facts.code.find(_folds.REPEATED) if repeats(hit)),
        [hit.evidence("a loop over folds") for hit in loops],
        with_names(by_period(facts)),
        with_names(facts.code.find(_folds.ARGUMENTS)),
        with_names(hit for hit in facts.code.find(*_folds.COUNTED) if SEVERAL.search(hit.text)),
    ) or evidence_of(
        facts.texts.find(_folds.IN_R, "*.[Rr]", "*.Rmd"),
        facts.texts.find(_folds.SHELL_LOOP, "*.sh", "Makefile", "*.mk", "*.y*ml", "Snakefile"),
        facts.texts.find(_folds.CONFIGURED, "*.y*ml", "*.json", "*.toml", "*.cfg", "*.ini", "*.[Rr]"),
    )
    if found:
        return done(found[0].note, found)
    if "agents" in facts.kind and not facts.kind & {"classic", "tabular"}:
        return na("an agent learns in an environment: there is no data set to resample")
    looked = ("splitters, cross_val_*, *SearchCV, loops over folds in code", "fold settings in configs")
    return missing("one split at most", looked=looked)


def by_period(facts: Facts) -> list[Hit]:
    """Walking forward: a loop in which each period in turn parts what is trained on from what is tested on."""
    train, test = (
        [hit for hit in facts.code.find(pattern) if hit.loops and PERIOD.search(hit.text)]
        for pattern in (_folds.TRAIN, _folds.TEST)
    )
    tested = {(hit.path, hit.cell, hit.inside) for hit in test}
    return [hit for hit in train if (hit.path, hit.cell, hit.inside) in tested]


def repeats(hit: Hit) -> bool:
    """A shuffle split makes ten splits unless it is told to make one."""
    return not re.match(r"1\b|.*\bn_(?:splits|iter)\s*=\s*1\b", hit.args)
