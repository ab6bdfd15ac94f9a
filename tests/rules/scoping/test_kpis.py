"""scoping/kpis: a business or project measure of success."""

import pytest

ID = "scoping/kpis"


@pytest.mark.parametrize(
    "sentence",
    [
        "The KPI is the share of calls that reach a nurse within an hour.",
        "P95 latency: <50ms",
        "Uptime: 99.9%",
        "The project's success criterion is fewer empty shelves.",
        "The pilot reduced inventory cost savings gaps and cut downtime by 20%.",
        "The metric is the ratio of clicks on the panel to clicks on the list.",
        "A: Reward for a True Positive",
        "The expected profit of a campaign is reported for each threshold.",
    ],
)
def test_a_measure_of_success_counts(infer, sentence):
    found = infer(ID, {"README.md": f"# Name\n\n- {sentence}\n"})
    assert found.state == "ask"
    assert found.draft == sentence
    assert found.evidence[0].path == "README.md"


def test_a_config_counts(infer):
    found = infer(ID, {"config.yaml": "model: forest\nkpis:\n  - saved_minutes\n"})
    assert [(e.path, e.line) for e in found.evidence] == [("config.yaml", 2)]
    assert "config.yaml" in found.draft


def test_a_table_of_the_settings_counts(infer):
    found = infer(ID, {"mlcoach.toml": '[kpis.minutes]\nunit = "min"\n'})
    assert [(e.path, e.line) for e in found.evidence] == [("mlcoach.toml", 1)]


@pytest.mark.parametrize(
    "sentence",
    [
        "The model reaches an accuracy of 0.91 and an F1 of 0.88.",
        "The RMSE is 0.13 on the test set.",
        "We want to help farmers to water their fields.",
        "The column `revenue` of the data set holds the revenue of a shop.",
        "Inference takes 40 ms for one picture.",
    ],
)
def test_model_metrics_aims_and_columns_do_not(infer, sentence):
    found = infer(ID, {"README.md": f"# Name\n\n- {sentence}\n"})
    assert (found.state, found.draft) == ("ask", None)
