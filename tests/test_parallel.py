"""Sharing work between forked processes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from mlcoach.parallel import processes, share

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")


def test_each_part_comes_back_in_order():
    assert share(lambda part: [part, part * part], 3, list[int]) == [[0, 0], [1, 1], [2, 4]]


def test_the_other_parts_run_in_other_processes():
    mine, other = share(lambda _: os.getpid(), 2, int)
    assert mine == os.getpid() != other


def test_a_part_whose_process_dies_is_done_here():
    here = os.getpid()

    def work(part: int) -> int:
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return part

    assert share(work, 2, int) == [0, 1]


def test_an_error_in_a_part_is_raised_here():
    def work(part: int) -> int:
        return 1 // (1 - part)

    with pytest.raises(ZeroDivisionError):
        share(work, 2, int)


def test_a_part_ends_when_its_parent_is_killed(tmp_path):
    script = (
        "import os, pathlib, time\n"
        "from mlcoach.parallel import share\n"
        "def work(part):\n"
        "    if part:\n"
        f"        pathlib.Path({str(tmp_path / 'child')!r}).write_text(str(os.getpid()))\n"
        "    while True: time.sleep(0.1)\n"
        "share(work, 2, int)\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", script])
    assert until(lambda: (tmp_path / "child").exists() and (tmp_path / "child").read_text())
    child = int((tmp_path / "child").read_text())
    parent.kill()
    parent.wait()
    assert until(lambda: not alive(child))


def until(true: Callable[[], object], seconds: float = 10) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.05)
    return False


def alive(process: int) -> bool:
    """A zombie that nobody has waited for yet is not."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_nothing_is_forked_beside_a_thread():
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    try:
        assert processes() == 1
    finally:
        done.set()
        thread.join()
