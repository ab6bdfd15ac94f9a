"""Model files by their path: what may be opened at all, and how."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from .describe import Draft, ModelFile
from .files import inspect_stream


def inspect_path(path: Path, *, root: Path | None = None) -> ModelFile:
    """Describe the model file at `path` (or the folder of one: a TensorFlow SavedModel, a Hugging Face model).

    Only regular files are opened. A link is followed when it leads into `root` (without one: into the path's own
    folder). `file` is the path from `root`, or `path` as it was given. Nothing raises: `problem` says it.
    """
    name = _name(path, root)
    try:
        target = _inside(path, root)
        kind = target.lstat().st_mode
        if stat.S_ISDIR(kind):
            from .folders import inspect_folder

            return inspect_folder(name, target)
        if not stat.S_ISREG(kind):
            raise _Refused(f"{_sort(kind)}, not opened")
        return open_regular(name, target)
    except _Refused as error:
        problem = str(error)
    except PermissionError:
        problem = "no permission to read it"
    except FileNotFoundError:
        problem = "no such file"
    except (OSError, RuntimeError, ValueError) as error:  # RuntimeError: a loop of links; ValueError: a zero byte
        problem = f"cannot be opened: {getattr(error, 'strerror', None) or error}"
    draft = Draft(name, 0)
    draft.trouble(problem)
    return draft.done()


class _Refused(Exception):
    pass


def _name(path: Path, root: Path | None) -> str:
    if root is not None and path.is_relative_to(root):
        return path.relative_to(root).as_posix()
    return str(path)


def _inside(path: Path, root: Path | None) -> Path:
    """Where the path leads. Raises _Refused when that is outside of the root or nowhere."""
    if root is None and not path.is_symlink():
        return path
    home = os.path.realpath(path.parent if root is None else root)
    try:
        target = os.path.realpath(path, strict=True)
    except FileNotFoundError as error:
        raise (_Refused("a link that leads nowhere") if path.is_symlink() else error) from error
    except OSError as error:
        if isinstance(error, PermissionError):
            raise
        raise _Refused("a loop of links that leads nowhere") from error
    if os.path.commonpath([home, target]) != home:
        raise _Refused(f"a link out of the project, not followed: {target}")
    return Path(target)


def open_regular(name: str, path: Path) -> ModelFile:
    """Describe a regular file that is no link. Raises OSError, and _Refused when it is something else."""
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    with open(handle, "rb") as stream:
        now = os.fstat(handle)
        if not stat.S_ISREG(now.st_mode):  # changed since lstat
            raise _Refused(f"{_sort(now.st_mode)}, not read")
        return inspect_stream(name, stream, now.st_size)


def _sort(mode: int) -> str:
    sorts = {
        stat.S_IFDIR: "a folder",
        stat.S_IFIFO: "a named pipe",
        stat.S_IFSOCK: "a socket",
        stat.S_IFCHR: "a device",
        stat.S_IFBLK: "a device",
        stat.S_IFLNK: "a link",
    }
    return sorts.get(stat.S_IFMT(mode), "no regular file")
