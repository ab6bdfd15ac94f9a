"""A commit, straight from git's objects, without a checkout."""

from __future__ import annotations

import re
import subprocess

from mlcoach.snapshot.base import Entry, GitMeta, Snapshot, SnapshotError
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
from mlcoach.snapshot.worktree import decoded


def at_commit(git: Git, ref: str, *, bare: bool = False) -> Snapshot:
    """The tree of `ref`, with the tags that it contains. Raises SnapshotError when there is no such commit."""
    found = git.start("rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}")
    commit = found.communicate()[0].decode().strip()
    if not re.fullmatch(r"[0-9a-f]{40,64}", commit):  # a range names several, an exclusion none
        raise SnapshotError(f"no commit {ref!r} in {git.folder}: give a branch, a tag or a commit's id")
    tree = git.start("ls-tree", "-r", "-z", "--full-tree", commit)
    tags = git.start("for-each-ref", f"--format={TAG_FORMAT}", f"--merged={commit}", "refs/tags")
    log = git.start("log", f"--max-count={COMMITS}", "--encoding=UTF-8", f"--format={COMMIT_FORMAT}", commit, "--")
    remotes = git.start("config", "-z", "--get-regexp", r"^remote\..*\.url$")
    shallow = git.start("rev-parse", "--is-shallow-repository")

    warnings = ["a bare repository: its last commit was read, and nothing can be written"] if bare else []
    listed: list[tuple[str, str, str]] = []
    for record in finish(tree).split(b"\0"):
        head, _, name = record.partition(b"\t")
        if name:
            mode, _type, blob = head.decode().split(" ")
            path = decoded(name, warnings)
            if path is not None:
                listed.append((path, blob, {"160000": "submodule", "120000": "link"}.get(mode, "file")))
    objects = Objects(git)
    sizes = objects.sizes([blob for _, blob, kind in listed if kind == "file"])
    entries = [Entry(path, sizes.get(blob, 0), blob, True, kind) for path, blob, kind in listed]
    meta = GitMeta(
        head=commit,
        branch=None,
        tags=parse_tags(tags.communicate()[0]),
        remotes=parse_remotes(remotes.communicate()[0]),
        commits=parse_commits(log.communicate()[0]),
        shallow=shallow.communicate()[0].strip() == b"true",
    )
    return Snapshot(git.folder, entries, objects.read, git=meta, warnings=warnings, writable=False, forkable=False)


class Objects:
    """git's object store through one `cat-file --batch`."""

    def __init__(self, git: Git) -> None:
        self.git = git
        self.process: subprocess.Popen[bytes] | None = None

    def sizes(self, blobs: list[str]) -> dict[str, int]:
        """Bytes per blob; a blob that a partial clone lacks is left out."""
        process = subprocess.run(
            ["git", "cat-file", "--batch-check"],
            cwd=self.git.folder,
            env=self.git.environment,
            input="\n".join(blobs).encode() + b"\n",
            capture_output=True,
            check=False,
        )
        sizes = {}
        for line in process.stdout.decode().splitlines():
            blob, kind, *size = line.split(" ")
            if kind == "blob":
                sizes[blob] = int(size[0])
        return sizes

    def read(self, entry: Entry, limit: int) -> bytes | None:
        if self.process is None:
            self.process = subprocess.Popen(
                ["git", "cat-file", "--batch"],
                cwd=self.git.folder,
                env=self.git.environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        asked, answered = self.process.stdin, self.process.stdout
        if asked is None or answered is None or entry.blob is None:
            return None
        asked.write(entry.blob.encode() + b"\n")
        asked.flush()
        head = answered.readline().split()
        if len(head) != 3:
            return None  # missing from a partial clone
        left = int(head[2]) + 1  # and the newline that ends the object
        data = answered.read(min(limit, left - 1))
        left -= len(data)
        while left > 0:
            left -= len(answered.read(min(left, 1 << 20)))
        return data
