"""A sheet: what an action would do, before anything is done. Cancel has the focus."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Button

from mlcoach.reports.escape import visible
from mlcoach.tui.glyphs import MUTED, Glyphs
from mlcoach.tui.page import Page
from mlcoach.tui.screens.dialog import Dialog, words


class Step(msgspec.Struct, frozen=True):
    """What would run or change; `undo` says how it is taken back, `warning` that it cannot be, or leaves the machine."""

    what: str
    undo: str = ""
    warning: str = ""


class SheetScreen(Dialog[None]):
    def __init__(self, title: str, head: str, steps: Sequence[Step], *, lead: str, foot: str, signs: Glyphs) -> None:
        super().__init__()
        self._title, self._head, self._steps = title, head, steps
        self._lead, self._foot, self._signs = lead, foot, signs
        self._text = words("")

    def compose(self) -> ComposeResult:
        with Vertical(classes="box wide") as box:
            box.border_title = Content(self._title)
            box.border_subtitle = Content("enter and esc cancel")
            yield words(Content.styled(visible(self._head), "bold"), "text")
            with VerticalScroll(can_focus=False, id="steps"):
                yield self._text
            yield words(Content.styled(self._foot, "$text-warning"), "foot")
            yield Button(Content("Cancel"), id="cancel", compact=True)

    def _list(self, columns: int) -> Content:
        page = Page(columns, self._signs)
        page.text(self._lead, indent=0, style=MUTED)
        page.line()
        for number, step in enumerate(self._steps, 1):
            page.text(step.what, first=f"{number}  ", indent=0)
            for note, style in ((step.undo, MUTED), (step.warning, "$text-warning")):
                if note:
                    page.text(note, indent=3, style=style)
        return page.content()

    def on_mount(self) -> None:
        self.query_one("#cancel").focus()

    def on_resize(self) -> None:
        self.call_after_refresh(self._draw)

    def _draw(self) -> None:
        steps, box = self.query_one("#steps"), self.query_one(".box")
        others = box.outer_size.height - steps.outer_size.height
        steps.styles.max_height = max(
            2, self.size.height * (100 if self.has_class("-low") else 92) // 100 - others
        )  # the foot and Cancel stay in sight
        self._text.update(self._list(steps.content_size.width))

    @on(Button.Pressed, "#cancel")
    def _cancel(self) -> None:
        self.dismiss(None)
