"""Work shared between forked processes: what is read or compiled already needs no sending, only results come back."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable
from typing import TypeVar

import msgspec

T = TypeVar("T")


def processes() -> int:
    """How many processes may work at once, at most four; one where forking would be unsafe or is not to be had."""
    if not hasattr(os, "fork") or threading.active_count() > 1:
        return 1
    return min(4, os.cpu_count() or 1)


def share(work: Callable[[int], T], parts: int, result: type[T]) -> list[T]:
    """[work(0), work(1), ...], each part but the first in a process of its own.

    `result` is the msgspec type that comes back. A part whose process dies, for want of memory say, is done here.
    """
    parent = os.getpid()
    children: list[tuple[int, int, int]] = []
    for part in range(1, parts):
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            status = 1
            try:
                end_with(parent)
                os.close(reading)
                with os.fdopen(writing, "wb") as pipe:
                    pipe.write(msgspec.msgpack.encode(work(part)))
                status = 0
            finally:
                os._exit(status)  # no clean-up of what belongs to the parent
        os.close(writing)
        children.append((part, child, reading))
    try:
        results = [work(0)]
    except BaseException:
        for _, child, reading in children:
            os.kill(child, signal.SIGKILL)
            os.close(reading)
            os.waitpid(child, 0)
        raise
    for part, child, reading in children:
        with os.fdopen(reading, "rb") as pipe:
            sent = pipe.read()
        _, status = os.waitpid(child, 0)
        results.append(msgspec.msgpack.decode(sent, type=result) if status == 0 else work(part))
    return results


def end_with(parent: int) -> None:
    """End this process within a second of its parent's end, whatever it is at: nobody would read its result."""

    def look(_signal: int, _frame: object) -> None:
        if os.getppid() != parent:
            os._exit(1)

    signal.signal(signal.SIGALRM, look)
    signal.setitimer(signal.ITIMER_REAL, 1, 1)
