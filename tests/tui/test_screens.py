"""What a person sees: the main screens as text, at three sizes."""

from __future__ import annotations

import msgspec
import pytest

from mlcoach.tui import glyphs, lines
from mlcoach.tui.keys import Keymap
from tests.tui.conftest import coach, text_of, until

SIZES = [(120, 36), (80, 24), (60, 20)]


@pytest.mark.parametrize("size", SIZES)
async def test_checklist(opened, look, size) -> None:
    async with opened(size) as pilot:
        await pilot.press("j", "j", "j")
        await look(pilot, f"checklist-{size[0]}x{size[1]}")


@pytest.mark.parametrize("size", SIZES)
async def test_item(opened, look, size) -> None:
    async with opened(size) as pilot:
        coach(pilot).main.checklist.move_to_key("data/versioning")
        await pilot.press("enter")
        await look(pilot, f"item-{size[0]}x{size[1]}")


@pytest.mark.parametrize("size", SIZES)
async def test_overview(opened, look, size) -> None:
    async with opened(size) as pilot:
        await pilot.press("g", "2")
        text = text_of(pilot)
        assert "scikit-learn; 1 notebook; Dockerfile" in text
        assert "Modelling     ✓ 8 done  ✗ 3 missing" in text


@pytest.mark.parametrize("size", SIZES)
async def test_help(opened, look, size) -> None:
    async with opened(size) as pilot:
        await pilot.press("j", "?")
        await look(pilot, f"help-{size[0]}x{size[1]}")


@pytest.mark.parametrize("size", [*SIZES, (40, 12)])
async def test_a_sheet_keeps_what_it_warns_of_and_its_way_out_in_sight(opened, size) -> None:
    async with opened(size) as pilot:
        await pilot.press("P")
        await until(pilot, lambda: "Cancel" in text_of(pilot))
        assert "only shows the plan" in text_of(pilot)


@pytest.mark.parametrize("columns", [40, 60, 80, 100, 120, 200])
def test_bars_fit_and_say_the_most_that_fits(report, columns) -> None:
    long = lines.header(report, "a-project-with-a-long-name", columns, glyphs.UNICODE, readonly=True)
    assert long.cell_length <= columns
    assert "33 to review" in long.plain
    bar = lines.release_bar(report, columns, Keymap(), glyphs.UNICODE)
    assert bar.cell_length <= columns
    assert "M" in bar.plain
    assert "1.0.0" in bar.plain


def test_one_commit_is_no_plural(report) -> None:
    version = msgspec.structs.replace(report.version, current="", commits_since=1)
    bar = lines.release_bar(msgspec.structs.replace(report, version=version), 80, Keymap(), glyphs.UNICODE)
    assert "no version yet, 1 commit  " in bar.plain


async def test_on_a_section_the_footer_says_what_can_be_done_there(opened) -> None:
    async with opened((80, 24)) as pilot:
        assert "] Next to review  h Fold" in text_of(pilot)
        await pilot.press("j")
        await pilot.pause()
        assert "enter Item  c Agree" in text_of(pilot)


async def test_focus_on_the_jobs_is_seen_beside_an_item_too(opened) -> None:
    async with opened((80, 24)) as pilot:
        await pilot.press("j", "enter", "3")
        await pilot.pause()
        assert "━ 3 Jobs ━" in text_of(pilot)


async def test_disagree_dialog(opened, look) -> None:
    async with opened((80, 24)) as pilot:
        coach(pilot).main.checklist.move_to_key("programming/testing")
        await pilot.press("d")
        await look(pilot, "disagree-80x24")


async def test_ascii(opened, look) -> None:
    async with opened((80, 24), signs=glyphs.ASCII) as pilot:
        await pilot.press("j")
        await look(pilot, "ascii-80x24")
        assert text_of(pilot).isascii()


@pytest.mark.parametrize("size", [(39, 20), (80, 11), (20, 5)])
async def test_too_small_says_so_and_q_works(opened, size) -> None:
    async with opened(size) as pilot:
        assert "needs 40 x 12" in " ".join(text_of(pilot).split())
        await pilot.press("q")
        await until(pilot, lambda: not coach(pilot).is_running)


@pytest.mark.parametrize("size", [(40, 12), (60, 20), (99, 24), (100, 24), (200, 60)])
async def test_every_usable_size_shows_the_list_and_the_way_out(opened, size) -> None:
    async with opened(size) as pilot:
        text = text_of(pilot)
        assert "1 Checklist" in text
        assert "q Quit" in text
        assert "? Keys" in text


async def test_growing_and_shrinking_keeps_the_item(opened) -> None:
    async with opened((80, 24)) as pilot:
        await pilot.press("j", "j", "j", "enter")
        await pilot.resize_terminal(120, 36)
        await pilot.pause()
        assert "1 Checklist" in text_of(pilot)
        assert "2 Item  Success baseline" in text_of(pilot)
