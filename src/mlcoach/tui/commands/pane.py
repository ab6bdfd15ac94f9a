"""Moving between the panes."""

from __future__ import annotations

from mlcoach.tui.screens.main import MainScreen


def back(screen: MainScreen) -> None:
    """One step back: to the list, then the filter away, then the marks. Never out of the program."""
    checklist = screen.checklist
    if screen.filter.has_focus or not checklist.has_focus:
        if screen.filter.has_focus:
            screen.set_filter("")
        screen.show_list()
    elif checklist.query_text or checklist.show != "all":
        checklist.show = "all"
        screen.set_filter("")
    elif checklist.marked:
        checklist.unmark()


def next(screen: MainScreen) -> None:
    _turn(screen, 1)


def previous(screen: MainScreen) -> None:
    _turn(screen, -1)


def checklist(screen: MainScreen) -> None:
    screen.show_list()


def item(screen: MainScreen) -> None:
    screen.show_detail()


def jobs(screen: MainScreen) -> None:
    screen.jobs_pane.focus()


def _turn(screen: MainScreen, by: int) -> None:
    panes = (screen.show_list, screen.show_detail, screen.jobs_pane.focus)
    now = {"checklist": 0, "item": 1, "jobs": 2}[screen.pane_name]
    panes[(now + by) % 3]()
