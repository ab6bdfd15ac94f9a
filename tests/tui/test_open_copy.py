"""Evidence in the editor, links, and the copy menu."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from mlcoach.rule import Evidence
from mlcoach.tui import editor, item_view
from tests.tui.conftest import VERSIONING, coach, heard, text_of, until


@pytest.mark.parametrize(
    ("chosen", "argv"),
    [
        ("vim", ["vim", "+2", "{path}"]),
        ("/usr/bin/nvim -p", ["/usr/bin/nvim", "-p", "+2", "{path}"]),
        ("nano", ["nano", "+2", "{path}"]),
        ("emacs -nw", ["emacs", "-nw", "+2", "{path}"]),
        ("code --wait", ["code", "--wait", "-g", "{path}:2"]),
        ("hx", ["hx", "{path}:2"]),
        ("subl -w", ["subl", "-w", "{path}:2"]),
        ("pycharm", ["pycharm", "--line", "2", "{path}"]),
        ("my-editor", ["my-editor", "{path}"]),
    ],
)
def test_each_editor_gets_the_line_its_own_way(project, chosen, argv) -> None:
    path = os.path.realpath(project / "README.md")
    command = editor.command(project, Evidence("README.md", 2), {"EDITOR": chosen})
    assert command == [word.format(path=path) for word in argv]


def test_visual_comes_before_editor(project) -> None:
    assert editor.command(project, Evidence("README.md"), {"EDITOR": "vi", "VISUAL": "nano"})[0] == "nano"


def test_a_name_like_an_option_is_a_path(project) -> None:
    (project / "-c:quit").write_text("")
    command = editor.command(project, Evidence("-c:quit", 1), {"EDITOR": "vim"})
    assert command[-1].startswith("/")


@pytest.mark.parametrize("path", ["../outside.txt", "/etc/passwd", "link", "gone.py", "folder", "fifo"])
def test_only_regular_files_of_the_project_are_opened(project, path) -> None:
    (project.parent / "outside.txt").write_text("")
    (project / "link").symlink_to(project.parent / "outside.txt")
    (project / "folder").mkdir()
    os.mkfifo(project / "fifo")
    with pytest.raises(editor.EditorError):
        editor.command(project, Evidence(path, 1), {"EDITOR": "vim"})


def test_a_tag_is_not_a_file(project) -> None:
    with pytest.raises(editor.EditorError, match="is not a file"):
        editor.command(project, Evidence(ref="v1.0.0"), {"EDITOR": "vim"})


@pytest.fixture
def pretend_editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An editor called vim that writes its arguments down."""
    script, said = tmp_path / "vim", tmp_path / "said"
    script.write_text(f'#!/bin/sh\necho "$@" > {said}\n')
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("VISUAL", str(script))
    monkeypatch.setattr("textual.drivers.headless_driver.HeadlessDriver.can_suspend", True, raising=False)
    return said


async def test_e_opens_the_only_place_at_its_line(opened, project, pretend_editor) -> None:
    (project / "docs").mkdir()
    (project / "docs" / "kpi.md").write_text("# KPI\n")
    async with opened() as pilot:
        coach(pilot).main.checklist.move_to_key("scoping/kpis")
        await pilot.press("e")
        await until(pilot, pretend_editor.exists)
        assert pretend_editor.read_text().split() == ["+1", os.path.realpath(project / "docs" / "kpi.md")]
        assert "1 Checklist" in text_of(pilot)


async def test_e_lets_choose_among_several_places(opened, project, pretend_editor) -> None:
    (project / ".gitignore").write_text("\n" * 9)
    async with opened() as pilot:
        coach(pilot).main.checklist.move_to_key("data/versioning")
        await pilot.press("e")
        assert "requirements.txt:14  dvc is declared" in text_of(pilot)
        await pilot.press("j", "enter")
        await until(pilot, pretend_editor.exists)
        assert pretend_editor.read_text().startswith("+7 ")


async def test_the_screen_comes_back_from_an_editor_that_is_missing(
    opened, project, pretend_editor, monkeypatch
) -> None:
    (project / "docs").mkdir()
    (project / "docs" / "kpi.md").write_text("# KPI\n")
    monkeypatch.setenv("VISUAL", "/nowhere/vim")
    back: list[bool] = []
    async with opened() as pilot:
        pilot.app.app_resume_signal.subscribe(pilot.app, lambda _: back.append(True))
        coach(pilot).main.checklist.move_to_key("scoping/kpis")
        await pilot.press("e")
        await until(pilot, lambda: "/nowhere/vim: No such file or directory; set $VISUAL" in heard(pilot))
        assert back


async def test_a_file_that_is_gone_is_a_message(opened) -> None:
    async with opened() as pilot:
        coach(pilot).main.checklist.move_to_key("scoping/kpis")
        await pilot.press("e")
        assert "docs/kpi.md is not there any more; R looks again" in heard(pilot)


async def test_o_shows_the_links_and_opens_none_unasked(opened) -> None:
    async with opened() as pilot:
        coach(pilot).main.checklist.move_to_key("data/versioning")
        await pilot.press("o")
        assert "https://dvc.org/doc/start" in text_of(pilot)
        await pilot.press("j", "enter")
        assert "No browser here. Copied: https://git-lfs.com" in heard(pilot)
        assert pilot.app.clipboard == "https://git-lfs.com"


@pytest.mark.parametrize(
    ("move", "copied"),
    [
        ("", "### Data versioning (`data/versioning`): missing"),
        ("j", "requirements.txt:14"),
        ("jjj", "dvc init\ndvc add data/raw/wine.csv\ngit add data/raw/wine.csv.dvc"),
        ("jjjj", "dvc init"),
        ("G", "data/versioning"),
    ],
)
async def test_copy_menu(opened, move, copied) -> None:
    async with opened() as pilot:
        coach(pilot).main.checklist.move_to_key("data/versioning")
        await pilot.press("y", *move, "enter")
        assert pilot.app.clipboard.startswith(copied)


def test_item_as_markdown(report) -> None:
    text = item_view.to_markdown(report.item("data/versioning"), VERSIONING)
    assert "- `requirements.txt:14` dvc is declared, never used" in text
    assert "1. `dvc init`" in text


def test_docstring_paragraphs() -> None:
    assert item_view.paragraph(VERSIONING.doc, "What counts") == "Files of data under DVC, git-lfs or lakeFS."
    assert item_view.paragraph(VERSIONING.doc, "What does not").startswith("Data in plain git;")
    assert item_view.paragraph(VERSIONING.doc, "Known problems") == ""
