"""Leaving."""

from __future__ import annotations

from mlcoach.tui.screens.main import MainScreen


async def quit(screen: MainScreen) -> None:
    await screen.app.leave()


def suspend(screen: MainScreen) -> None:
    screen.app.action_suspend_process()
