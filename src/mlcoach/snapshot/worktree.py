"""The work tree: tracked files, and untracked ones that git does not ignore."""

from __future__ import annotations

import hashlib
import os
import stat
from pathlib import Path

from mlcoach.snapshot.base import Entry, GitMeta, Snapshot
from mlcoach.snapshot.git import (
    COMMIT_FORMAT,
    COMMITS,
    TAG_FORMAT,
    Git,
    finish,
    parse_commits,
    parse_remotes,
    parse_tags,
)

HASHED = 64 * 1024 * 1024  # a changed file beyond this size counts as changed without being read


def work_tree(git: Git) -> Snapshot:
    root = git.folder
    index = git.start("ls-files", "--stage", "-z")
    others = git.start("ls-files", "--others", "--exclude-standard", "-z")
    touched = git.start("diff-files", "--ignore-submodules", "--name-only", "-z")  # else their filters would run
    tags = git.start("for-each-ref", f"--format={TAG_FORMAT}", "refs/tags")
    log = git.start("log", f"--max-count={COMMITS}", "--encoding=UTF-8", f"--format={COMMIT_FORMAT}", "HEAD", "--")
    branch = git.start("symbolic-ref", "--quiet", "--short", "HEAD")
    remotes = git.start("config", "-z", "--get-regexp", r"^remote\..*\.url$")
    shallow = git.start("rev-parse", "--is-shallow-repository")

    warnings: list[str] = []
    entries: dict[str, Entry] = {}

    def keep(entry: Entry | None) -> None:
        if entry is not None:
            entries[entry.path] = entry

    for record in finish(index).split(b"\0"):
        head, _, name = record.partition(b"\t")
        if name:
            mode, blob, _stage = head.decode().split(" ")
            submodule = mode == "160000"
            keep(submodule_of(name, blob, warnings) if submodule else look(root, name, blob, warnings, tracked=True))
    for name in filter(None, others.communicate()[0].split(b"\0")):
        keep(look(root, name, None, warnings, tracked=False))

    stat_dirty = {os.fsdecode(name) for name in touched.communicate()[0].split(b"\0") if name}
    commits = parse_commits(log.communicate()[0])
    meta = GitMeta(
        head=commits[0].id if commits else None,
        branch=branch.communicate()[0].decode("utf-8", "replace").strip() or None,
        tags=parse_tags(tags.communicate()[0]),
        remotes=parse_remotes(remotes.communicate()[0]),
        commits=commits,
        shallow=shallow.communicate()[0].strip() == b"true",
    )
    untracked = sum(not entry.tracked for entry in entries.values())

    def changed(blobs: dict[str, str]) -> int:
        return untracked + sum(differs(root, path, entries.get(path), blobs.get(path)) for path in stat_dirty)

    return Snapshot(
        root,
        entries.values(),
        lambda entry, limit: read_file(root, entry, limit, warnings),
        git=meta,
        warnings=warnings,
        writable=os.access(root, os.W_OK),
        finish=changed,
    )


def look(root: Path, raw: bytes, blob: str | None, warnings: list[str], *, tracked: bool) -> Entry | None:
    """The entry of a name as the file system has it; None for one that is gone or is no text.

    What a project has little reason to hold (a FIFO, a link that leads out of it or nowhere) is named.
    """
    name = decoded(raw, warnings)
    if name is None:
        return None
    path = os.path.join(os.fsencode(root), raw)  # bytes: the locale may not know the name's letters
    try:
        info = os.lstat(path)
    except OSError:
        return None  # deleted in the work tree
    if stat.S_ISREG(info.st_mode):
        return Entry(name, info.st_size, blob, tracked)
    if not stat.S_ISLNK(info.st_mode):
        warnings.append(f"{name}: not a regular file, not read")
        return Entry(name, 0, blob, tracked, "other")
    try:
        target = os.path.realpath(path, strict=True)
    except OSError:
        warnings.append(f"{name}: a link that leads nowhere, not read")
    else:
        if not Path(os.fsdecode(target)).is_relative_to(os.path.realpath(root)):
            warnings.append(f"{name}: a link out of the project, not followed")
    return Entry(name, 0, blob, tracked, "link")


def submodule_of(raw: bytes, blob: str, warnings: list[str]) -> Entry | None:
    name = decoded(raw, warnings)
    return None if name is None else Entry(name, 0, blob, True, "submodule")


def decoded(raw: bytes, warnings: list[str]) -> str | None:
    """A file's name as text. One that is not UTF-8 cannot be shown, nor written as JSON: it is named and left out."""
    try:
        return raw.decode()
    except UnicodeDecodeError:
        warnings.append(f"{raw.decode(errors='backslashreplace')}: its name is not UTF-8, not read")
        return None


def read_file(root: Path, entry: Entry, limit: int, warnings: list[str]) -> bytes | None:
    """At most `limit` bytes of a regular file; never through a link, never waiting on a FIFO."""
    try:
        handle = os.open(
            os.path.join(os.fsencode(root), entry.path.encode()),
            os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC,
        )
    except OSError as error:
        warnings.append(f"{entry.path}: {error.strerror or error}, not read")
        return None
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            warnings.append(f"{entry.path}: not a regular file, not read")
            return None
        chunks = []
        while limit > 0 and (chunk := os.read(handle, min(limit, 1 << 24))):
            chunks.append(chunk)
            limit -= len(chunk)
        return b"".join(chunks)
    except OSError as error:
        warnings.append(f"{entry.path}: {error.strerror or error}, not read")
        return None
    finally:
        os.close(handle)


def differs(root: Path, path: str, entry: Entry | None, blob: str | None) -> bool:
    """Whether a file that looks touched really has other content than git's index.

    Content is compared as it lies on the disk: asking git would run the repository's clean filters.
    """
    if entry is None or entry.kind != "file":
        return True
    if blob is None:
        if entry.size > HASHED or (data := read_file(root, entry, HASHED + 1, [])) is None:
            return True
        blob = blob_id(data, len(entry.blob or "") == 64)
    return blob != entry.blob


def blob_id(data: bytes, sha256: bool = False) -> str:
    """The id that git gives to this content."""
    digest = hashlib.sha256 if sha256 else hashlib.sha1
    return digest(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()
