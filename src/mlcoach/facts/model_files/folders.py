"""Models that are a folder of files."""

from __future__ import annotations

from pathlib import Path

from .describe import Draft, ModelFile


def inspect_folder(name: str, folder: Path) -> ModelFile:
    draft = Draft(name, 0)
    draft.trouble("a folder, not a file")
    return draft.done()
