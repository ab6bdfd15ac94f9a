"""Python source without its comments and strings, in one pass of a regular expression over bytes.

A scan needs to know whether a name stands in code or in a comment, a docstring or a string, for Python 2, broken files
and notebook cells alike. Blanking strings and comments answers that at about 100 MB/s, where a syntax tree costs ten
times as much and `ast` gives up on a file's first error.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate

import msgspec

TOKEN = re.compile(
    rb"""
    \#[^\n]*+
  | \"\"\" [^"\\]*+ (?: (?: \\. | "(?!"") ) [^"\\]*+ )*+ (?: \"\"\" | \Z )
  | ''' [^'\\]*+ (?: (?: \\. | '(?!'') ) [^'\\]*+ )*+ (?: ''' | \Z )
  | "[^"\\\n]*+ (?: \\. [^"\\\n]*+ )*+ "?
  | '[^'\\\n]*+ (?: \\. [^'\\\n]*+ )*+ '?
    """,
    re.DOTALL | re.VERBOSE,
)
FORMATTED = re.compile(rb"(?i)(?<![a-z0-9_])(?:f|rf|fr)\Z")
FIELD = re.compile(rb"\{\{|\{([^{}]*)\}")
DOCSTRING_AFTER = frozenset(b"(,=+[{%\\")  # a triple-quoted string after one of these is a value


class Source(msgspec.Struct, frozen=True):
    """`code` is `raw` with every comment blank and every string reduced to its quotes; offsets and lines are the same.

    `strings` holds (start, end) of each string constant that is not a docstring, in order.
    """

    raw: bytes
    code: bytes
    strings: list[tuple[int, int]]
    lines: list[int]  # offset of each line's start

    def line(self, offset: int) -> int:
        """The line of an offset, counted from 1."""
        return bisect_right(self.lines, offset)

    def text(self, line: int) -> str:
        """A source line, stripped."""
        end = self.lines[line] if line < len(self.lines) else len(self.raw)
        return self.raw[self.lines[line - 1] : end].decode("utf-8", "replace").strip()


def read_source(raw: bytes) -> Source:
    parts: list[bytes] = []
    strings: list[tuple[int, int]] = []
    position = 0
    for token in TOKEN.finditer(raw):
        start, end = token.span()
        parts.append(raw[position:start])
        position = end
        if raw[start] == 0x23:
            parts.append(b" " * (end - start))
            continue
        parts.append(blank_string(raw, start, end))
        if not (end - start >= 6 and raw[start : start + 3] in (b'"""', b"'''") and is_docstring(parts)):
            strings.append((start, end))
    parts.append(raw[position:])
    lines = [0, *accumulate(len(line) + 1 for line in raw.split(b"\n"))][:-1]
    return Source(raw, b"".join(parts), strings, lines)


def blank_string(raw: bytes, start: int, end: int) -> bytes:
    if end - start < 2:
        return b'"' * (end - start)
    inner = raw[start + 1 : end - 1]
    if b"{" in inner and FORMATTED.search(raw[max(0, start - 3) : start]):
        return b'"' + blank_around_fields(inner) + b'"'
    return b'"' + blank(inner) + b'"'


def blank(text: bytes) -> bytes:
    return b"\n".join(b" " * len(line) for line in text.split(b"\n")) if b"\n" in text else b" " * len(text)


def blank_around_fields(inner: bytes) -> bytes:
    """What stands between the braces of an f-string is code: `f"{accuracy_score(y, p):.3f}"` calls a function."""
    parts: list[bytes] = []
    position = 0
    for field in FIELD.finditer(inner):
        if field[1]:
            parts.append(blank(inner[position : field.start(1)]))
            parts.append(read_source(field[1]).code)
            position = field.end(1)
    parts.append(blank(inner[position:]))
    return b"".join(parts)


def is_docstring(parts: list[bytes]) -> bool:
    """Whether the string just blanked (the last part) stands as a statement of its own."""
    before = parts[-2].rstrip(b" \t")
    if before[-1:] in (b"r", b"u", b"R", b"U"):  # a prefix; any other letter there is a keyword or a name
        before = before[:-1].rstrip(b" \t")
    if before and before[-1:] != b"\n":
        return False
    for part in reversed(parts[:-1]):
        stripped = part.rstrip()
        if stripped:
            return stripped[-1] not in DOCSTRING_AFTER
    return True


def string_value(raw: bytes) -> str:
    """The text of a string constant, without its quotes; escapes stay as they are written."""
    width = 3 if raw[:3] in (b'"""', b"'''") and len(raw) >= 6 else 1
    return raw[width : len(raw) - width].decode("utf-8", "replace")
