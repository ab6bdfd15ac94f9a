"""How code, configuration, R and shells name folds and several splits."""

from __future__ import annotations

from mlcoach.rule import assigns, calls, defines, keywords, strings, uses

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
CONFIGURED = (
    r"^\s*[\"']?(?:n_?folds?|num_?folds|k_?folds?|cv_?folds?|folds|fold_count|n_?cv)[\"']?\s*[:=]\s*[\"']?(?:[2-9]"
    r"|1\d)\b"
)
IN_R = r"\btrainControl\(|\bcreate(?:Multi)?Folds\(|\bvfold_cv\(|\bcv\.glm(?:net)?\(|\bxgb\.cv\(|\blgb\.cv\("
SHELL_LOOP = r"^\s*for\s+\w*fold\w*\s+in\b|--fold[= ]\$"
