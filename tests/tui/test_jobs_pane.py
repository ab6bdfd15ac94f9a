"""The jobs pane and the log: what runs, how far it is, stopping it, and reading what it said."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from mlcoach.jobs import scan
from mlcoach.jobs.events import Log
from mlcoach.jobs.runner import Job
from tests.tui.conftest import coach, heard, result_of, text_of, until

SLOW = """import time
print('{"event": "phase", "name": "code"}')
print('{"event": "progress", "done": 30, "total": 60}', flush=True)
for number in range(600):
    print("line", number, flush=True)
    time.sleep(0.05)
"""


@pytest.fixture
def slow_scan(monkeypatch: pytest.MonkeyPatch) -> None:
    def job(root: Path, only: tuple[str, ...] = (), *, cache: bool = True, title: str = "") -> Job:
        return Job("rescan" if only else "scan", title or "Scan", [sys.executable, "-c", SLOW])

    monkeypatch.setattr(scan, "job", job)


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (60, 20)])
async def test_a_running_scan_shows_how_far_it_is_and_can_be_stopped(opened, slow_scan, size) -> None:
    async with opened(size, settle=False) as pilot:
        await until(pilot, lambda: "30/60" in text_of(pilot))
        assert "████████░░░░░░░░" in text_of(pilot)
        await pilot.press("j", "j")
        assert coach(pilot).main.checklist.item_id == "scoping/ml-role"
        await pilot.press("K")
        await until(pilot, lambda: "stopped" in text_of(pilot))
        assert "✓ 18" in text_of(pilot)  # the last report stays


async def test_rescans_wait_for_one_another_and_are_counted(opened, slow_scan) -> None:
    async with opened(settle=False) as pilot:
        await pilot.press("j", "r", "j", "r", "R", "3")
        await until(pilot, lambda: "1 running, 2 waiting" in text_of(pilot))
        text = text_of(pilot)
        assert "Rescan Main objective  waits" in text
        await pilot.press("j", "K")
        await until(pilot, lambda: "1 running, 1 waiting" in text_of(pilot))
        await pilot.press("h")
        assert coach(pilot).main.checklist.has_focus


async def test_quitting_stops_what_runs(opened, slow_scan) -> None:
    async with opened(settle=False) as pilot:
        await until(pilot, lambda: "30/60" in text_of(pilot))
        job = coach(pilot).runner.jobs[0]
        await pilot.press("q")
        await until(pilot, lambda: not coach(pilot).is_running)
        assert job.state == "stopped"


async def test_the_log_follows_until_you_scroll_up(opened, slow_scan) -> None:
    async with opened(settle=False) as pilot:
        await until(pilot, lambda: "30/60" in text_of(pilot))
        await pilot.press("L")
        await until(pilot, lambda: "line 3" in text_of(pilot))
        assert "Log of Scan: running" in text_of(pilot)
        assert "following" in text_of(pilot)
        await pilot.press("k")
        assert "held; f follows" in text_of(pilot)
        await pilot.press("f")
        assert "following" in text_of(pilot)
        await pilot.press("q")
        assert "1 Checklist" in text_of(pilot)


async def test_the_log_wraps_or_cuts_long_lines(opened, report, scan_says) -> None:
    scan_says([Log("word " * 60 + "end"), *result_of(report)])
    async with opened() as pilot:
        await pilot.press("L")
        assert " end" in text_of(pilot)
        await pilot.press("w")
        await pilot.pause()
        assert " end" not in text_of(pilot)
        await pilot.press("escape")
        assert "1 Checklist" in text_of(pilot)


async def test_nothing_to_stop(opened) -> None:
    async with opened() as pilot:
        await pilot.press("K")
        assert "Nothing runs" in heard(pilot)
