"""Protocol buffers, walked field by field without a schema; what is not asked for is stepped over."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from .reader import Source, Unreadable

LONGEST_TEXT = 4096


class Field(NamedTuple):
    """A field of a message: its value or, for bytes and messages (wire type 2), `value` bytes from `start` on."""

    number: int
    wire: int
    value: int
    start: int


def fields(source: Source, start: int, end: int) -> Iterator[Field]:
    """The fields of the message that lies from `start` to `end`. Raises Unreadable where it is none."""
    position, count = start, 0
    while position < end:
        count += 1
        if count % 256 == 0:
            source.budget.tick()
        source.seek(position)
        key = _varint(source)
        number, wire = key >> 3, key & 7
        if number == 0:
            raise Unreadable("no protocol buffer")
        match wire:
            case 0:
                field = Field(number, wire, _varint(source), source.position)
                position = source.position
            case 1 | 5:
                width = 8 if wire == 1 else 4
                field = Field(number, wire, int.from_bytes(source.read(width), "little"), source.position)
                position = source.position
            case 2:
                length = _varint(source)
                field = Field(number, wire, length, source.position)
                position = source.position + length
                if position > end:
                    yield field  # what lies before the cut can still be told
                    raise Unreadable("cut short")
            case _:
                raise Unreadable("no protocol buffer")
        yield field


def inside(source: Source, field: Field) -> Iterator[Field]:
    """The fields of a message that is itself a field's value."""
    if field.wire != 2:
        raise Unreadable("no protocol buffer")
    return fields(source, field.start, min(field.start + field.value, source.size or 0))


def text(source: Source, field: Field) -> str:
    """A field's value as text, at most so many bytes of it."""
    if field.wire != 2:
        return str(field.value)
    source.seek(field.start)
    length = min(field.value, LONGEST_TEXT)
    source.budget.keep(length)
    return source.read(length).decode("utf-8", "replace")


def numbers(source: Source, field: Field) -> list[int]:
    """A repeated integer, packed or not."""
    if field.wire == 0:
        return [field.value]
    source.seek(field.start)
    end, values = field.start + min(field.value, LONGEST_TEXT), []
    while source.position < end:
        values.append(_varint(source))
    return values


def _varint(source: Source) -> int:
    result = shift = 0
    while True:
        byte = source.read(1)[0]
        result |= (byte & 0x7F) << shift
        if byte < 0x80:
            return result
        shift += 7
        if shift > 63:
            raise Unreadable("no protocol buffer")
