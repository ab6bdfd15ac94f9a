"""The log of a job, full screen. It follows until you scroll up, then holds and says so."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from mlcoach.jobs.runner import Job
from mlcoach.reports.escape import visible
from mlcoach.tui import keys, lines
from mlcoach.tui.glyphs import MUTED
from mlcoach.tui.keys import Keymap
from mlcoach.tui.panes.bars import Bar

REFRESH = 0.25
TAIL = 2_000  # lines that are shown; a log may be longer


class LogScreen(Screen[None], inherit_bindings=False):
    ESCAPE_TO_MINIMIZE = False

    def __init__(self, job: Job, keymap: Keymap) -> None:
        super().__init__()
        self.job = job
        self.keymap = keymap

    def compose(self) -> ComposeResult:
        yield LogPane(self.job)
        yield Bar(lambda columns: lines.footer("log", columns, self.keymap), "footer")


class LogPane(VerticalScroll, can_focus=True, inherit_bindings=False):
    BINDINGS = keys.bindings("log")

    def __init__(self, job: Job) -> None:
        super().__init__()
        self.job = job
        self.following = True
        self.wrapped = True
        self._seen = -1
        self._text = Static(markup=False)

    def compose(self) -> ComposeResult:
        yield self._text

    def on_mount(self) -> None:
        self.focus()
        self._update()
        self.set_interval(REFRESH, self._update)

    def _update(self) -> None:
        job = self.job
        if self._seen != len(job.log):
            self._seen = len(job.log)
            tail = list(job.log)[-TAIL:]
            text = Content("\n".join(visible(line) for entry in tail for line in entry.splitlines()))
            self._text.update(text if tail else Content.styled("nothing yet", MUTED))
            if self.following:
                self.scroll_end(animate=False)
        self.border_title = Content(f"Log of {visible(job.title)}: {job.state}")
        self.border_subtitle = Content("following" if self.following else f"held; {self._key('log.follow')} follows")

    def _key(self, id: str) -> str:
        screen = self.screen
        return screen.keymap.shown(id) if isinstance(screen, LogScreen) else ""

    def _hold(self) -> None:
        self.following = False
        self._update()

    def on_mouse_scroll_up(self) -> None:
        self._hold()

    def action_move_down(self) -> None:
        self.scroll_down(animate=False)

    def action_move_up(self) -> None:
        self._hold()
        self.scroll_up(animate=False)

    def action_move_page_down(self) -> None:
        self.scroll_page_down(animate=False)

    def action_move_page_up(self) -> None:
        self._hold()
        self.scroll_page_up(animate=False)

    def action_move_top(self) -> None:
        self._hold()
        self.scroll_home(animate=False)

    def action_move_bottom(self) -> None:
        self.following = True
        self.scroll_end(animate=False)
        self._update()

    def action_log_follow(self) -> None:
        self.following = not self.following
        if self.following:
            self.scroll_end(animate=False)
        self._update()

    def action_log_wrap(self) -> None:
        self.wrapped = not self.wrapped
        self._text.set_class(not self.wrapped, "-cut")

    def action_log_close(self) -> None:
        self.app.pop_screen()
