"""An immutable view of a project's files: a work tree, any commit, or a folder without git.

Nothing here runs code of the project: git is called with its hooks, file-system monitor and lazy fetching switched
off, and only with commands that never apply a content filter.
"""

from __future__ import annotations

from pathlib import Path

from mlcoach.snapshot.base import Entry, GitMeta, Snapshot, SnapshotError
from mlcoach.snapshot.commit import at_commit
from mlcoach.snapshot.folder import plain_folder
from mlcoach.snapshot.git import Git, git_problem
from mlcoach.snapshot.worktree import work_tree

__all__ = ["Entry", "GitMeta", "Snapshot", "SnapshotError", "open_snapshot"]


def open_snapshot(path: Path, *, ref: str | None = None) -> Snapshot:
    """The work tree that `path` is in, or the commit `ref` of its repository, or the folder when git knows none.

    Raises SnapshotError, one line that says what is wrong and how to mend it.
    """
    if not path.exists():
        raise SnapshotError(f"no such folder: {path}")
    if not path.is_dir():
        raise SnapshotError(f"not a folder: {path} (give the project's folder)")
    problem = git_problem()
    if problem:
        if ref:
            raise SnapshotError(f"{problem}; --ref needs git")
        return plain_folder(path, warning=f"{problem}; read as a plain folder")
    git = Git(path)
    where = git.locate()
    match where.kind:
        case "none":
            if ref:
                raise SnapshotError(f"{path} is not in a git repository; --ref needs one")
            return plain_folder(path)
        case "bare":
            return at_commit(Git(where.root), ref or "HEAD", bare=True)
        case "denied":
            raise SnapshotError(where.why)
        case _:
            git = Git(where.root)
            return work_tree(git) if ref is None else at_commit(git, ref)
