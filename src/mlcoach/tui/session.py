"""What the screen knows, without the screen: the report, a person's answers with undo, the view, the rules' words."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from mlcoach.checklist import answers as stored
from mlcoach.checklist import merge
from mlcoach.checklist.report import Answer, Report
from mlcoach.tui import store
from mlcoach.tui.config import Config

if TYPE_CHECKING:
    from mlcoach.checklist.rules import Rule

Changes = Mapping[str, Answer | None]


class ReviewError(Exception):
    """A review change that was not made. The text says why and what to do."""


class Session:
    """One project on the screen. `readonly` is empty, or says why nothing is written."""

    def __init__(self, root: Path, config: Config, *, readonly: str = "") -> None:
        self.root = root
        self.config = config
        self.readonly = readonly
        self.report: Report | None = store.load_report(root)
        self.fresh = False  # whether the report is of this start, not of the last one
        self.view = store.load_view(root)
        self.answers: dict[str, Answer] = {}
        self.trouble = ""  # what is wrong with mlcoach.toml
        self.saving = asyncio.Lock()  # held while a review change is made: they are made in the order of the keys
        self.rules: dict[str, Rule] = {}
        self._undo: list[tuple[Changes, Changes]] = []
        self._redo: list[tuple[Changes, Changes]] = []
        self._stamp: tuple[int, ...] = ()  # of mlcoach.toml as it was read
        self._kept: tuple[Report | None, bytes] = (self.report, b"")

    @property
    def place(self) -> str:
        """The project's folder as a person writes it: `~` for the home."""
        home = Path(os.environ.get("HOME") or "/")
        inside = home != Path("/") and self.root.is_relative_to(home)
        return str(Path("~") / self.root.relative_to(home)) if inside else str(self.root)

    # ---- the report ------------------------------------------------------------------------------------------------

    def scanned(self, report: Report, *, some: bool = False) -> None:
        """Take a scan's report: a whole one, or that of some items, which replace their old selves."""
        if self.report and some:
            new = {item.id: item for item in report.items}
            items = tuple(new.get(item.id, item) for item in self.report.items)
            self.report = merge.apply(_replace(self.report, items=items), self.answers)
        else:
            self.report = report
            self.fresh = True
        self.read_answers()

    def read_answers(self) -> None:
        """Read mlcoach.toml again, as somebody may have edited it."""
        self._stamp = _stamp(self.root / stored.NAME)
        try:
            self.answers, self.trouble = stored.load(self.root), ""
        except stored.AnswersError as error:
            self.answers, self.trouble = error.answers, str(error)
        if self.report:
            self.report = merge.apply(self.report, self.answers)

    def edited(self) -> bool:
        """Whether mlcoach.toml is another one than was read: edited by hand, or by another mlcoach."""
        return _stamp(self.root / stored.NAME) != self._stamp

    # ---- the review ------------------------------------------------------------------------------------------------

    async def change(self, changes: Changes) -> None:
        """Write answers (None takes one back) to mlcoach.toml. Raises ReviewError with everything as it was."""
        before = {id: self.answers.get(id) for id in changes}
        await self._write(changes)
        self._undo.append((before, changes))
        self._redo.clear()

    async def undo(self) -> Changes:
        """Take the last change back; what it was. Raises ReviewError."""
        if not self._undo:
            raise ReviewError("Nothing to undo: no review change since the start")
        before, after = self._undo[-1]
        await self._write(before)
        self._redo.append(self._undo.pop())
        return after

    async def redo(self) -> Changes:
        """Make the change again that was taken back; what it is. Raises ReviewError."""
        if not self._redo:
            raise ReviewError("Nothing to redo")
        _, after = self._redo[-1]
        await self._write(after)
        self._undo.append(self._redo.pop())
        return after

    async def _write(self, changes: Changes) -> None:
        """In a thread: another writer may hold the file for seconds."""
        if self.readonly:
            raise ReviewError(f"Read-only: {self.readonly}")
        try:
            await asyncio.to_thread(stored.save, self.root, changes)
        except stored.AnswersError as error:
            raise ReviewError(str(error)) from error
        self.read_answers()

    # ---- what is kept for the next start ---------------------------------------------------------------------------

    def to_keep(self) -> dict[Path, bytes]:
        """The files of the state directory that have changed since the last call: the view, the report."""
        view, report = store.encode_view(self.view), self.report
        old_report, old_view = self._kept
        self._kept = (report, view)
        files = {store.folder(self.root) / store.VIEW: view} if view != old_view else {}
        if report is not None and report is not old_report:
            files[store.folder(self.root) / store.REPORT] = store.encode_report(report)
        return files


def _stamp(path: Path) -> tuple[int, ...]:
    try:
        now = path.stat()
    except OSError:
        return ()
    return (now.st_ino, now.st_size, now.st_mtime_ns)


def _replace(report: Report, **changes: object) -> Report:
    from msgspec import structs

    return structs.replace(report, **changes)
