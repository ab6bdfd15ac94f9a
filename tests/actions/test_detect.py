"""What is detected, why, and in which order the sources are believed."""

from __future__ import annotations

import random
import re

import pytest

from mlcoach.actions.train.detect import detect
from mlcoach.actions.train.setup import Options, TrainError


def kinds(setup):
    return {column.name: column.kind for column in setup.columns}


def test_columns_are_taken_for_what_they_are(project):
    setup = detect(project, Options()).setup
    assert kinds(setup) == {
        "customer_id": "id", "fee": "number", "calls": "number", "plan": "category", "since": "date", "note": "text",
    }  # fmt: skip
    assert [column.name for column in setup.columns if not column.used] == ["customer_id"]
    assert "written as text" in next(column.why for column in setup.columns if column.name == "fee")
    assert (setup.data, setup.target, setup.task, setup.metric) == ("customers.csv", "churn", "binary", "roc_auc")
    assert setup.positive == "yes"


def test_the_code_is_believed_before_a_guess(project):
    (project / "train.py").write_text('df = read_csv("customers.csv")\n\ny = df["plan"]\n')
    setup = detect(project, Options()).setup
    assert setup.target == "plan"
    assert setup.why["target"] == "the code says so: train.py:3"
    assert setup.task == "multiclass"


def test_mlcoach_toml_is_believed_before_the_code_and_an_option_before_both(project):
    (project / "train.py").write_text('y = df["plan"]\n')
    (project / "mlcoach.toml").write_text('[train]\ntarget = "calls"\nexclude = ["note"]\n')
    setup = detect(project, Options()).setup
    assert (setup.target, setup.why["target"]) == ("calls", "mlcoach.toml says so")
    assert "note" in [column.name for column in setup.columns if not column.used]
    given = detect(project, Options(target="churn")).setup
    assert (given.target, given.why["target"]) == ("churn", "given with --target")


def test_rows_in_the_order_of_their_dates_are_tested_on_the_last(tmp_path, table):
    table(tmp_path / "t.csv", {"day": [f"2024-{m:02}-{d:02}" for m in (1, 2, 3) for d in range(1, 29)], "x": [*range(84)],
                               "y": [number * 1.5 for number in range(84)]})  # fmt: skip
    found = detect(tmp_path, Options())
    assert found.setup.time == "day"
    assert found.test.tolist() == list(range(68, 84))


def test_whole_groups_are_tested(tmp_path, table):
    draw = random.Random(1)
    table(tmp_path / "t.csv", {"patient": [n // 5 for n in range(100)], "x": [draw.random() for _ in range(100)],
                               "y": [draw.randrange(2) for _ in range(100)]})  # fmt: skip
    found = detect(tmp_path, Options(group="patient"))
    groups = found.table.columns["patient"]
    assert not {groups[row] for row in found.train} & {groups[row] for row in found.test}


@pytest.mark.parametrize(
    ("columns", "options", "says"),
    [
        ({"x": range(30), "y": ["a"] * 30}, Options(), "has one value only, 'a'"),
        ({"x": range(30), "y": [""] * 30}, Options(), "has no value in any row"),
        ({"x": range(30), "y": ["a", "b"] * 15}, Options(target="z"), "no target column 'z'"),
        ({"price": range(30), "y": ["a", "b"] * 15}, Options(target="pric"), "did you mean 'price'?"),
        ({"x": range(30), "y": ["a", "b"] * 15}, Options(metric="r2"), "no metric 'r2' for a binary task"),
        ({"x": range(30), "y": ["a", "b"] * 15}, Options(task="regression"), "needs numbers"),
        ({"x": range(400), "y": [f"c{n // 2}x" for n in range(400)]}, Options(), "more than|too many to learn"),
        ({"x": range(30), "y": ["a"] * 29 + ["b"]}, Options(), "class 'b' of 'y' has one row"),
        ({"x": [1] * 30, "y": ["a", "b"] * 15}, Options(), "no column of t.csv is left"),
        ({"x": range(8), "y": ["a", "b"] * 4}, Options(), "8 rows with a target are too few"),
        ({"x": range(30), "y": ["a", "b"] * 15}, Options(time="y"), "neither dates nor numbers"),
        ({"x": range(30), "label": [1, 0] * 15, "target": [1, 0] * 15}, Options(), "may be 'label' or 'target'"),
    ],
)
def test_what_cannot_be_trained_on_gets_one_line(tmp_path, table, columns, options, says):
    table(tmp_path / "t.csv", columns)
    with pytest.raises(TrainError) as caught:
        detect(tmp_path, options)
    assert re.search(says, str(caught.value)), str(caught.value)
    assert "\n" not in str(caught.value)


def test_no_data_says_how_to_give_some(tmp_path):
    with pytest.raises(TrainError, match="--data FILE"):
        detect(tmp_path, Options())


def test_a_setting_that_does_not_exist_is_named(project):
    (project / "mlcoach.toml").write_text('[train]\ntargte = "x"\n')
    with pytest.raises(TrainError, match="knows no 'targte'"):
        detect(project, Options())


def test_rows_without_a_target_are_counted(project, churn, table):
    table(project / "customers.csv", {**churn, "churn": ["", *churn["churn"][1:]]})
    found = detect(project, Options())
    assert found.setup.rows == 239
    assert "1 of 240 rows have no 'churn'" in found.notes[0]
