"""The program on the screen: it owns the session, the jobs and the main screen. What keys do is in `commands/`."""

from __future__ import annotations

import asyncio
import gc
import getpass
import os
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec
from textual.app import App
from textual.content import Content
from textual.screen import Screen

from mlcoach.checklist import report as reports
from mlcoach.jobs import events, scan
from mlcoach.jobs.runner import Job, Runner
from mlcoach.tui import glyphs, keys, store
from mlcoach.tui.screens.main import REVIEW, MainScreen
from mlcoach.tui.session import Session

TICK = 0.5  # seconds between redraws of a running job's clock
KEEP = 2.0  # seconds between writes of the view, where it changed
IDENTITY_PATIENCE = 3.0
AGAIN = 2.0  # seconds within which a second ctrl+c quits
DEFAULT_THEME = "textual-dark"
PLAIN_THEME = "ansi-dark"  # the terminal's own colours


class CoachApp(App[int], inherit_bindings=False):
    CSS_PATH = "coach.tcss"
    BINDINGS = keys.bindings("app")
    ENABLE_COMMAND_PALETTE = False  # mlcoach has its own, made from the table of keys
    TITLE = "mlcoach"
    PAUSE_GC_ON_SCROLL = True

    def __init__(self, session: Session, *, signs: glyphs.Glyphs | None = None) -> None:
        plain = "NO_COLOR" in os.environ
        super().__init__(ansi_color=True if plain else None)
        self.session = session
        self.signs = signs or glyphs.choose()
        wanted = session.config.theme or DEFAULT_THEME
        self.theme = PLAIN_THEME if plain else wanted if wanted in self.available_themes else DEFAULT_THEME
        self.set_keymap(session.config.keymap.for_textual())
        self.set_class(self.signs.ascii, "-ascii")
        self.runner = Runner(self._job_events)
        self.main = MainScreen(session, self.signs)
        self._who = asyncio.Event()
        self._identity = ""
        self._interrupted = 0.0

    def get_default_screen(self) -> Screen[Any]:
        return self.main

    def on_mount(self) -> None:
        self.app_resume_signal.subscribe(self, lambda _: self.screen.refresh(layout=True))
        self.set_interval(TICK, self._tick)
        self.set_interval(KEEP, self._keep)
        self.call_after_refresh(self._begin)

    async def _begin(self) -> None:
        """What can wait until the first screen is painted."""
        if not self.session.readonly and not os.access(self.session.root, os.W_OK):
            self._offer_readonly()
        self.session.read_answers()
        self.main.show_report()
        self.scan()
        try:
            self.session.rules = await asyncio.to_thread(_rules)
        except Exception as error:  # a rule of another package may fail in any way
            self.main.say(f"{type(error).__name__}: {error}", title="The rules cannot be read", problem=True)
        self.main.show_item()
        gc.freeze()

    def _offer_readonly(self) -> None:
        """A review that cannot be saved is worse than none: say it at once, and offer to look around."""
        from mlcoach.tui.screens.choose import ChooseScreen

        self.session.readonly = "this folder cannot be written"
        text = "Your user may not write in this folder, so no answer could be saved here."
        lines = [Content("Look around, read-only"), Content("Quit")]

        async def chosen(number: int | None) -> None:
            if number == 1:
                await self.leave()

        self.push_screen(ChooseScreen("This folder cannot be written", lines, text=text), chosen)

    def scan(self, *only: str, title: str = "") -> None:
        self.runner.submit(scan.job(self.session.root, only, cache=not self.session.readonly, title=title))

    async def who(self) -> str:
        """Whose answers these are. The scan's process says it, right at its start; without it, the user's name."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._who.wait(), IDENTITY_PATIENCE)
        return self._identity or getpass.getuser()

    # ---- jobs ------------------------------------------------------------------------------------------------------

    def _job_events(self, job: Job, batch: list[events.Event]) -> None:
        for event in batch:
            if isinstance(event, events.Who):
                self._identity = event.name
                self._who.set()
        if job.over and not batch and job.kind in ("scan", "rescan"):
            self._scanned(job)
        self.main.show_jobs(self.runner.jobs)

    def _scanned(self, job: Job) -> None:
        if job.state == "done" and job.result is not None:
            try:
                report = reports.from_json(bytes(job.result.data))
                self.session.scanned(report, some=job.kind == "rescan")
            except msgspec.MsgspecError as error:
                job.state, job.error = "failed", events.Error(f"its report cannot be read: {error}")
        self.main.failure = job if job.state == "failed" else None
        if job.state == "failed" and job.error is not None:
            remedy = job.error.remedy or f"{self.session.config.keymap.shown('job.log')} shows what it said"
            self.main.say(f"{job.error.message}. {remedy}", title=f"{job.title} failed", problem=True)
        self.main.show_report()
        shown = self.session.report
        if job.kind == "scan" and job.state == "done" and shown and not shown.detected and self.main.narrow:
            self.main.say("Nothing here looks like machine learning. Is this the project's root? 2 says more.")

    def _tick(self) -> None:
        if any(job.state == "running" for job in self.runner.jobs):
            self.main.jobs_pane.refresh()

    async def _keep(self) -> None:
        """Keep view and report for the next start, away from the keys: a disk may be slow. Take in what others wrote
        to mlcoach.toml meanwhile.
        """
        if not self.session.saving.locked() and await asyncio.to_thread(self.session.edited):
            trouble = self.session.trouble
            self.session.read_answers()
            self.main.show_report()
            if self.session.trouble and self.session.trouble != trouble:
                self.main.say(self.session.trouble, title="Your answers cannot be read", problem=True)
        if files := self.session.to_keep():
            await asyncio.to_thread(_write, files)

    # ---- leaving ---------------------------------------------------------------------------------------------------

    async def leave(self) -> None:
        """Finish what is being saved, stop what runs, keep the view, and go."""
        await self.workers.wait_for_complete([worker for worker in self.workers if worker.group == REVIEW])
        await self._keep()
        await self.runner.close()
        self.exit(0)

    async def action_app_leave(self) -> None:
        await self.leave()

    async def action_app_interrupt(self) -> None:
        """Copy what is selected; else the second press within two seconds quits."""
        focused = self.focused
        selected = getattr(focused, "selected_text", "") or self.screen.get_selected_text() or ""
        if selected:
            self.copy_to_clipboard(selected)
            return
        now = time.monotonic()
        if now - self._interrupted < AGAIN:
            await self.leave()
            return
        self._interrupted = now
        self.notify("Press ctrl+c again to quit", timeout=AGAIN, markup=False)


def _write(files: dict[Path, bytes]) -> None:
    with suppress(OSError):  # a state directory that cannot be written costs the view, no more
        for path, data in files.items():
            store.write(path, data)


def _rules() -> dict[str, Any]:
    from mlcoach.checklist import rules

    return rules.load()
