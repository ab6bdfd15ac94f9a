"""What every kind of snapshot offers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import msgspec


class SnapshotError(Exception):
    """Nothing can be read; the message is one line that says why and how to mend it."""


class Entry(msgspec.Struct, frozen=True):
    """A file of the project. `size` is in bytes; `kind` says "link" or "submodule" for what is never read."""

    path: str
    size: int
    blob: str | None = None  # the git id of the content, when git has told it
    tracked: bool = True
    kind: str = "file"


class Tag(msgspec.Struct, frozen=True):
    name: str
    annotated: bool
    commit: str


class Commit(msgspec.Struct, frozen=True):
    id: str
    subject: str


class GitMeta(msgspec.Struct, frozen=True, kw_only=True):
    """What git knows of the project. `commits` are the newest ones, at most 2,000, newest first."""

    head: str | None
    branch: str | None
    tags: tuple[Tag, ...] = ()
    remotes: dict[str, str] = {}  # name to address, credentials removed
    commits: tuple[Commit, ...] = ()
    shallow: bool = False


class Snapshot:
    """Files by path, their content on demand, and what git knows.

    `read` gives at most `limit` bytes and is None for what cannot be read (gone, no permission, not a regular file);
    each such file is named once in `warnings`.
    """

    def __init__(
        self,
        root: Path,
        entries: Iterable[Entry],
        read: Callable[[Entry, int], bytes | None],
        *,
        git: GitMeta | None,
        warnings: list[str],
        writable: bool = True,
        forkable: bool = True,
        finish: Callable[[dict[str, str]], int] | None = None,
    ) -> None:
        self.root = root
        self.entries = {entry.path: entry for entry in entries}
        self.git = git
        self.warnings = warnings
        self.writable = writable
        self.forkable = forkable
        """Whether several processes may read at once: files, yes; one stream of git objects, no."""
        self._read = read
        self._finish = finish

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries.values())

    def read(self, path: str, limit: int) -> bytes | None:
        entry = self.entries.get(path)
        if entry is None or entry.kind != "file":
            return None
        return self._read(entry, limit)

    def changed(self, blobs: dict[str, str]) -> int:
        """How many files differ from the last commit; `blobs` are content ids that the scan has worked out already."""
        return self._finish(blobs) if self._finish else 0
