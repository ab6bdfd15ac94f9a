"""Warnings before training: each with its numbers, and silence where nothing is wrong."""

from __future__ import annotations

import random

import pytest

from mlcoach.actions.train.detect import detect
from mlcoach.actions.train.leaks import warnings
from mlcoach.actions.train.setup import Options

N = 200
draw = random.Random(3)
X = [draw.gauss(0, 1) for _ in range(N)]
Z = [draw.gauss(0, 1) for _ in range(N)]
Y = [x + draw.gauss(0, 1) for x in X]
LABEL = ["yes" if y > 0 else "no" for y in Y]
TWINS = [n % 90 for n in range(N)]


def said(tmp_path, table, columns, **options):
    table(tmp_path / "t.csv", columns)
    return warnings(detect(tmp_path, Options(**options)))


def test_nothing_is_said_of_honest_data(tmp_path, table):
    assert said(tmp_path, table, {"x": X, "z": Z, "y": LABEL}) == ()


@pytest.mark.parametrize(
    ("columns", "says"),
    [
        ({"x": X, "y2": Y, "y": LABEL}, "'y2' alone predicts 'y' (AUC 0.99"),
        ({"x": X, "half": [y / 2 for y in Y], "y": Y}, "'half' alone predicts 'y' (R² 1.000"),
        ({"x": X, "part": [y - x for x, y in zip(X, Y, strict=True)], "y": Y}, "'x' + 'part' is the target"),
        ({"x": [X[n] for n in TWINS], "y": [LABEL[n] for n in TWINS]}, "110 of 200 rows are copies of others"),
        ({"x": X, "end": [n if label == "yes" else "" for n, label in zip(TWINS, LABEL, strict=True)], "y": LABEL},
         "'end' is filled only where 'y' is 'yes'"),
        ({"x": X, "call_duration": Z, "y": LABEL}, "'call_duration' may be known only after the event"),
        ({"x": X, "z": ["inf", *Z[1:]], "y": LABEL}, "'z' holds 1 infinite values"),
        ({"x": X, "z": ["inf", 1, -2.5, 1] * 50, "y": LABEL}, "'z' holds 50 infinite values"),
        ({"x": X, "y": ["rare"] * 4 + ["a", "b"] * 98}, "fewer training rows than folds (5): 'rare' (3)"),
        ({"x": X, "y": ["yes"] * 6 + ["no"] * 194}, "'yes' is 3.1% of the rows"),
        ({"x": X, "shop_id": [n % 40 for n in TWINS], "y": LABEL}, "--group shop_id"),
        ({"x": X, "day": [f"2024-01-{1 + n % 28:02}" for n in TWINS], "y": LABEL}, "--time day"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_numbers(tmp_path, table, columns, says):
    found = said(tmp_path, table, columns)
    assert any(says in text for text in found), found


def test_amounts_that_somebody_summed_up_are_found(tmp_path, table):
    tip = [abs(x) for x in X]
    fare = [5 + abs(z) * 3 for z in Z]
    total = [t + f + draw.choice([0.3, 0.4]) for t, f in zip(tip, fare, strict=True)]
    (text,) = said(tmp_path, table, {"fare": fare, "total": total, "y": tip})
    assert text.startswith("'total' is the sum of the target, 'fare' and little else")


def test_nothing_is_dropped_by_a_warning(tmp_path, table):
    table(tmp_path / "t.csv", {"x": X, "y2": Y, "y": LABEL})
    assert all(column.used for column in detect(tmp_path, Options()).setup.columns)
    assert said(tmp_path, table, {"x": X, "y2": Y, "y": LABEL}, exclude=("y2",)) == ()
