"""modelling/baseline: what counts and what does not."""

import pytest

ID = "modelling/baseline"
FOREST = "from sklearn.ensemble import RandomForestClassifier\nRandomForestClassifier().fit(X, y)\n"
LINEAR = "from sklearn.linear_model import LogisticRegression\nLogisticRegression().fit(X, y)\n"


@pytest.mark.parametrize(
    "files",
    [
        {"train.py": "from sklearn.dummy import DummyClassifier\nDummyClassifier()\n"},
        {"train.py": "from statsforecast.models import SeasonalNaive\nSeasonalNaive(12)\n"},
        {"train.py": LINEAR + FOREST},
        {"ml/lr.py": LINEAR, "ml/rf.py": FOREST},
        {
            "train.py": "from sklearn.naive_bayes import GaussianNB\nimport xgboost as xgb\nmodels = [GaussianNB(), xgb.XGBClassifier()]\n"
        },
        {"train.py": "baseline_model = build()\n"},
        {"forecast.py": "naive_forecast = y.shift(1)\n"},
        {"configs/baseline.yaml": "lr: 0.1\n"},
        {"README.md": "# Churn\n\nLogistic regression serves as a baseline.\n"},
        {"README.md": "# GPT\n\n## Baselines\n"},
        {"nets.py": "import torch\nclass SimpleCNN(nn.Module): pass\nclass DeepNet(nn.Module): pass\n"},
        {"search.py": "keyword_search(q)\nvector_search(q)\n", "evaluate.py": "hit_rate(results)\n"},
    ],
)
def test_a_simple_reference_counts(infer, files):
    assert infer(ID, files).state == "done"


def test_a_heading_of_a_notebook_counts(infer, notebook):
    found = infer(ID, {"a.ipynb": notebook(("markdown", "## Baseline model"), "fit()")})
    assert (found.state, found.evidence[0].cell) == ("done", 1)


@pytest.mark.parametrize(
    "files",
    [
        {"train.py": FOREST},
        {"train.py": LINEAR},
        {"stack.py": "StackingClassifier(models, final_estimator=LogisticRegression())\n", "train.py": FOREST},
        {"ensemble.py": LINEAR, "train.py": FOREST},
        {"export.py": "dummy_input = torch.zeros(1, 3)\n"},
        {"train.py": "import torch\nclass SimpleCNN(nn.Module): pass\n"},
        {"baselines/run.py": "from stable_baselines3 import PPO\nPPO('MlpPolicy', env)\n"},
        {"monitor.py": "baseline_data = load_reference()\n"},
        {"plot.py": "ax.text(0, 0, 'a', va='baseline')\n"},
        {"README.md": "The coverage baseline must not fall.\n"},
        {"CHANGELOG.md": "Kept as a baseline.\n"},
    ],
)
def test_a_single_model_does_not(infer, files):
    assert infer(ID, files).state == "missing"
