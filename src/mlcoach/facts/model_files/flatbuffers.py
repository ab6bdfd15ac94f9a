"""FlatBuffers, walked table by table without a schema."""

from __future__ import annotations

import struct
from typing import NamedTuple

from .reader import Source, Stopped, Unreadable

MOST_ENTRIES = 100_000
LONGEST_TEXT = 64 * 1024


class Table(NamedTuple):
    """A table at its place in the source; its fields are asked for by their number in the schema."""

    source: Source
    place: int

    def field(self, number: int) -> int | None:
        """Where the field lies, None when it has its default."""
        vtable = self.place - self._number("<i", self.place)
        slot = 4 + 2 * number
        if slot >= self._number("<H", vtable):
            return None
        offset = self._number("<H", vtable + slot)
        return self.place + offset if offset else None

    def integer(self, number: int, form: str = "<i") -> int:
        place = self.field(number)
        return 0 if place is None else self._number(form, place)

    def text(self, number: int) -> str:
        place = self.field(number)
        return "" if place is None else self._text(self._follow(place))

    def table(self, number: int) -> Table | None:
        place = self.field(number)
        return None if place is None else Table(self.source, self._follow(place))

    def tables(self, number: int) -> list[Table]:
        start, count = self.vector(number)
        return [Table(self.source, self._follow(start + 4 * i)) for i in range(count)]

    def integers(self, number: int, most: int = MOST_ENTRIES) -> list[int]:
        start, count = self.vector(number, most)
        self.source.seek(start)
        return list(struct.unpack(f"<{count}i", self.source.read(4 * count)))

    def vector(self, number: int, most: int = MOST_ENTRIES) -> tuple[int, int]:
        """Where the entries of a vector begin, and how many there are."""
        place = self.field(number)
        if place is None:
            return 0, 0
        start = self._follow(place)
        count = self._number("<I", start)
        if count > most:
            raise Stopped(f"a list of {count} entries was not read")
        self.source.budget.tick()
        return start + 4, count

    def _follow(self, place: int) -> int:
        return place + self._number("<I", place)

    def _text(self, place: int) -> str:
        length = min(self._number("<I", place), LONGEST_TEXT)
        self.source.budget.keep(length)
        return self.source.read(length).decode("utf-8", "replace")

    def _number(self, form: str, place: int) -> int:
        if place < 0:
            raise Unreadable("an offset out of the file")
        self.source.seek(place)
        return int(struct.unpack(form, self.source.read(struct.calcsize(form)))[0])


def root(source: Source) -> Table:
    source.seek(0)
    return Table(source, int.from_bytes(source.read(4), "little"))
