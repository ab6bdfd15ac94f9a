"""modelling/hyperparameters: what counts, the options, and what does not."""

import pytest

ID = "modelling/hyperparameters"


def options(found) -> set[str]:
    return set(found.options)


@pytest.mark.parametrize(
    "code",
    [
        "from sklearn.model_selection import GridSearchCV\nGridSearchCV(model, grid).fit(X, y)\n",
        "from sklearn.model_selection import ParameterGrid\nfor p in ParameterGrid(grid):\n    pass\n",
        "import optuna\noptuna.create_study(sampler=optuna.samplers.GridSampler(space))\n",
        "from ray import tune\nspace = {'lr': tune.grid_search([1, 2])}\n",
        "from pyspark.ml.tuning import ParamGridBuilder\nParamGridBuilder().addGrid(lr.regParam, [0.1])\n",
        "import itertools\nfor lr, depth in itertools.product(learning_rates, depths):\n    fit(lr, depth)\n",
        "for lr in [0.1, 0.01]:\n    for dropout in [0.1, 0.5]:\n        fit(lr, dropout)\n",
        "def grid_search_svm(grid):\n    pass\ngrid_search_svm({})\n",
        "model.grid_search({'depth': [4, 6]}, X=X)\n",
        "sweep = {'method': 'grid', 'parameters': {}}\n",
    ],
)
def test_grid_search(infer, code):
    found = infer(ID, {"tune.py": code})
    assert found.state == "done"
    assert "grid" in options(found)


def test_a_grid_sweep_file(infer):
    found = infer(ID, {"sweep.yaml": "program: train.py\nmethod: grid\nparameters:\n  lr:\n    values: [1, 2]\n"})
    assert (found.state, options(found)) == ("done", {"grid"})
    assert found.evidence[0].line == 2


def test_nested_loops_of_a_shell_script(infer):
    text = "for alpha in 0.1 0.2; do\n  for gamma in 1 2; do\n    python train.py $alpha $gamma\n  done\ndone\n"
    found = infer(ID, {"run.sh": text})
    assert (found.state, options(found)) == ("done", {"grid"})


def test_hydra_multirun_in_the_readme(infer):
    files = {"train.py": "import hydra\n", "README.md": "```\npython train.py --multirun lr=0.1,0.01\n```\n"}
    assert options(infer(ID, files)) == {"grid"}
    assert infer(ID, {"README.md": files["README.md"]}).state == "missing"


@pytest.mark.parametrize(
    "code",
    [
        "from sklearn.model_selection import HalvingRandomSearchCV\nHalvingRandomSearchCV(model, space)\n",
        "import optuna\noptuna.create_study(pruner=optuna.pruners.SuccessiveHalvingPruner())\n",
        "from ray.tune.schedulers import ASHAScheduler\nASHAScheduler()\n",
    ],
)
def test_successive_halving(infer, code):
    found = infer(ID, {"tune.py": code})
    assert (found.state, options(found)) == ("done", {"halving"})


@pytest.mark.parametrize(
    "code",
    [
        "from ray.tune.search.bohb import TuneBOHB\nTuneBOHB()\n",
        "from hpbandster.optimizers import BOHB\nBOHB(configspace=space)\n",
        "from dehb import DEHB\nDEHB(f=f)\n",
        "import optuna\noptuna.create_study(pruner=optuna.pruners.HyperbandPruner())\n",
        "from ray import tune\ntune.schedulers.HyperBandScheduler()\ntune.search.optuna.OptunaSearch()\n",
    ],
)
def test_bohb(infer, code):
    found = infer(ID, {"tune.py": code})
    assert (found.state, options(found)) == ("done", {"bohb"})


def test_hyperband_with_a_random_sampler_is_not_bohb(infer):
    code = (
        "import optuna as o\no.create_study(pruner=o.pruners.HyperbandPruner(), sampler=o.samplers.RandomSampler())\n"
    )
    found = infer(ID, {"tune.py": code})
    assert (found.state, options(found)) == ("done", set())


def test_a_bayesian_sweep_with_hyperband_is_bohb(infer):
    text = "method: bayes\nparameters:\n  lr: {min: 0, max: 1}\nearly_terminate:\n  type: hyperband\n"
    assert options(infer(ID, {"sweep.yaml": text})) == {"bohb"}


@pytest.mark.parametrize(
    "code",
    [
        "from sklearn.model_selection import RandomizedSearchCV\nRandomizedSearchCV(model, space)\n",
        "import optuna\nstudy = optuna.create_study()\n",
        "from hyperopt import fmin, tpe\nfmin(f, space, algo=tpe.suggest)\n",
        "import keras_tuner\nkeras_tuner.BayesianOptimization(build)\n",
        "import wandb\nwandb.agent(sweep_id, train)\n",
        "from sklearn.linear_model import LassoCV\nLassoCV().fit(X, y)\n",
        "from tpot import TPOTClassifier\nTPOTClassifier()\n",
        "for _ in range(30):\n    p = draw()\n    if score(p) > best:\n        best, best_params = score(p), p\n",
        "for n_estimators in [10, 100]:\n    fit(n_estimators)\n",
    ],
)
def test_other_searches_count_without_an_option(infer, code):
    found = infer(ID, {"tune.py": code})
    assert (found.state, options(found)) == ("done", set())


@pytest.mark.parametrize(
    "code",
    [
        "from sklearn.model_selection import GridSearchCV\n",
        "# GridSearchCV(model, grid)\nlr = 0.1\n",
        "best_params = {'depth': 3}\n",
        "import librosa\nlibrosa.filters.mel(sr=sr, fmin=h.fmin)\n",
        "for param in model.parameters():\n    pass\n",
        "for num_layers, width in table:\n    pass\n",
        "from itertools import product\nfor a, b in product(words, words):\n    pass\n",
    ],
)
def test_values_set_by_hand_do_not(infer, code):
    assert infer(ID, {"train.py": code}).state == "missing"


def test_a_grid_search_that_is_only_imported_is_no_option(infer):
    imported = "from sklearn.model_selection import GridSearchCV, RandomizedSearchCV\n"
    code = imported + "grid_search = RandomizedSearchCV(m, p)\ngrid_search.fit(X)\n"
    assert options(infer(ID, {"train.py": code})) == set()


def test_a_search_of_the_projects_own_is_shown_where_it_is_written(infer):
    files = {"lib/search.py": "class GridOptimizer:\n    pass\n", "run.py": "GridOptimizer(alpha=[1, 2]).run()\n"}
    found = infer(ID, files)
    assert [place.path for place in found.options["grid"]] == ["lib/search.py", "run.py"]
    assert infer(ID, {"lib/search.py": files["lib/search.py"]}).state == "missing"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("grid.yaml", "forest:\n  max_depth: [1, 5, 10]\n  n_estimators: [10, 100]\n"),
        ("grid.yaml", "forest:\n  max_depth:\n  - 1\n  - 5\n  criterion:\n  - gini\n  - entropy\n"),
        ("train.R", "grid <- expand.grid(mtry = c(2, 4))\n"),
    ],
)
def test_lists_of_values_to_try_count(infer, path, text):
    assert options(infer(ID, {path: text})) == {"grid"}


@pytest.mark.parametrize(
    "text", ["hidden_units: [256, 128]\nbetas: [0.9, 0.99]\n", "max_depth: [3, 5]\n", "lr: 0.1\ndropout: 0.5\n"]
)
def test_other_lists_in_a_configuration_do_not(infer, text):
    assert infer(ID, {"params.yaml": text}).state == "missing"


def test_a_configuration_alone_does_not(infer):
    assert infer(ID, {"params.yaml": "lr: 0.1\nmethod: fast\n"}).state == "missing"
