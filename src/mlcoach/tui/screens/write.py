"""Dialogs: write a line, or a text of several."""

from __future__ import annotations

from collections.abc import Callable

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, TextArea

from mlcoach.tui import keys
from mlcoach.tui.screens.dialog import Dialog, words


class Line(Input):
    """A field of one line. What is pasted in several lines becomes one, where Input would drop all but the first."""

    def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        self.insert_text_at_cursor(" ".join(event.text.split()))


class LineScreen(Dialog[str]):
    """Gives the line, or nothing and hands what was begun to `keep`. `check` says what is wrong with a line."""

    def __init__(
        self,
        title: str,
        text: str,
        *,
        value: str = "",
        keep: Callable[[str], None],
        check: Callable[[str], str | None],
    ) -> None:
        super().__init__()
        self._title, self._text = title, text
        self._keep, self._check = keep, check
        self.input = Line(value=value, compact=True)

    def compose(self) -> ComposeResult:
        with Vertical(classes="box") as box:
            box.border_title = Content(self._title)
            box.border_subtitle = Content("enter saves, esc keeps the text for later")
            yield words(self._text, "text")
            yield self.input
            yield words("", "problem")

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        line = event.value.strip()
        if problem := self._check(line):
            self.query_one("#problem", type(words(""))).update(Content(problem))
            return
        self._keep("")
        self.dismiss(line)

    def action_dialog_cancel(self) -> None:
        self._keep(self.input.value)
        self.dismiss(None)


class Editor(TextArea):
    BINDINGS = keys.bindings("text")

    def action_text_save(self) -> None:
        if isinstance(self.screen, TextScreen):
            self.screen.save()

    def on_key(self, event: events.Key) -> None:
        if event.key == "escape":  # TextArea would take it to leave the field
            event.stop()
            event.prevent_default()
            if isinstance(self.screen, TextScreen):
                self.screen.action_dialog_cancel()


class TextScreen(Dialog[str]):
    """As LineScreen, for several lines."""

    def __init__(
        self,
        title: str,
        text: str,
        *,
        value: str = "",
        save_key: str,
        keep: Callable[[str], None],
        check: Callable[[str], str | None],
    ) -> None:
        super().__init__()
        self._title, self._text, self._save_key = title, text, save_key
        self._keep, self._check = keep, check
        self.editor = Editor(value, compact=True, show_line_numbers=False)
        self.editor.move_cursor(self.editor.document.end)

    def compose(self) -> ComposeResult:
        with Vertical(classes="box tall") as box:
            box.border_title = Content(self._title)
            box.border_subtitle = Content(f"{self._save_key} saves, esc keeps the text for later")
            yield words(self._text, "text")
            yield self.editor
            yield words("", "problem")

    def save(self) -> None:
        text = self.editor.text.strip()
        if problem := self._check(text):
            self.query_one("#problem", type(words(""))).update(Content(problem))
            return
        self._keep("")
        self.dismiss(text)

    def action_dialog_cancel(self) -> None:
        self._keep(self.editor.text)
        self.dismiss(None)
