"""The half of the preprocessing that learns nothing: from a table's values to the matrix that the model takes.

This file is copied beside each model that it served; it needs numpy alone. `spec` is the part of model.json under
`input`: a list of outputs, each with the column that it reads and what is made of it.
"""

import datetime
import math
import re
from typing import Any

import numpy as np

VERSION = 1
MISSING = frozenset({"", "na", "n/a", "nan", "null", "none", "?", "<na>", "#n/a"})
DATE_PARTS = ("year", "month", "day", "weekday", "hour", "days")
_FORMATS = ("%m/%d/%Y", "%d.%m.%Y", "%Y/%m/%d", "%d/%m/%Y", "%m/%d/%Y %H:%M", "%Y/%m/%d %H:%M:%S", "%d.%m.%Y %H:%M")
_EPOCH = datetime.datetime(1970, 1, 1)
_WORD = re.compile("[a-z0-9]{2,}")


def missing(value: Any) -> bool:
    """Whether that is no value: None, NaN, or one of the words that stand for it."""
    if isinstance(value, str):
        return value.strip().lower() in MISSING
    return value is None or bool(value != value)


def number(value: Any) -> float:
    """The number that is meant, in float32's precision, NaN when there is none; `$1,200.50` and `12 %` are read."""
    if missing(value):
        return math.nan
    if isinstance(value, str):
        try:
            value = float(value)
        except ValueError:
            try:
                value = float(value.strip().replace(",", "").strip("$€£% "))
            except ValueError:
                return math.nan
    value = float(value)
    if abs(value) > 3e38:
        return math.nan
    return float(np.float32(value))


def date(value: Any, form: str | None = None) -> datetime.datetime | None:
    """The moment that is meant, without its time zone, or None. `form` is what `date_format` told of the column."""
    if missing(value):
        return None
    try:
        if form:
            return datetime.datetime.strptime(str(value).strip(), form)
        return datetime.datetime.fromisoformat(str(value).strip()).replace(tzinfo=None)
    except ValueError:
        return None


def date_format(values: list[Any]) -> str | None:
    """ "" for ISO dates, a strptime format, or None when the values are no dates (in more than 2 % of them)."""
    for form in ("", *_FORMATS):
        if sum(date(value, form) is not None for value in values) >= 0.98 * len(values):
            return form
    return None


def date_part(value: Any, part: str, form: str | None = None) -> float:
    moment = date(value, form)
    if moment is None:
        return math.nan
    match part:
        case "weekday":
            return float(moment.weekday())
        case "days":
            return float((moment - _EPOCH).days)
    return float(getattr(moment, part))


def words(value: Any) -> str:
    """The words of a text, lower-case and separated by a space; no word makes an empty text."""
    return " ".join(_WORD.findall(str(value).lower())) if not missing(value) else ""


def category(value: Any) -> str:
    return "" if missing(value) else str(value).strip()


def prepare(columns: Any, spec: dict[str, Any]) -> Any:
    """Columns by name (lists or arrays of n values each) to a matrix of n rows and one column an output of `spec`.

    Raises KeyError for a column that is not there.
    """
    outputs = spec["outputs"]
    length = len(columns[outputs[0]["column"]])
    matrix = np.empty((length, len(outputs)), dtype=object)
    for place, output in enumerate(outputs):
        values = columns[output["column"]]
        match output["as"]:
            case "number":
                made: list[Any] = [number(value) for value in values]
            case "missing":
                made = [1.0 if math.isnan(number(value)) else 0.0 for value in values]
            case "category":
                made = [category(value) for value in values]
            case "words":
                made = [words(value) for value in values]
            case "date":
                made = [date_part(value, output["of"], output.get("format")) for value in values]
            case other:
                raise ValueError(f"unknown output {other!r}: this file is older than the model")
        matrix[:, place] = made
    return matrix
