"""modelling/cv: what counts and what does not."""

import pytest

ID = "modelling/cv"


@pytest.mark.parametrize(
    "code",
    [
        "from sklearn.model_selection import StratifiedKFold\nfor a, b in StratifiedKFold(5).split(X, y):\n    pass\n",
        "from sklearn.model_selection import KFold as K\nK(5)\n",
        "from sklearn.model_selection import cross_val_score\ncross_val_score(model, X, y, cv=5)\n",
        "from sklearn.model_selection import GridSearchCV\nGridSearchCV(model, grid).fit(X, y)\n",
        "from sklearn.linear_model import RidgeCV\nRidgeCV().fit(X, y)\n",
        "from sklearn.model_selection import TimeSeriesSplit\nTimeSeriesSplit(5)\n",
        "from sklearn.model_selection import ShuffleSplit\nShuffleSplit(n_splits=10, test_size=0.2)\n",
        "import xgboost as xgb\nxgb.cv(params, dtrain, nfold=5)\n",
        "import lightgbm as lgb\nlgb.cv(params, data)\n",
        "for fold in range(5):\n    train(df[df.kfold != fold])\n",
        "for fold, (train, valid) in enumerate(splits):\n    pass\n",
        "parser.add_argument('--fold', type=int)\n",
        "for year in years:\n    train = df[df.year < year]\n    test = df[df.year == year]\n",
        "data.split(n_folds=5)\n",
        "N_FOLDS = 5\n",
        "class CrossValidator:\n    pass\n",
        "from pycaret.classification import *\ncompare_models()\n",
        "from pyspark.ml.tuning import CrossValidator\nCrossValidator(estimator=lr)\n",
        "from prophet.diagnostics import cross_validation\ncross_validation(m, horizon='30 days')\n",
    ],
)
def test_resampled_evaluation_counts(infer, code):
    found = infer(ID, {"train.py": code})
    assert found.state == "done"
    assert found.evidence[0].path == "train.py"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("train.R", "ctrl <- trainControl(method = 'cv', number = 5)\n"),
        ("config.yaml", "train:\n  n_folds: 5\n"),
        ("run.sh", "for fold in 0 1 2 3 4; do\n  python train.py $fold\ndone\n"),
    ],
)
def test_folds_in_a_configuration_or_a_script_count(infer, path, text):
    assert infer(ID, {path: text}).state == "done"


@pytest.mark.parametrize(
    "code",
    [
        "from sklearn.model_selection import train_test_split\ntrain_test_split(X, y)\n",
        "from sklearn.model_selection import StratifiedShuffleSplit\nStratifiedShuffleSplit(n_splits=1, test_size=0.2)\n",
        "from sklearn.model_selection import cross_val_score\n",
        "# cross_val_score(model, X, y)\n",
        "from mine import compare_models\ncompare_models()\n",
        "train = df[df.year < year]\ntest = df[df.year == year]\n",
        "for name in names:\n    train = df[:n]\n    test = df[n:]\n",
        "N_FOLDS = 1\n",
        "for folder in folders:\n    pass\n",
    ],
)
def test_one_split_does_not(infer, code):
    assert infer(ID, {"train.py": code}).state == "missing"


def test_an_agent_has_no_data_to_resample(infer):
    assert infer(ID, {"train.py": "import gymnasium\n"}).state == "na"
