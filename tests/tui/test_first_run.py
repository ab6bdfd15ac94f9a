"""The situations of a first start: no report yet, an empty folder, no git, nothing of ML, a scan that fails."""

from __future__ import annotations

import msgspec
import pytest

from mlcoach.checklist.report import Report
from mlcoach.jobs.events import Error, Phase, Progress
from tests.tui.conftest import coach, heard, result_of, settled, text_of


def plain(report: Report, **changes: object) -> Report:
    return msgspec.structs.replace(report, commit=None, branch=None, changed=0, version=None, detected=(), **changes)


async def test_before_the_first_report_there_is_a_welcome(opened, scan_says) -> None:
    scan_says([Phase("code"), Progress(3, 10)])
    async with opened(cached=False, settle=False) as pilot:
        text = text_of(pilot)
        assert "mlcoach shows where a machine-learning project stands" in text
        assert "It runs none of its code" in text
        assert "? Keys" in text


async def test_a_narrow_screen_shows_the_welcome_too_then_the_list(opened, report, scan_says) -> None:
    scan_says([Phase("code")])
    async with opened((80, 24), cached=False) as pilot:
        assert "The scan failed" in text_of(pilot)
        scan_says(result_of(report))
        await pilot.press("R")
        await settled(pilot)
        assert "1 Checklist" in text_of(pilot)
        await pilot.press("j", "j")
        assert coach(pilot).main.checklist.item_id == "scoping/ml-role"


async def test_an_empty_folder_says_where_to_begin(opened, report, scan_says) -> None:
    scan_says(result_of(plain(report)))
    async with opened(cached=False) as pilot:
        text = text_of(pilot)
        assert "There is nothing here yet that tells of machine learning" in text
        assert "no git" in text
        assert "git init" in text


async def test_a_folder_without_machine_learning_says_so(opened, report, scan_says) -> None:
    scan_says(result_of(msgspec.structs.replace(report, detected=())))
    async with opened(cached=False) as pilot:
        assert "Nothing here looks like machine learning" in text_of(pilot)


async def test_no_git_takes_the_release_keys_with_a_word(opened, report, scan_says) -> None:
    scan_says(result_of(plain(report)))
    async with opened() as pilot:
        await pilot.press("P")
        assert "needs git and a first commit" in heard(pilot)


async def test_a_failed_scan_shows_why_and_how_to_mend_it(opened, scan_says) -> None:
    scan_says([Error("mlcoach.toml, line 3: not valid TOML", "mend it, then R scans again")])
    async with opened(cached=False) as pilot:
        text = text_of(pilot)
        assert "The scan failed" in text
        assert "mlcoach.toml, line 3: not valid TOML" in text
        assert "mend it, then R scans again" in text
        assert "Traceback" not in text


async def test_a_failed_scan_keeps_the_last_report_and_R_looks_again(opened, report, scan_says) -> None:
    scan_says([Error("it broke")])
    async with opened() as pilot:
        assert "✓ 18 done" in text_of(pilot)
        await pilot.press("g")
        assert "it broke" in text_of(pilot)
        scan_says(result_of(report))
        await pilot.press("R")
        await settled(pilot)
        assert "The scan failed" not in text_of(pilot)


async def test_a_report_that_cannot_be_read_is_a_message(opened, scan_says) -> None:
    from mlcoach.jobs.events import Result

    scan_says([Result("x", msgspec.Raw(b'{"odd": 1}'))])
    async with opened(cached=False) as pilot:
        assert "its report cannot be read" in text_of(pilot)


async def test_a_cache_of_another_version_is_ignored(opened, project, report) -> None:
    from mlcoach.tui import store

    store.write(store.folder(project) / "report.json", b'{"schema": 99}')
    store.write(store.folder(project) / "view.json", b"not json")
    async with opened(cached=False) as pilot:
        assert "✓ 18 done" in text_of(pilot)


async def test_keys_before_the_first_report_do_no_harm(opened, scan_says) -> None:
    scan_says([])
    async with opened(cached=False) as pilot:
        for key in "jkgGcdawuzZ]nN sxPIMBTEeoyrhl":
            await pilot.press("space" if key == " " else key, "escape")
        assert coach(pilot).is_running


@pytest.mark.parametrize("key", ["P", "I", "M", "B", "T", "E", "x"])
async def test_a_sheet_is_cancelled_by_enter_and_its_own_key_does_nothing(opened, project, key) -> None:
    async with opened() as pilot:
        coach(pilot).main.checklist.move_to_key("data/versioning")
        before = sorted(project.rglob("*"))
        await pilot.press(key, key, key)
        text = text_of(pilot)
        assert "it cannot run it yet" in text
        assert "Cancel" in text
        await pilot.press("enter")
        assert len(pilot.app.screen_stack) == 1
        assert sorted(project.rglob("*")) == before
        assert len(coach(pilot).runner.jobs) == 1


async def test_the_release_sheet_shows_the_next_version_and_its_steps(opened, look) -> None:
    async with opened() as pilot:
        await pilot.press("I")
        text = text_of(pilot)
        assert "Release minor: 0.3.1 -> 0.4.0 (suggested by the commits)" in text
        assert "git tag -a v0.4.0" in text
        assert "leaves this machine" in text
