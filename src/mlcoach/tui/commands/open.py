"""Open evidence in the editor, and links in the browser."""

from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path

from textual.app import SuspendNotSupported
from textual.content import Content

from mlcoach.reports.escape import visible
from mlcoach.rule import Evidence
from mlcoach.tui import editor, item_view
from mlcoach.tui.glyphs import MUTED
from mlcoach.tui.screens.main import MainScreen


def evidence(screen: MainScreen) -> None:
    """The only place at once; of several, the one that is chosen."""
    item = screen.item
    found = item_view.places(item) if item else []
    if not found:
        screen.say("There is no evidence to open here")
    elif len(found) == 1:
        _edit(screen, found[0])
    else:
        from mlcoach.tui.screens.choose import ChooseScreen

        lines = [
            Content.assemble(visible(one.place), (f"  {visible(one.note)}" if one.note else "", MUTED)) for one in found
        ]
        screen.ask(ChooseScreen("Open evidence", lines), lambda number: _edit(screen, found[number]))


def open_place(screen: MainScreen, number: int) -> None:
    """The place of that number in the item on the screen."""
    found = item_view.places(screen.item) if screen.item else []
    if number < len(found):
        _edit(screen, found[number])


def link(screen: MainScreen) -> None:
    item = screen.item
    rule = screen.session.rules.get(item.id) if item else None
    links = [link for link in rule.item.references if link.startswith(("https://", "http://"))] if rule else []
    if not links:
        screen.say("This item has no references")
        return
    from mlcoach.tui.screens.choose import ChooseScreen

    lines = [Content(visible(link)) for link in links]
    screen.ask(
        ChooseScreen("References", lines, text="Enter opens one in your browser."),
        lambda number: _browse(screen, links[number]),
    )


def _browse(screen: MainScreen, link: str) -> None:
    """Open it where there is a graphical browser; a text browser would fight for the terminal, so copy it there."""
    graphical = (
        any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"))
        or os.uname().sysname == "Darwin"
    )
    if graphical:
        screen.app.open_url(link)
        screen.say(f"Opening {visible(link)}")
    else:
        screen.app.copy_to_clipboard(link)
        screen.say(f"No browser here. Copied: {visible(link)}")


def _edit(screen: MainScreen, found: Evidence) -> None:
    try:
        command = editor.command(screen.session.root, found, os.environ)
    except editor.EditorError as error:
        screen.say(str(error), problem=True)
        return
    try:
        with screen.app.suspend():
            problem = run_editor(command, screen.session.root)
    except SuspendNotSupported:
        problem = "This terminal cannot lend its screen to an editor"
    if problem:
        screen.say(visible(problem), problem=True)


def run_editor(command: list[str], root: Path) -> str:
    """Run it and wait; what went wrong. It raises nothing, as Textual would not come back from its suspension."""
    before = signal.signal(signal.SIGINT, lambda *_: None)  # ctrl+c there is not meant for this program
    try:
        status = subprocess.run(command, cwd=root).returncode
    except (OSError, ValueError) as error:
        return f"{command[0]}: {getattr(error, 'strerror', None) or error}; set $VISUAL or $EDITOR"
    finally:
        signal.signal(signal.SIGINT, before)
    return f"{command[0]} ended with status {status}" if status else ""
