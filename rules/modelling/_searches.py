"""Searches over hyperparameters, as code, sweep files and command lines name them."""

from __future__ import annotations

from mlcoach.rule import Regex, assigns, calls, strings, uses

GRID = uses(
    "GridSearchCV", "HalvingGridSearchCV", "TuneGridSearchCV", "DaskGridSearchCV", "ParameterGrid",
    "ParamGridBuilder", "GridSampler", "tune.grid_search", "keras_tuner.GridSearch", "kerastuner.GridSearch",
    "GridSearch", "GridSearchTuner", "H2OGridSearch", "talos.Scan", "BasicVariantGenerator", "*GridSearch*",
    "GridParameterSampling",
    note="grid search",
)  # fmt: skip
GRID_CALLS = calls("grid_search", "gridsearch", "h2o.grid", note="grid search")
HALVING = uses(
    "HalvingGridSearchCV", "HalvingRandomSearchCV", "SuccessiveHalvingPruner", "ASHAScheduler",
    "AsyncHyperBandScheduler", "ASHA", "ASHAv2", "SuccessiveHalving", "SuccessiveHalvingSearchCV",
    "IncrementalSearchCV", "asha*",
    note="successive halving",
)  # fmt: skip
HALVING_NAMES = strings("asha", "async_hyperband", "AsyncHyperBand", "successive_halving", note="successive halving")
BOHB = uses(
    "TuneBOHB", "HyperBandForBOHB", "hpbandster.*", "BOHB", "BohbAdvisor", "DEHB", "smac.*MultiFidelityFacade",
    "MultiFidelityFacade", "BOHB4HPO", "bohb", "MOBSTER",
    note="BOHB",
)  # fmt: skip
HYPERBAND = uses("HyperbandPruner", note="Hyperband with Optuna's model-based sampler")
TUNE_HYPERBAND = uses("HyperBandScheduler", "AsyncHyperBandScheduler", note="Hyperband with a model-based search")
MODEL_BASED = uses(
    "HyperOptSearch", "OptunaSearch", "BayesOptSearch", "AxSearch", "SkOptSearch", "HEBOSearch", "DragonflySearch", "ZOOptSearch",
)  # fmt: skip
OTHER_SAMPLERS = uses("RandomSampler", "GridSampler", "QMCSampler", "BruteForceSampler")
SEARCHES = uses(
    "*SearchCV", "*RandomSearch*", "*RandomizedSearch*", "Hyperopt*", "*HyperoptOptimizer*", "*BayesianOptimi*",
    "*HyperParamSearch*", "ParameterSampler", "RidgeCV", "RidgeClassifierCV", "LassoCV", "LassoLarsCV",
    "ElasticNetCV", "LogisticRegressionCV", "optuna.create_study", "create_study", "hyperopt.fmin",
    "optuna.integration.*", "BayesianOptimization", "gp_minimize", "forest_minimize", "gbrt_minimize",
    "dummy_minimize", "wandb.sweep", "wandb.agent", "tune.run", "tune.Tuner", "tune.run_experiments",
    "tune.TuneConfig", "RandomSearch", "keras_tuner.*", "kerastuner.*", "hyperparameter_search",
    "HyperparameterTuner", "HyperparameterTuningJob", "HyperDriveConfig", "RandomParameterSampling",
    "BayesianParameterSampling", "nni.get_next_parameter", "AxClient", "ax.optimize", "comet_ml.Optimizer",
    "tune_model", "randomized_search", "random_search", "TPOTClassifier", "TPOTRegressor", "AutoSklearnClassifier",
    "AutoSklearnRegressor", "AutoSklearn2Classifier", "flaml.AutoML", "H2OAutoML", "TabularPredictor",
    "TabularAutoML", "auto_arima", "hyperas.optim.minimize", "optim.minimize", "OptunaSearchCV", "Sherpa*",
    "sherpa.*", "nevergrad.optimizers.*", "TrainValidationSplit", "HebOptimizer", "HEBO", "pyhopper.*",
    "HyperOptSearch", "PopulationBasedTraining", "LightGBMTuner*", "SMAC4HPO", "HyperparameterOptimizationFacade",
    note="a search over hyperparameters",
)  # fmt: skip
OWN = calls(
    "*grid_search*", "*gridsearch*", "*random_search*", "*hyperparameter_search*", "*hyperparam_search*",
    "*hyper_search*", "*tune_hyper*", "*hyperparameter_tuning*", "*param_search*", "*parameter_search*",
    "*optimize_hyper*", "*meta_param*", "*grid_optim*", "*gridoptim*", "optimize_params", "optimize_weights", "find_best_param*",
    "search_best_*", "*hparam_search*", "*hyperparameter_optim*", "*tune_param*",
    note="the project's own search",
)  # fmt: skip
PRODUCT = calls("itertools.product", "product", note="each combination of values")
VALUES = (
    "lr", "learning_rate", "alpha", "gamma", "max_depth", "n_estimators", "C", "reg", "reg_lambda", "n_neighbors",
    "batch_size", "hidden_size", "hidden_dim", "hidden_units", "num_layers", "n_layers", "dropout", "dropout_rate",
    "weight_decay", "min_samples_leaf", "min_samples_split", "num_leaves", "n_hidden", "momentum", "lam", "lambd",
    "lambda_", "n_components", "n_factors", "num_factors", "number_of_factors", "n_trees", "num_trees", "n_clusters",
    "l2_reg", "C_value",
)  # fmt: skip
LOOPED = (uses(*VALUES, note="a loop over values"), assigns(*VALUES, note="a loop over values"))
METHOD = strings("grid", "random", "bayes", note="the method of a W&B sweep")
BEST = assigns(
    "best_params", "best_param", "best_parameters", "best_hyperparams", "best_hyperparameters", "best_config",
    "best_lr", "best_alpha", "best_C", "best_settings", "best_args", "best_combination", "best_learning_rate",
    "best_reg", "best_lambda", "best_n_neighbors", "best_depth", "best_weights_combo",
    note="the best values of a loop are kept",
)  # fmt: skip
COMBINED = Regex(
    r"(?i)(?:^|_|\b)(?:h?params?|grid\w*|lrs?|learning_rates?|alphas?|gammas?|\w*depths?|\w*estimators|epochs|hidden\w*"
    r"|batch_sizes?|dropouts?|layers|hyper\w*|parameters?|search|tune|tuning)(?:\b|_)"
)
LOOP = Regex(
    rf"\bfor\s+(?:(?:i|idx|index|\w*count)\s*,\s*)?(?:{'|'.join(VALUES)})\s+in\b"
    r"\s*(?!.*(?:parameters\(\)|\.items\(\)|zip\(|schedul))"
)
SHELL_LOOP = rf"^\s*for\s+(?:{'|'.join(VALUES)})s?\s+in\b"
GRID_FILES = ("*.y*ml", "*grid*.json", "*param*.json", "*config*.json", "*search*.json", "*tun*.json")
SWEEP_FILES = ("*.y*ml", "*sweep*.json")
SWEEP_METHOD = r"[\"']?method[\"']?\s*:\s*[\"']?(?:grid|random|bayes)\b"
SWEEP = rf"^\s*{SWEEP_METHOD}"
GRID_SWEEP = r"^\s*[\"']?method[\"']?\s*:\s*[\"']?grid\b"
BOHB_CONFIG = r"^\s*-?\s*(?:builtin(?:Tuner|Advisor)Name|name|type|tuner|advisor|algorithm)\s*:\s*[\"']?(?:BOHB|DEHB)\b"
HYPERBAND_SWEEP = r"^\s*[\"']?type[\"']?\s*:\s*[\"']?hyperband\b"
BAYES_SWEEP = r"^\s*[\"']?method[\"']?\s*:\s*[\"']?bayes\b"
CLUSTER = (
    r"^\s*(?:-\s*override\s+)?(?:hydra/sweeper|kind:\s*[\"']?Experiment\b|tuner:|builtinTunerName:|type:\s*sweep\b"
    r"|algorithmName:|sweeper:|parallelTrialCount:|maxTrialCount:)"
)
SCALAR = (  # hyperparameters that are one value: a list of them is a list to try
    "C|alpha|gamma|max_depth|n_estimators|num_rounds|learning_rate|lr|eta|n_neighbors|min_samples_(?:leaf|split)|num_leaves|max_features"
    "|min_child_weight|subsample|reg_(?:lambda|alpha)|weight_decay|batch_size|penalty|kernel|criterion|l1_ratio|hidden_size|dropout"
)
LISTED = (
    rf"^[ \t-]*[\"']?(?:{SCALAR})[\"']?[ \t]*:[ \t]*"
    r"(?:\[[^\],\n]+,|\n[ \t]*-[ \t]+[^\s:]+[ \t]*\n[ \t]*-[ \t]+[^\s:]+[ \t]*$)"
)
IN_R = r"\bexpand\.grid\(|\btuneGrid\b|\btune_grid\("
HALVING_CONFIG = r"^\s*-?\s*\w+:\s*[\"']?(?:adaptive_asha|async_halving|asha|successive_?halving)\b"
MULTIRUN = r"--multirun\b| -m [\w./+]+="
