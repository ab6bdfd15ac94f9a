"""A folder that git does not know: a walk with the usual ignores."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from mlcoach.snapshot.base import Entry, Snapshot
from mlcoach.snapshot.worktree import look, read_file

IGNORED = frozenset(
    ".git .hg .svn .mlcoach .venv venv env .tox .nox node_modules __pycache__ .mypy_cache .ruff_cache .pytest_cache "
    ".ipynb_checkpoints site-packages .eggs .cache .idea .vscode".split()
)
LIMIT = 50_000  # files; beyond this it is a home folder or a data dump, not a project


def plain_folder(root: Path, *, warning: str = "not a git repository; read as a plain folder") -> Snapshot:
    warnings = [warning]
    entries = []
    for entry in walk(root, warnings):
        entries.append(entry)
        if len(entries) >= LIMIT:
            warnings.append(
                f"more than {LIMIT:,} files: the rest was not looked at. Open mlcoach in the project's own folder"
            )
            break
    return Snapshot(
        root,
        entries,
        lambda entry, limit: read_file(root, entry, limit, warnings),
        git=None,
        warnings=warnings,
        writable=os.access(root, os.W_OK),
    )


def walk(root: Path, warnings: list[str]) -> Iterator[Entry]:
    def denied(error: OSError) -> None:
        name = os.path.relpath(error.filename, root) if error.filename else str(root)
        warnings.append(f"{name}: {error.strerror}, not read")

    for folder, folders, files in os.walk(root, onerror=denied):
        folders[:] = sorted(
            name
            for name in folders
            if name not in IGNORED and not os.path.exists(os.path.join(folder, name, "pyvenv.cfg"))
        )
        for name in sorted(files):
            path = os.path.relpath(os.path.join(folder, name), root)
            entry = look(root, os.fsencode(path), None, warnings, tracked=False)
            if entry is not None:
                yield entry
