"""The header, the release bar and the footer: one line each, drawn anew when their width or their words change."""

from __future__ import annotations

from collections.abc import Callable

from textual.content import Content
from textual.widget import Widget


class Bar(Widget):
    """A line that a function draws for the width at hand."""

    def __init__(self, draw: Callable[[int], Content], id: str) -> None:
        super().__init__(id=id)
        self._draw = draw

    def render(self) -> Content:
        return self._draw(self.size.width)
