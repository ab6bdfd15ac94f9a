"""What the keys of the main screen do: the action `review.agree` is the function `agree` of `review.py`.

Each takes the main screen. A module is imported when one of its keys is pressed for the first time.
"""

from __future__ import annotations

from importlib import import_module
from inspect import isawaitable
from typing import TYPE_CHECKING

from mlcoach.tui.keys import BY_ID

if TYPE_CHECKING:
    from mlcoach.tui.screens.main import MainScreen


async def run(screen: MainScreen, id: str) -> None:
    """Run an action of the main screen by its id."""
    action = BY_ID[id]
    module = import_module(f"mlcoach.tui.commands.{action.group}")
    result = getattr(module, action.name)(screen)
    if isawaitable(result):
        await result
