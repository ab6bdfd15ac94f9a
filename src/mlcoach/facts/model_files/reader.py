"""Bounded reads. All bytes of a model file come through here, so this is where a hostile file meets its limits."""

from __future__ import annotations

import io
import time
from dataclasses import dataclass, field
from typing import Any, BinaryIO, Protocol

HEAD = 64 * 1024  # bytes that tell the format
LARGEST_READ = 32 * 1024 * 1024  # bytes taken into memory at once: a JSON document, an array of names
MOST_INFLATED = 512 * 1024 * 1024  # bytes that come out of compressed streams
MOST_KEPT = 64 * 1024 * 1024  # bytes of text and numbers kept from pickles
MOST_OPCODES = 3_000_000
MOST_SECONDS = 5.0
MOST_LZMA = 256 * 1024 * 1024  # bytes of dictionary that an xz file may ask for
PIECE = 64 * 1024


class Unreadable(Exception):
    """The file is not what its format asks for; the message says how."""


class BrokenStream(Unreadable):
    """The compression itself is at fault, and nothing can be said of what is inside."""


class Stopped(Exception):
    """A limit was reached; the message says which."""


@dataclass
class Budget:
    """What one file may cost, all its parts together."""

    deadline: float = field(default_factory=lambda: time.monotonic() + MOST_SECONDS)
    inflated: int = MOST_INFLATED
    kept: int = MOST_KEPT
    opcodes: int = MOST_OPCODES

    def tick(self) -> None:
        if time.monotonic() > self.deadline:
            raise Stopped(f"reading stopped after {MOST_SECONDS:g} seconds")

    def inflate(self, count: int) -> None:
        self.inflated -= count
        if self.inflated < 0:
            raise Stopped(f"inflates to more than {amount(MOST_INFLATED)}: reading stopped, perhaps a zip bomb")

    def keep(self, count: int) -> None:
        self.kept -= count
        if self.kept < 0:
            raise Stopped(f"reading stopped after {amount(MOST_KEPT)} of text and numbers")


class Source:
    """A part of a stream from `start` on, `size` bytes long (None: unknown until it ends), read from its begin."""

    def __init__(self, stream: BinaryIO, size: int | None, budget: Budget, *, start: int = 0) -> None:
        self.budget = budget
        self.size = size
        self.position = 0
        self._stream = stream
        self._start = start
        if size is not None:
            stream.seek(start)

    def left(self) -> int | None:
        return None if self.size is None else self.size - self.position

    def read(self, count: int) -> bytes:
        """Exactly `count` bytes. Raises Unreadable when fewer are left, Stopped when they are too many to hold."""
        if self.size is not None and count > self.size - self.position:
            raise Unreadable("cut short")
        if count > LARGEST_READ:
            raise Stopped(f"a part of {amount(count)} was not read")
        data = self._stream.read(count)
        self.position += len(data)
        if len(data) < count:
            raise Unreadable("cut short")
        return data

    def peek(self, count: int) -> bytes:
        """Up to `count` bytes from here on, without moving; from an inflated source at most what lies ready."""
        if self.size is None:
            ready: bytes = self._stream.peek(count)[:count]  # type: ignore[attr-defined]  # a BufferedReader
            return ready
        data = self._stream.read(min(count, self.size - self.position, LARGEST_READ))
        self.seek(self.position)
        return data

    def line(self, longest: int = 4096) -> bytes:
        """Bytes up to a newline, which is taken and not given."""
        data = self._stream.readline(longest)
        self.position += len(data)
        if not data.endswith(b"\n"):
            raise Unreadable("a line without an end" if len(data) >= longest else "cut short")
        return data[:-1]

    def seek(self, position: int) -> None:
        if self.size is None or not 0 <= position <= self.size:
            raise Unreadable("cut short")
        self._stream.seek(self._start + position)
        self.position = position

    def skip(self, count: int) -> None:
        if self.size is not None:
            self.seek(self.position + count)
            return
        while count > 0:
            count -= len(self.read(min(count, PIECE)))
            self.budget.tick()

    def part(self, start: int, size: int) -> Source:
        """`size` bytes of it from `start` on, as a source of its own; reading one moves the other."""
        return Source(self._stream, size, self.budget, start=self._start + start)

    def at_end(self) -> bool:
        if self.size is not None:
            return self.position >= self.size
        return not self.peek(1)

    def rest(self, most: int = LARGEST_READ) -> bytes:
        """All that is left. Raises Stopped when that is more than `most` bytes."""
        left = self.left()
        if left is not None:
            if left > most:
                raise Stopped(f"a part of {amount(left)} was not read")
            return self.read(left)
        pieces = []
        while not self.at_end():
            pieces.append(self._stream.read(PIECE))
            self.position += len(pieces[-1])
            if self.position > most:
                raise Stopped(f"a part of more than {amount(most)} was not read")
        return b"".join(pieces)


class _Machine(Protocol):
    """What zlib, bz2 and lzma share once `_Zlib` has smoothed over their differences."""

    @property
    def eof(self) -> bool: ...
    @property
    def needs_input(self) -> bool: ...
    def decompress(self, data: bytes, max_length: int) -> bytes: ...


class _Zlib:
    """zlib's decompressor with the interface of the other two."""

    def __init__(self, bits: int) -> None:
        import zlib

        self._inner = zlib.decompressobj(bits)

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def needs_input(self) -> bool:
        return not self._inner.unconsumed_tail

    def decompress(self, data: bytes, max_length: int) -> bytes:
        return self._inner.decompress(self._inner.unconsumed_tail + data, max_length)


class _Inflating(io.RawIOBase):
    """The content of a compressed source, inflated piece by piece as it is read."""

    def __init__(self, source: Source, machine: _Machine) -> None:
        self._source = source
        self._machine = machine

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill at most the buffer; 0 is the end."""
        while not self._machine.eof:
            piece = b""
            if self._machine.needs_input:
                piece = self._source.read(min(PIECE, self._source.left() or 0))
            hungry = self._machine.needs_input and not piece
            try:
                data = self._machine.decompress(piece, len(buffer))
            except Exception as error:  # zlib.error, LZMAError, OSError or EOFError, by the method
                raise BrokenStream(f"the compressed data is broken ({error})") from error
            if data:
                self._source.budget.inflate(len(data))
                buffer[: len(data)] = data
                return len(data)
            if hungry:
                raise BrokenStream("cut short inside the compressed data")
            self._source.budget.tick()
        return 0


def inflated(source: Source, method: str) -> Source:
    """The source's content, decompressed; `method` is zlib, gzip, raw (deflate), bz2, xz or lzma.

    The size of what comes out is unknown, and it can only be read forwards.
    """
    return Source(io.BufferedReader(_Inflating(source, _machine(method)), PIECE), None, source.budget)


def _machine(method: str) -> _Machine:
    match method:
        case "zlib":
            return _Zlib(15)
        case "gzip":
            return _Zlib(31)
        case "raw":
            return _Zlib(-15)
        case "bz2":
            import bz2

            return bz2.BZ2Decompressor()
        case _:
            import lzma

            kind = lzma.FORMAT_XZ if method == "xz" else lzma.FORMAT_ALONE
            return lzma.LZMADecompressor(kind, memlimit=MOST_LZMA)


def amount(count: int) -> str:
    """A number of bytes for people: "512 bytes", "64 kB", "2.1 GB"."""
    if count < 1000:
        return f"{count} bytes"
    value, unit = count / 1000, "kB"
    for larger in ("MB", "GB", "TB"):
        if value < 1000:
            break
        value, unit = value / 1000, larger
    return f"{value:.1f}".removesuffix(".0") + f" {unit}"
