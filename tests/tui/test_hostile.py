"""Names and notes of a repository are shown, escaped, and never obeyed."""

from __future__ import annotations

import pytest

from mlcoach.jobs.events import Error, Log
from mlcoach.rule import Evidence
from tests.tui.conftest import coach, heard, rebuilt, result_of, text_of, until

NAMES = [
    "[/b]x.py",
    "[@click=app.quit]x[/].py",
    "[red]a.py",
    "a\x1b[31mred\x1b]52;c;aGk=\x07.py",
    "two\nlines.py",
    "right\u202eyp.py",
    "$(reboot).py",
    "data[0].csv",
    "\\[b].py",
    "wide名前.py",
]


@pytest.mark.parametrize("name", NAMES)
async def test_hostile_names_are_shown_escaped(opened, report, scan_says, name) -> None:
    evil = {
        "evidence": (Evidence(name, 3, note=name), Evidence("b.py", 1, note=name), Evidence(ref=name)),
        "summary": name,
        "title": name,
        "draft": name,
        "looked": (name,),
        "state": "ask",
        "inferred": "ask",
    }
    bad = rebuilt(report, **{"data/eda": evil})
    bad = type(bad)(**{field: getattr(bad, field) for field in bad.__struct_fields__} | {
        "project": name, "branch": name, "detected": (name,), "warnings": (name,),
    })  # fmt: skip
    scan_says([Log(name), *result_of(bad)])
    async with opened((120, 60), cached=False) as pilot:
        app = coach(pilot)
        app.main.checklist.move_to_key("data/eda")
        for keys in ("y", "e", "d", "w", "L"):
            await pilot.press(keys)
            text = text_of(pilot)
            assert "\x1b" not in text
            assert "\u202e" not in text
            assert app.is_running
            await pilot.press("escape")
        await pilot.press("g")
        assert "\x1b" not in text_of(pilot)
        app.main.checklist.move_to_key("data/eda")
        await pilot.press("2")
        shown = name.replace("\x1b", "\\x1b").replace("\x07", "\\x07").replace("\n", "\\n").replace("\u202e", "\\u202e")
        assert shown in text_of(pilot)


async def test_a_click_on_a_hostile_name_opens_the_place_and_nothing_else(opened, report, scan_says) -> None:
    place = Evidence("[@click=app.exit]gone[/].py", 1)
    scan_says(result_of(rebuilt(report, **{"data/eda": {"evidence": (place,)}})))
    async with opened() as pilot:
        app = coach(pilot)
        app.main.checklist.move_to_key("data/eda")
        await pilot.press("2")
        lines = text_of(pilot).splitlines()
        y = next(index for index, line in enumerate(lines) if "[@click=app.exit]" in line[49:])
        await pilot.click(offset=(lines[y].index("[@click", 49) + 3, y))
        await until(pilot, lambda: "is not there any more" in heard(pilot))
        assert app.is_running


async def test_a_hostile_message_of_a_failed_scan(opened, scan_says) -> None:
    scan_says([Error("[/b] \x1b[2J gone", "[@click=app.quit]mend[/]")])
    async with opened(cached=False) as pilot:
        text = text_of(pilot)
        assert "[/b] \\x1b[2J gone" in text
        assert "The scan failed" in text


async def test_a_hostile_filter(opened) -> None:
    async with opened() as pilot:
        await pilot.press("/", *"[/b][@click=app.quit]")
        assert "/[/b][@click=app.quit]" in text_of(pilot)
