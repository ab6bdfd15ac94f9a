"""The one table of all actions: id, default keys, where they work, and their words.

Bindings, the footer, the help, the command palette, the clash check and docs/keys.md are all made from it. An action of
the main screen is run by the function that its id names: `review.agree` is `commands/review.py: agree`. Movement is
handled by the pane that has the focus.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Literal

import msgspec

if TYPE_CHECKING:
    from textual.binding import BindingType

Place = Literal["app", "main", "checklist", "item", "jobs", "log", "dialog", "menu", "text"]
PLACE_WORDS: dict[Place, str] = {
    "app": "everywhere",
    "main": "the main screen",
    "checklist": "the checklist",
    "item": "the item",
    "jobs": "the jobs",
    "log": "the log",
    "dialog": "dialogs",
    "menu": "menus",
    "text": "a text field",
}
# What is active together with what: in these, a key means one thing.
CHAINS: dict[Place, tuple[Place, ...]] = {
    "checklist": ("app", "main", "checklist"),
    "item": ("app", "main", "item"),
    "jobs": ("app", "main", "jobs"),
    "log": ("app", "log"),
    "menu": ("app", "dialog", "menu"),
    "text": ("app", "dialog", "text"),
}


class KeysError(Exception):
    """A keymap that cannot be used: an unknown action or key, or two actions on one key."""


class Action(msgspec.Struct, frozen=True):
    """Something that a key does. `text` is a word or two for the footer, `help` a line for the lists."""

    id: str
    keys: tuple[str, ...]
    places: tuple[Place, ...]
    text: str
    help: str

    @property
    def group(self) -> str:
        return self.id.partition(".")[0]

    @property
    def name(self) -> str:
        """The function or method that runs it: `page-down` is `page_down`."""
        return self.id.partition(".")[2].replace("-", "_")


def _action(id: str, keys: str, places: str, text: str, help: str) -> Action:
    return Action(id, tuple(keys.split()), tuple(places.split()), text, help)  # type: ignore[arg-type]


_MOVING = "checklist item jobs log"
ACTIONS: tuple[Action, ...] = (
    _action("move.down", "j down", _MOVING, "Down", "One line down"),
    _action("move.up", "k up", _MOVING, "Up", "One line up"),
    _action("move.page-down", "pagedown ctrl+d", _MOVING, "Page down", "One page down"),
    _action("move.page-up", "pageup ctrl+u", _MOVING, "Page up", "One page up"),
    _action("move.top", "g home", _MOVING, "Top", "To the top"),
    _action("move.bottom", "G end", _MOVING, "Bottom", "To the bottom"),
    _action("fold.enter", "enter", "checklist", "Item", "Open the item, fold or unfold a section"),
    _action("fold.close", "h left", "checklist", "Fold", "Fold the section"),
    _action("fold.open", "l right", "checklist", "Unfold", "Unfold the section, enter the item"),
    _action("fold.mark", "space", "checklist", "Mark", "Mark the item: c, d and w then act on all marked ones"),
    _action("pane.leave", "h left", "item jobs", "List", "Back to the checklist"),
    _action("pane.back", "escape", "main", "Back", "Back to the list; clear the filter, the marks"),
    _action("pane.next", "tab", "main", "Next pane", "To the next pane"),
    _action("pane.previous", "shift+tab", "main", "Previous pane", "To the previous pane"),
    _action("pane.checklist", "1", "main", "Checklist", "To the checklist"),
    _action("pane.item", "2", "main", "Item", "To the item"),
    _action("pane.jobs", "3", "main", "Jobs", "To the jobs"),
    _action("find.filter", "/", "main", "Filter", "Filter by title, id, section, state or path, as you type"),
    _action("find.next", "n", "main", "Next hit", "To the next hit of the filter"),
    _action("find.previous", "N", "main", "Previous hit", "To the previous hit of the filter"),
    _action("find.show", "s", "main", "Show", "Show all, what is missing, what needs an answer, what is not reviewed"),
    _action("find.next-open", "]", "main", "Next to review", "To the next item that needs a review"),
    _action("find.previous-open", "[", "main", "Previous", "To the previous item that needs a review"),
    _action("review.agree", "c", "main", "Agree", "Agree with what was found"),
    _action("review.disagree", "d", "main", "Disagree", "Disagree: choose a reason and say why"),
    _action(
        "review.answer", "a", "main", "Answer", "Answer in your own words; a draft is filled in where there is one"
    ),
    _action("review.waive", "w", "main", "Waive", "Waive the item with a reason: it does not count for this project"),
    _action("review.clear", "u", "main", "Unreview", "Take your answer to this item back"),
    _action("review.undo", "z", "main", "Undo", "Undo the last review change"),
    _action("review.redo", "Z", "main", "Redo", "Redo the review change that was undone"),
    _action("open.evidence", "e", "main", "Open", "Open the evidence in your editor, at its line"),
    _action("open.link", "o", "main", "Link", "Show the item's references, open one in the browser"),
    _action("copy.menu", "y", "main", "Copy", "Copy a place, the item as Markdown, the commands"),
    _action("scan.item", "r", "main", "Rescan", "Look at this item again"),
    _action("scan.all", "R", "main", "Rescan all", "Look at the whole project again"),
    _action("plan.fix", "x", "main", "Fix", "What would help this item (shows the plan first)"),
    _action("plan.baseline", "B", "main", "Baseline", "Train a baseline (shows the plan first)"),
    _action("plan.tune", "T", "main", "Tune", "Tune a model (shows the plan first)"),
    _action("plan.export", "E", "main", "Export", "Export a model (shows the plan first)"),
    _action("plan.patch", "P", "main", "Patch", "Release a patch version (shows the plan first)"),
    _action("plan.minor", "I", "main", "Minor", "Release a minor version (shows the plan first)"),
    _action("plan.major", "M", "main", "Major", "Release a major version (shows the plan first)"),
    _action("job.log", "L", "main", "Log", "The log of the chosen job, full screen"),
    _action("job.stop", "K", "main", "Stop", "Stop the chosen job"),
    _action("log.follow", "f", "log", "Follow", "Follow the log, or hold it"),
    _action("log.wrap", "w", "log", "Wrap", "Wrap long lines, or cut them"),
    _action("log.close", "escape q L", "log", "Back", "Back to the main screen"),
    _action("menu.down", "j down", "menu", "Down", "To the next line"),
    _action("menu.up", "k up", "menu", "Up", "To the line above"),
    _action("menu.top", "g home", "menu", "Top", "To the first line"),
    _action("menu.bottom", "G end", "menu", "Bottom", "To the last line"),
    _action("menu.choose", "enter", "menu", "Choose", "Choose the line"),
    _action("dialog.cancel", "escape", "dialog", "Cancel", "Close without doing it; a text that was begun is kept"),
    _action("dialog.next", "tab", "dialog", "Next field", "To the next field"),
    _action("dialog.previous", "shift+tab", "dialog", "Previous field", "To the previous field"),
    _action("text.save", "ctrl+j alt+enter", "text", "Save", "Save the text"),
    _action("show.help", "? f1", "main", "Keys", "The keys of this pane; type to search, enter runs one"),
    _action("show.commands", ": ctrl+p", "main", "Commands", "Everything that can be done, with its key"),
    _action("show.settings", "comma f2", "main", "Settings", "Theme, mouse, where the keymap lies"),
    _action("app.quit", "q", "main", "Quit", "Quit"),
    _action("app.leave", "ctrl+q", "app", "Quit", "Quit, from any screen"),
    _action("app.interrupt", "ctrl+c", "app", "Quit", "Copy the selected text; twice: quit"),
    _action("app.suspend", "ctrl+z", "main", "Suspend", "Suspend to the shell (fg comes back)"),
)
BY_ID = {action.id: action for action in ACTIONS}

# The footer: five keys of the focused pane, and three that are always there.
ALWAYS = ("show.commands", "show.help", "app.quit")
FOOTER: dict[Place, tuple[str, ...]] = {
    "checklist": ("fold.enter", "review.agree", "review.disagree", "review.answer", "find.filter"),
    "item": ("pane.back", "review.agree", "review.disagree", "review.answer", "open.evidence"),
    "jobs": ("job.log", "job.stop", "scan.all", "pane.back"),
    "log": ("log.follow", "log.wrap", "log.close"),
}
SECTION_FOOTER = ("find.next-open", "fold.close", "fold.open", "find.filter", "find.show")

_FRIENDLY = {  # what Textual calls some characters, by their Unicode name
    "solidus": "slash",
    "reverse_solidus": "backslash",
    "commercial_at": "at",
    "hyphen_minus": "minus",
    "plus_sign": "plus",
    "low_line": "underscore",
}


def canonical(key: str) -> str:
    """The name that Textual gives a key: `?` is `question_mark`."""
    *modifiers, name = key.split("+") if len(key) > 1 else [key]
    if len(name) == 1 and not name.isalnum():
        name = unicodedata.name(name, name).lower().replace("-", "_").replace(" ", "_")
        name = _FRIENDLY.get(name, name)
    return "+".join([*modifiers, name])


def shown(key: str) -> str:
    """A key as a person knows it: `question_mark` is `?`."""
    words = {"escape": "esc", "pageup": "page up", "pagedown": "page down"}
    character = key if len(key) == 1 else _character(key)
    return words.get(key) or (character if character.isprintable() and not character.isspace() else "") or key


class Keymap:
    """Which keys run which action: the defaults with a person's changes. Raises KeysError when they do not work."""

    def __init__(self, changes: Mapping[str, str] | None = None) -> None:
        changes = changes or {}
        if unknown := sorted(set(changes) - set(BY_ID)):
            raise KeysError(f"unknown action {unknown[0]!r} (docs/keys.md and `?` list them all)")
        self.changes = {id: _parse(id, text) for id, text in changes.items()}
        self._keys = {a.id: self.changes.get(a.id, tuple(map(canonical, a.keys))) for a in ACTIONS}
        _refuse_clashes(self._keys)

    def keys(self, id: str) -> tuple[str, ...]:
        return self._keys[id]

    def shown(self, id: str) -> str:
        """The first key of an action, as a person knows it; empty when it has none."""
        return shown(self._keys[id][0]) if self._keys[id] else ""

    def for_textual(self) -> dict[str, str]:
        return {id: ",".join(keys) for id, keys in self.changes.items()}


def _parse(id: str, text: str) -> tuple[str, ...]:
    from textual.keys import Keys

    names = {str(key.value) for key in Keys}
    keys = tuple(canonical(part.strip()) for part in text.split(",") if part.strip())
    if not keys:
        raise KeysError(f"{id}: no key given (write comma for the key ',')")
    for key in keys:
        *modifiers, name = key.split("+")
        character = _character(name)
        written_out = character.isascii() and canonical(character) == name
        known = len(name) == 1 or key in names or name in names or written_out
        if not known or not set(modifiers) <= {"ctrl", "alt", "shift", "super"}:
            raise KeysError(f"{id}: unknown key {key!r} (examples: x, X, ctrl+x, f5, question_mark, comma)")
    return keys


def _character(name: str) -> str:
    plain = {friendly: original for original, friendly in _FRIENDLY.items()}.get(name, name)
    try:
        return unicodedata.lookup(plain.replace("_", " ").upper())
    except KeyError:
        try:
            return unicodedata.lookup(plain.replace("_", "-").upper())
        except KeyError:
            return ""


def _refuse_clashes(keys: Mapping[str, tuple[str, ...]]) -> None:
    for pane, around in CHAINS.items():
        taken: dict[str, str] = {}
        for action in ACTIONS:
            if not set(action.places) & set(around):
                continue
            for key in keys[action.id]:
                if (other := taken.setdefault(key, action.id)) != action.id:
                    where = PLACE_WORDS[pane]
                    raise KeysError(f"key {shown(key)!r} is set for both {other!r} and {action.id!r} (in {where})")


def bindings(place: Place) -> list[BindingType]:
    """What Textual binds in that place, every one with its id, so that a keymap can change it."""
    from textual.binding import Binding

    return [
        Binding(
            ",".join(action.keys),
            f"run('{action.id}')" if place == "main" else action.id.replace(".", "_").replace("-", "_"),
            action.help,
            id=action.id,
            priority=place == "app",
        )
        for action in ACTIONS
        if place in action.places
    ]


def available(pane: Place) -> list[Action]:
    """The actions that work while that pane has the focus: its own first, moving about last."""
    around = set(CHAINS[pane])
    working = [action for action in ACTIONS if set(action.places) & around]
    return sorted(working, key=lambda action: (action.group == "move", pane not in action.places))


def to_markdown(actions: Iterable[Action] = ACTIONS) -> str:
    """docs/keys.md."""
    lines = [
        "# Keys",
        "",
        "Made from `src/mlcoach/tui/keys.py` by `python -m mlcoach.tui.keys > docs/keys.md`.",
        "",
        "Small letters look and review. What would change something is a capital letter or `x`: it shows its plan",
        "first, and the key that opens a plan never confirms it. Click selects, the wheel scrolls.",
        "",
        "Change a key in `~/.config/mlcoach/config.toml` (or `$XDG_CONFIG_HOME/mlcoach/config.toml`):",
        "",
        "```toml",
        'theme = "textual-light"',
        "mouse = true",
        "",
        "[keys]",
        '"review.agree" = "y"',
        '"copy.menu" = "Y,f5"',
        "```",
        "",
        "An action that does not exist, or two actions on one key in one place, is an error at start.",
        "",
        "| Keys | Action | Where | What it does |",
        "| --- | --- | --- | --- |",
    ]
    for action in actions:
        keys = ", ".join(f"`{shown(canonical(key))}`" for key in action.keys)
        where = ", ".join(PLACE_WORDS[place] for place in action.places)
        lines.append(f"| {keys} | `{action.id}` | {where} | {action.help} |")
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    print(to_markdown(), end="")
