"""Reading a table from a file: every value as text, a missing one as None. Nothing is dropped without a word.

CSV, TSV, JSON lines and SQLite need the standard library alone; Parquet and Arrow need pyarrow.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import math
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import msgspec

from mlcoach.actions.train.setup import TrainError

EXTENSIONS = (".csv", ".tsv", ".jsonl", ".ndjson", ".parquet", ".feather", ".arrow", ".sqlite", ".sqlite3", ".db")
LIMIT = 1 << 30  # bytes; as text in memory a table needs several times its file
MISSING = frozenset({"", "na", "n/a", "nan", "null", "none", "?", "<na>", "#n/a"})
_DELIMITERS = ",;\t|"


class Table(msgspec.Struct, frozen=True):
    """Columns by name, all of the same length, and what a person should know of the reading."""

    columns: dict[str, list[str | None]]
    sha256: str
    notes: tuple[str, ...] = ()

    @property
    def rows(self) -> int:
        return len(next(iter(self.columns.values()), []))


def read(path: Path, name: str = "") -> Table:
    """The table of that file; `name` is how it is called in messages. Raises TrainError."""
    name = name or path.name
    if not path.is_file():
        raise TrainError(f"no such file: {name}; give the data with --data FILE")
    size = path.stat().st_size
    if size == 0:
        raise TrainError(f"{name} is empty; give another file with --data FILE")
    if size > LIMIT:
        raise TrainError(
            f"{name} has {size / 1e9:.1f} GB, more than the {LIMIT / 1e9:.1f} GB that are read into memory;"
            " write a sample of its rows to a file of its own and give that with --data FILE"
        )
    notes: list[str] = []
    match path.suffix.lower():
        case ".jsonl" | ".ndjson":
            columns = _json_lines(_text(path.read_bytes(), name, notes), name)
        case ".parquet" | ".feather" | ".arrow":
            columns = _arrow(path, name)
        case ".sqlite" | ".sqlite3" | ".db":
            columns = _sqlite(path, name, notes)
        case suffix:
            columns = _delimited(_text(path.read_bytes(), name, notes), suffix, name, notes)
    if not columns or not next(iter(columns.values())):
        raise TrainError(f"{name} has a header and no rows; give another file with --data FILE")
    if len(columns) == 1:
        (only,) = columns
        raise TrainError(
            f"{name} has one column, {only[:60]!r}: a target and at least one feature are needed (is the delimiter one of , ; tab | ?)"
        )
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return Table(columns, digest, tuple(notes))


def _text(data: bytes, name: str, notes: list[str]) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    if b"\0" in data[:4096]:
        raise TrainError(f"{name} holds binary data, not text; convert it to CSV, JSON lines, Parquet or SQLite")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        notes.append(f"{name} is not UTF-8 (first on line {line}); read as Windows-1252 there, look at its accents")
    return "\n".join(_decoded(line) for line in data.removeprefix(b"\xef\xbb\xbf").split(b"\n"))


def _decoded(line: bytes) -> str:
    """A line on its own, so that a file of mixed encodings keeps what is right in it."""
    try:
        return line.decode()
    except UnicodeDecodeError:
        return line.decode("cp1252", "replace")


def _value(text: str) -> str | None:
    return None if text.strip().lower() in MISSING else text


def _delimited(text: str, suffix: str, name: str, notes: list[str]) -> dict[str, list[str | None]]:
    head = text[:65536].partition("\n")[0]
    delimiter = "\t" if suffix == ".tsv" else max(_DELIMITERS, key=head.count)
    csv.field_size_limit(1 << 24)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        header = next(rows, [])
        _names(header, name)
        columns: list[list[str | None]] = [[] for _ in header]
        headers = 0
        for row in rows:
            if not row:
                continue
            if row == header:
                headers += 1
                continue
            if len(row) != len(header):
                raise TrainError(
                    f"{name}, line {rows.line_num}: {len(row)} fields where the header has {len(header)};"
                    " mend that line (a delimiter in an unquoted value?)"
                )
            for column, value in zip(columns, row, strict=True):
                column.append(_value(value))
    except csv.Error as error:
        raise TrainError(f"{name}, line {rows.line_num}: {error}") from None
    if headers:
        notes.append(f"{name} repeats its header {headers} time(s): those lines are not rows and were left out")
    return dict(zip(header, columns, strict=True))


def _names(header: Iterable[str], name: str) -> None:
    """Raises TrainError for names that would not tell columns apart."""
    seen: set[str] = set()
    for number, column in enumerate(header, 1):
        if not column.strip():
            raise TrainError(f"{name}: column {number} has no name; name it in the header")
        if column in seen:
            raise TrainError(f"{name}: two columns are named {column!r}; rename one")
        seen.add(column)


def _as_text(value: Any) -> str | None:
    match value:
        case None:
            return None
        case str():
            return _value(value)
        case bool():
            return "true" if value else "false"
        case float() if math.isnan(value):
            return None
        case dict() | list():
            return json.dumps(value, sort_keys=True, ensure_ascii=False)
        case bytes():
            return value.hex()
    return str(value)


def _json_lines(text: str, name: str) -> dict[str, list[str | None]]:
    columns: dict[str, list[str | None]] = {}
    count = 0
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise TrainError(f"{name}, line {number}: not valid JSON ({error}); mend that line") from None
        if not isinstance(row, dict):
            raise TrainError(f"{name}, line {number}: not a JSON object; each line needs one")
        for key, value in row.items():
            columns.setdefault(key, [None] * count).append(_as_text(value))
        count += 1
        for column in columns.values():
            if len(column) < count:
                column.append(None)
    return columns


def _arrow(path: Path, name: str) -> dict[str, list[str | None]]:
    if find_spec("pyarrow") is None:
        raise TrainError(f"{name} needs pyarrow, which is not installed: pip install pyarrow")
    import pyarrow.feather
    import pyarrow.parquet

    try:
        read_table = pyarrow.parquet.read_table if path.suffix.lower() == ".parquet" else pyarrow.feather.read_table
        table = read_table(path)
    except (OSError, pyarrow.ArrowException) as error:
        raise TrainError(f"{name} cannot be read: {str(error).splitlines()[0]}") from None
    _names(table.column_names, name)
    return {
        column: [_as_text(value) for value in table.column(number).to_pylist()]
        for number, column in enumerate(table.column_names)
    }


def _sqlite(path: Path, name: str, notes: list[str]) -> dict[str, list[str | None]]:
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
            listed = "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
            tables = [row[0] for row in connection.execute(listed)]
            if not tables:
                raise TrainError(f"{name} holds no table")
            quoted = {table: '"' + table.replace('"', '""') + '"' for table in tables}
            counts = {
                table: connection.execute(f"SELECT count(*) FROM {quoted[table]}").fetchone()[0] for table in tables
            }
            table = max(tables, key=lambda each: counts[each])
            if len(tables) > 1:
                notes.append(f"{name} holds {len(tables)} tables; read {table!r}, the one with most rows")
            cursor = connection.execute(f"SELECT * FROM {quoted[table]}")
            header = [column[0] for column in cursor.description]
            _names(header, name)
            rows = cursor.fetchall()
    except sqlite3.Error as error:
        raise TrainError(f"{name} cannot be read as SQLite: {error}") from None
    return {column: [_as_text(row[number]) for row in rows] for number, column in enumerate(header)}
