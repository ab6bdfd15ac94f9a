"""Starting: wrong paths, what the process loads, themes and NO_COLOR, in a process of its own and on a real terminal."""

from __future__ import annotations

import os
import pty
import re
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest

from mlcoach.tui import project_root, start
from tests.tui.conftest import coach

HEAVY = ("numpy", "sklearn", "dvc", "git", "optuna", "onnxruntime", "pandas", "yaml", "tree_sitter", "pygments")


@pytest.mark.parametrize(
    ("name", "says"), [("gone", "does not exist"), ("file", "is not a folder"), ("a\x1bb", "a\\x1bb")]
)
def test_a_wrong_path_is_one_line_and_status_2(tmp_path, capfd, name, says) -> None:
    (tmp_path / "file").write_text("")
    assert start(tmp_path / name, readonly=False) == 2
    said = capfd.readouterr().err
    assert says in said
    assert said.count("\n") == 1
    assert "\x1b" not in said


def test_a_subfolder_opens_the_whole_project(tmp_path) -> None:
    (tmp_path / "src" / "deep").mkdir(parents=True)
    assert project_root(tmp_path / "src" / "deep") == tmp_path / "src" / "deep"
    (tmp_path / ".git").write_text("gitdir: elsewhere")  # as in a linked worktree or a submodule
    assert project_root(tmp_path / "src" / "deep") == tmp_path


IN_THE_UI = """
import asyncio, pathlib, sys
from mlcoach.tui.app import CoachApp
from mlcoach.tui.config import load
from mlcoach.tui.session import Session

async def main():
    app = CoachApp(Session(pathlib.Path(sys.argv[1]), load()))
    async with app.run_test(size=(120, 36)) as pilot:
        while not (app.session.fresh and app.session.rules):
            await pilot.pause(0.05)
        app.main.checklist.move_to_key("data/cleaning")
        await pilot.press("c", "?", "escape", "y", "escape")
        while not app.session.answers:
            await pilot.pause(0.05)

asyncio.run(main())
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""


def test_the_screens_process_loads_nothing_heavy(project) -> None:
    (project / "train.py").write_text("import pandas as pd\ndf = pd.read_csv('x.csv').dropna()\n")
    run = subprocess.run(
        [sys.executable, "-c", IN_THE_UI, str(project)], capture_output=True, text=True, timeout=60, check=False
    )
    assert run.returncode == 0, run.stderr
    loaded = set(run.stdout.split())
    assert "textual" in loaded
    assert not loaded & set(HEAVY)
    assert (project / "mlcoach.toml").exists()


def on_a_terminal(project: Path, keys: str = "", **environment: str) -> str:
    """All that the program writes to a terminal of 80 x 24, until q."""
    master, slave = pty.openpty()
    os.set_inheritable(slave, True)
    code = (
        "import pathlib, sys; from mlcoach.tui import start; sys.exit(start(pathlib.Path(sys.argv[1]), readonly=True))"
    )
    own = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "COLUMNS": "80", "LINES": "24", "LANG": "C.UTF-8"}
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(project)],
        stdin=slave, stdout=slave, stderr=slave, env={**os.environ, **own, **environment}, start_new_session=True,
    )  # fmt: skip
    os.close(slave)
    said, sent, deadline = b"", False, time.monotonic() + 30
    while time.monotonic() < deadline:
        if select.select([master], [], [], 0.1)[0]:
            try:
                said += os.read(master, 1 << 16)
            except OSError:
                break
        elif b"to review" in said and not sent:
            os.write(master, f"{keys}q".encode())
            sent = True
    os.close(master)
    assert process.wait(timeout=10) == 0
    return said.decode(errors="replace")


def test_a_line_is_painted_before_the_screen_and_the_terminal_is_left_clean(project) -> None:
    said = on_a_terminal(project)
    assert said.startswith("\x1b[?1049h\x1b[H\x1b[?25l mlcoach  wine-quality")
    assert said.index("wine-quality") < said.index("1 Checklist")
    assert said.rindex("\x1b[?1049l") > said.rindex("\x1b[?1049h")
    assert said.rindex("\x1b[?25h") > said.rindex("\x1b[?25l")


def test_no_color_means_no_colour_at_all(project) -> None:
    said = on_a_terminal(project, keys="jj", NO_COLOR="1")
    codes = {part for found in re.findall(r"\x1b\[([\d;]*)m", said) for part in found.split(";")}
    assert not codes & {*map(str, range(30, 38)), *map(str, range(40, 48)), *map(str, range(90, 108)), "38", "48"}
    assert "7" in codes or "1" in codes  # the cursor is reverse, or bold
    assert "┏" in said


@pytest.mark.parametrize("theme", ["textual-light", "ansi-dark", "ansi-light", "nord", "no-such-theme"])
async def test_themes(opened, theme) -> None:
    from mlcoach.tui import config

    config.path().parent.mkdir(parents=True)
    config.path().write_text(f'theme = "{theme}"\n')
    async with opened() as pilot:
        known = theme if theme in pilot.app.available_themes else "textual-dark"
        assert coach(pilot).theme == known
        await pilot.press("j", "enter", "?")
