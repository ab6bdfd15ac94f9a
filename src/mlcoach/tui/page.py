"""Text for a pane, wrapped to its width, as `Content`: never markup, as names and notes come from the repository."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

from textual.content import Content
from textual.style import Style

from mlcoach.reports.escape import shorten, shorten_path, visible, width
from mlcoach.rule import Evidence
from mlcoach.tui.glyphs import HEAD, MUTED, Glyphs


class Page:
    """Lines of styled text; `indent` columns stand in front of everything but the head."""

    def __init__(self, columns: int, signs: Glyphs) -> None:
        self.columns = max(columns, 20)
        self.signs = signs
        self.lines: list[Content] = []

    def content(self) -> Content:
        return Content("\n").join(self.lines)

    def line(self, *parts: tuple[str, str | Style]) -> None:
        self.lines.append(Content.assemble(*parts))

    def sides(self, left: Iterable[tuple[str, str]], right: tuple[str, str]) -> None:
        """Two texts on one line, or on two where they do not fit."""
        left = list(left)
        free = self.columns - sum(width(text) for text, _ in left) - width(right[0])
        if free >= 1:
            self.line(*left, (" " * free, ""), right)
        else:
            self.line(*left)
            self.line(right)

    def section(self, title: str, hint: str = "") -> None:
        self.line()
        self.sides([(title, HEAD)], (hint, MUTED)) if hint else self.line((title, HEAD))

    def text(self, text: str, *, first: str = "", indent: int = 2, style: str = "", code: bool = False) -> None:
        """Wrapped text; `first` stands before the first line, and the others hang below its text.

        With `code`, what stands in backquotes is bold instead.
        """
        room = max(10, self.columns - indent - len(first))
        quoted = False
        for number, line in enumerate(textwrap.wrap(visible(text), room, break_on_hyphens=False) or [""]):
            parts: list[tuple[str, str | Style]] = []
            for index, part in enumerate(line.split("`") if code else [line]):
                quoted = quoted != (index > 0)  # a quotation may go on in the next line
                parts.append((part, "bold" if quoted else style))
            front = " " * indent + (first if number == 0 else " " * len(first))
            self.line((front, MUTED), *parts)

    def evidence(self, evidence: Iterable[Evidence], number: int, *, indent: int = 2) -> None:
        """One line a place, its note beside it, or below where there is no room. A click opens the place."""
        found = list(evidence)
        names = [visible(one.place) for one in found]
        column = min(max(map(width, names), default=0), max(20, self.columns // 2))
        for index, (one, name) in enumerate(zip(found, names, strict=True)):
            short = shorten_path(name, max(8, self.columns - indent))
            link = Style.from_meta({"@click": f"screen.open_place({number + index})"}) + Style(underline=bool(one.path))
            note = visible(one.note)
            room = self.columns - indent - max(column, width(short)) - 2
            parts: list[tuple[str, str | Style]] = [(" " * indent, ""), (short, link)]
            if (note and width(note) <= room) or room >= 24:
                gap = " " * (max(column, width(short)) - width(short) + 2)
                self.line(*parts, (gap + shorten(note, room), MUTED))
            else:
                self.line(*parts)
                if note:
                    self.text(note, indent=indent + 2, style=MUTED)
