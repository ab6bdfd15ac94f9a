"""A dialog: choose one of a few lines."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets.option_list import Option

from mlcoach.tui.screens.dialog import Dialog, Menu, words


class ChooseScreen(Dialog[int]):
    """Gives the number of the line. `on_move` hears each line that the cursor comes to, for a preview."""

    def __init__(
        self,
        title: str,
        lines: Sequence[Content],
        *,
        text: str = "",
        start: int = 0,
        on_move: Callable[[int], None] | None = None,
    ) -> None:
        super().__init__()
        self._title = title
        self._text = text
        self._on_move = on_move
        self.menu = Menu(*(Option(line) for line in lines), compact=True)
        self.menu.highlighted = start

    def compose(self) -> ComposeResult:
        with Vertical(classes="box") as box:
            box.border_title = Content(self._title)
            box.border_subtitle = Content("enter chooses, esc cancels")
            if self._text:
                yield words(self._text, "text")
            yield self.menu

    @on(Menu.OptionSelected)
    def _selected(self, event: Menu.OptionSelected) -> None:
        self.dismiss(event.option_index)

    @on(Menu.OptionHighlighted)
    def _highlighted(self, event: Menu.OptionHighlighted) -> None:
        if self._on_move:
            self._on_move(event.option_index)
