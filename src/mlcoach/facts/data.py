"""Data files: counted by name and size, never read whole."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable

import msgspec

from mlcoach.facts.paths import extension


class DataFile(msgspec.Struct, frozen=True):
    path: str
    format: str
    size: int  # bytes


class MediaFolder(msgspec.Struct, frozen=True):
    """Pictures or recordings that lie in one folder: `example` is one of them."""

    path: str
    format: str
    count: int
    example: str


def media_folders(paths: Iterable[str]) -> tuple[MediaFolder, ...]:
    counts: dict[tuple[str, str], list[str]] = {}
    for path in paths:
        counts.setdefault((posixpath.dirname(path), extension(path)), []).append(path)
    found = (MediaFolder(folder, kind, len(listed), listed[0]) for (folder, kind), listed in counts.items())
    return tuple(sorted(found, key=lambda folder: -folder.count))
