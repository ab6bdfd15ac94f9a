"""Which command opens a file at a line, for the editors that people have."""

from __future__ import annotations

import os
import shlex
import shutil
from collections.abc import Mapping
from pathlib import Path

from mlcoach.reports.escape import visible
from mlcoach.rule import Evidence


class EditorError(Exception):
    """Nothing can be opened. The text says why and what to do."""


def command(root: Path, found: Evidence, environment: Mapping[str, str]) -> list[str]:
    """The command that opens the evidence. Only regular files inside the project are opened. Raises EditorError."""
    if not found.path:
        raise EditorError(f"{visible(found.place)} is not a file, so no editor can open it")
    path = Path(os.path.realpath(root / found.path))
    if not path.is_relative_to(os.path.realpath(root)):
        raise EditorError(f"{visible(found.path)} lies outside the project")
    if not path.is_file():
        what = "is not a regular file" if path.exists() else "is not there any more; R looks again"
        raise EditorError(f"{visible(found.path)} {what}")
    chosen = environment.get("VISUAL") or environment.get("EDITOR") or _installed()
    try:
        argv = shlex.split(chosen)
    except ValueError:
        argv = []
    if not argv:
        raise EditorError("No editor: set $VISUAL or $EDITOR")
    return [*argv, *_at(Path(argv[0]).name, str(path), found.line)]


def _installed() -> str:
    return next((name for name in ("nvim", "vim", "vi", "nano") if shutil.which(name)), "")


def _at(editor: str, path: str, line: int | None) -> list[str]:
    """The arguments that open an absolute path at a line; without a known way, the path alone."""
    if line is None:
        return [path]
    match editor:
        case (
            "vi"
            | "vim"
            | "nvim"
            | "view"
            | "nano"
            | "pico"
            | "emacs"
            | "emacsclient"
            | "mg"
            | "micro"
            | "kak"
            | "joe"
            | "ne"
        ):
            return [f"+{line}", path]
        case "code" | "code-insiders" | "codium" | "cursor" | "windsurf":
            return ["-g", f"{path}:{line}"]
        case "hx" | "helix" | "subl" | "zed" | "zeditor":
            return [f"{path}:{line}"]
        case "pycharm" | "idea" | "charm" | "kate" | "gedit" | "mate":
            return [f"+{line}", path] if editor == "gedit" else ["--line", str(line), path]
        case _:
            return [path]
