"""Model files made by real libraries, trained once, and small builders for those whose libraries are not installed."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from mlcoach.facts.model_files import ModelFile, inspect_path


@pytest.fixture(scope="session")
def pipeline() -> Any:
    """A scaler and a logistic regression with named features and two classes of text."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    model = make_pipeline(StandardScaler(), LogisticRegression())
    model.fit([[1.0, 0.0], [2.0, 1.0], [3.0, 0.0], [4.0, 1.0]], ["no", "no", "yes", "yes"])
    model[0].feature_names_in_ = np.array(["age", "calls"], dtype=object)  # as a fit on a data frame leaves it
    return model


@pytest.fixture
def look(tmp_path: Path) -> Callable[[str, bytes], ModelFile]:
    """Writes the bytes to a file of that name and describes it."""

    def written(name: str, data: bytes) -> ModelFile:
        path = tmp_path / name
        path.write_bytes(data)
        return inspect_path(path, root=tmp_path)

    return written


@pytest.fixture
def zipped() -> Callable[..., bytes]:
    """The bytes of a zip of the given members."""

    def build(members: dict[str, bytes | str], compression: int = zipfile.ZIP_STORED) -> bytes:
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", compression) as archive:
            for name, data in members.items():
                archive.writestr(name, data)
        return stream.getvalue()

    return build


class Proto:
    """Protocol buffers by hand: `Proto.field(number, value)` is one field, bytes joined are a message."""

    @staticmethod
    def varint(value: int) -> bytes:
        out = bytearray()
        while value > 0x7F:
            out.append(value & 0x7F | 0x80)
            value >>= 7
        return bytes([*out, value])

    @classmethod
    def field(cls, number: int, value: int | str | bytes) -> bytes:
        if isinstance(value, int):
            return cls.varint(number << 3) + cls.varint(value)
        data = value.encode() if isinstance(value, str) else value
        return cls.varint(number << 3 | 2) + cls.varint(len(data)) + data


@pytest.fixture(scope="session")
def proto() -> type[Proto]:
    return Proto


class Flat:
    """FlatBuffers by hand, front to back: a table's fields are None, an int (4 bytes), or the bytes of what they point to.

    Every piece is self-contained (offsets are relative and point forwards), so pieces are joined freely.
    """

    @staticmethod
    def text(value: str) -> bytes:
        data = value.encode()
        return struct.pack("<I", len(data)) + data + b"\0"

    @staticmethod
    def numbers(*values: int) -> bytes:
        return struct.pack(f"<I{len(values)}i", len(values), *values)

    @staticmethod
    def vector(*pieces: bytes) -> bytes:
        """Of tables or texts."""
        head, body = [struct.pack("<I", len(pieces))], b""
        for index, piece in enumerate(pieces):
            place, skip = 4 + 4 * index, Flat.begin(piece)
            head.append(struct.pack("<I", 4 + 4 * len(pieces) + len(body) + skip - place))
            body += piece
        return b"".join(head) + body

    @staticmethod
    def table(*values: bytes | int | None) -> bytes:
        """A vtable, then the table; `begin` says where the table itself starts."""
        vtable = struct.pack("<HH", 4 + 2 * len(values), 4 + 4 * len(values))
        vtable += b"".join(struct.pack("<H", 0 if v is None else 4 + 4 * i) for i, v in enumerate(values))
        slots, body = b"", b""
        for index, value in enumerate(values):
            if isinstance(value, bytes):
                here = 4 + 4 * index
                slots += struct.pack("<I", 4 + 4 * len(values) + len(body) + Flat.begin(value) - here)
                body += value
            else:
                slots += struct.pack("<i", value or 0)
        return Table(vtable + struct.pack("<i", len(vtable)) + slots + body, len(vtable))

    @staticmethod
    def begin(piece: bytes) -> int:
        return piece.skip if isinstance(piece, Table) else 0

    @staticmethod
    def file(table: bytes, identifier: bytes = b"\0\0\0\0") -> bytes:
        return struct.pack("<I", 8 + Flat.begin(table)) + identifier + table


class Table(bytes):
    """A table's bytes, with how many of them are its vtable."""

    skip: int

    def __new__(cls, data: bytes, skip: int) -> Table:
        made = super().__new__(cls, data)
        made.skip = skip
        return made


@pytest.fixture(scope="session")
def flat() -> type[Flat]:
    return Flat


class Opcodes:
    """Pickles by hand, for names whose libraries are not installed."""

    @staticmethod
    def name(module: str, name: str) -> bytes:
        return f"c{module}\n{name}\n".encode()

    @staticmethod
    def text(value: str) -> bytes:
        data = value.encode()
        return b"X" + struct.pack("<I", len(data)) + data

    @staticmethod
    def pack(*parts: bytes) -> bytes:
        """A tuple."""
        return b"(" + b"".join(parts) + b"t"

    @staticmethod
    def number(value: int) -> bytes:
        return b"J" + struct.pack("<i", value)

    @classmethod
    def call(cls, module: str, name: str, *args: bytes) -> bytes:
        return cls.name(module, name) + cls.pack(*args) + b"R"

    @classmethod
    def mapping(cls, **values: bytes) -> bytes:
        return b"}(" + b"".join(cls.text(key) + value for key, value in values.items()) + b"u"

    @classmethod
    def ordered(cls, values: dict[str, bytes]) -> bytes:
        pairs = b"".join(cls.text(key) + value for key, value in values.items())
        return cls.call("collections", "OrderedDict") + b"(" + pairs + b"u"

    @classmethod
    def tensor(cls, *shape: int) -> bytes:
        kind = cls.name("torch", "FloatStorage")
        storage = cls.pack(cls.text("storage"), kind, cls.text("0"), cls.text("cpu"), cls.number(0)) + b"Q"
        sizes = cls.pack(*map(cls.number, shape))
        hooks = cls.call("collections", "OrderedDict")
        return cls.call("torch._utils", "_rebuild_tensor_v2", storage, cls.number(0), sizes, sizes, b"\x89", hooks)

    @classmethod
    def instance(cls, module: str, name: str, state: bytes) -> bytes:
        return cls.name(module, name) + b")\x81" + state + b"b"

    @staticmethod
    def file(body: bytes) -> bytes:
        return b"\x80\x02" + body + b"."


@pytest.fixture(scope="session")
def op() -> type[Opcodes]:
    return Opcodes
