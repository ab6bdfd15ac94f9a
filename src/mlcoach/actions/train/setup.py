"""What training is asked, and what was made of it: plain values, for either side of the process border."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

Task = Literal["binary", "multiclass", "regression"]
Kind = Literal["number", "category", "code", "text", "date", "id", "constant"]

METRICS: dict[str, tuple[Task, ...]] = {
    "roc_auc": ("binary",),
    "average_precision": ("binary",),
    "f1": ("binary",),
    "neg_log_loss": ("binary", "multiclass"),
    "accuracy": ("binary", "multiclass"),
    "balanced_accuracy": ("binary", "multiclass"),
    "f1_macro": ("binary", "multiclass"),
    "r2": ("regression",),
    "neg_mean_absolute_error": ("regression",),
    "neg_root_mean_squared_error": ("regression",),
}
USUAL: dict[Task, str] = {"binary": "roc_auc", "multiclass": "neg_log_loss", "regression": "r2"}
BUDGET = 60.0  # CPU seconds


class TrainError(Exception):
    """Training cannot be done: one line that says what is wrong and how to mend it."""


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """What a person gave; None is what has to be detected."""

    data: str | None = None
    target: str | None = None
    task: Task | None = None
    time: str | None = None
    group: str | None = None
    exclude: tuple[str, ...] = ()
    metric: str | None = None
    budget: float = BUDGET  # CPU seconds
    seed: int = 0
    name: str | None = None


class Column(msgspec.Struct, frozen=True, kw_only=True):
    """A column that is not the target: what it is taken for, why, and whether the model sees it."""

    name: str
    kind: Kind
    why: str
    used: bool = True
    missing: int = 0  # rows of the training part without a value
    levels: int = 0  # different values in the training part


class Setup(msgspec.Struct, frozen=True, kw_only=True):
    """All that the run needs, with the reason of each choice under the same name in `why`."""

    data: str
    sha256: str
    rows: int
    target: str
    task: Task
    metric: str
    columns: tuple[Column, ...]
    why: dict[str, str]
    name: str
    budget: float
    seed: int
    time: str | None = None
    group: str | None = None
    labels: tuple[str, ...] = ()
    positive: str = ""
    split: str = ""
    spec: dict[str, Any] = {}
    """What `prepare` needs: see there."""
