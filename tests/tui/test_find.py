"""Filter, hits, cycling what is shown, folds, and the view that is kept for the next start."""

from __future__ import annotations

import pytest

from mlcoach.tui.rows import fuzzy, matches, rows
from tests.tui.conftest import coach, text_of, until


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("cross-val", ["modelling/cv"]),
        ("train.py metrics", ["modelling/metrics"]),
        ("prep.py:31", []),  # a path, not its line
        ("dv", ["data/versioning"]),
        ("hyps", ["modelling/hyperparameters"]),
        ("partial", ["programming/optimisation", "programming/testing"]),
        ("dockerfile", ["programming/shipping"]),
        ("scoping missing", ["scoping/baseline", "scoping/domain-experts"]),
        ("zzz", []),
    ],
)
def test_filter_finds(report, query, ids) -> None:
    found = [item.id for item in report.items if matches(query, item)]
    assert set(ids) <= set(found)
    assert len(found) == len(ids)


@pytest.mark.parametrize(
    ("word", "text", "fits"),
    [("dv", "data versioning", True), ("datver", "data versioning", True), ("vd", "data versioning", False),
     ("ata", "data", False), ("", "x", True)],
)  # fmt: skip
def test_fuzzy_letters_go_on_or_start_words(word, text, fits) -> None:
    assert fuzzy(word, text) is fits


def test_sections_without_a_hit_go_away(report) -> None:
    assert [row.key for row in rows(report, query="dockerfile")] == ["programming", "programming/shipping"]


def test_folds_hide_items_until_something_is_filtered(report) -> None:
    assert "data/eda" not in [row.key for row in rows(report, folded={"data"})]
    assert "data/eda" in [row.key for row in rows(report, folded={"data"}, query="eda")]


async def test_filter_as_you_type_then_hits_then_escape(opened) -> None:
    async with opened((80, 24)) as pilot:
        checklist = coach(pilot).main.checklist
        await pilot.press("/", *"model")
        await until(pilot, lambda: "/model" in text_of(pilot))
        hits = list(checklist.hits)
        assert 1 < len(hits) < 33
        await pilot.press("enter")
        assert checklist.has_focus
        assert checklist.item_id == hits[0]
        await pilot.press("n")
        assert checklist.item_id == hits[1]
        await pilot.press("N", "N")
        assert checklist.item_id == hits[-1]
        here = checklist.item_id
        await pilot.press("escape")
        assert len(checklist.hits) == 33
        assert checklist.item_id == here


async def test_escape_in_the_filter_field_clears_it(opened) -> None:
    async with opened() as pilot:
        await pilot.press("/", *"eda", "escape")
        assert len(coach(pilot).main.checklist.hits) == 33
        assert coach(pilot).main.checklist.has_focus


async def test_letters_in_the_filter_field_are_text(opened, project) -> None:
    async with opened() as pilot:
        await pilot.press("/", *"qcz?")
        assert coach(pilot).main.filter.value == "qcz?"
        assert coach(pilot).is_running
        assert "0 of 33" in text_of(pilot)


async def test_show_cycles_through_what_is_left(opened) -> None:
    async with opened() as pilot:
        checklist = coach(pilot).main.checklist
        await pilot.press("s")
        assert len(checklist.hits) == 11
        assert "missing or partial" in text_of(pilot)
        await pilot.press("s")
        assert len(checklist.hits) == 3
        await pilot.press("s")
        assert "not reviewed" in text_of(pilot)
        await pilot.press("s")
        assert len(checklist.hits) == 33


async def test_view_is_restored(opened) -> None:
    async with opened() as pilot:
        await pilot.press("g", "enter", "G", "s", "q")
        await until(pilot, lambda: not coach(pilot).is_running)
    async with opened() as pilot:
        checklist = coach(pilot).main.checklist
        assert checklist.folded == {"scoping"}
        assert checklist.show == "missing"
        assert checklist.item_id == "modelling/hyperparameters"  # the last one that is missing


async def test_first_paint_shows_the_last_report_before_any_scan(opened, scan_says) -> None:
    scan_says([])
    async with opened(settle=False) as pilot:
        assert "✓ 18 done" in text_of(pilot)
        assert not coach(pilot).session.fresh


async def test_mouse_selects_folds_and_opens(opened) -> None:
    async with opened((80, 24)) as pilot:
        checklist = coach(pilot).main.checklist
        await pilot.click(checklist, offset=(10, 4))
        assert checklist.item_id == "scoping/baseline"
        await pilot.click(checklist, offset=(10, 1))
        assert checklist.folded == {"scoping"}
        await pilot.click(checklist, offset=(10, 3), times=2)
        assert "2 Item  Data sourcing" in text_of(pilot)


async def test_narrow_screen_goes_in_two_steps(opened) -> None:
    async with opened((80, 24)) as pilot:
        await pilot.press("j", "enter")
        assert "1 Checklist" not in text_of(pilot)
        await pilot.press("escape")
        assert "1 Checklist" in text_of(pilot)
        await pilot.press("l")
        assert "2 Item  Main objective" in text_of(pilot)
        await pilot.press("h")
        assert "1 Checklist" in text_of(pilot)


async def test_tab_goes_round_the_panes(opened) -> None:
    async with opened() as pilot:
        main = coach(pilot).main
        seen = []
        for _ in range(4):
            await pilot.press("tab")
            seen.append(main.pane_name)
        assert seen == ["item", "jobs", "checklist", "item"]
        await pilot.press("shift+tab", "3")
        assert main.pane_name == "jobs"
