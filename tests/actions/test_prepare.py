"""The half of the preprocessing that learns nothing."""

from __future__ import annotations

import math

import numpy as np
import pytest

from mlcoach.actions.train import prepare


@pytest.mark.parametrize(
    ("value", "meant"), [("1.5", 1.5), (" $1,200.50 ", 1200.5), ("12 %", 12), (3, 3), ("-1e3", -1000)]
)
def test_numbers_written_as_text(value, meant):
    assert prepare.number(value) == np.float32(meant)


@pytest.mark.parametrize("value", ["", " ", "NA", "inf", "-Infinity", "twelve", None, float("nan"), "1e300"])
def test_what_is_no_number_is_missing(value):
    assert math.isnan(prepare.number(value))


def test_numbers_have_the_precision_that_an_exported_model_has():
    assert prepare.number("0.1") == float(np.float32(0.1))


@pytest.mark.parametrize(
    ("values", "form"),
    [
        (["2024-01-31", "2024-02-01 10:30:00"], ""),
        (["01/31/2024"], "%m/%d/%Y"),
        (["31.01.2024"], "%d.%m.%Y"),
        (["Aug-62", "x"], None),
    ],
)
def test_date_formats(values, form):
    assert prepare.date_format(values) == form


def test_each_output_is_one_column():
    outputs = [
        {"column": "n", "as": "number"}, {"column": "n", "as": "missing"}, {"column": "c", "as": "category"},
        {"column": "t", "as": "words"}, {"column": "d", "as": "date", "of": "weekday", "format": ""},
        {"column": "d", "as": "date", "of": "days", "format": ""},
    ]  # fmt: skip
    columns = {"n": ["2", None], "c": [" a ", ""], "t": ["Hi, you-all!", None], "d": ["1970-01-02", "?"]}
    first, second = prepare.prepare(columns, {"outputs": outputs}).tolist()
    assert first == [2.0, 0.0, "a", "hi you all", 4.0, 1.0]
    assert math.isnan(second[0])
    assert second[1:4] == [1.0, "", ""]
    assert math.isnan(second[4])


def test_a_column_that_is_not_there_is_named():
    with pytest.raises(KeyError, match="n"):
        prepare.prepare({"c": ["1"]}, {"outputs": [{"column": "n", "as": "number"}]})
