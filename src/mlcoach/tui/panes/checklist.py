"""Pane 1: the checklist. One line an item, drawn line by line, so that a key press redraws two lines and no more."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from mlcoach.checklist.report import Report
from mlcoach.reports.escape import shorten, shorten_path, visible, width
from mlcoach.tui import glyphs, keys
from mlcoach.tui.rows import SHOWS, Row, hint, rows

WORD_ROOM = 64  # columns from which a row has room for the state's word


class ChecklistPane(ScrollView, can_focus=True):
    """Sections that fold, items with their state. Keeps the cursor and the marks by id while rows come and go."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        *(f"checklist--{state}" for state in glyphs.WORDS),
        "checklist--section",
        "checklist--hint",
        "checklist--again",
        "checklist--cursor",
        "checklist--cursor-blurred",
    }
    BINDINGS = keys.bindings("checklist")

    class Highlighted(Message):
        """The cursor is on another row; `id` is empty on a section."""

        def __init__(self, id: str) -> None:
            super().__init__()
            self.id = id

    class Entered(Message):
        """The item under the cursor was opened."""

    class Folded(Message):
        """A section was folded or unfolded."""

    def __init__(self, signs: glyphs.Glyphs) -> None:
        super().__init__()
        self.signs = signs
        self.report: Report | None = None
        self.query_text = ""
        self.show = "all"
        self.folded: set[str] = set()
        self.marked: set[str] = set()
        self.rows: list[Row] = []
        self.cursor = 0

    # ---- what is shown ---------------------------------------------------------------------------------------------

    @property
    def row(self) -> Row | None:
        return self.rows[self.cursor] if self.cursor < len(self.rows) else None

    @property
    def item_id(self) -> str:
        return self.row.key if self.row and self.row.item else ""

    @property
    def hits(self) -> list[str]:
        return [row.key for row in self.rows if row.item]

    def update(self, report: Report | None, *, cursor: str | None = None) -> None:
        """Show another report (or other rows of it) with the cursor on the same line, or as near as can be."""
        key = cursor or (self.row.key if self.row else "")
        self.report = report
        self.rows = rows(report, folded=self.folded, query=self.query_text, show=self.show)
        order = {item.id: number for number, item in enumerate(report.items)} if report else {}
        self.marked &= order.keys()
        places = {row.key: index for index, row in enumerate(self.rows)}
        if self.query_text and ("/" not in key or key not in places):
            self.cursor = min(1, len(self.rows))  # the first hit so far, below its section's head
        elif self.show != "all" and key not in places and key in order:
            hits = [index for index, row in enumerate(self.rows) if row.item]
            after = [index for index in hits if order[self.rows[index].key] > order[key]]
            self.cursor = next(iter(after or hits[-1:]), 0)
        else:
            self.cursor = places.get(key, places.get(key.partition("/")[0], 0))
        self.virtual_size = Size(0, len(self.rows))
        self._title()
        self.refresh()
        self._scroll_to_cursor()
        self.post_message(self.Highlighted(self.item_id))

    def _title(self) -> None:
        of = len(self.report.items) if self.report else 0
        shown = f"{len(self.hits)} of {of}: " if self.query_text or self.show != "all" else ""
        what = f"/{visible(self.query_text)}" if self.query_text else f"{SHOWS[self.show][0]} {of if not shown else ''}"
        marks = f"{len(self.marked)} marked, " if self.marked else ""
        self.border_title = Content("1 Checklist")
        self.border_subtitle = Content(f"{marks}{shown}{what}".strip())

    def move_to(self, index: int) -> None:
        if not self.rows:
            return
        old, self.cursor = self.cursor, max(0, min(index, len(self.rows) - 1))
        if old == self.cursor:
            return
        self.refresh_line(old)
        self.refresh_line(self.cursor)
        self._scroll_to_cursor()
        self.post_message(self.Highlighted(self.item_id))

    def move_to_key(self, key: str) -> None:
        """Put the cursor on an item, unfolding its section."""
        section = key.partition("/")[0]
        if section in self.folded:
            self.folded.discard(section)
            self.update(self.report)
        self.move_to(next((index for index, row in enumerate(self.rows) if row.key == key), self.cursor))

    def _scroll_to_cursor(self) -> None:
        around = Region(0, max(0, self.cursor - 1), 1, 3)  # a line more on each side shows that there is more
        self.scroll_to_region(around, animate=False, force=True, immediate=True)

    # ---- drawing ---------------------------------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        columns = self.size.width
        index = y + self.scroll_offset.y
        base = self.rich_style
        if index >= len(self.rows):
            nothing = "   nothing fits; esc shows all again" if index == 0 and self.report else ""
            return Strip([Segment(nothing, base)]).adjust_cell_length(columns, base)
        row = self.rows[index]
        cursor = index == self.cursor
        if cursor:
            base = self.get_component_rich_style("checklist--cursor" if self.has_focus else "checklist--cursor-blurred")
        parts = self._section(row, columns) if row.item is None else self._item(row, columns, cursor)
        segments = [
            Segment(text, base if cursor or not name else self.get_component_rich_style(name)) for text, name in parts
        ]
        return Strip(segments).adjust_cell_length(columns, base)

    def _section(self, row: Row, columns: int) -> Iterable[tuple[str, str]]:
        fold = self.signs.folded if row.key in self.folded and len(self.rows) else self.signs.unfolded
        count = f"{row.done}/{row.of} "
        name = f" {fold} {visible(row.section).capitalize()}"
        yield name + " " * max(1, columns - width(name) - len(count)), "checklist--section"
        yield count, "checklist--hint"

    def _item(self, row: Row, columns: int, cursor: bool) -> Iterable[tuple[str, str]]:
        item, signs = row.item, self.signs
        assert item is not None
        again = item.answer is not None and item.answer.stale
        front = signs.cursor if cursor else " "
        front += signs.marked if item.id in self.marked else " "
        front += signs.reviewed if item.reviewed else " "
        yield front, ""
        state = signs.states[item.state]
        if columns >= WORD_ROOM:
            state += f" {glyphs.WORDS[item.state]:<8}"
        state += " "
        yield state, f"checklist--{item.state}"
        used = len(front) + len(state)
        title = shorten(visible(item.title), max(0, columns - used - 1))
        used += width(title)
        room = columns - used - 3
        if room < 8:
            yield title, ""
            return
        words = hint(item)
        short = shorten_path(words, room) if " " not in words else shorten(words, room)
        if signs.ascii:
            short = short.replace("…", signs.more)
        yield title + " " * (columns - used - width(short) - 1), ""
        yield short, "checklist--again" if again else "checklist--hint"

    # ---- keys and mouse --------------------------------------------------------------------------------------------

    def on_focus(self) -> None:
        self.refresh_line(self.cursor)

    def on_blur(self) -> None:
        self.refresh_line(self.cursor)

    def on_resize(self) -> None:
        self._scroll_to_cursor()

    def on_click(self, event: events.Click) -> None:
        index = event.y - self.gutter.top + self.scroll_offset.y
        if not 0 <= index < len(self.rows) or event.y < self.gutter.top:
            return
        self.move_to(index)
        if self.rows[index].item is None:
            self.action_fold_enter()
        elif event.chain == 2:
            self.post_message(self.Entered())

    def action_move_down(self) -> None:
        self.move_to(self.cursor + 1)

    def action_move_up(self) -> None:
        self.move_to(self.cursor - 1)

    def action_move_page_down(self) -> None:
        self.move_to(self.cursor + max(1, self.size.height - 1))

    def action_move_page_up(self) -> None:
        self.move_to(self.cursor - max(1, self.size.height - 1))

    def action_move_top(self) -> None:
        self.move_to(0)

    def action_move_bottom(self) -> None:
        self.move_to(len(self.rows) - 1)

    def action_fold_enter(self) -> None:
        row = self.row
        if row is None:
            return
        if row.item:
            self.post_message(self.Entered())
        else:
            self._fold(row.section, row.section not in self.folded)

    def action_fold_close(self) -> None:
        if self.row:
            self._fold(self.row.section, True)

    def action_fold_open(self) -> None:
        row = self.row
        if row and row.item:
            self.post_message(self.Entered())
        elif row:
            self._fold(row.section, False)

    def _fold(self, section: str, fold: bool) -> None:
        (self.folded.add if fold else self.folded.discard)(section)
        self.update(self.report, cursor=section)
        self.post_message(self.Folded())

    def action_fold_mark(self) -> None:
        if id := self.item_id:
            self.marked ^= {id}
            self._title()
            self.refresh_line(self.cursor)
            self.move_to(self.cursor + 1)

    def unmark(self) -> None:
        self.marked.clear()
        self._title()
        self.refresh()
