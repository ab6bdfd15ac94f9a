"""The table of actions: complete, without clashes, rebindable, and true to docs/keys.md and the footer."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

from mlcoach.reports.escape import width
from mlcoach.tui import config, keys, lines
from mlcoach.tui.keys import ACTIONS, BY_ID, FOOTER, Keymap, KeysError
from mlcoach.tui.panes.checklist import ChecklistPane
from mlcoach.tui.panes.item import ItemPane
from mlcoach.tui.panes.jobs import JobsPane
from mlcoach.tui.screens.log import LogPane
from tests.tui.conftest import coach, heard, text_of, until

DOCS = Path(__file__).parents[2] / "docs"


def test_ids_are_unique() -> None:
    assert len(BY_ID) == len(ACTIONS)


@pytest.mark.parametrize("action", [a for a in ACTIONS if "main" in a.places], ids=lambda action: action.id)
def test_every_action_of_the_main_screen_has_its_function(action) -> None:
    module = import_module(f"mlcoach.tui.commands.{action.group}")
    assert callable(getattr(module, action.name))


@pytest.mark.parametrize(
    ("place", "pane"), [("checklist", ChecklistPane), ("item", ItemPane), ("jobs", JobsPane), ("log", LogPane)]
)
def test_every_action_of_a_pane_has_its_method(place, pane) -> None:
    for action in ACTIONS:
        if place in action.places:
            assert hasattr(pane, "action_" + action.id.replace(".", "_").replace("-", "_")), action.id


def test_every_binding_has_an_id() -> None:
    for place in keys.PLACE_WORDS:
        assert all(binding.id in BY_ID for binding in keys.bindings(place))


def test_docs_list_the_keys() -> None:
    assert (DOCS / "keys.md").read_text() == keys.to_markdown(), "python -m mlcoach.tui.keys > docs/keys.md"


def test_no_key_needs_a_chord_that_terminals_or_multiplexers_eat() -> None:
    eaten = {"ctrl+a", "ctrl+b", "ctrl+s", "ctrl+h", "ctrl+i", "ctrl+m", "ctrl+enter", "ctrl+space"}
    assert not eaten & {key for action in ACTIONS for key in action.keys}


def test_small_letters_look_and_review_capitals_show_plans() -> None:
    plans = {key for action in ACTIONS if action.group == "plan" for key in action.keys}
    assert plans == {"x", "B", "T", "E", "P", "I", "M"}


@pytest.mark.parametrize("columns", [60, 80, 100, 120])
@pytest.mark.parametrize("pane", list(FOOTER))
def test_footer_fits_and_always_shows_the_way_out(pane, columns) -> None:
    text = lines.footer(pane, columns, Keymap()).plain
    assert width(text) <= columns
    for way in ("Commands", "Keys", "Quit") if pane != "log" else ("Back",):
        assert way in text
    if columns >= 80:
        assert all(BY_ID[id].text in text for id in FOOTER[pane])
    else:
        assert sum(BY_ID[id].text in text for id in FOOTER[pane]) >= min(3, len(FOOTER[pane]))


@pytest.mark.parametrize(
    ("key", "name", "shown"),
    [("?", "question_mark", "?"), (":", "colon", ":"), ("/", "slash", "/"), ("comma", "comma", ","), ("G", "G", "G"),
     ("escape", "escape", "esc"), ("space", "space", "space"), ("tab", "tab", "tab"), ("ctrl+p", "ctrl+p", "ctrl+p"),
     ("[", "left_square_bracket", "["), ("+", "plus", "+"), ("-", "minus", "-"), ("_", "underscore", "_")],
)  # fmt: skip
def test_key_names(key, name, shown) -> None:
    assert keys.canonical(key) == name
    assert keys.shown(name) == shown


# ---- a person's own keys -------------------------------------------------------------------------------------------


def write_config(text: str) -> Path:
    file = config.path()
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    return file


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('[keys]\n"review.agre" = "x"', "unknown action 'review.agre'"),
        ('[keys]\n"review.agree" = "d"', "key 'd' is set for both 'review.agree' and 'review.disagree'"),
        ('[keys]\n"review.agree" = "j"', "key 'j' is set for both 'move.down' and 'review.agree'"),
        ('[keys]\n"review.agree" = "ctrl+q"', "key 'ctrl+q' is set for both"),
        ('[keys]\n"review.agree" = "hyper+x"', "unknown key 'hyper+x'"),
        ('[keys]\n"review.agree" = "banana"', "unknown key 'banana'"),
        ('[keys]\n"review.agree" = ""', "no key given"),
        ('[keys]\n"review.agree" = 3', "Expected `str`"),
        ('colour = "red"', "unknown field `colour`"),
        ("[keys", "Expected ']'"),
    ],
)
def test_a_wrong_keymap_is_one_clear_line(text, says) -> None:
    file = write_config(text)
    with pytest.raises(config.ConfigError) as caught:
        config.load()
    message = str(caught.value)
    assert message.startswith(f"{file}: ")
    assert says in message
    assert "\n" not in message


def test_a_wrong_keymap_stops_the_start_with_status_2(project, capfd) -> None:
    from mlcoach.tui import start

    write_config('[keys]\n"review.agree" = "d"')
    assert start(project, readonly=False) == 2
    assert "is set for both" in capfd.readouterr().err


def test_keys_of_different_places_may_be_the_same() -> None:
    assert Keymap({"log.wrap": "c"}).keys("log.wrap") == ("c",)


def test_two_actions_may_swap_their_keys() -> None:
    keymap = Keymap({"review.agree": "d", "review.disagree": "c"})
    assert keymap.shown("review.agree") == "d"
    with pytest.raises(KeysError):
        Keymap({"review.agree": "d"})


async def test_rebound_keys_work_and_are_shown(opened, project) -> None:
    write_config(
        '[keys]\n"review.agree" = "d"\n"review.disagree" = "c,f5"\n"show.help" = "comma"\n"show.settings" = "f2"'
    )
    async with opened() as pilot:
        await pilot.press("j")
        assert "d Agree  c Disagree" in text_of(pilot)
        coach(pilot).main.checklist.move_to_key("data/eda")
        await pilot.press("d")
        await until(pilot, lambda: (project / "mlcoach.toml").exists())
        await pilot.press("f5")
        assert "Disagree: Exploratory data analysis" in text_of(pilot)
        await pilot.press("escape", "comma")
        assert "Keys of the checklist" in text_of(pilot)


# ---- help and palette ----------------------------------------------------------------------------------------------


async def test_help_finds_by_word_and_by_key_and_enter_runs(opened) -> None:
    async with opened() as pilot:
        await pilot.press("?", *"rescan")
        assert "One line down" not in text_of(pilot)
        await pilot.press("escape", "f1", "G")
        assert "To the bottom" in text_of(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: coach(pilot).main.checklist.item_id == "modelling/serialisation")


async def test_palette_runs_a_command_of_the_main_screen(opened) -> None:
    async with opened() as pilot:
        await pilot.press(":", *"theme", "enter")
        await until(pilot, lambda: "Settings" in text_of(pilot))


async def test_palette_moves_with_the_arrows_and_names_every_key(opened) -> None:
    async with opened((120, 60)) as pilot:
        await pilot.press("ctrl+p", *"review.", "down", "enter")
        await until(pilot, lambda: "Put the cursor on an item" in heard(pilot) or len(pilot.app.screen_stack) > 1)


async def test_settings_change_theme_with_a_preview_and_keep_it(opened) -> None:
    file = write_config("# mine\nmouse = true\n")
    async with opened() as pilot:
        app = coach(pilot)
        before = app.theme
        await pilot.press(",", "enter", "g")
        assert app.theme != before
        await pilot.press("escape")
        assert app.theme == before
        await pilot.press(",", "enter", "g", "enter")
        await pilot.pause()
        assert file.read_text().startswith("# mine\n")
        assert config.load().theme == app.theme


async def test_ctrl_c_twice_quits(opened) -> None:
    async with opened() as pilot:
        await pilot.press("ctrl+c")
        assert coach(pilot).is_running
        assert "again to quit" in heard(pilot)
        await pilot.press("ctrl+c")
        await until(pilot, lambda: not coach(pilot).is_running)


async def test_ctrl_q_quits_from_a_dialog(opened) -> None:
    async with opened() as pilot:
        await pilot.press("?", "ctrl+q")
        await until(pilot, lambda: not coach(pilot).is_running)
