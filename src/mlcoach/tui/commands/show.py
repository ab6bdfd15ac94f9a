"""Help, command palette, settings."""

from __future__ import annotations

from textual.content import Content

from mlcoach.reports.escape import visible
from mlcoach.tui import config, keys
from mlcoach.tui.screens.main import MainScreen


def help(screen: MainScreen) -> None:
    pane = screen.pane_name
    _actions(screen, f"Keys of {keys.PLACE_WORDS[pane]}", keys.available(pane))


def commands(screen: MainScreen) -> None:
    _actions(screen, "Commands", keys.available(screen.pane_name))


def _actions(screen: MainScreen, title: str, actions: list[keys.Action]) -> None:
    from mlcoach.tui.screens.actions import ActionsScreen

    screen.ask(
        ActionsScreen(title, actions, screen.keymap),
        lambda id: screen.run_worker(screen.perform(id)),
    )


def settings(screen: MainScreen) -> None:
    from mlcoach.tui.screens.choose import ChooseScreen

    settings = screen.session.config
    mouse = "on" if settings.mouse else "off"
    lines = [
        Content(f"Theme     {screen.app.theme}"),
        Content(f"Mouse     {mouse} (from the next start on)"),
        Content("Keys      copy the path of the file"),
    ]
    file = visible(str(settings.path))
    text = f'Kept in {file}\nKeys are changed there, under [keys]: "review.agree" = "f5"'
    actions = (_theme, _mouse, _keys)
    screen.ask(ChooseScreen("Settings", lines, text=text), lambda number: actions[number](screen))


def _theme(screen: MainScreen) -> None:
    """A list of themes; each is shown while the cursor is on it."""
    from mlcoach.tui.screens.choose import ChooseScreen

    app = screen.app
    before = app.theme
    names = sorted(app.available_themes)

    def preview(number: int) -> None:
        app.theme = names[number]

    def chosen(number: int | None) -> None:
        app.theme = names[number] if number is not None else before
        if number is not None:
            _save(screen, "theme", names[number])

    dialog = ChooseScreen("Theme", [Content(name) for name in names], start=names.index(before), on_move=preview)
    app.push_screen(dialog, chosen)


def _mouse(screen: MainScreen) -> None:
    settings = screen.session.config
    _save(screen, "mouse", not settings.mouse)


def _keys(screen: MainScreen) -> None:
    screen.app.copy_to_clipboard(str(screen.session.config.path))
    screen.say(f"Copied: {visible(str(screen.session.config.path))}")


def _save(screen: MainScreen, name: str, value: str | bool) -> None:
    try:
        config.save(name, value)
    except (OSError, ValueError) as error:
        screen.say(f"{screen.session.config.path}: {error}", title="Not saved", problem=True)
        return
    screen.session.config = config.changed(screen.session.config, name, value)
    screen.say(f"Saved: {name} = {value}")
