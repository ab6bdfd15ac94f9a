"""Pane 3: what runs, what waits, what came out. Left the queue, right the log of the chosen job where there is room."""

from __future__ import annotations

from textual import events
from textual.content import Content
from textual.widget import Widget

from mlcoach.jobs.runner import Job
from mlcoach.reports.escape import shorten, visible, width
from mlcoach.tui import keys
from mlcoach.tui.glyphs import COLOURS, MUTED, Glyphs

BAR = 16
SPLIT = 90  # columns from which the log stands beside the queue
Part = tuple[str, str]


class JobsPane(Widget, can_focus=True):
    BINDINGS = keys.bindings("jobs")

    def __init__(self, signs: Glyphs) -> None:
        super().__init__()
        self.signs = signs
        self.jobs: list[Job] = []
        self._chosen: Job | None = None
        self.border_title = Content("3 Jobs")

    @property
    def chosen(self) -> Job | None:
        """The job under the cursor: the one that runs, or the last one, until a person chooses another."""
        if self._chosen in self.jobs:
            return self._chosen
        running = next((job for job in self.jobs if job.state == "running"), None)
        return running or (self.jobs[-1] if self.jobs else None)

    def show(self, jobs: list[Job]) -> None:
        self.jobs = jobs
        counts = [
            f"{n} {word}" for word in ("running", "waiting", "failed") if (n := sum(job.state == word for job in jobs))
        ]
        self.border_subtitle = Content(", ".join(counts))
        self.refresh()

    def render(self) -> Content:
        columns, lines = self.size
        if not self.jobs:
            return Content.styled(" nothing runs", MUTED)
        chosen = self.chosen
        assert chosen is not None
        if lines == 1:
            return Content.assemble(" ", *_job_line(chosen, columns - 1, self.signs))
        split = columns >= SPLIT
        room = columns // 2 if split else columns
        start = max(0, min(self.jobs.index(chosen) - lines + 2, len(self.jobs) - lines))
        shown = self.jobs[start : start + lines]
        left = [self._row(job, room, job is chosen) for job in shown]
        if not split:
            return Content("\n").join(Content.assemble(*parts) for parts in left)
        log = [shorten(visible(line), columns - room - 3) for line in list(chosen.log)[-lines:]]
        both = []
        for index in range(lines):
            parts = left[index] if index < len(left) else []
            gap = " " * (room - sum(width(text) for text, _ in parts))
            text = log[index] if index < len(log) else ""
            both.append(Content.assemble(*parts, (f"{gap}{'|' if self.signs.ascii else '│'} ", MUTED), text))
        return Content("\n").join(both)

    def _row(self, job: Job, columns: int, chosen: bool) -> list[Part]:
        mark = self.signs.cursor if chosen and len(self.jobs) > 1 else " "
        return [(mark, "bold"), *_job_line(job, columns - 1, self.signs)]

    def _move(self, by: int) -> None:
        if (chosen := self.chosen) is not None:
            index = self.jobs.index(chosen) + by
            self._chosen = self.jobs[max(0, min(index, len(self.jobs) - 1))]
            self.refresh()

    def on_click(self, event: events.Click) -> None:
        if event.chain == 2:
            self.run_worker(self.screen.run_action("run('job.log')"))

    def action_move_down(self) -> None:
        self._move(1)

    def action_move_up(self) -> None:
        self._move(-1)

    def action_move_page_down(self) -> None:
        self._move(max(1, self.size.height - 1))

    def action_move_page_up(self) -> None:
        self._move(-max(1, self.size.height - 1))

    def action_move_top(self) -> None:
        self._move(-len(self.jobs))

    def action_move_bottom(self) -> None:
        self._move(len(self.jobs))

    async def action_pane_leave(self) -> None:
        await self.screen.run_action("run('pane.checklist')")


def _job_line(job: Job, columns: int, signs: Glyphs) -> list[Part]:
    match job.state:
        case "running":
            sign, style = signs.running, COLOURS["ask"]
        case "waiting":
            sign, style = signs.waiting, MUTED
        case "done":
            sign, style = signs.states["done"], COLOURS["done"]
        case "failed":
            sign, style = signs.states["missing"], COLOURS["missing"]
        case "stopped":
            sign, style = signs.dash, COLOURS["partial"]
    head: list[Part] = [(f"{sign} ", style), (visible(job.title), "bold"), ("  ", "")]
    minutes, seconds = divmod(int(job.seconds), 60)
    clock = f"{minutes}:{seconds:02}" if job.started is not None else ""
    tail: list[Part] = [(f"  {clock} ", MUTED)] if clock else []
    room = columns - sum(width(text) for text, _ in (*head, *tail))
    return [*head, *_middle(job, room, signs), *tail]


def _middle(job: Job, room: int, signs: Glyphs) -> list[Part]:
    if job.state == "running" and job.progress is not None:
        done, total = job.progress
        count = f"{done}/{total}" if total else str(done)
        filled = BAR * done // total if total else 0
        bar = f"{signs.full * filled}{signs.empty * (BAR - filled)} "
        phase = visible(job.phase)
        for parts in ([(f"{phase}  ", ""), (bar, COLOURS["done"]), (count, "")], [(bar, COLOURS["done"]), (count, "")]):
            if sum(width(text) for text, _ in parts) <= room:
                return parts
        return [(shorten(count, room), "")]
    words = {
        "running": job.phase,
        "waiting": "waits",
        "done": job.result.summary if job.result else "",
        "failed": f"failed: {job.error.message}" if job.error else "failed",
        "stopped": "stopped",
    }
    return [(shorten(visible(words[job.state]), room), COLOURS["missing"] if job.state == "failed" else "")]
