"""Look again."""

from __future__ import annotations

from mlcoach.reports.escape import visible
from mlcoach.tui.screens.main import MainScreen


def item(screen: MainScreen) -> None:
    if (item := screen.item) is None:
        screen.say("Put the cursor on an item first")
    else:
        screen.app.scan(item.id, title=f"Rescan {visible(item.title)}")


def all(screen: MainScreen) -> None:
    if not any(job.kind == "scan" and not job.over for job in screen.app.runner.jobs):
        screen.app.scan()
