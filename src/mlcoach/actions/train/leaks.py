"""What a person should look at before training, with numbers. Nothing here drops a column."""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from typing import Any

import numpy as np
from sklearn.metrics import r2_score, roc_auc_score
from sklearn.model_selection import cross_val_predict
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

from mlcoach.actions.train import prepare, split
from mlcoach.actions.train.detect import Detected, suspicious
from mlcoach.actions.train.setup import Column, Setup

ALONE = 0.98
_ROWS = 5_000
_COLUMNS = 200
_PAIRS = 30  # number columns whose sums and differences are tried


def warnings(found: Detected) -> tuple[str, ...]:
    setup, table = found.setup, found.table
    rows = found.train
    if len(rows) > _ROWS:
        rows = np.sort(np.random.default_rng(setup.seed).choice(rows, _ROWS, replace=False))
    target = [table.columns[setup.target][row] for row in rows]
    used = [column for column in setup.columns if column.used][:_COLUMNS]
    numbers = {
        column.name: np.array([prepare.number(table.columns[column.name][row]) for row in rows])
        for column in used
        if column.kind == "number"
    }
    said = [*found.notes, *_alone(setup, used, numbers, table.columns, rows, target)]
    if setup.task == "regression":
        said += _combined(numbers, np.array([prepare.number(value) for value in target]))
    else:
        said += _classes(setup, table.columns[setup.target], found.train)
        said += _filled_for_one(setup, used, table.columns, rows, target)
    said += _twins(found)
    said += [
        f"{column.name!r} may be known only after the event (its name); if so: --exclude {column.name}"
        for column in used
        if suspicious(column.name)
    ]
    said += _infinite(used, table.columns)
    if not setup.time and (dates := [column.name for column in used if column.kind == "date"]):
        said.append(f"rows have dates; to test on the future instead of on rows drawn at random: --time {dates[0]}")
    if not setup.group:
        said += [
            f"{name!r} repeats ({levels:,} values in {table.rows:,} rows): if new rows come from new ones, --group {name}"
            for name, levels in _entities(setup, len(found.train))
        ][:1]
    return tuple(said)


def _alone(setup: Setup, used: list[Column], numbers: Any, columns: Any, rows: Any, target: Any) -> list[str]:
    """Columns that predict the target nearly without error by themselves."""
    said = []
    regression = setup.task == "regression"
    y = (
        np.array([prepare.number(value) for value in target])
        if regression
        else np.array(list(map(prepare.category, target)))
    )
    counts = Counter(y.tolist())
    if not regression and min(counts.values()) < 3:
        y_kept = np.array([counts[label] >= 3 for label in y.tolist()])
    else:
        y_kept = np.ones(len(y), dtype=bool)
    for column in used:
        if column.kind in ("number", "date", "category"):
            if column.name in numbers:
                values = numbers[column.name]
            elif column.kind == "date":
                continue
            else:
                codes: dict[str, int] = {}
                values = np.array(
                    [float(codes.setdefault(prepare.category(columns[column.name][row]), len(codes))) for row in rows]
                )
            x = np.nan_to_num(values, nan=-1e9)[y_kept, None]
            if regression:
                guess = cross_val_predict(DecisionTreeRegressor(min_samples_leaf=5, random_state=0), x, y[y_kept], cv=3)
                straight = np.corrcoef(x[:, 0], y[y_kept])[0, 1] ** 2 if np.ptp(x) > 0 else 0.0
                value = max(float(r2_score(y[y_kept], guess)), float(straight))
                name = "R²"
            else:
                tree = DecisionTreeClassifier(min_samples_leaf=5, random_state=0)
                guess = cross_val_predict(tree, x, y[y_kept], cv=3, method="predict_proba")
                truth = y[y_kept]
                classes = np.unique(truth)
                value = float(
                    roc_auc_score(truth == classes[1], guess[:, 1])
                    if len(classes) == 2
                    else np.mean(
                        [roc_auc_score(truth == label, guess[:, place]) for place, label in enumerate(classes)]
                    )
                )
                name = "AUC"
            if value > ALONE:
                said.append(
                    f"{column.name!r} alone predicts {setup.target!r} ({name} {value:.3f}): is it known before the event?"
                    f" to leave it out: --exclude {column.name}"
                )
    return said


def _combined(numbers: dict[str, Any], y: Any) -> list[str]:
    """Sums and differences of columns that are the target, then straight-line combinations that nearly are."""
    names = list(numbers)[:_PAIRS]
    near = 1e-6 * (max(float(np.std(y)), 1e-12) + np.abs(y))
    for one, other in combinations(names, 2):
        a, b = numbers[one], numbers[other]
        for text, made in (
            (f"{one!r} + {other!r}", a + b),
            (f"{one!r} - {other!r}", a - b),
            (f"{other!r} - {one!r}", b - a),
        ):
            if np.mean(np.abs(made - y) < near) > 0.99:
                return [f"{text} is the target: leave them out, --exclude {one} --exclude {other}"]
    if not names:
        return []
    x = np.column_stack([np.nan_to_num(numbers[name], nan=float(np.nanmedian(numbers[name]))) for name in names])
    spread = x.std(axis=0)
    x = (x - x.mean(axis=0)) / np.where(spread > 0, spread, 1)
    found, *_ = np.linalg.lstsq(np.column_stack([x, np.ones(len(x))]), y, rcond=None)
    guess = x @ found[:-1] + found[-1]
    value = float(r2_score(y, guess))
    if summed := _summed(names, numbers, y):
        return summed
    if value <= ALONE:
        return []
    listed = " and ".join(repr(names[place]) for place in np.argsort(-np.abs(found[:-1]))[:2])
    return [
        f"a sum of number columns, above all {listed}, nearly is the target (R² {value:.3f}): are they known before?"
    ]


def _summed(names: list[str], numbers: dict[str, Any], y: Any) -> list[str]:
    """Columns that hold the target as one of the amounts that they sum up, such as a total with its parts beside it."""
    for whole in names:
        parts = [name for name in names if name != whole]
        total = numbers[whole]
        if not parts or not np.isfinite(total).all() or total.std() == 0:
            continue
        x = np.column_stack([y, *(np.nan_to_num(numbers[name]) for name in parts), np.ones(len(y))])
        found, *_ = np.linalg.lstsq(x, total, rcond=None)
        share = np.abs(found[:-1]) * x[:, :-1].std(axis=0) / total.std()
        added = (np.abs(found[:-1] - 1) < 0.2) & (share > 0.05)
        if added[0] and added[1:].any() and r2_score(total, x @ found) > ALONE:
            listed = ", ".join(repr(name) for name, one in zip(parts, added[1:], strict=True) if one)
            return [f"{whole!r} is the sum of the target, {listed} and little else; to leave it out: --exclude {whole}"]
    return []


def _classes(setup: Setup, values: list[str | None], train: Any) -> list[str]:
    counts = Counter(prepare.category(values[row]) for row in train)
    rare = [label for label in setup.labels if counts[label] < split.FOLDS]
    said = []
    if rare:
        listed = ", ".join(f"{label!r} ({counts[label]})" for label in rare[:5])
        said.append(f"classes with fewer training rows than folds ({split.FOLDS}): {listed}; join them or collect more")
    if setup.task == "binary" and (share := counts[setup.positive] / len(train)) < 0.05:
        said.append(
            f"{setup.positive!r} is {share:.1%} of the rows: accuracy means little; try --metric average_precision"
        )
    return said


def _filled_for_one(setup: Setup, used: list[Column], columns: Any, rows: Any, target: Any) -> list[str]:
    said = []
    labels = list(map(prepare.category, target))
    sizes = Counter(labels)
    for column in used:
        if column.missing == 0:
            continue
        filled = Counter(
            label for label, row in zip(labels, rows, strict=True) if columns[column.name][row] is not None
        )
        shares = {label: filled[label] / size for label, size in sizes.items() if size >= 10}
        if shares and max(shares.values()) > 0.9 and min(shares.values()) < 0.02:
            most = max(shares, key=lambda label: shares[label])
            said.append(
                f"{column.name!r} is filled only where {setup.target!r} is {most!r}: it is known after the event;"
                f" to leave it out: --exclude {column.name}"
            )
    return said


def _twins(found: Detected) -> list[str]:
    setup, table = found.setup, found.table
    names = [column.name for column in setup.columns if column.used]
    key = list(zip(*(table.columns[name] for name in [*names, setup.target]), strict=True))
    counts = Counter(key)
    again = len(key) - len(counts)
    if again < max(5, 0.01 * len(key)):
        return []
    learned = {key[row] for row in found.train}
    across = sum(key[row] in learned for row in found.test)
    if not across:
        return []
    return [
        f"{again:,} of {len(key):,} rows are copies of others, {across:,} of {len(found.test):,} test rows are in the"
        " training part too: scores flatter; remove copies, or keep them together with --group"
    ]


def _infinite(used: list[Column], columns: Any) -> list[str]:
    said = []
    for column in used:
        if column.kind == "number":
            many = sum(
                value is not None and value.strip().lower().lstrip("+-") in ("inf", "infinity")
                for value in columns[column.name]
            )
            if many:
                said.append(f"{column.name!r} holds {many:,} infinite values: they count as missing")
    return said


def _entities(setup: Setup, rows: int) -> list[tuple[str, int]]:
    return [
        (column.name, column.levels)
        for column in setup.columns
        if column.name.lower().endswith(("_id", " id")) and 10 < column.levels < rows / 2
    ]
