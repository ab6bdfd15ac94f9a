"""The copy menu: through the terminal (OSC 52), so it works over SSH too where the terminal allows it."""

from __future__ import annotations

from textual.content import Content

from mlcoach.reports.escape import shorten, visible
from mlcoach.tui import item_view
from mlcoach.tui.glyphs import MUTED
from mlcoach.tui.screens.main import MainScreen


def menu(screen: MainScreen) -> None:
    item = screen.item
    if item is None:
        screen.say("Put the cursor on an item first")
        return
    from mlcoach.tui.screens.choose import ChooseScreen

    rule = screen.session.rules.get(item.id)
    commands = item_view.commands(rule)
    choices = [("Item as Markdown", item_view.to_markdown(item, rule))]
    choices += [("Place", found.place) for found in item_view.places(item)]
    if len(commands) > 1:
        choices.append(("All commands", "\n".join(commands)))
    choices += [("Command", command) for command in commands]
    choices.append(("Id", item.id))
    lines = [
        Content.assemble((f"{name:<18}", MUTED), shorten(visible(text.partition("\n")[0]), 50))
        for name, text in choices
    ]

    def chosen(number: int) -> None:
        name, text = choices[number]
        screen.app.copy_to_clipboard(text)
        screen.say(f"Copied: {name.lower()}")

    screen.ask(ChooseScreen("Copy", lines), chosen)
