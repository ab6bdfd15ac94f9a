"""Hyperparameters are searched for, not set by hand.

What counts
    Grid, random, Bayesian or evolutionary search run by code or configuration: GridSearchCV and its kin, Optuna,
    Hyperopt, Ray Tune, Keras Tuner, W&B sweeps, Katib, AutoML, estimators that search their own penalty
    (RidgeCV), loops over values with the best kept.

What does not
    Values in a configuration that nothing searches, variants tried by hand, a search that is commented out.

Known problems
    A search that only a person's shell history or a cluster's queue shows is not seen.

Next step
    Press the key for tuning, or: `study = optuna.create_study(); study.optimize(objective, n_trials=50)`; write
    the best values into params.yaml and keep the study.
"""

from __future__ import annotations

import re

from mlcoach.rule import (  # fmt: skip
    Evidence,
    Facts,
    Finding,
    Item,
    Option,
    Regex,
    TextHit,
    assigns,
    calls,
    done,
    evidence_of,
    missing,
    strings,
    uses,
)

from ._words import told

ITEM = Item(
    id="modelling/hyperparameters",
    title="Hyperparameter search",
    bullet="Model hyperparameters",
    stage="mvp",
    why="Default values are tuned for nobody's data, and values tried by hand leave no record of what was tried.",
    how=(
        "choose three to six parameters and their ranges",
        "`optuna.create_study(pruner=HyperbandPruner()).optimize(objective, n_trials=50)`",
        "score on validation folds, never on the test set; write the best values to params.yaml",
    ),
    references=("https://scikit-learn.org/stable/modules/grid_search.html", "https://arxiv.org/abs/1807.01774"),
    options=(Option("grid", "Grid search"), Option("halving", "Successive halving"), Option("bohb", "BOHB")),
    actions=("tune",),
)

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
SWEEP = r"^\s*[\"']?method[\"']?\s*:\s*[\"']?(?:grid|random|bayes)\b"
GRID_SWEEP = r"^\s*[\"']?method[\"']?\s*:\s*[\"']?grid\b"
BOHB_CONFIG = r"^\s*-?\s*(?:builtin(?:Tuner|Advisor)Name|name|type|tuner|advisor|algorithm)\s*:\s*[\"']?(?:BOHB|DEHB)\b"
BAYES_SWEEP = r"^\s*[\"']?method[\"']?\s*:\s*[\"']?bayes\b"
CLUSTER = (
    r"^\s*(?:-\s*override\s+)?(?:hydra/sweeper|kind:\s*[\"']?Experiment\b|tuner:|builtinTunerName:|type:\s*sweep\b"
    r"|algorithmName:|sweeper:|parallelTrialCount:|maxTrialCount:)"
)
SCALAR = (
    "C|alpha|gamma|max_depth|n_estimators|num_rounds|learning_rate|lr|eta|n_neighbors|min_samples_(?:leaf|split)|num_leaves|max_features"
    "|min_child_weight|subsample|reg_(?:lambda|alpha)|weight_decay|batch_size|penalty|kernel|criterion|l1_ratio|hidden_size|dropout"
)  # hyperparameters that are one value: a list of them is a list to try
LISTED = (
    rf"^[ \t-]*[\"']?(?:{SCALAR})[\"']?[ \t]*:[ \t]*"
    r"(?:\[[^\],\n]+,|\n[ \t]*-[ \t]+[^\s:]+[ \t]*\n[ \t]*-[ \t]+[^\s:]+[ \t]*$)"
)
IN_R = r"\bexpand\.grid\(|\btuneGrid\b|\btune_grid\("
HALVING_CONFIG = r"^\s*-?\s*\w+:\s*[\"']?(?:adaptive_asha|async_halving|asha|successive_?halving)\b"
MULTIRUN = r"--multirun\b| -m [\w./+]+="


def sweeps(facts: Facts, expression: str) -> list[TextHit]:
    """Sweep files: a search method beside the parameters' ranges."""
    files = {hit.path for hit in facts.texts.find(r"^\s*[\"']?parameters[\"']?\s*:", *SWEEP_FILES)}
    return [hit for hit in facts.texts.find(expression, *SWEEP_FILES) if hit.path in files]


def listed(facts: Facts) -> list[TextHit]:
    """Files that list values to try of two hyperparameters at least."""
    hits = facts.texts.find(LISTED, *GRID_FILES, limit=200)
    names: dict[str, set[str]] = {}
    for hit in hits:
        names.setdefault(hit.path, set()).add(hit.text.partition(":")[0].strip(" \t-\"'"))
    return [hit for hit in hits if len(names[hit.path]) > 1]


def own_searches(facts: Facts) -> list[Evidence]:
    """Searches that the project writes itself and calls: where they are written, then where they are called."""
    made = {definition.last: definition for definition in facts.code.definitions() if not definition.test}
    hits = [hit for hit in facts.code.find(OWN) if hit.last in made]
    written = [made[hit.last] for hit in hits]
    notes = [
        Evidence(one.path, one.line, one.cell, note=f"the project's own search: {one.name[:30]}") for one in written
    ]
    return [*notes, *told(hits)]


def infer(facts: Facts) -> Finding:
    code = facts.code
    own = own_searches(facts)
    loops = [hit for hit in code.find(*LOOPED) if LOOP.search(hit.text)]
    products = [hit for hit in code.find(PRODUCT) if COMBINED.search(f"{hit.inside} {hit.args}")]
    methods = [hit for hit in code.find(METHOD) if re.search(SWEEP.replace("^", ""), hit.text)]
    multirun: list[TextHit] = []
    if code.imported("hydra"):
        multirun = [
            *facts.docs.find(MULTIRUN, "*.md", "*.rst"),
            *facts.texts.find(MULTIRUN, "*.sh", "Makefile", "*.mk"),
        ]
    best = [hit for hit in code.find(BEST) if hit.loops]
    shell = facts.texts.find(SHELL_LOOP, "*.sh", "*.bash", "Makefile")
    nested = [hit for hit in shell if sum(other.path == hit.path for other in shell) > 1]
    grid = evidence_of(
        told(code.find(GRID, GRID_CALLS)),
        (place for place in own if "grid" in place.note.lower()),
        products,
        [hit for hit in methods if hit.name == "grid"],
        sweeps(facts, GRID_SWEEP),
        multirun,
        nested,
        [hit for hit in loops if hit.loops],
        [hit.evidence("values to try") for hit in listed(facts)],
        facts.texts.find(IN_R, "*.[Rr]", "*.Rmd"),
    )
    halving = evidence_of(told(code.find(HALVING, HALVING_NAMES)), facts.texts.find(HALVING_CONFIG, *SWEEP_FILES))
    stopped = {hit.path for hit in facts.texts.find(r"^\s*[\"']?type[\"']?\s*:\s*[\"']?hyperband\b", *SWEEP_FILES)}
    bohb = evidence_of(
        told(code.find(BOHB)),
        told(code.find(HYPERBAND)) if not code.find(OTHER_SAMPLERS) else (),
        told(code.find(TUNE_HYPERBAND)) if code.find(MODEL_BASED) else (),
        [hit for hit in sweeps(facts, BAYES_SWEEP) if hit.path in stopped],
        facts.texts.find(BOHB_CONFIG, *SWEEP_FILES),
    )
    options: dict[str, tuple[Evidence, ...]] = {"grid": grid, "halving": halving, "bohb": bohb}
    found = evidence_of(
        told(code.find(GRID, GRID_CALLS, HALVING, BOHB, SEARCHES)),
        own,
        best,
        products,
        methods,
        sweeps(facts, SWEEP),
        halving,
        bohb,
        multirun,
        facts.texts.find(CLUSTER, "*.y*ml"),
        loops,
        shell,
        grid,
    )
    if found:
        return done(found[0].note, found, options=options)
    looked = ("code: searches, tuners, loops over values", "sweep files", "commands in the docs")
    return missing("nothing searches hyperparameters", looked)
