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
from mlcoach.tui.screens.dialog import Dialog, words


class Step(msgspec.Struct, frozen=True):
    """What would run or change; `note` says what cannot be undone or leaves the machine."""

    what: str
    note: str = ""


class SheetScreen(Dialog[None]):
    def __init__(self, title: str, head: str, steps: Sequence[Step], *, where: str, foot: str) -> None:
        super().__init__()
        self._title, self._head, self._steps = title, head, steps
        self._where, self._foot = where, foot

    def compose(self) -> ComposeResult:
        with Vertical(classes="box wide") as box:
            box.border_title = Content(self._title)
            box.border_subtitle = Content("enter and esc cancel")
            yield words(Content.styled(visible(self._head), "bold"), "text")
            with VerticalScroll(can_focus=False, id="steps"):
                yield words(self._list())
            yield words(Content.styled(self._foot, "$text-warning"), "foot")
            yield Button(Content("Cancel"), id="cancel", compact=True)

    def _list(self) -> Content:
        lines = [Content.assemble(("These steps would run in ", "$foreground 70%"), visible(self._where), "\n")]
        for number, step in enumerate(self._steps, 1):
            note = (f"   {visible(step.note)}", "$text-warning") if step.note else ("", "")
            lines.append(Content.assemble((f" {number}  ", "$foreground 70%"), visible(step.what), note))
        return Content("\n").join(lines)

    def on_mount(self) -> None:
        self.query_one("#cancel").focus()

    @on(Button.Pressed, "#cancel")
    def _cancel(self) -> None:
        self.dismiss(None)
