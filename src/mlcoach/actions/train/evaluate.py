"""Scores and their intervals: repeated cross-validation inside the training part, then the test part once."""

from __future__ import annotations

import math
import time
import warnings
from collections.abc import Callable
from typing import Any

import msgspec
import numpy as np
from scipy import stats
from sklearn import metrics

from mlcoach.actions.train import rungs, split
from mlcoach.actions.train.setup import METRICS, Setup

SHARE = 0.6  # of the CPU budget that cross-validation may take
TRIALS = (1_000, 4_000)  # rows of the two fits that the cost is estimated from
FEWEST = 2_000  # rows that training keeps whatever the budget
BOOTSTRAPS = 200

Tell = Callable[[str, int, int], None]


class Score(msgspec.Struct, frozen=True):
    """A mean with its 95 % interval; `folds` are what it was made of."""

    mean: float
    low: float
    high: float
    folds: tuple[float, ...] = ()


class Row(msgspec.Struct, frozen=True):
    """A rung of the ladder. `gain` is over the best rung without ML on the same folds; higher is better throughout."""

    rung: str
    title: str
    score: Score
    cpu_seconds: float
    gain: Score | None = None
    better: bool = False


class Outcome(msgspec.Struct, frozen=True):
    rows: tuple[Row, ...]
    best: str  # the rung that is kept
    reference: str  # the best rung without ML
    cv: str  # the folds in words
    used_rows: int
    test: Score
    test_reference: Score
    others: dict[str, float]  # further metrics of the kept rung on the test part
    model: Any


def score(metric: str, setup: Setup, y: Any, predicted: Any) -> float:
    """Higher is better; NaN where the metric is not defined (one class only). `predicted` as `aligned` gives it."""
    if setup.task == "regression":
        match metric:
            case "r2":
                return float(metrics.r2_score(y, predicted))
            case "neg_mean_absolute_error":
                return -float(metrics.mean_absolute_error(y, predicted))
        return -float(metrics.root_mean_squared_error(y, predicted))
    classes = labels(setup)
    if metric == "neg_log_loss":
        return -float(metrics.log_loss(y, predicted, labels=classes))
    positive = list(setup.labels).index(setup.positive) if setup.positive else 0
    truth = y == classes[positive]
    if metric in ("roc_auc", "average_precision"):
        if truth.all() or not truth.any():
            return math.nan
        function = metrics.roc_auc_score if metric == "roc_auc" else metrics.average_precision_score
        return float(function(truth, predicted[:, positive]))
    chosen = classes[predicted.argmax(axis=1)]
    match metric:
        case "accuracy":
            return float(metrics.accuracy_score(y, chosen))
        case "balanced_accuracy":
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # a class that a fold does not hold
                return float(metrics.balanced_accuracy_score(y, chosen))
        case "f1":
            return float(metrics.f1_score(truth, chosen == classes[positive], zero_division=0))
    return float(metrics.f1_score(y, chosen, average="macro", zero_division=0))


def labels(setup: Setup) -> Any:
    """The classes in the order of `setup.labels`: whole numbers as such, else texts."""
    if all(label == str(int(label)) if label.lstrip("-").isdecimal() else False for label in setup.labels):
        return np.array([int(label) for label in setup.labels])
    return np.array(setup.labels)


def aligned(setup: Setup, model: Any, matrix: Any) -> Any:
    """Predictions with a column for each class of the setup, those too that the model has not met."""
    predicted = rungs.predict(setup, model, matrix)
    if setup.task == "regression":
        return predicted
    classes = labels(setup)
    if len(model.classes_) == len(classes) and (model.classes_ == classes).all():
        return predicted
    full = np.zeros((len(matrix), len(classes)))
    full[:, [int(np.flatnonzero(classes == label)[0]) for label in model.classes_]] = predicted
    return full


def interval(values: list[float], ratio: float) -> Score:
    """Mean and 95 % interval of scores on folds that share training rows (Nadeau and Bengio's correction).

    `ratio` is test rows to training rows of a fold.
    """
    kept = np.array([value for value in values if not math.isnan(value)])
    if len(kept) == 0:
        return Score(math.nan, math.nan, math.nan)
    mean = float(kept.mean())
    if len(kept) == 1:
        return Score(mean, -math.inf, math.inf, (mean,))
    error = math.sqrt(float(kept.var(ddof=1)) * (1 / len(kept) + ratio))
    half = float(stats.t.ppf(0.975, len(kept) - 1)) * error
    return Score(mean, mean - half, mean + half, tuple(kept.tolist()))


def run(setup: Setup, train: Any, y: Any, groups: Any, test: Any, y_test: Any, tell: Tell) -> Outcome:
    """The ladder on the training part, then the best rung of it on the test part. Matrices as `prepare` makes them."""
    started = time.process_time()
    names = rungs.ladder(setup)
    use = _affordable(setup, train, y, tell)
    if use is not None:
        train, y, groups = train[use], y[use], groups[use] if groups is not None else None
    repetitions = split.folds(setup, y, groups)
    total = sum(map(len, repetitions))
    values: dict[str, list[float]] = {name: [] for name in (*names, "vote")}
    cpu = dict.fromkeys(values, 0.0)
    ratios: list[float] = []
    done = 0
    for number, repetition in enumerate(repetitions):
        spent = time.process_time() - started
        if number and spent + spent / number > SHARE * setup.budget:
            break
        for inside, outside in repetition:
            guesses: dict[str, Any] = {}
            for name in names:
                tell(f"cross-validation: fold {done + 1}, {rungs.TITLES[name]}", done, total)
                began = time.process_time()
                model = rungs.fit(name, setup, train[inside], y[inside])
                guesses[name] = aligned(setup, model, train[outside])
                cpu[name] += time.process_time() - began
            guesses["vote"] = (guesses["linear"] + guesses["hgb"]) / 2
            for name, guess in guesses.items():
                values[name].append(score(setup.metric, setup, y[outside], guess))
            ratios.append(len(outside) / len(inside))
            done += 1
    cpu["vote"] = cpu["linear"] + cpu["hgb"]
    ratio = sum(ratios) / len(ratios)
    scores = {name: interval(found, ratio) for name, found in values.items()}
    without = [name for name in names if name in rungs.WITHOUT_ML]
    reference = max(without, key=lambda name: _or_least(scores[name].mean))
    rows = []
    for name in values:
        gain = None
        if name not in rungs.WITHOUT_ML:
            gain = interval([a - b for a, b in zip(values[name], values[reference], strict=True)], ratio)
        better = gain is not None and gain.low > 0
        rows.append(Row(name, rungs.TITLES[name], scores[name], round(cpu[name], 2), gain, better))
    best = max(("linear", "hgb", "vote"), key=lambda name: _or_least(scores[name].mean))
    tell(f"fitting {rungs.TITLES[best]} on {len(y):,} rows", done, total)
    parts = {name: rungs.fit(name, setup, train, y) for name in (("linear", "hgb") if best == "vote" else (best,))}
    model = rungs.vote(setup, parts["linear"], parts["hgb"], y) if best == "vote" else parts[best]
    tell("the test part", total, total)
    predicted = aligned(setup, model, test)
    plain = aligned(setup, rungs.fit(reference, setup, train, y), test)
    return Outcome(
        tuple(rows), best, reference, _described(setup, repetitions, done), len(y),
        _bootstrapped(setup, y_test, predicted), _bootstrapped(setup, y_test, plain),
        {name: score(name, setup, y_test, predicted) for name, tasks in METRICS.items() if setup.task in tasks},
        model,
    )  # fmt: skip


def _or_least(value: float) -> float:
    return -math.inf if math.isnan(value) else value


def _affordable(setup: Setup, train: Any, y: Any, tell: Tell) -> Any:
    """Row numbers to train on when all would not fit the budget; None when all do."""
    tell("estimating the cost", 0, 0)
    rows = np.arange(len(y))
    if len(rows) <= FEWEST:
        return None
    generator = np.random.default_rng(setup.seed)
    cost = []
    for size in TRIALS:
        sample = np.sort(generator.choice(rows, min(size, len(rows)), replace=False))
        began = time.process_time()
        for name in rungs.ladder(setup):
            rungs.fit(name, setup, train[sample], y[sample])
        cost.append((time.process_time() - began, len(sample)))
    (first, few), (second, many) = cost
    each = max((second - first) / (many - few), 1e-9) if many > few else first / few
    fixed = max(first - each * few, 0.0)
    most = int((SHARE * setup.budget / split.FOLDS - fixed) / each)
    if most >= len(rows):
        return None
    most = max(FEWEST, most)
    if setup.time:
        return rows[-most:]  # the newest: what comes next is like them
    return np.sort(generator.choice(rows, most, replace=False))


def _described(setup: Setup, repetitions: list[list[Any]], done: int) -> str:
    count = len(repetitions[0])
    if setup.time:
        return f"{count} blocks in time, each learned from what lies before it"
    kind = "group" if setup.group else "fold" if setup.task == "regression" else "stratified fold"
    times = done // count
    return f"{count} {kind}s, {'once' if times == 1 else f'{times} times'}"


def _bootstrapped(setup: Setup, y: Any, predicted: Any) -> Score:
    """The score on the test part, with the interval of drawing its rows anew."""
    generator = np.random.default_rng(setup.seed)
    drawn = [generator.integers(0, len(y), len(y)) for _ in range(BOOTSTRAPS)]
    values = [score(setup.metric, setup, y[rows], predicted[rows]) for rows in drawn]
    kept = [value for value in values if not math.isnan(value)] or [math.nan]
    low, high = np.quantile(kept, (0.025, 0.975))
    return Score(score(setup.metric, setup, y, predicted), float(low), float(high))
