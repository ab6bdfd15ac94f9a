"""What a person sees: the main screens as text, at three sizes."""

from __future__ import annotations

import pytest

from mlcoach.tui import glyphs
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
