"""UBJSON, as XGBoost writes it. Long arrays of numbers are stepped over."""

from __future__ import annotations

import struct
from typing import Any

from .reader import Source, Stopped, Unreadable

MOST_VALUES = 1_000_000
DEEPEST = 100
_NUMBERS = {b"i": ">b", b"U": ">B", b"I": ">h", b"l": ">i", b"L": ">q", b"d": ">f", b"D": ">d", b"C": ">c"}
_PLAIN = {b"Z": None, b"T": True, b"F": False}


class Reader:
    """Reads one value. Raises Unreadable for what is no UBJSON, Stopped for too much of it."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._values = 0

    def value(self, kind: bytes | None = None, depth: int = 0) -> Any:
        self._values += 1
        if self._values % 1024 == 0:
            self._source.budget.tick()
        if self._values > MOST_VALUES or depth > DEEPEST:
            raise Stopped("too many values, or nested too deep")
        kind = kind or self._source.read(1)
        if kind in _NUMBERS:
            return self._number(kind)
        if kind in _PLAIN:
            return _PLAIN[kind]
        match kind:
            case b"S" | b"H":
                return self._text()
            case b"[":
                return self._list(depth)
            case b"{":
                return self._object(depth)
            case _:
                raise Unreadable(f"no UBJSON at byte {self._source.position - 1}")

    def _list(self, depth: int) -> list[Any] | None:
        kind, count, first = self._header()
        if kind is not None and kind in _NUMBERS and count is not None and count > 64:
            self._source.skip(count * struct.calcsize(_NUMBERS[kind]))
            return None
        if count is not None:
            return [self.value(kind, depth + 1) for _ in range(count)]
        values = []
        while first != b"]":
            values.append(self.value(first, depth + 1))
            first = self._source.read(1)
        return values

    def _object(self, depth: int) -> dict[str, Any]:
        kind, count, first = self._header()
        values: dict[str, Any] = {}
        if count is not None:
            for _ in range(count):
                key = self._text()
                values[key] = self.value(kind, depth + 1)
            return values
        while first != b"}":
            key = self._text(first)
            values[key] = self.value(None, depth + 1)
            first = self._source.read(1)
        return values

    def _header(self) -> tuple[bytes | None, int | None, bytes]:
        """A container's declared type and count, and the byte after them where there is no count."""
        mark, kind = self._source.read(1), None
        if mark == b"$":
            kind, mark = self._source.read(1), self._source.read(1)
            if mark != b"#":
                raise Unreadable("a type without a count")
        if mark != b"#":
            return None, None, mark
        return kind, self._length(self._source.read(1)), b""

    def _length(self, kind: bytes) -> int:
        length = self._number(kind) if kind in _NUMBERS else None
        if not isinstance(length, int) or length < 0:
            raise Unreadable("a length that is none")
        return length

    def _number(self, kind: bytes) -> Any:
        form = _NUMBERS[kind]
        return struct.unpack(form, self._source.read(struct.calcsize(form)))[0]

    def _text(self, kind: bytes | None = None) -> str:
        length = self._length(kind or self._source.read(1))
        if length > 65_536:
            self._source.skip(length)
            return ""
        self._source.budget.keep(length)
        return self._source.read(length).decode("utf-8", "replace")
