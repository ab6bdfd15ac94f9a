"""File facts kept between scans, by content: a file that has not changed is not read out again."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path

VERSION = 4  # of what facts/ reads out of a file: raise it when that changes
KEPT = 200_000  # rows; older ones go first


class Cache:
    """A table of key to bytes in `.mlcoach/cache/facts.sqlite`. Any trouble with it means: no cache, no error."""

    def __init__(self, root: Path, vocabulary: str) -> None:
        self.prefix = f"{VERSION}:{vocabulary}:"
        self.connection = connect(root)

    def get(self, blob: str) -> bytes | None:
        if self.connection is None:
            return None
        try:
            row = self.connection.execute("SELECT value FROM facts WHERE key = ?", (self.prefix + blob,)).fetchone()
        except sqlite3.Error:
            self.connection = None
            return None
        return row[0] if row and isinstance(row[0], bytes) else None

    def put(self, rows: Iterable[tuple[str, bytes]]) -> None:
        if self.connection is None:
            return
        try:
            with self.connection:
                self.connection.executemany(
                    "INSERT OR REPLACE INTO facts (key, value) VALUES (?, ?)",
                    ((self.prefix + blob, value) for blob, value in rows),
                )
                self.connection.execute("DELETE FROM facts WHERE rowid <= (SELECT max(rowid) FROM facts) - ?", (KEPT,))
        except sqlite3.Error:
            self.connection = None


def connect(root: Path) -> sqlite3.Connection | None:
    folder = root / ".mlcoach"
    database = folder / "cache" / "facts.sqlite"
    beside = (database.with_name(database.name + ending) for ending in ("-wal", "-shm", "-journal"))
    if any(path.is_symlink() for path in (folder, folder / ".gitignore", database.parent, database, *beside)):
        return None  # never write through a link that the repository brought
    if database.exists() and not database.is_file():
        return None  # a FIFO would wait
    try:
        (folder / "cache").mkdir(parents=True, exist_ok=True)
        ignore = folder / ".gitignore"
        if not ignore.exists():
            ignore.write_text("*\n")
        connection = sqlite3.connect(database, timeout=1)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("CREATE TABLE IF NOT EXISTS facts (key TEXT PRIMARY KEY, value BLOB)")
    except (OSError, sqlite3.Error):
        return None
    return connection
