"""The queue of jobs: one at a time, each in its own process group and at the lowest priority.

The children stay in the screen's session: in a session of their own, Linux would not weigh their `nice` against the
screen's process, and keys would lag while a job fills all cores.
"""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Literal

from mlcoach.jobs import events
from mlcoach.jobs.events import Event

State = Literal["waiting", "running", "done", "failed", "stopped"]

BATCH = 0.05  # seconds of events that are handed over together
PATIENCE = 2.0  # seconds between INT, TERM and KILL
LOG_LINES = 10_000
_CHUNK = 1 << 16


class Job:
    """A command, what it said so far, and how it stands."""

    def __init__(self, kind: str, title: str, argv: Sequence[str]) -> None:
        self.kind = kind
        self.title = title
        self.argv = tuple(argv)
        self.state: State = "waiting"
        self.phase = ""
        self.progress: tuple[int, int] | None = None
        self.log: deque[str] = deque(maxlen=LOG_LINES)
        self.result: events.Result | None = None
        self.error: events.Error | None = None
        self.started: float | None = None
        self.ended: float | None = None
        self._stop = asyncio.Event()

    @property
    def seconds(self) -> float:
        """How long it has run."""
        return 0.0 if self.started is None else (self.ended or time.monotonic()) - self.started

    @property
    def over(self) -> bool:
        return self.state in ("done", "failed", "stopped")

    def stop(self) -> None:
        """End it soon: at once when it waits, else INT, then TERM, then KILL to its process group."""
        self._stop.set()
        if self.state == "waiting":
            self.state = "stopped"


class Runner:
    """Runs jobs one after the other. `on_events` gets each batch of events, and an empty one when a state changes."""

    def __init__(self, on_events: Callable[[Job, list[Event]], None]) -> None:
        self.jobs: list[Job] = []
        self._on_events = on_events
        self._work: asyncio.Task[None] | None = None

    def submit(self, job: Job) -> None:
        self.jobs.append(job)
        if self._work is None or self._work.done():
            self._work = asyncio.create_task(self._run_all())
        self._on_events(job, [])

    async def close(self) -> None:
        """Stop everything and wait until it has ended."""
        for job in self.jobs:
            job.stop()
        if self._work is not None:
            await self._work

    async def _run_all(self) -> None:
        while job := next((job for job in self.jobs if job.state == "waiting"), None):
            job.state, job.started = "running", time.monotonic()
            self._on_events(job, [])
            try:
                code = await self._run(job)
            except OSError as error:
                job.error = events.Error(f"cannot start {job.argv[0]}: {error.strerror}")
                code = 1
            job.ended = time.monotonic()
            job.state = "stopped" if job._stop.is_set() else "done" if code == 0 and job.result else "failed"
            if job.state == "failed" and job.error is None:
                job.error = events.Error(_died(code), "L shows what it said")
            self._on_events(job, [])

    async def _run(self, job: Job) -> int:
        process = await asyncio.create_subprocess_exec(
            *job.argv,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            process_group=0,
        )
        with suppress(OSError):
            os.setpriority(os.PRIO_PGRP, process.pid, 19)
        assert process.stdout is not None
        assert process.stderr is not None
        reading = asyncio.gather(self._read(job, process.stdout), self._read(job, process.stderr))
        ending = asyncio.create_task(self._end_when_asked(job, process))
        try:
            await asyncio.wait((reading, asyncio.create_task(_exit(process))), return_when=asyncio.FIRST_COMPLETED)
            if reading.done():
                await process.wait()
            _signal(process.pid, signal.SIGKILL)  # what it left behind would hold the pipes open
            await reading
            code = await process.wait()
        finally:
            ending.cancel()
        return code

    async def _end_when_asked(self, job: Job, process: asyncio.subprocess.Process) -> None:
        await job._stop.wait()
        for sent in (signal.SIGINT, signal.SIGTERM, signal.SIGKILL):
            _signal(process.pid, sent)
            await asyncio.sleep(PATIENCE)

    async def _read(self, job: Job, stream: asyncio.StreamReader) -> None:
        rest = b""
        while chunk := await stream.read(_CHUNK):
            *lines, rest = (rest + chunk).split(b"\n")
            if batch := [events.parse(line) for line in lines if line.strip()]:
                self._take(job, batch)
                await asyncio.sleep(BATCH)  # what comes meanwhile waits in the pipe and makes one batch
        if rest.strip():
            self._take(job, [events.parse(rest)])

    def _take(self, job: Job, batch: list[Event]) -> None:
        for event in batch:
            match event:
                case events.Phase(name):
                    job.phase, job.progress = name, None
                    job.log.append(name)
                case events.Progress(done, total):
                    job.progress = done, total
                case events.Log(text):
                    job.log.append(text)
                case events.Result():
                    job.result = event
                    job.log.append(event.summary)
                case events.Error(message, remedy):
                    job.error = event
                    job.log.extend(line for line in (message, remedy) if line)
        self._on_events(job, batch)


async def _exit(process: asyncio.subprocess.Process) -> None:
    """Wait for the process alone: `Process.wait` waits for its pipes too, which a child of it may hold."""
    while process.returncode is None:
        await asyncio.sleep(4 * BATCH)


def _signal(group: int, number: int) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(group, number)


def _died(code: int) -> str:
    if code >= 0:
        return f"its process ended with status {code} and no result"
    try:
        return f"its process was ended by {signal.Signals(-code).name}"
    except ValueError:
        return f"its process was ended by signal {-code}"
