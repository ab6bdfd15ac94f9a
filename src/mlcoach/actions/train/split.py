"""Who is tested on what: the test part that is taken first, and the folds inside the rest."""

from __future__ import annotations

import math
from collections import Counter
from typing import Any

import numpy as np
from sklearn.model_selection import (
    GroupKFold,
    GroupShuffleSplit,
    KFold,
    StratifiedGroupKFold,
    StratifiedKFold,
    TimeSeriesSplit,
    train_test_split,
)

from mlcoach.actions.train import prepare
from mlcoach.actions.train.setup import Setup, Task, TrainError
from mlcoach.actions.train.tables import Table

TEST = 0.2
FOLDS = 5
REPEATS = 4
FEWEST = 20  # rows


def moments(values: list[str | None]) -> Any:
    """Seconds since 1970, or the numbers themselves, as an array; None when they are neither, or some are missing."""
    if any(value is None for value in values):
        return None
    numbers = [prepare.number(value) for value in values]
    if not any(map(math.isnan, numbers)):
        return np.array(numbers)
    form = prepare.date_format(values[:500])
    if form is None:
        return None
    epoch = prepare.date("1970-01-01")
    found = [prepare.date(value, form) for value in values]
    if epoch is None or any(moment is None for moment in found):
        return None
    return np.array([(moment - epoch).total_seconds() for moment in found if moment is not None])


def hold_out(
    table: Table, target: str, task: Task, *, time: str | None, group: str | None, seed: int
) -> tuple[Any, Any, str]:
    """Row numbers of the training and the test part, and the split in words. Raises TrainError."""
    rows = np.arange(table.rows)
    if table.rows < FEWEST:
        raise TrainError(f"{table.rows} rows with a target are too few to learn and test on; {FEWEST} are the least")
    if time:
        when = moments(table.columns[time])
        order = np.argsort(when, kind="stable")
        cut = math.ceil((1 - TEST) * table.rows)
        while 0 < cut < table.rows and when[order[cut]] == when[order[cut - 1]]:
            cut -= 1  # one moment is not divided
        if cut < FEWEST / 2:
            raise TrainError(f"--time {time!r} has too few different moments for a last block to test on")
        return order[:cut], order[cut:], f"the last {table.rows - cut:,} rows by {time} are the test part"
    if group:
        groups = np.array([value or "" for value in table.columns[group]])
        if len(np.unique(groups)) < FOLDS + 1:
            raise TrainError(f"--group {group!r} has {len(np.unique(groups))} groups; {FOLDS + 1} are the least")
        train, test = next(GroupShuffleSplit(1, test_size=TEST, random_state=seed).split(rows, groups=groups))
        return (
            train,
            test,
            f"{len(np.unique(groups[test])):,} whole groups of {group} are the test part ({len(test):,} rows)",
        )
    labels = None if task == "regression" else list(map(prepare.category, table.columns[target]))
    if labels is not None and len(set(labels)) > TEST * table.rows:
        raise TrainError(f"{len(set(labels))} classes in {table.rows} rows are too many to learn; join rare classes")
    train, test = train_test_split(rows, test_size=TEST, random_state=seed, stratify=labels)
    kind = "drawn at random" if labels is None else "stratified by the target"
    return np.sort(train), np.sort(test), f"{len(test):,} rows (20 %), {kind}, are the test part"


def folds(setup: Setup, y: Any, groups: Any, repeats: int = REPEATS) -> list[list[tuple[Any, Any]]]:
    """One list of (training rows, test rows) a repetition; time has one order and so one repetition."""
    rows = np.arange(len(y))
    count = FOLDS
    if setup.task != "regression":
        count = max(2, min(FOLDS, min(Counter(y.tolist()).values())))
    if setup.time:
        # The first half is always learned from: a model of a short first block says little about the one that is kept.
        return [list(TimeSeriesSplit(FOLDS, test_size=max(1, len(y) // (2 * FOLDS))).split(rows))]
    made = []
    for seed in range(setup.seed, setup.seed + repeats):
        if groups is not None:
            splitter = (
                GroupKFold(count, shuffle=True, random_state=seed)
                if setup.task == "regression"
                else StratifiedGroupKFold(count, shuffle=True, random_state=seed)
            )
        elif setup.task == "regression":
            splitter = KFold(count, shuffle=True, random_state=seed)
        else:
            splitter = StratifiedKFold(count, shuffle=True, random_state=seed)
        made.append(list(splitter.split(rows, y, groups)))
    return made
