"""Pane 2: one item, a single scrolled text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from mlcoach.checklist.report import ItemReport
from mlcoach.reports.escape import visible
from mlcoach.tui import item_view, keys
from mlcoach.tui.glyphs import Glyphs

if TYPE_CHECKING:
    from mlcoach.checklist.rules import Rule


class ItemPane(VerticalScroll, can_focus=True, inherit_bindings=False):
    BINDINGS = keys.bindings("item")

    def __init__(self, signs: Glyphs) -> None:
        super().__init__()
        self.signs = signs
        self.item: ItemReport | None = None
        self.rule: Rule | None = None
        self.notice = Content("")
        self._text = Static(markup=False)
        self.border_title = Content("2 Item")

    def compose(self) -> ComposeResult:
        yield self._text

    def show_item(self, item: ItemReport, rule: Rule | None, place: str) -> None:
        """Show an item; `place` is its number in the list. The scroll position stays when it is the same one."""
        same = self.item is not None and self.item.id == item.id
        self.item, self.rule = item, rule
        self.border_title = Content(f"2 Item  {visible(item.title)}")
        self.border_subtitle = Content(place)
        self._draw()
        if not same:
            self.scroll_home(animate=False, immediate=True)

    def show_notice(self, title: str, notice: Content) -> None:
        """Show something else than an item: a welcome, what went wrong, what a section holds."""
        self.item, self.notice = None, notice
        self.border_title = Content(f"2 {title}")
        self.border_subtitle = Content("")
        self._draw()

    def _draw(self) -> None:
        columns = self.scrollable_content_region.width
        if self.item is None:
            self._text.update(self.notice)
        elif columns > 0:
            self._text.update(item_view.render(self.item, self.rule, columns - 1, self.signs))

    def on_resize(self) -> None:
        self._draw()

    def action_move_down(self) -> None:
        self.scroll_down(animate=False)

    def action_move_up(self) -> None:
        self.scroll_up(animate=False)

    def action_move_page_down(self) -> None:
        self.scroll_page_down(animate=False)

    def action_move_page_up(self) -> None:
        self.scroll_page_up(animate=False)

    def action_move_top(self) -> None:
        self.scroll_home(animate=False)

    def action_move_bottom(self) -> None:
        self.scroll_end(animate=False)

    async def action_pane_leave(self) -> None:
        await self.screen.run_action("run('pane.checklist')")
