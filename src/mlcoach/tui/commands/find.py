"""Filter, hits, and the next item to review."""

from __future__ import annotations

from mlcoach.tui.rows import SHOWS
from mlcoach.tui.screens.main import MainScreen


def filter(screen: MainScreen) -> None:
    screen.show_list()
    screen.filter.value = screen.checklist.query_text
    screen.filter.display = True
    screen.filter.focus()


def next(screen: MainScreen) -> None:
    _step(screen, 1)


def previous(screen: MainScreen) -> None:
    _step(screen, -1)


def show(screen: MainScreen) -> None:
    """All, missing, needs an answer, not reviewed, and round again."""
    names = list(SHOWS)
    checklist = screen.checklist
    checklist.show = names[(names.index(checklist.show) + 1) % len(names)]
    checklist.update(checklist.report)
    screen.note_view()


def next_open(screen: MainScreen) -> None:
    _open(screen, 1)


def previous_open(screen: MainScreen) -> None:
    _open(screen, -1)


def _step(screen: MainScreen, by: int) -> None:
    checklist = screen.checklist
    if not checklist.query_text and checklist.show == "all":
        screen.say(f"No filter: {screen.keymap.shown('find.filter')} sets one")
        return
    ids = checklist.hits
    if not ids:
        screen.say("Nothing fits the filter")
        return
    if checklist.item_id in ids:
        checklist.move_to_key(ids[(ids.index(checklist.item_id) + by) % len(ids)])
    else:
        checklist.move_to(checklist.cursor + by)


def _open(screen: MainScreen, by: int) -> None:
    """To the next item that is not reviewed, from the one under the cursor on and round the end."""
    report = screen.session.report
    if report is None:
        return
    items = list(report.items)
    here = screen.checklist.row
    at = _start([item.id for item in items], here.key if here else "", by)
    order = [items[(at + by * step) % len(items)] for step in range(len(items))]
    target = [item for item in order if not item.reviewed and (here is None or item.id != here.key)]
    if not target:
        screen.say("Everything is reviewed" if not any(not item.reviewed for item in items) else "No other one is left")
        return
    checklist = screen.checklist
    if target[0].id not in checklist.hits and (checklist.query_text or checklist.show != "all"):
        checklist.show = "all"
        screen.set_filter("")
    checklist.move_to_key(target[0].id)


def _start(ids: list[str], key: str, by: int) -> int:
    """Where to begin: beside the item, or at the section's first (going down) or the one before it (going up)."""
    if key in ids:
        return (ids.index(key) + by) % len(ids)
    of_section = [index for index, id in enumerate(ids) if id.startswith(f"{key}/")] or [0]
    return of_section[0] if by > 0 else (of_section[0] - 1) % len(ids)
