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

from mlcoach.rule import (
    Facts,
    Finding,
    Hit,
    Item,
    Regex,
    assigns,
    calls,
    defines,
    done,
    evidence_of,
    keywords,
    missing,
    na,
    strings,
    uses,
)

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

FUNCTIONS = calls(
    "cross_val_score", "cross_val_predict", "cross_validate", "permutation_test_score", "learning_curve",
    "validation_curve", "xgboost.cv", "xgb.cv", "lightgbm.cv", "lgb.cv", "catboost.cv", "CrossValidator",
    "prophet.diagnostics.cross_validation", "cross_validation", "historical_forecasts", "backtesting_forecaster",
    "cross_validate_model", "nested_cv", "cross_val_*", "cv_score*",
    note="cross-validation",
)  # fmt: skip
SPLITTERS = uses(
    "*KFold*", "LeaveOneOut", "LeavePOut", "LeaveOneGroupOut", "LeavePGroupsOut", "*TimeSeriesSplit*",
    "BlockingTimeSeriesSplit", "PredefinedSplit", "ExpandingWindowSplitter", "SlidingWindowSplitter",
    "RollingWindowSplitter", "make_folds", "create_folds", "get_folds", "check_cv", "RepeatedKFold", "kfold_split",
    "k_fold_split", "k_fold_cross_validation", "*walk_forward*", "*leave_one_*_out*",
    note="a splitter into folds",
)  # fmt: skip
OWN = defines(
    "*CrossValidator*", "*CrossValidation*", "*cross_validation*", "*cross_validate*", "*kfold*", "*KFold*", "*k_fold*", "*make_folds*",
    "*create_folds*", "*walk_forward*", "*WalkForward*", "*rolling_origin*", "*expanding_window*", "*leave_one_out*",
    note="cross-validation of the project's own",
)  # fmt: skip
TRAIN = assigns("train", "train_*", "*_train", "training_*", "trainset", note="a training part for each period")
TEST = assigns(
    "test", "test_*", "*_test", "testing_*", "valid", "valid_*", "*_valid", "val", "val_*", "*_val", "testset"
)
REPEATED = calls("*ShuffleSplit", note="repeated random splits")
SEARCHES = uses(
    "*SearchCV", "RidgeCV", "RidgeClassifierCV", "LassoCV", "LassoLarsCV", "ElasticNetCV", "LogisticRegressionCV",
    "RFECV", "MultiTaskLassoCV",
    note="a search that cross-validates",
)  # fmt: skip
AUTOMATIC = calls(
    "compare_models", "create_model", "tune_model",
    note="PyCaret scores each model on folds",
)  # fmt: skip
FOLD = (
    uses(
        "fold",
        "folds",
        "n_folds",
        "num_folds",
        "k_folds",
        "n_fold",
        "fold_*",
        "i_fold",
        "ifold",
        "kfold",
        "k_fold",
        "nfold",
        "nfolds",
    ),
    assigns("fold", "fold_*", "i_fold", "ifold", "kfold"),
)
COUNTED = (
    keywords("n_folds", "num_folds", "k_folds", "nfolds", "nfold", "n_fold", "cv_folds", note="several folds"),
    assigns("n_folds", "num_folds", "k_folds", "nfolds", "nfold", "n_fold", "cv_folds", note="several folds"),
)
ARGUMENTS = strings(
    "--fold", "--folds", "--n_folds", "--num_folds", "--n-folds", "--kfold", "--k_folds", "--cv_folds",
    note="a fold is an argument",
)  # fmt: skip

PERIOD = Regex(
    r"(?:[<>]=?|[=!]=|\bisin\(|\bbetween\()\s*\(?\w*(?:year|month|week|day|date|term|season|window|period|quarter|start|end|split_time)\w*"
)
LOOP = Regex(r"(?i)\bfor\s+\(?\s*(?:\w+,\s*\(?)*\w*fold\w*\b.*\bin\b|\bfor\b.*\bin\b.*\b(?:n_?|num_?|k_?)?folds?\b")
SEVERAL = Regex(r"(?i)folds?\w*\s*(?::\s*int\s*)?=\s*(?:[2-9]|[1-9]\d)\b")
CONFIGURED = (
    r"^\s*[\"']?(?:n_?folds?|num_?folds|k_?folds?|cv_?folds?|folds|fold_count|n_?cv)[\"']?\s*[:=]\s*[\"']?(?:[2-9]"
    r"|1\d)\b"
)
IN_R = r"\btrainControl\(|\bcreate(?:Multi)?Folds\(|\bvfold_cv\(|\bcv\.glm(?:net)?\(|\bxgb\.cv\(|\blgb\.cv\("
SHELL_LOOP = r"^\s*for\s+\w*fold\w*\s+in\b|--fold[= ]\$"


def infer(facts: Facts) -> Finding:
    loops = [hit for hit in facts.code.find(*FOLD) if LOOP.search(hit.text)]
    found = evidence_of(
        with_names(facts.code.find(OWN)),
        with_names(facts.code.find(FUNCTIONS, SPLITTERS)),
        with_names(facts.code.find(SEARCHES)),
        with_names(facts.code.find(AUTOMATIC)) if facts.code.imported("pycaret") else (),
        with_names(hit for hit in facts.code.find(REPEATED) if repeats(hit)),
        [hit.evidence("a loop over folds") for hit in loops],
        with_names(by_period(facts)),
        with_names(facts.code.find(ARGUMENTS)),
        with_names(hit for hit in facts.code.find(*COUNTED) if SEVERAL.search(hit.text)),
    ) or evidence_of(
        facts.texts.find(IN_R, "*.[Rr]", "*.Rmd"),
        facts.texts.find(SHELL_LOOP, "*.sh", "Makefile", "*.mk", "*.y*ml", "Snakefile"),
        facts.texts.find(CONFIGURED, "*.y*ml", "*.json", "*.toml", "*.cfg", "*.ini", "*.[Rr]"),
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
        [hit for hit in facts.code.find(pattern) if hit.loops and PERIOD.search(hit.text)] for pattern in (TRAIN, TEST)
    )
    tested = {(hit.path, hit.cell, hit.inside) for hit in test}
    return [hit for hit in train if (hit.path, hit.cell, hit.inside) in tested]


def repeats(hit: Hit) -> bool:
    """A shuffle split makes ten splits unless it is told to make one."""
    return not re.match(r"1\b|.*\bn_(?:splits|iter)\s*=\s*1\b", hit.args)
