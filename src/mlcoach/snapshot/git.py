"""Calls of git's plumbing, started side by side, with everything switched off that could run the project's code.

`import git` (GitPython) alone costs as much as the rest of a small scan, so looking uses these few commands and what
writes (answers' identity, releases) uses GitPython.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Literal

import msgspec

from mlcoach.snapshot.base import Commit, SnapshotError, Tag

SAFE = (
    "-c", "core.fsmonitor=false",
    "-c", "core.hooksPath=/dev/null",
    "-c", "core.untrackedCache=false",
    "-c", "core.quotePath=false",
    "-c", "log.showSignature=false",
)  # fmt: skip
ENVIRONMENT = {
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",  # git before 2.45 does not know the line above
    "GIT_NO_REPLACE_OBJECTS": "1",
    "LC_ALL": "C.UTF-8",
}
# What a hook's environment says of the repository that it runs for, which need not be the one that is scanned.
ELSEWHERE = frozenset(
    "GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE GIT_OBJECT_DIRECTORY GIT_ALTERNATE_OBJECT_DIRECTORIES GIT_COMMON_DIR "
    "GIT_NAMESPACE GIT_PREFIX GIT_SHALLOW_FILE GIT_GRAFT_FILE GIT_EXTERNAL_DIFF".split()
)
COMMITS = 2000  # how far back the history is read


class Where(msgspec.Struct, frozen=True):
    kind: Literal["worktree", "bare", "none", "denied"]
    root: Path
    why: str = ""


def git_problem() -> str | None:
    return None if shutil.which("git") else "git is not installed"


class Git:
    """git in one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        inherited = {name: value for name, value in os.environ.items() if name not in ELSEWHERE}
        self.environment = {**inherited, **ENVIRONMENT}

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            ["git", *SAFE, *words],
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def locate(self) -> Where:
        """Whether the folder lies in a work tree (then `root` is that tree's), in a bare repository, or in none."""
        process = self.start("rev-parse", "--is-bare-repository", "--is-inside-git-dir", "--show-toplevel")
        out, err = process.communicate()
        said = out.decode("utf-8", "surrogateescape").splitlines()
        if process.returncode == 0 and len(said) == 3:
            return Where("worktree", Path(said[2]))
        if said[:1] == ["true"]:
            return Where("bare", self.folder)
        if said[1:2] == ["true"]:
            return Where("denied", self.folder, f"{self.folder} is git's own folder: open the project's folder instead")
        trouble = err.decode("utf-8", "replace")
        if "dubious ownership" in trouble:
            why = f"git does not trust {self.folder}, another user owns it: git config --global --add safe.directory '{self.folder}'"
            return Where("denied", self.folder, why)
        return Where("none", self.folder)


def finish(process: subprocess.Popen[bytes]) -> bytes:
    """What the command prints. Raises SnapshotError with git's last line when it fails."""
    out, err = process.communicate()
    if process.returncode:
        last = err.decode("utf-8", "replace").strip().splitlines()[-1:]
        raise SnapshotError(f"git cannot read the repository ({', '.join(last)}); `git fsck` says more")
    return out


TAG_FORMAT = "%(refname:strip=2)%00%(objecttype)%00%(objectname)%00%(*objectname)"
COMMIT_FORMAT = "%H%x00%s"


def parse_tags(out: bytes) -> tuple[Tag, ...]:
    tags = []
    for line in out.decode("utf-8", "replace").split("\n"):  # not splitlines: a name may hold U+2028
        if line.count("\0") != 3:
            continue
        name, kind, object_id, target = line.split("\0")
        tags.append(Tag(name, kind == "tag", target or object_id))
    return tuple(tags)


def parse_commits(out: bytes) -> tuple[Commit, ...]:
    commits = []
    for line in out.decode("utf-8", "replace").split("\n"):
        if "\0" in line:
            commits.append(Commit(*line.split("\0", 1)))
    return tuple(commits)


def parse_remotes(out: bytes) -> dict[str, str]:
    remotes = {}
    for record in out.decode("utf-8", "replace").split("\0"):
        key, _, address = record.partition("\n")
        found = re.fullmatch(r"remote\.(.+)\.url", key)
        if found:
            remotes[found[1]] = re.sub(r"(?<=://)[^/@]+@", "", address)
    return remotes
