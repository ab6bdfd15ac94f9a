"""The main screen: header, checklist beside item, jobs, release bar, footer.

It shows the session; what changes the session is in `commands/`.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, Static

from mlcoach.checklist.report import ItemReport
from mlcoach.jobs.runner import Job
from mlcoach.tui import commands, keys, lines, overview
from mlcoach.tui.glyphs import Glyphs
from mlcoach.tui.keys import Keymap, Place
from mlcoach.tui.panes.bars import Bar
from mlcoach.tui.panes.checklist import ChecklistPane
from mlcoach.tui.panes.item import ItemPane
from mlcoach.tui.panes.jobs import JobsPane
from mlcoach.tui.session import Session

if TYPE_CHECKING:
    from mlcoach.tui.app import CoachApp

WIDE = 100
REVIEW = "review"  # the workers that save a person's answers: the program ends after them
MESSAGE_TIME, PROBLEM_TIME = 4.0, 10.0  # seconds


class MainScreen(Screen[None], inherit_bindings=False):
    BINDINGS = keys.bindings("main")
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (40, "-narrow"), (WIDE, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (12, "-short"), (24, "-medium"), (32, "-tall")]  # noqa: RUF012
    ESCAPE_TO_MINIMIZE = False
    app: CoachApp

    def __init__(self, session: Session, signs: Glyphs) -> None:
        super().__init__()
        self.session = session
        self.signs = signs
        self.checklist = ChecklistPane(signs)
        self.item_pane = ItemPane(signs)
        self.jobs_pane = JobsPane(signs)
        self.filter = Input(placeholder="title, id, section, state or path", id="filter", compact=True)
        self.failure: Job | None = None
        self._on_section = False  # as the footer was drawn last
        self._problem = ("", "", 0.0)  # the last one: message, title, until when it is shown

    @property
    def keymap(self) -> Keymap:
        return self.session.config.keymap

    def compose(self) -> ComposeResult:
        yield Bar(self._header, "header")
        with Horizontal(id="body"):
            with Vertical(id="left"):
                yield self.checklist
                yield self.filter
            yield self.item_pane
        yield self.jobs_pane
        yield Bar(self._release, "release")
        yield Bar(self._footer, "footer")
        yield Static(Content("mlcoach needs 40 x 12. Make the terminal larger, or press q."), id="small")

    def on_mount(self) -> None:
        view = self.session.view
        self.filter.display = False
        self.checklist.folded = set(view.folded)
        self.checklist.query_text = view.filter
        self.checklist.show = view.show
        self.show_report(cursor=view.cursor)
        self.checklist.focus()

    # ---- what is shown ---------------------------------------------------------------------------------------------

    def show_report(self, cursor: str | None = None) -> None:
        """Show the session's report as it is now, with cursor and folds kept."""
        blank = self.session.report is None  # no list yet: on a narrow screen, what there is to say takes its place
        came = not blank and self.has_class("-blank")
        self.set_class(blank, "-blank")
        if came:
            self.call_after_refresh(self.checklist.focus)
        self.checklist.update(self.session.report, cursor=cursor)
        self.show_item()
        for bar in self.query(Bar):
            bar.refresh()

    def show_item(self) -> None:
        """Show the item under the cursor in pane 2, or what there is to say where there is none."""
        item, report = self.item, self.session.report
        if item is not None and report is not None:
            number = [one.id for one in report.items].index(item.id) + 1
            rule = self.session.rules.get(item.id)
            self.item_pane.show_item(item, rule, f"{number}/{len(report.items)}")
        else:
            title, notice = overview.page(self.session, self.signs, self.failure)
            self.item_pane.show_notice(title, notice)

    @property
    def item(self) -> ItemReport | None:
        """The item under the cursor, as the session has it now."""
        report, id = self.session.report, self.checklist.item_id
        return report.item(id) if report and id else None

    def show_jobs(self, jobs: list[Job]) -> None:
        self.jobs_pane.show(jobs)

    def _header(self, columns: int) -> Content:
        session = self.session
        name = session.report.project if session.report else session.root.name
        return lines.header(session.report, name, columns, self.signs, readonly=bool(session.readonly))

    def _release(self, columns: int) -> Content:
        return lines.release_bar(self.session.report, columns, self.keymap, self.signs)

    def _footer(self, columns: int) -> Content:
        row = self.checklist.row
        on_section = self.pane_name == "checklist" and row is not None and row.item is None
        return lines.footer(self.pane_name, columns, self.keymap, section=on_section)

    # ---- panes -----------------------------------------------------------------------------------------------------

    @property
    def pane_name(self) -> Place:
        if self.item_pane.has_focus:
            return "item"
        return "jobs" if self.jobs_pane.has_focus else "checklist"

    @property
    def narrow(self) -> bool:
        return self.size.width < WIDE

    def show_list(self) -> None:
        self.remove_class("-detail")
        self.filter.display = False
        self.checklist.focus()

    def show_detail(self) -> None:
        """Go to the item; on a narrow screen it takes the list's place."""
        self.add_class("-detail")
        self.item_pane.focus()

    def set_filter(self, text: str) -> None:
        self.checklist.query_text = text
        self.checklist.update(self.checklist.report)
        self.note_view()

    def note_view(self) -> None:
        """Remember where the person is, for the next start."""
        view, checklist = self.session.view, self.checklist
        view.cursor = checklist.row.key if checklist.row else view.cursor
        view.folded = set(checklist.folded)
        view.filter, view.show = checklist.query_text, checklist.show

    @on(ChecklistPane.Highlighted)
    def _highlighted(self) -> None:
        self.show_item()
        row = self.checklist.row
        if (on_section := row is not None and row.item is None) != self._on_section:
            self._on_section = on_section
            self.query_one("#footer").refresh()
        self.note_view()

    @on(ChecklistPane.Entered)
    def _entered(self) -> None:
        self.show_detail()

    @on(ChecklistPane.Folded)
    def _folded(self) -> None:
        self.note_view()

    @on(Input.Changed, "#filter")
    def _filter_changed(self, event: Input.Changed) -> None:
        if self.filter.has_focus:
            self.set_filter(event.value)

    @on(Input.Submitted, "#filter")
    def _filter_submitted(self) -> None:
        self.show_list()

    def on_descendant_focus(self) -> None:
        for bar in self.query("#footer"):
            bar.refresh()

    # ---- keys ------------------------------------------------------------------------------------------------------

    async def action_run(self, id: str) -> None:
        await commands.run(self, id)

    async def perform(self, id: str) -> None:
        """Run any action that works from here, as its key would: on the screen, the focused pane, or the app."""
        action = keys.BY_ID[id]
        if "main" in action.places:
            await commands.run(self, id)
        elif "app" in action.places:
            await self.app.run_action(id.replace(".", "_"))
        else:
            pane: Any = {"checklist": self.checklist, "item": self.item_pane, "jobs": self.jobs_pane}[self.pane_name]
            await self.app.run_action(id.replace(".", "_").replace("-", "_"), default_namespace=pane)

    async def action_open_place(self, number: int) -> None:
        """A click on a place of the item."""
        from mlcoach.tui.commands.open import open_place

        open_place(self, number)

    def say(self, message: str, *, title: str = "", problem: bool = False) -> None:
        """A message in the corner, in the place of the last one; a problem stays beside the next ones for its time.

        Plain text: it may hold a file's name.
        """
        self.app.clear_notifications()
        now = time.monotonic()
        if problem:
            self._problem = (message, title, now + PROBLEM_TIME)
        else:
            self.notify(message, title=title, timeout=MESSAGE_TIME, markup=False)
        message, title, until = self._problem
        if now < until:
            self.notify(message, title=title, severity="error", timeout=until - now, markup=False)

    def ask(self, dialog: Screen[Any], then: Callable[[Any], object]) -> None:
        """Open a dialog; `then` is called with what it gives, and not at all when it was cancelled."""

        def answered(value: Any) -> None:
            if value is not None:
                then(value)

        self.app.push_screen(dialog, answered)
