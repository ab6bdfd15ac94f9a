"""The ladder and its scores: splits, intervals, what is fitted, what is kept."""

from __future__ import annotations

import math

import numpy as np
import pytest
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.preprocessing import StandardScaler, TargetEncoder

from mlcoach.actions.train import evaluate, prepare, rungs, split
from mlcoach.actions.train.detect import detect
from mlcoach.actions.train.setup import Options


@pytest.fixture(scope="module")
def small(tmp_path_factory, table, churn):
    """Setup, matrix and target of the customers."""
    folder = tmp_path_factory.mktemp("small")
    table(folder / "t.csv", churn)
    found = detect(folder, Options())
    matrix = prepare.prepare(found.table.columns, found.setup.spec)
    return found.setup, matrix, np.array(found.table.columns["churn"])


def steps_of(estimator) -> list[object]:
    """Every fitted step of a pipeline, those of its column transformer too."""
    columns, model = estimator[0], estimator[1]
    inner = [step for _, step, _ in columns.transformers_ if step != "drop"]
    return [*(part for step in inner for part in (getattr(step, "named_steps", {"": step})).values()), model]


def test_the_interval_is_corrected_for_folds_that_share_rows():
    found = evaluate.interval([0.7, 0.8, 0.9, 0.8, 0.8], 0.25)
    naive = math.sqrt(0.005 / 5)
    assert found.mean == pytest.approx(0.8)
    assert found.high - found.mean == pytest.approx(2.776445 * naive * math.sqrt(1 + 5 * 0.25))


def test_an_interval_needs_two_folds():
    assert math.isnan(evaluate.interval([math.nan], 0.25).mean)
    assert evaluate.interval([0.5, math.nan], 0.25).low == -math.inf


def test_trees_get_unscaled_numbers_and_no_categorical_features(small):
    steps = steps_of(rungs.fit("hgb", *small))
    assert not any(isinstance(step, StandardScaler) for step in steps)
    assert isinstance(steps[-1], HistGradientBoostingClassifier)
    assert steps[-1].is_categorical_ is None


def test_no_target_encoder_for_several_classes(tmp_path, table, churn):
    table(tmp_path / "t.csv", {**churn, "city": [f"city{number * 7 % 60}" for number in range(240)]})
    found = detect(tmp_path, Options(target="plan"))
    matrix = prepare.prepare(found.table.columns, found.setup.spec)
    model = rungs.fit("hgb", found.setup, matrix, np.array(found.table.columns["plan"]))
    assert "codes" in {output["part"] for output in found.setup.spec["outputs"]}
    assert not any(isinstance(step, TargetEncoder) for step in steps_of(model))


def test_the_vote_is_the_mean_of_its_two(small):
    setup, matrix, y = small
    linear, hgb = (rungs.fit(name, setup, matrix, y) for name in ("linear", "hgb"))
    vote = rungs.vote(setup, linear, hgb, y)
    expected = (linear.predict_proba(matrix) + hgb.predict_proba(matrix)) / 2
    assert np.allclose(vote.predict_proba(matrix), expected)
    assert set(vote.predict(matrix)) == {"yes", "no"}


def test_text_is_learned_from_a_sample_of_many_rows_and_leaves_plain_steps(small, monkeypatch):
    monkeypatch.setattr(rungs, "TEXT_ROWS", 60)
    setup, matrix, y = small
    model = rungs.fit("linear", setup, matrix, y)
    text = next(step for step in steps_of(model) if type(step).__name__ == "TfidfVectorizer")
    everything = {word for value in matrix[:, -2] for word in str(value).split()}
    assert 0 < len(text.vocabulary_) < len(everything)
    assert model.predict_proba(matrix).shape == (240, 2)


def test_folds_in_time_learn_from_the_past_alone(small):
    from msgspec.structs import replace

    setup, _, y = small
    (repetition,) = split.folds(replace(setup, time="since"), y, None)
    assert len(repetition) == 5
    assert all(inside.max() < outside.min() for inside, outside in repetition)
    assert min(len(inside) for inside, _ in repetition) >= 120


def test_folds_keep_groups_whole(small):
    from msgspec.structs import replace

    setup, _, y = small
    groups = np.arange(240) // 6
    for repetition in split.folds(replace(setup, group="customer_id"), y, groups, repeats=2):
        assert not any(set(groups[inside]) & set(groups[outside]) for inside, outside in repetition)


def test_a_small_budget_means_fewer_rows_and_rounds(small):
    from msgspec.structs import replace

    setup, matrix, y = small
    many = np.tile(np.arange(240), 12)
    poor = replace(setup, budget=0.2)
    outcome = evaluate.run(poor, matrix[many], y[many], None, matrix, y, lambda what, done, total: None)
    assert evaluate.FEWEST <= outcome.used_rows < len(many)
    assert outcome.cv == "5 stratified folds, once"


@pytest.mark.parametrize(
    "metric", ["roc_auc", "average_precision", "f1", "neg_log_loss", "accuracy", "f1_macro", "balanced_accuracy"]
)
def test_a_perfect_prediction_scores_best(small, metric):
    setup, _, y = small
    sure = np.array([[0.0, 1.0] if label == "yes" else [1.0, 0.0] for label in y])
    assert evaluate.score(metric, setup, y, sure) == pytest.approx(0.0 if metric == "neg_log_loss" else 1.0)
    assert evaluate.score(metric, setup, y, sure[:, ::-1]) < 0.5
