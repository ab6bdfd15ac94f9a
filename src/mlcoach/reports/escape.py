"""Text from a repository, made fit for a screen: no control characters, known widths."""

from __future__ import annotations

import re
import unicodedata

_SPACES = "\u00a0\u3000"  # no-break and ideographic space: not "printable" to Python, and harmless
# delete, the C1 controls, and marks that reorder or hide text, in UTF-8
_OBEYED = re.compile(rb"\x7f|\xc2[\x80-\x9f]|\xe2\x80[\x8b-\x8f\xa8-\xae]|\xe2\x81[\xa6-\xa9]")


def visible(text: str) -> str:
    """The text on one line with every control, format or broken character written as an escape (`\\x1b`, `\\u202e`).

    A byte that is no UTF-8 (in a file name) shows as `\\xff`. Backslashes stay as they are.
    """
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c in _SPACES else _escaped(c) for c in text)


def _escaped(character: str) -> str:
    code = ord(character)
    if 0xDC80 <= code <= 0xDCFF:  # a byte that Python smuggles through (surrogateescape)
        return f"\\x{code - 0xDC00:02x}"
    return character.encode("unicode_escape").decode("ascii")


def harmless(json: bytes) -> bytes:
    """The same JSON with the characters that a terminal obeys, and JSON need not escape, as `\\u` escapes."""
    return _OBEYED.sub(lambda found: f"\\u{ord(found[0].decode()):04x}".encode(), json)


def width(text: str) -> int:
    """Columns that a visible text takes: 2 for East Asian wide characters, 0 for combining marks."""
    if text.isascii():
        return len(text)
    return sum(_columns(c) for c in text)


def _columns(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def shorten(text: str, columns: int) -> str:
    """The text in at most so many columns, with … in the place of a cut end."""
    if width(text) <= columns:
        return text
    return _head(text, columns - 1).rstrip() + "…" if columns > 0 else ""


def shorten_path(path: str, columns: int) -> str:
    """A path in at most so many columns, cut in the middle: its end (the name, the line) says most."""
    if width(path) <= columns:
        return path
    if columns <= 0:
        return ""
    room = columns - 1
    tail = _head(path[::-1], room - room // 3)[::-1]
    return _head(path, room - width(tail)) + "…" + tail


def wrap(text: str, columns: int) -> list[str]:
    """The text as visible lines of at most so many columns, broken at spaces; its own line breaks stay."""
    columns = max(columns, 2)  # one wide character
    lines: list[str] = []
    for paragraph in text.splitlines() or [""]:
        line = ""
        for word in visible(paragraph.expandtabs(4)).split(" "):
            if line and width(line) + 1 + width(word) > columns:
                lines.append(line)
                line = ""
            line = f"{line} {word}" if line else word
            while width(line) > columns and (head := _head(line, columns)):
                lines.append(head)
                line = line[len(head) :]
        lines.append(line)
    return [line.rstrip() for line in lines]


def _head(text: str, columns: int) -> str:
    used = 0
    for index, character in enumerate(text):
        used += _columns(character)
        if used > columns:
            return text[:index]
    return text
