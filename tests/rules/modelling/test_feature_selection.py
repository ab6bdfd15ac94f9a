"""modelling/feature-selection: what counts and what does not."""

import pytest

ID = "modelling/feature-selection"


@pytest.mark.parametrize(
    "code",
    [
        "from sklearn.feature_selection import SelectKBest\nSelectKBest(k=10).fit(X, y)\n",
        "from sklearn.feature_selection import RFECV\nRFECV(model)\n",
        "from sklearn.feature_selection import SelectFromModel\nSelectFromModel(Lasso())\n",
        "from sklearn.feature_selection import VarianceThreshold\nVarianceThreshold(0.1)\n",
        "from sklearn.feature_selection import mutual_info_classif\nmutual_info_classif(X, y)\n",
        "from boruta import BorutaPy\nBorutaPy(forest)\n",
        "upper = corr.where(mask)\nto_drop = [c for c in upper.columns if any(upper[c] > 0.95)]\ndf = df.drop(columns=to_drop)\n",
        "selected_features = importances[importances > 0.01].index\nX = X[selected_features]\n",
        "top_features = importances.nlargest(20).index\nX = X.loc[:, top_features]\n",
        "X = drop_correlated_features(X)\n",
        "from statsmodels.stats.outliers_influence import variance_inflation_factor as vif\nvif(X, 0)\n",
    ],
)
def test_a_procedure_counts(infer, code):
    found = infer(ID, {"select.py": code})
    assert found.state == "done"
    assert found.evidence[0].path == "select.py"


def test_a_script_of_that_name_counts(infer):
    assert infer(ID, {"src/feature_selection.py": "print(1)\n"}).state == "done"


@pytest.mark.parametrize(
    "code",
    [
        "import pandas\ndf = df.drop(columns=['id'])\n",
        "selected_features = ['age', 'income']\n",
        "to_drop = ['id', 'name']\n",
        "from sklearn.feature_selection import SelectKBest\n",
        "top_features = importances.nlargest(20).index\nprint(X[top_features])\n",
        "important_features = sorted(importances)\nfor name in important_features:\n    print(name)\n",
        "plt.bar(names, model.feature_importances_)\n",
    ],
)
def test_a_list_written_by_hand_does_not(infer, code):
    assert infer(ID, {"train.py": code}).state == "missing"


def test_pixels_into_a_network_have_no_features_to_choose(infer):
    assert infer(ID, {"train.py": "import torch\nimport torchvision\n"}).state == "na"
