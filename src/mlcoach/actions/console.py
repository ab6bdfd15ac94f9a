"""A job on the command line: its progress on stderr, its result for the caller."""

from __future__ import annotations

import asyncio
import signal
import sys
import time

from mlcoach.jobs.events import Event
from mlcoach.jobs.runner import Job, Runner
from mlcoach.reports.escape import shorten, visible
from mlcoach.reports.paint import columns


def follow(job: Job) -> Job:
    """Run it to its end; Ctrl-C stops it. Where stderr is no terminal each phase is a line of its own."""
    asyncio.run(_follow(job))
    return job


async def _follow(job: Job) -> None:
    shown = _Shown()
    runner = Runner(shown)
    asyncio.get_running_loop().add_signal_handler(signal.SIGINT, job.stop)
    runner.submit(job)
    while not job.over:
        await asyncio.sleep(0.05)
    await runner.close()
    shown.clear()


class _Shown:
    def __init__(self) -> None:
        self._terminal = sys.stderr is not None and sys.stderr.isatty()
        self._began = time.monotonic()
        self._phase = ""

    def __call__(self, job: Job, batch: list[Event]) -> None:
        if sys.stderr is None or not job.phase or job.over:
            return
        done, total = job.progress or (0, 0)
        count = f" ({done}/{total})" if total else ""
        seconds = time.monotonic() - self._began
        if self._terminal:
            text = visible(f"{seconds:4.0f} s  {job.phase}{count}")
            sys.stderr.write("\r\x1b[K" + shorten(text, columns(sys.stderr) - 1))
        elif (what := job.phase.partition(":")[0]) != self._phase:
            self._phase = what
            sys.stderr.write(visible(f"{seconds:4.0f} s  {what}{count}") + "\n")
        sys.stderr.flush()

    def clear(self) -> None:
        if self._terminal:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
