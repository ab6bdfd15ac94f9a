"""The screen in tests: a real project folder, the report of `report.json`, and a scan that is a child process saying it."""

from __future__ import annotations

import os
import subprocess
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import msgspec
import pytest
from textual.pilot import Pilot

from mlcoach.checklist import merge
from mlcoach.checklist import report as reports
from mlcoach.checklist.report import Report
from mlcoach.checklist.rules import Rule
from mlcoach.jobs import scan
from mlcoach.jobs.events import Event, Phase, Result, Who
from mlcoach.jobs.runner import Job
from mlcoach.rule import Item, missing
from mlcoach.tui import app as app_module
from mlcoach.tui import config, glyphs, store
from mlcoach.tui.app import CoachApp
from mlcoach.tui.session import Session

HERE = Path(__file__).parent
ANA = "Ana Lima <ana@example.org>"
Open = Callable[..., AbstractAsyncContextManager[Pilot[int]]]
Says = Callable[[list[Event]], None]

VERSIONING = Rule(
    Item(
        id="data/versioning",
        title="Data versioning",
        bullet="Data versioning",
        why="Two runs on different data cannot be told apart, so no result can be repeated.",
        how=("`dvc init`", "`dvc add data/raw/wine.csv`", "commit the .dvc file: `git add data/raw/wine.csv.dvc`"),
        references=("https://dvc.org/doc/start", "https://git-lfs.com"),
        actions=("track-data",),
    ),
    """Data versioning.

    What counts
    -----------
    Files of data under DVC, git-lfs or lakeFS.

    What does not
    -------------
    Data in plain git; dvc declared with nothing tracked.
    """,
    lambda facts: missing("", ()),
    (),
    "tests",
)


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of the person who runs the tests is read or written."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    for name in ("NO_COLOR", "VISUAL", "EDITOR", "DISPLAY", "WAYLAND_DISPLAY", "BROWSER"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(app_module, "_rules", lambda: {"data/versioning": VERSIONING})


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "wine-quality"
    folder.mkdir()
    (folder / "README.md").write_text("# Wine\n\nPredict the quality of a wine.\n")
    return folder


@pytest.fixture
def report() -> Report:
    return reports.from_json((HERE / "report.json").read_bytes())


@pytest.fixture
def scan_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Says:
    """Scans are a child process that says these events and ends."""

    def says(events: list[Event]) -> None:
        said = tmp_path / "said.jsonl"
        said.write_bytes(b"".join(msgspec.json.encode(event) + b"\n" for event in events))

        def job(root: Path, only: tuple[str, ...] = (), *, cache: bool = True, title: str = "") -> Job:
            return Job("rescan" if only else "scan", title or "Scan", ["cat", str(said)])

        monkeypatch.setattr(scan, "job", job)

    return says


def result_of(report: Report) -> list[Event]:
    summary = f"{len(report.items)} items in {report.seconds:.1f} s"
    return [Who(ANA), Phase("code"), Result(summary, msgspec.Raw(msgspec.json.encode(report)))]


@pytest.fixture
def opened(project: Path, report: Report, scan_says: Says) -> Open:
    """`async with opened(size=(120, 36)) as pilot`: the app on the project, its scan over, the report of report.json."""
    scan_says(result_of(report))

    @asynccontextmanager
    async def open_app(
        size: tuple[int, int] = (120, 36),
        *,
        readonly: str = "",
        cached: bool = True,
        signs: glyphs.Glyphs = glyphs.UNICODE,
        settle: bool = True,
    ) -> AsyncIterator[Pilot[int]]:
        if cached:
            store.write(store.folder(project) / store.REPORT, store.encode_report(report))
        app = CoachApp(Session(project, config.load(), readonly=readonly), signs=signs)
        async with app.run_test(size=size) as pilot:
            if settle:
                await settled(pilot)
            yield pilot

    return open_app


async def until(pilot: Pilot[int], true: Callable[[], object]) -> None:
    """Wait until it is true, at most some seconds."""
    for _ in range(200):
        if true():
            return
        await pilot.pause(0.02)
    raise AssertionError("it never became true")


async def settled(pilot: Pilot[int]) -> None:
    """Wait until no job runs or waits and the screen is drawn."""
    app = coach(pilot)
    await until(pilot, lambda: app.runner.jobs and all(job.over for job in app.runner.jobs))
    await pilot.pause()


def coach(pilot: Pilot[int]) -> CoachApp:
    assert isinstance(pilot.app, CoachApp)
    return pilot.app


def heard(pilot: Pilot[int]) -> str:
    """What the messages in the corner say, the last one last."""
    return "\n".join(message.message for message in coach(pilot)._notifications)


def text_of(pilot: Pilot[int]) -> str:
    """The screen as a person sees it, line by line."""
    app = pilot.app
    strips = app.screen._compositor.render_strips(app.size)
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips) + "\n"


@pytest.fixture
def look() -> Callable[[Pilot[int], str], Awaitable[None]]:
    """Compare the screen with snapshots/NAME.txt. MLCOACH_SNAPSHOTS=write writes it instead."""

    async def compare(pilot: Pilot[int], name: str) -> None:
        await pilot.pause()
        app = coach(pilot)
        app.clear_notifications()
        await pilot.pause()
        path = HERE / "snapshots" / f"{name}.txt"
        text = text_of(pilot)
        if os.environ.get("MLCOACH_SNAPSHOTS") == "write":
            path.parent.mkdir(exist_ok=True)
            path.write_text(text)
        assert text == path.read_text()

    return compare


def git(folder: Path, *words: str) -> str:
    return subprocess.run(["git", "-C", str(folder), *words], check=True, capture_output=True, text=True).stdout


def rebuilt(report: Report, **items: dict[str, object]) -> Report:
    """The report with some items changed: `rebuilt(report, **{"data/eda": {"summary": "..."}})`."""
    new = tuple(msgspec.structs.replace(item, **items.get(item.id, {})) for item in report.items)
    return merge.apply(msgspec.structs.replace(report, items=new), {})
