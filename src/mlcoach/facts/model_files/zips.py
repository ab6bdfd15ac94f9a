"""Zip archives, read member by member without unpacking anything.

The standard library's reader refuses a member whose checksum is wrong; torch.load does not look at it. So members are
read here as they lie, and a wrong checksum is told.
"""

from __future__ import annotations

import struct
from typing import NamedTuple

from .describe import Draft
from .reader import LARGEST_READ, MOST_INFLATED, Source, Stopped, Unreadable, amount, inflated

MOST_MEMBERS = 50_000
END = struct.Struct("<4s4H2LH")
END64_PLACE = struct.Struct("<4sLQL")
END64 = struct.Struct("<4sQ2H2L4Q")
ENTRY = struct.Struct("<4s6H3L5H2L")
LOCAL = struct.Struct("<4s5H3L2H")
ARCHIVES = (".zip", ".pt", ".pth", ".npz", ".skops", ".keras", ".jar", ".whl")


class Member(NamedTuple):
    name: str
    method: int
    encrypted: bool
    crc: int
    packed: int  # bytes in the archive
    size: int  # bytes that it says it holds
    offset: int


class Archive:
    """The members of a zip. Raises Unreadable for a broken one, Stopped for one with too many members."""

    def __init__(self, source: Source, draft: Draft) -> None:
        if source.size is None:
            raise Unreadable("a zip inside a compressed stream")
        self._source = source
        self._draft = draft
        self.budget = source.budget
        self.members = self._directory(source, source.size)
        self.by_name = {member.name: member for member in self.members}
        names = [member.name for member in self.members]
        if len(self.by_name) < len(names):
            draft.trouble("several members of the zip have the same name")
        climbing = [
            name for name in names if name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/")
        ]
        if climbing:
            draft.trouble(f"members that climb out of the folder: {', '.join(climbing[:5])}")
        packed, size = sum(m.packed for m in self.members), sum(m.size for m in self.members)
        if size > MOST_INFLATED and size > 200 * packed:
            draft.trouble(f"a zip bomb: {amount(size)} out of {amount(packed)}", partly=True)

    def find(self, name: str) -> Member | None:
        """The member of that name, at the top or in the archive's own one folder."""
        for member in self.members:
            if member.name == name or (
                member.name.endswith("/" + name) and member.name.count("/") <= name.count("/") + 1
            ):
                return member
        return None

    def open(self, member: Member) -> Source:
        """The member's content, decompressed; its checksum is not looked at."""
        source, size = self._source, self._source.size or 0
        source.budget.tick()
        if member.encrypted:
            raise Stopped(f"{member.name} is encrypted")
        source.seek(member.offset)
        local = LOCAL.unpack(source.read(LOCAL.size))
        if local[0] != b"PK\x03\x04":
            raise Unreadable("the zip's directory points to nothing")
        start = member.offset + LOCAL.size + local[9] + local[10]
        if start + member.packed > size:
            raise Unreadable("cut short")
        content = source.part(start, member.packed)
        match member.method:
            case 0:
                return content
            case 8:
                return inflated(content, "raw")
            case 12:
                return inflated(content, "bz2")
            case method:
                raise Stopped(f"{member.name}: zip method {method} cannot be read here")

    def read(self, member: Member, most: int = LARGEST_READ) -> bytes:
        """All of the member; a wrong checksum is noted in the draft."""
        if member.size > most:
            raise Stopped(f"{member.name}, {amount(member.size)}, was not read")
        data = self.open(member).rest(most)
        import zlib

        if zlib.crc32(data) != member.crc:
            self._draft.trouble(f"wrong checksum of {member.name}; some loaders read it all the same")
        return data

    def check(self, member: Member) -> None:
        """Note a wrong checksum of a member that was walked, unless it is too large to read again."""
        if member.size <= LARGEST_READ:
            self.read(member)

    def text(self, member: Member, most: int) -> str:
        return self.read(member, most).decode("utf-8", "replace")

    def mention_nested(self, draft: Draft) -> None:
        nested = [member.name for member in self.members if member.name.lower().endswith(ARCHIVES)]
        if nested:
            draft.trouble(f"archives inside the archive were not read: {', '.join(nested[:5])}", partly=True)

    def _directory(self, source: Source, size: int) -> list[Member]:
        tail_size = min(size, 65_535 + END.size)
        source.seek(size - tail_size)
        tail = source.read(tail_size)
        at = tail.rfind(b"PK\x05\x06")
        if at < 0 or len(tail) - at < END.size:
            raise Unreadable("a zip without its directory: cut short")
        end = END.unpack_from(tail, at)
        count, length, offset = end[4], end[5], end[6]
        place = size - tail_size + at
        if at >= END64_PLACE.size and tail[at - END64_PLACE.size :].startswith(b"PK\x06\x07"):
            where = END64_PLACE.unpack_from(tail, at - END64_PLACE.size)[2]
            source.seek(where)
            end64 = END64.unpack(source.read(END64.size))
            count, length, offset = end64[7], end64[8], end64[9]
            place = where
        if count > MOST_MEMBERS:
            raise Stopped(f"a zip of {count} members was not read")
        shift = place - length - offset  # bytes before the zip itself
        if shift < 0:
            raise Unreadable("the zip's directory lies about its place")
        source.seek(offset + shift)
        return [_entry(source, shift) for _ in range(count)]


def _entry(source: Source, shift: int) -> Member:
    entry = ENTRY.unpack(source.read(ENTRY.size))
    if entry[0] != b"PK\x01\x02":
        raise Unreadable("the zip's directory is broken")
    source.budget.keep(entry[10])
    name, extra = source.read(entry[10]), source.read(entry[11])
    source.skip(entry[12])
    packed, size, offset = entry[8], entry[9], entry[16]
    if 0xFFFFFFFF in (packed, size, offset):
        size, packed, offset = _large(extra, size, packed, offset)
    encoding = "utf-8" if entry[3] & 0x800 else "cp437"
    return Member(
        name.decode(encoding, "replace"), entry[4], bool(entry[3] & 1), entry[7], packed, size, offset + shift
    )


def _large(extra: bytes, *values: int) -> tuple[int, ...]:
    """The 64-bit values that stand in the extra field for those that do not fit into 32."""
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, at)
        if kind == 1:
            numbers = iter([n for (n,) in struct.iter_unpack("<Q", extra[at + 4 : at + 4 + length // 8 * 8])])
            return tuple(next(numbers, value) if value == 0xFFFFFFFF else value for value in values)
        at += 4 + length
    return values
