"""Reading tables: formats that agree, and files that cannot be read with the line that says why."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing

import pytest

from mlcoach.actions.train import tables
from mlcoach.actions.train.setup import TrainError

EXPECTED = {"a": ["1", None, "3"], "b": ["x,y", 'say "hi"', "line\nbreak"]}


def written(path, kind):
    match kind:
        case "csv":
            path.write_text('a,b\n1,"x,y"\nNA,"say ""hi"""\n3,"line\nbreak"\n')
        case "tsv":
            path.write_text('a\tb\n1\tx,y\n\t"say ""hi"""\n3\t"line\nbreak"\n')
        case "jsonl":
            rows = [{"a": 1, "b": "x,y"}, {"b": 'say "hi"'}, {"a": 3, "b": "line\nbreak"}]
            path.write_text("".join(json.dumps(row) + "\n" for row in rows))
        case "sqlite":
            with closing(sqlite3.connect(path)) as connection, connection:
                connection.execute("CREATE TABLE t (a INTEGER, b TEXT)")
                connection.executemany(
                    "INSERT INTO t VALUES (?, ?)", [(1, "x,y"), (None, 'say "hi"'), (3, "line\nbreak")]
                )
    return path


@pytest.mark.parametrize("kind", ["csv", "tsv", "jsonl", "sqlite"])
def test_formats_agree(tmp_path, kind):
    assert tables.read(written(tmp_path / f"t.{kind}", kind)).columns == EXPECTED


def test_parquet_is_read_or_says_what_to_install(tmp_path):
    path = tmp_path / "t.parquet"
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        path.write_bytes(b"PAR1")
        with pytest.raises(TrainError, match="pip install pyarrow"):
            tables.read(path)
    else:
        pyarrow.parquet.write_table(pyarrow.table({"a": [1, None, 3], "b": EXPECTED["b"]}), path)
        assert tables.read(path).columns == EXPECTED


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b"a,b\n", "a header and no rows"),
        (b"a\n1\n2\n", "has one column"),
        (b"a b\n1 2\n", "has one column"),
        (b"a,b\n1,2\n1,2,3\n", "line 3: 3 fields where the header has 2"),
        (b"a,a\n1,2\n", "two columns are named 'a'"),
        (b"a,\n1,2\n", "column 2 has no name"),
        (b"a,b\n\x00\x01,2\n", "binary data"),
    ],
)
def test_a_file_that_cannot_be_a_table_gets_one_line(tmp_path, content, says):
    path = tmp_path / "t.csv"
    path.write_bytes(content)
    with pytest.raises(TrainError, match=says) as caught:
        tables.read(path)
    assert "\n" not in str(caught.value)


def test_a_repeated_header_is_no_row_and_is_told(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("a,b\n1,2\na,b\n3,4\n")
    table = tables.read(path)
    assert table.columns["a"] == ["1", "3"]
    assert "repeats its header 1 time(s)" in table.notes[0]


def test_mixed_encodings_keep_what_is_right(tmp_path):
    path = tmp_path / "t.csv"
    path.write_bytes("name,b\nJosé,1\n".encode() + b"Ren\xe9,2\n")
    table = tables.read(path)
    assert table.columns["name"] == ["José", "René"]
    assert "line 3" in table.notes[0]


def test_names_may_be_anything(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text('class,"a ""b""\nc"\n1,2\n')
    assert list(tables.read(path).columns) == ["class", 'a "b"\nc']
