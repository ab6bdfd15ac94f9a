"""Lines of styled text on a stream: colours on a terminal, plain text elsewhere, ASCII where nothing else goes."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TextIO

from mlcoach.reports.escape import shorten, width

Line = tuple[tuple[str, str], ...]  # (text, style) pairs; a style is rich's: "bold", "green"

WIDTH = 80
_ASCII = str.maketrans(
    {"✓": "+", "◐": "~", "✗": "x", "⊘": "w", "–": "-", "·": "|", "…": "~", "→": ">", "─": "-", "’": "'"}
)


def line(*parts: str | tuple[str, str]) -> Line:
    return tuple((part, "") if isinstance(part, str) else part for part in parts)


def clip(line: Line, columns: int) -> Line:
    """The line in at most so many columns."""
    parts: list[tuple[str, str]] = []
    for text, style in line:
        if width(text) > columns:
            return (*parts, (shorten(text, columns), style))
        parts.append((text, style))
        columns -= width(text)
    return tuple(parts)


def plain(lines: Iterable[Line]) -> str:
    return "".join("".join(text for text, _ in line).rstrip() + "\n" for line in lines)


def columns(stream: TextIO | None) -> int:
    """The stream's width: $COLUMNS, else its terminal's, else 80."""
    given = os.environ.get("COLUMNS", "")
    if given.isdigit() and int(given) > 0:
        return int(given)
    if stream is not None and stream.isatty():
        try:
            return os.get_terminal_size(stream.fileno()).columns or WIDTH
        except (OSError, ValueError):
            return WIDTH
    return WIDTH


def colours(stream: TextIO) -> bool:
    """Whether to paint: a terminal that knows more than text, and nobody set NO_COLOR."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM", "") not in ("", "dumb")


def encodable(text: str, encoding: str | None) -> str:
    """The text as a stream of that encoding can take it: with ASCII signs when it knows no others, else escapes."""
    encoding = encoding or "utf-8"
    try:
        text.encode(encoding)
        return text
    except UnicodeEncodeError:
        return text.translate(_ASCII).encode(encoding, "backslashreplace").decode(encoding)


def write(lines: Iterable[Line], stream: TextIO) -> None:
    encoding = getattr(stream, "encoding", None)
    if not colours(stream):
        stream.write(encodable(plain(lines), encoding))
        return
    from rich.console import Console
    from rich.text import Text

    console = Console(file=stream, highlight=False, soft_wrap=True)
    page = Text("\n").join(
        Text.assemble(*((encodable(text, encoding), style) for text, style in line)) for line in lines
    )
    console.print(page, soft_wrap=True)
