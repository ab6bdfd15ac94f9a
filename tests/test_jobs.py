"""Jobs: what a child process says, how it is stopped, and the scan as one."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import msgspec
import pytest

from mlcoach.checklist import report as reports
from mlcoach.jobs import events, runner, scan
from mlcoach.jobs.runner import Job, Runner


def python(code: str) -> Job:
    return Job("test", "Test", [sys.executable, "-c", code])


async def run(*jobs: Job, until: Callable[[], bool] | None = None) -> list[tuple[Job, list[events.Event]]]:
    heard: list[tuple[Job, list[events.Event]]] = []
    queue = Runner(lambda job, batch: heard.append((job, batch)))
    for job in jobs:
        queue.submit(job)
    async with asyncio.timeout(20):
        while not (until() if until else all(job.over for job in jobs)):
            await asyncio.sleep(0.01)
    if until is None:
        await queue.close()
    return heard


SAYS = """
import sys
print('{"event": "phase", "name": "code"}')
print('{"event": "progress", "done": 3, "total": 8}')
print("a word of a library")
print('{"event": "no such"}')
print("on the other stream", file=sys.stderr)
print('{"event": "result", "summary": "fine", "data": {"a": [1, 2]}}', end="")
"""


async def test_events_become_the_state_of_the_job() -> None:
    job = python(SAYS)
    await run(job)
    assert job.state == "done"
    assert job.phase == "code"
    assert job.progress == (3, 8)
    assert job.result is not None
    assert job.result.summary == "fine"
    assert bytes(job.result.data) == b'{"a": [1, 2]}'
    assert {"a word of a library", '{"event": "no such"}', "on the other stream"} <= set(job.log)


async def test_a_result_of_megabytes_arrives_whole() -> None:
    job = python("""print('{"event": "result", "summary": "big", "data": "' + "x" * 3_000_000 + '"}')""")
    await run(job)
    assert job.result is not None
    assert len(msgspec.json.decode(job.result.data)) == 3_000_000


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("raise ValueError('odd')", "ended with status 1"),
        ("import os; os.kill(os.getpid(), 9)", "was ended by SIGKILL"),
        ("pass", "ended with status 0 and no result"),
        ("""print('{"event": "error", "message": "no data", "remedy": "add some"}'); raise SystemExit(1)""", "no data"),
    ],
)
async def test_a_crash_is_a_message(code, says) -> None:
    job = python(code)
    await run(job)
    assert job.state == "failed"
    assert job.error is not None
    assert says in job.error.message


async def test_a_program_that_is_not_there_is_a_message() -> None:
    job = Job("test", "Test", ["/nowhere/program"])
    await run(job)
    assert job.state == "failed"
    assert job.error is not None
    assert "cannot start /nowhere/program" in job.error.message


async def test_jobs_wait_for_one_another() -> None:
    jobs = [python("""print('{"event": "result", "summary": "x"}')""") for _ in range(3)]
    heard = await run(*jobs)
    assert [job.state for job in jobs] == ["done"] * 3
    for first, second in pairwise(jobs):
        assert first.ended <= second.started
    assert heard[0][1] == []


async def test_a_waiting_job_is_stopped_at_once() -> None:
    first, second = python("import time; time.sleep(0.3)"), python("print(1)")
    second.stop()
    await run(first, second)
    assert second.state == "stopped"
    assert second.started is None


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


async def test_stop_is_prompt_and_takes_the_children_too() -> None:
    job = python("import subprocess, time; print(subprocess.Popen(['sleep', '60']).pid, flush=True); time.sleep(60)")
    queue = Runner(lambda job, batch: None)
    queue.submit(job)
    while not job.log:
        await asyncio.sleep(0.01)
    began = time.monotonic()
    job.stop()
    while not job.over:
        await asyncio.sleep(0.01)
    assert time.monotonic() - began < 1.5
    assert job.state == "stopped"
    assert not alive(int(job.log[0]))


async def test_a_job_that_will_not_end_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runner, "PATIENCE", 0.2)
    job = python(
        "import signal, time\n"
        "for number in (signal.SIGINT, signal.SIGTERM): signal.signal(number, signal.SIG_IGN)\n"
        "print('deaf', flush=True)\n"
        "while True: time.sleep(1)"
    )
    queue = Runner(lambda job, batch: None)
    queue.submit(job)
    while not job.log:
        await asyncio.sleep(0.01)
    job.stop()
    async with asyncio.timeout(5):
        while not job.over:
            await asyncio.sleep(0.01)
    assert job.state == "stopped"


async def test_what_a_job_leaves_behind_does_not_hold_the_queue() -> None:
    job = python("""import subprocess
subprocess.Popen(["sleep", "60"])
print('{"event": "result", "summary": "left a child"}')""")
    began = time.monotonic()
    await run(job)
    assert job.state == "done"
    assert time.monotonic() - began < 10


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
async def test_jobs_are_nice_and_stay_in_the_session() -> None:
    code = "import os; print(os.getpriority(os.PRIO_PROCESS, 0), os.getsid(0), os.getpgid(0) == os.getpid())"
    job = python(f"import time; time.sleep(0.2); {code}")
    await run(job)
    nice, session, own_group = job.log[0].split()
    assert nice == "19"
    assert int(session) == os.getsid(0)
    assert own_group == "True"


async def test_a_flood_of_lines_comes_in_batches_and_the_log_has_a_limit() -> None:
    job = python("""for number in range(30_000): print(number)
print('{"event": "result", "summary": "done"}')""")
    heard = await run(job)
    assert len(job.log) == runner.LOG_LINES
    assert job.log[-1] == "done"
    assert len(heard) < 200


async def test_close_stops_what_runs() -> None:
    job = python("import time; time.sleep(60)")
    queue = Runner(lambda job, batch: None)
    queue.submit(job)
    while job.state != "running":
        await asyncio.sleep(0.01)
    async with asyncio.timeout(6):
        await queue.close()
    assert job.state == "stopped"


# ---- the scan ------------------------------------------------------------------------------------------------------


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "train.py").write_text("import pandas as pd\ndf = pd.read_csv('x.csv').dropna()\n")
    return folder


async def test_the_scan_says_who_how_far_and_the_report(project, monkeypatch) -> None:
    monkeypatch.setenv("GIT_AUTHOR_NAME", "Ana Lima")
    monkeypatch.setenv("GIT_AUTHOR_EMAIL", "ana@example.org")
    job = scan.job(project)
    heard = [event for _, batch in await run(job) for event in batch]
    assert job.state == "done", list(job.log)
    assert events.Who("Ana Lima <ana@example.org>") in heard
    assert any(isinstance(event, events.Progress) for event in heard)
    report = reports.from_json(bytes(job.result.data))
    assert report.item("data/cleaning").state == "done"


async def test_a_scan_of_one_item_reports_it_alone(project) -> None:
    job = scan.job(project, ["data/cleaning"])
    await run(job)
    assert [item.id for item in reports.from_json(bytes(job.result.data)).items] == ["data/cleaning"]


async def test_a_scan_without_a_cache_writes_nothing(project) -> None:
    await run(scan.job(project, cache=False))
    assert [path.name for path in project.iterdir()] == ["train.py"]


async def test_a_scan_that_cannot_be_made_says_what_to_mend(project) -> None:
    (project / "mlcoach.toml").write_text("[answers\n")
    job = scan.job(project)
    await run(job)
    assert job.state == "failed"
    assert job.error is not None
    assert "not valid TOML" in job.error.message
    assert "Traceback" not in job.error.message


async def test_the_project_cannot_shadow_a_module_of_the_scan(project, monkeypatch) -> None:
    for name in ("typing.py", "msgspec.py", "sitecustomize.py"):
        (project / name).write_text("import pathlib; pathlib.Path(__file__).with_name('ran').touch()\n")
    monkeypatch.chdir(project)
    job = scan.job(project, cache=False)
    await run(job)
    assert job.state == "done", list(job.log)
    assert not (project / "ran").exists()


def test_the_scan_is_stopped_by_a_signal_without_a_report(project) -> None:
    process = subprocess.Popen(scan.job(project).argv, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    process.send_signal(signal.SIGINT)
    said, _ = process.communicate(timeout=20)
    assert b'"result"' not in said
