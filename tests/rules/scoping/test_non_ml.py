"""scoping/non-ml: a comparison with something that is not machine learning."""

import pytest

ID = "scoping/non-ml"


@pytest.mark.parametrize(
    "code",
    [
        "from sklearn.dummy import DummyClassifier\nd = DummyClassifier(strategy='most_frequent')\n",
        "import sklearn.dummy\nd = sklearn.dummy.DummyRegressor()\n",
        "from sktime.forecasting.naive import NaiveForecaster\nf = NaiveForecaster(strategy='last')\n",
        "from statsforecast.models import SeasonalNaive\nm = SeasonalNaive(season_length=7)\n",
    ],
)
def test_a_dummy_estimator_or_naive_forecast_counts(infer, code):
    found = infer(ID, {"compare.py": code})
    assert found.state == "ask"
    assert "scored beside the model (compare.py)" in found.draft
    assert (found.evidence[0].path, found.evidence[0].line) == ("compare.py", 2)


def test_a_method_of_ones_own_counts_where_it_is_evaluated(infer):
    files = {
        "recs/popularity.py": "class PopularityRecs:\n    pass\n",
        "evaluator/run.py": "from recs.popularity import PopularityRecs\nscore(PopularityRecs())\n",
    }
    found = infer(ID, files)
    assert found.draft == "PopularityRecs is evaluated beside the models"
    assert {e.path for e in found.evidence} == set(files)


@pytest.mark.parametrize(
    "sentence",
    [
        "The forest gains 12 points compared to the majority class.",
        "Logistic regression improves over random guessing.",
        "The network outperforms the rule-based system of the call centre.",
        "Seasonal naive is a hard baseline here: the network is 3% better than it.",
        "The error falls by 70% compared to the traditional parametric models.",
        "不使用检测模型，而使用简单的规则进行分行。",
    ],
)
def test_a_comparison_in_the_docs_counts(infer, sentence):
    assert infer(ID, {"README.md": f"# Name\n\n{sentence}\n"}).draft == sentence


def test_a_row_of_the_table_of_results_counts(infer):
    text = "# Name\n\n| search | hit rate |\n|---|---|\n| BM25 | 0.60 |\n| vectors | 0.42 |\n"
    assert infer(ID, {"results.md": text}).draft == "BM25 | 0.60"


@pytest.mark.parametrize(
    "sentence",
    [
        "XGBoost is better than naive Bayes and the random forest by 2%.",
        "Traditional methods are often worse than deep learning.",
        "The table compares five models with one another.",
        "Future work should compare the model with a rule-based system.",
    ],
)
def test_models_among_themselves_and_general_remarks_do_not(infer, sentence):
    found = infer(ID, {"README.md": f"# Name\n\n{sentence}\n"})
    assert (found.state, found.draft) == ("ask", None)


def test_a_random_engine_that_nothing_evaluates_does_not(infer):
    assert (
        infer(
            ID,
            {
                "engine.py": "class RandomEngine:\n    pass\n",
                "api.py": "from engine import RandomEngine\nRandomEngine()\n",
            },
        ).draft
        is None
    )
