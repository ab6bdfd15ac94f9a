"""What the dialogs share: a box over the main screen that escape closes without doing anything."""

from __future__ import annotations

from typing import Generic, TypeVar

from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static

from mlcoach.tui import keys

Value = TypeVar("Value")


class Dialog(ModalScreen[Value], Generic[Value], inherit_bindings=False):
    """Dismisses with None when it is cancelled."""

    BINDINGS = keys.bindings("dialog")
    VERTICAL_BREAKPOINTS = [(0, "-low"), (18, "-high")]  # noqa: RUF012

    def action_dialog_cancel(self) -> None:
        self.dismiss(None)

    def action_dialog_next(self) -> None:
        self.focus_next()

    def action_dialog_previous(self) -> None:
        self.focus_previous()


class Menu(OptionList, inherit_bindings=False):
    """A list to choose from, with the same keys as the panes."""

    BINDINGS = keys.bindings("menu")

    def action_menu_down(self) -> None:
        self.action_cursor_down()

    def action_menu_up(self) -> None:
        self.action_cursor_up()

    def action_menu_top(self) -> None:
        self.action_first()

    def action_menu_bottom(self) -> None:
        self.action_last()

    def action_menu_choose(self) -> None:
        self.action_select()


def words(text: Content | str, id: str = "") -> Static:
    """A text of a dialog, never read as markup."""
    return Static(text if isinstance(text, Content) else Content(text), id=id or None)
