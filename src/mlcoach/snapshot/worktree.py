"""The work tree: tracked files, and untracked ones that git does not ignore."""

from __future__ import annotations

import hashlib
import os
import stat
from pathlib import Path

from mlcoach.snapshot.base import Entry, GitMeta, Snapshot
from mlcoach.snapshot.git import COMMIT_FORMAT, COMMITS, TAG_FORMAT, Git, parse_commits, parse_remotes, parse_tags

HASHED = 64 * 1024 * 1024  # a changed file beyond this size counts as changed without being read


def work_tree(git: Git) -> Snapshot:
    root = git.folder
    index = git.start("ls-files", "--stage", "-z")
    others = git.start("ls-files", "--others", "--exclude-standard", "-z")
    touched = git.start("diff-files", "--name-only", "-z")
    tags = git.start("for-each-ref", f"--format={TAG_FORMAT}", "refs/tags")
    log = git.start("log", f"--max-count={COMMITS}", f"--format={COMMIT_FORMAT}", "HEAD", "--")
    branch = git.start("symbolic-ref", "--quiet", "--short", "HEAD")
    remotes = git.start("config", "-z", "--get-regexp", r"^remote\..*\.url$")
    shallow = git.start("rev-parse", "--is-shallow-repository")

    warnings: list[str] = []
    entries: dict[str, Entry] = {}
    for record in index.communicate()[0].split(b"\0"):
        head, _, name = record.partition(b"\t")
        if name:
            mode, blob, _stage = head.decode().split(" ")
            add(entries, root, name, blob, warnings, tracked=True, submodule=mode == "160000")
    for name in filter(None, others.communicate()[0].split(b"\0")):
        add(entries, root, name, None, warnings, tracked=False, submodule=False)

    stat_dirty = {os.fsdecode(name) for name in touched.communicate()[0].split(b"\0") if name}
    commits = parse_commits(log.communicate()[0])
    meta = GitMeta(
        head=commits[0].id if commits else None,
        branch=branch.communicate()[0].decode("utf-8", "replace").strip() or None,
        tags=parse_tags(tags.communicate()[0]),
        remotes=parse_remotes(remotes.communicate()[0]),
        commits=commits,
        shallow=shallow.communicate()[0].strip() == b"true",
        submodules=tuple(entry.path for entry in entries.values() if entry.kind == "submodule"),
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


def add(
    entries: dict[str, Entry],
    root: Path,
    raw: bytes,
    blob: str | None,
    warnings: list[str],
    *,
    tracked: bool,
    submodule: bool,
) -> None:
    name = decoded(raw, warnings)
    if name is None:
        return
    if submodule:
        entries[name] = Entry(name, 0, blob, tracked, "submodule")
        return
    try:
        info = os.lstat(os.path.join(root, name))
    except OSError:
        return  # deleted in the work tree
    kind = "file" if stat.S_ISREG(info.st_mode) else "link" if stat.S_ISLNK(info.st_mode) else "other"
    entries[name] = Entry(name, info.st_size, blob, tracked, kind)


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
        handle = os.open(os.path.join(root, entry.path), os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
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
