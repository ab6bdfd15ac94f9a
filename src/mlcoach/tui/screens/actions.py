"""The help and the command palette: actions with their keys, searched as you type; enter runs one."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Sequence

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input
from textual.widgets.option_list import Option

from mlcoach.tui.glyphs import KEY
from mlcoach.tui.keys import Action, Keymap, shown
from mlcoach.tui.rows import fuzzy
from mlcoach.tui.screens.dialog import Dialog, Menu

KEYS_ROOM = 18


class ActionsScreen(Dialog[str]):
    """Gives the id of the action to run."""

    def __init__(self, title: str, actions: Sequence[Action], keymap: Keymap) -> None:
        super().__init__()
        self._title = title
        self._actions = actions
        self._keymap = keymap
        self.input = Input(placeholder="type to search", compact=True)
        self.menu = Menu(compact=True)
        self.menu.can_focus = False

    def compose(self) -> ComposeResult:
        with Vertical(classes="box wide full") as box:
            box.border_title = Content(self._title)
            box.border_subtitle = Content("up and down choose, enter runs, esc closes")
            yield self.input
            yield self.menu

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        self._search(event.value)

    def _search(self, query: str) -> None:
        terms = query.casefold().split()
        hits = [action for action in self._actions if all(self._fits(term, action) for term in terms)]
        hits.sort(key=lambda action: query.strip() not in map(shown, self._keymap.keys(action.id)))
        self.menu.clear_options()
        self.menu.add_options(Option(self._line(action), action.id) for action in hits)
        self.menu.highlighted = 0 if hits else None

    def _fits(self, term: str, action: Action) -> bool:
        texts = (action.help.casefold(), action.id)
        keys = [shown(key).casefold() for key in self._keymap.keys(action.id)]
        return term in keys or any(term in text or fuzzy(term, text) for text in texts)

    def _line(self, action: Action) -> Content:
        keys = " ".join(shown(key) for key in self._keymap.keys(action.id))
        room = max(
            10, self.menu.scrollable_content_region.width - KEYS_ROOM - 2
        )  # an option has a column of padding on each side
        help = f"\n{' ' * KEYS_ROOM}".join(textwrap.wrap(action.help, room))
        return Content.assemble((f"{keys:<{KEYS_ROOM - 1}} ", KEY), help)

    def on_resize(self) -> None:
        self.call_after_refresh(lambda: self._search(self.input.value))

    def on_key(self, event: events.Key) -> None:
        moves: dict[str, Callable[[], None]] = {
            "down": self.menu.action_cursor_down,
            "up": self.menu.action_cursor_up,
            "pagedown": self.menu.action_page_down,
            "pageup": self.menu.action_page_up,
        }
        if move := moves.get(event.key):
            move()
            event.stop()

    @on(Input.Submitted)
    def _submitted(self) -> None:
        if (index := self.menu.highlighted) is not None:
            self.dismiss(self.menu.get_option_at_index(index).id)

    @on(Menu.OptionSelected)
    def _selected(self, event: Menu.OptionSelected) -> None:
        self.dismiss(event.option.id)
