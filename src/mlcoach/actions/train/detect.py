"""From a repository and a few options to a Setup: data, target, task, columns, time and groups, each with its reason."""

from __future__ import annotations

import math
import re
from collections import Counter
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from mlcoach.actions.train import hints, prepare, split, tables
from mlcoach.actions.train.hints import Hints, Named
from mlcoach.actions.train.setup import METRICS, USUAL, Column, Options, Setup, Task, TrainError
from mlcoach.actions.train.tables import Table

MANY = 40  # levels above which a category is coded by its mean target
MOST_CLASSES = 200
_TARGET_NAME = re.compile(
    r"(?i)^(?:target|label|class|y|outcome|churn(?:ed)?|survived|is_\w+|default|species|response)$"
)
_ID_NAME = re.compile(r"(?i)^(?:id|uuid|guid|index|instant|row_?(?:id|num\w*))$|(?:_|\b)id$|^[a-z]+ID$|^unnamed")
_AFTER_NAME = re.compile(r"(?i)(?:^|_)(?:duration|after|outcome|result|final|post|closed|cancel+ed|refund\w*)(?:_|$)")


class Detected(msgspec.Struct, frozen=True):
    setup: Setup
    table: Table
    train: Any  # row numbers
    test: Any
    notes: tuple[str, ...]


def detect(root: Path, options: Options) -> Detected:
    """Raises TrainError for what cannot be trained on."""
    found = hints.read(root)
    options, given = _merge(options, found.settings)
    why: dict[str, str] = {}
    data = _data(options, found, given, why)
    table = tables.read(root / data, data)
    names = list(table.columns)
    target = _target(options, found, names, given, why)
    notes = list(table.notes)
    everything, table = table.rows, _with_target(table, target)
    if not table.rows:
        raise TrainError(f"the target {target!r} has no value in any row; give another with --target COL")
    if lost := everything - table.rows:
        notes.append(
            f"{lost:,} of {everything:,} rows have no {target!r}: they cannot be learned from and are left out"
        )
    task = _task(options, target, table.columns[target], given, why)
    metric = options.metric or USUAL[task]
    if task not in METRICS.get(metric, ()):
        fitting = ", ".join(name for name, tasks in METRICS.items() if task in tasks)
        raise TrainError(f"no metric {metric!r} for a {task} task; give --metric one of {fitting}")
    why["metric"] = given("metric", options.metric) or f"usual for a {task} task"
    for name in (*options.exclude, *filter(None, (options.time, options.group))):
        _known(name, names, "column")
    labels = tuple(sorted(set(map(prepare.category, table.columns[target])))) if task != "regression" else ()
    time = _time(options, found, table, target, given, why)
    group = _group(options, found, names, target, given, why)
    train, test, described = split.hold_out(table, target, task, time=time, group=group, seed=options.seed)
    columns = tuple(
        _column(name, [table.columns[name][row] for row in train], name in options.exclude, group)
        for name in names
        if name != target
    )
    if not any(column.used for column in columns):
        reasons = "; ".join(f"{column.name}: {column.why}" for column in columns[:3])
        raise TrainError(f"no column of {data} is left to learn from ({reasons})")
    setup = Setup(
        data=data, sha256=table.sha256, rows=table.rows, target=target, task=task, metric=metric, columns=columns, why=why,
        name=options.name or _slug(target), budget=options.budget, seed=options.seed, time=time, group=group,
        labels=labels, positive=_positive(labels, table.columns[target]) if task == "binary" else "", split=described,
        spec=_spec(columns, table, train, task),
    )  # fmt: skip
    return Detected(setup, table, train, test, tuple(notes))


def load(root: Path, setup: Setup) -> tuple[Table, Any, Any]:
    """The table of a setup as it was when the plan was made, its training and its test rows. Raises TrainError."""
    table = tables.read(root / setup.data, setup.data)
    if table.sha256 != setup.sha256:
        raise TrainError(f"{setup.data} has changed since the plan was made: make a new plan")
    table = _with_target(table, setup.target)
    train, test, _ = split.hold_out(
        table, setup.target, setup.task, time=setup.time, group=setup.group, seed=setup.seed
    )
    return table, train, test


def _with_target(table: Table, target: str) -> Table:
    kept = [row for row, value in enumerate(table.columns[target]) if value is not None]
    if len(kept) == table.rows:
        return table
    return Table({name: [column[row] for row in kept] for name, column in table.columns.items()}, table.sha256)


def _merge(options: Options, settings: dict[str, Any]) -> tuple[Options, Any]:
    """The options, filled up from mlcoach.toml, and a function that says where a value was given."""
    fields = set(Options.__struct_fields__)
    if unknown := sorted(set(settings) - fields):
        raise TrainError(f"mlcoach.toml: [train] knows no {unknown[0]!r}; it knows {', '.join(sorted(fields))}")
    usual = msgspec.structs.asdict(Options())
    own = {name: value for name, value in msgspec.structs.asdict(options).items() if value != usual[name]}
    try:
        merged = msgspec.convert({**settings, **own}, Options)
    except msgspec.ValidationError as error:
        raise TrainError(f"mlcoach.toml: [train]: {error}") from None

    def given(name: str, value: Any) -> str:
        if value in (None, ()):
            return ""
        return f"given with --{name}" if name in own else "mlcoach.toml says so"

    return merged, given


def _known(name: str, names: list[str], what: str) -> None:
    if name in names:
        return
    import difflib

    close = difflib.get_close_matches(name, names, 1)
    hint = f"did you mean {close[0]!r}?" if close else "there are " + ", ".join(map(repr, names[:12]))
    raise TrainError(f"no {what} {name!r} in the data; {hint}")


def _data(options: Options, found: Hints, given: Any, why: dict[str, str]) -> str:
    if options.data:
        why["data"] = given("data", options.data)
        return options.data
    if not found.files:
        listed = ", ".join(tables.EXTENSIONS)
        raise TrainError(f"no data file here ({listed}); give one with --data FILE")
    first, *others = found.files
    why["data"] = "the only data file" if not others else f"{first.where}; {len(others)} other(s), as {others[0].name}"
    return first.name


def _target(options: Options, found: Hints, names: list[str], given: Any, why: dict[str, str]) -> str:
    if options.target:
        _known(options.target, names, "target column")
        why["target"] = given("target", options.target)
        return options.target
    if named := _first(found.targets, names):
        why["target"] = f"the code says so: {named.where}"
        return named.name
    likely = [name for name in names if _TARGET_NAME.match(name)]
    if len(likely) == 1:
        why["target"] = "its name is that of a target"
        return likely[0]
    if len(likely) > 1:
        raise TrainError(f"the target may be {' or '.join(map(repr, likely[:4]))}; give it with --target COL")
    why["target"] = "the last column: a guess, give another with --target COL"
    return names[-1]


def _first(named: tuple[Named, ...], names: list[str]) -> Named | None:
    return next((each for each in named if each.name in names), None)


def _task(options: Options, target: str, values: list[str | None], given: Any, why: dict[str, str]) -> Task:
    counts = Counter(map(prepare.category, values))
    if len(counts) == 1:
        raise TrainError(
            f"the target {target!r} has one value only, {next(iter(counts))[:40]!r}: there is nothing to learn"
        )
    numbers = [prepare.number(value) for value in values]
    numeric = not any(map(math.isnan, numbers))
    if options.task:
        why["task"] = given("task", options.task)
        if options.task == "regression" and not numeric:
            bad = next(value for value, number in zip(values, numbers, strict=True) if math.isnan(number))
            raise TrainError(f"--task regression needs numbers, and {target!r} holds {str(bad)[:40]!r}")
        if options.task == "binary" and len(counts) != 2:
            raise TrainError(f"--task binary needs two classes, and {target!r} has {len(counts)}; try multiclass")
        task = options.task
    elif len(counts) == 2:
        why["task"] = "the target has two values"
        task = "binary"
    elif numeric and (len(counts) > 20 or len(counts) > 0.1 * len(values) or any(x != int(x) for x in numbers)):
        why["task"] = f"the target is a number with {len(counts):,} different values"
        task = "regression"
    else:
        why["task"] = f"the target has {len(counts):,} different values"
        task = "multiclass"
    if task == "multiclass" and len(counts) > MOST_CLASSES:
        raise TrainError(
            f"the target {target!r} has {len(counts):,} classes, more than {MOST_CLASSES}: join rare ones, or choose another target"
        )
    if task != "regression" and min(counts.values()) < 2:
        rare = [label for label, count in counts.items() if count < 2]
        raise TrainError(
            f"class {rare[0][:40]!r} of {target!r} has one row: it cannot be both learned and tested; join rare classes"
        )
    return task


def _positive(labels: tuple[str, ...], values: list[str | None]) -> str:
    """The class that a binary score speaks of: the one that says yes, else the rarer one."""
    for label in labels:
        if label.lower() in ("1", "yes", "true", "y", "t", "spam", "bad", "positive", "1.0"):
            return label
    counts = Counter(map(prepare.category, values))
    return min(labels, key=lambda label: counts[label])


def _time(options: Options, found: Hints, table: Table, target: str, given: Any, why: dict[str, str]) -> str | None:
    if options.time:
        if split.moments(table.columns[options.time]) is None:
            raise TrainError(f"--time {options.time!r}: its values are neither dates nor numbers")
        why["time"] = given("time", options.time)
        return options.time
    if (named := _first(found.times, list(table.columns))) and split.moments(table.columns[named.name]) is not None:
        why["time"] = f"the code sorts by it: {named.where}"
        return named.name
    for name, values in table.columns.items():
        some = [value for value in values[:2000] if value is not None]
        if name == target or len(some) < 20 or prepare.date_format(some[:200]) is None:
            continue
        if all(not math.isnan(prepare.number(value)) for value in some[:50]):
            continue  # 20240131 reads as a date too
        moments = split.moments(values)
        if moments is not None and len(np.unique(moments)) > 10 and np.mean(np.diff(moments) >= 0) >= 0.99:
            why["time"] = "dates, and the rows are in their order"
            return name
    return None


def _group(
    options: Options, found: Hints, names: list[str], target: str, given: Any, why: dict[str, str]
) -> str | None:
    if options.group:
        why["group"] = given("group", options.group)
        return options.group
    named = _first(found.groups, names)
    if named and named.name != target:
        why["group"] = f"the code groups by it: {named.where}"
        return named.name
    return None


def _column(name: str, values: list[str | None], excluded: bool, group: str | None) -> Column:
    """What a column is taken for, from the rows of the training part."""
    present = [value.strip() for value in values if value is not None]
    counts = Counter(present)
    levels, missing = len(counts), len(values) - len(present)

    def column(kind: Any, why: str, used: bool = True) -> Column:
        if excluded:
            why, used = "excluded", False
        return Column(name=name, kind=kind, why=why, used=used, missing=missing, levels=levels)

    if levels <= 1:
        return column("constant", "no value at all" if not present else "one value only", used=False)
    if name == group:
        return column("id", "the group that a row belongs to", used=False)
    finite = [value for value in present if value.lower().lstrip("+-") not in ("inf", "infinity")]
    numbers = [prepare.number(value) for value in finite]
    bad = sum(map(math.isnan, numbers))
    unique = levels == len(present) and len(present) > 20
    if bad <= 0.02 * len(present) and (bad == 0 or levels > MANY):
        whole = all(x == int(x) for x in numbers if not math.isnan(x))
        if whole and unique and (_ID_NAME.search(name) or _counts_up(numbers)):
            return column("id", "a different whole number in each row", used=False)
        plain = sum(1 for value in present if not _is_plain(value))
        return column("number", f"numbers, {plain} of them written as text" if plain else "numbers")
    form = prepare.date_format(present[:500])
    if form is not None and prepare.date_format(present) == form:
        return column("date", f"dates as {form}" if form else "dates")
    words = sum(len(prepare.words(value).split()) for value in present) / len(present)
    if unique and words < 2:
        return column("id", "a different text of one word in each row", used=False)
    if levels <= MANY:
        return column("category", f"{levels} different values")
    if words >= 2:
        return column("text", f"{words:.0f} words on average, {levels:,} different texts")
    if levels > 0.95 * len(present) and _ID_NAME.search(name):
        return column("id", f"{levels:,} different values in {len(present):,} rows", used=False)
    return column("code", f"{levels:,} different values")


def _is_plain(value: str) -> bool:
    try:
        float(value)
    except ValueError:
        return False
    return True


def _counts_up(numbers: list[float]) -> bool:
    """Whether the numbers are all of 1 to n, or nearly: a counter, sampled at random by the split."""
    return len(numbers) > 20 and max(numbers) - min(numbers) < 1.5 * len(numbers)


def _spec(columns: tuple[Column, ...], table: Table, train: Any, task: Task) -> dict[str, Any]:
    """What `prepare` makes of the columns, and by which part of the model each output is taken."""
    outputs: list[dict[str, Any]] = []
    for column in columns:
        if not column.used:
            continue
        name = column.name
        match column.kind:
            case "number":
                outputs.append({"column": name, "as": "number", "part": "numbers"})
                values = [table.columns[name][row] for row in train]
                if any(math.isnan(prepare.number(value)) for value in values):
                    outputs.append({"column": name, "as": "missing", "part": "flags"})
            case "date":
                values = [value for row in train if (value := table.columns[name][row]) is not None]
                form = prepare.date_format(values)
                for part in prepare.DATE_PARTS:
                    if len({prepare.date_part(value, part, form) for value in values}) > 1:
                        outputs.append({"column": name, "as": "date", "of": part, "format": form, "part": "numbers"})
            case "category":
                outputs.append({"column": name, "as": "category", "part": "categories"})
            case "code":
                outputs.append({"column": name, "as": "category", "part": "codes"})
            case "text":
                vocabulary = {word for row in train for word in prepare.words(table.columns[name][row]).split()}
                if len(vocabulary) > 1:
                    outputs.append({"column": name, "as": "words", "part": "texts", "vocabulary": len(vocabulary)})
                if column.levels < 0.5 * len(train):
                    outputs.append({"column": name, "as": "category", "part": "codes"})
    return {"version": prepare.VERSION, "outputs": outputs}


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:40] or "baseline"


def suspicious(name: str) -> bool:
    """Whether a column's name says that it may be known only after the event."""
    return _AFTER_NAME.search(name) is not None and re.search(r"(?i)previous|prior|last|past", name) is None
