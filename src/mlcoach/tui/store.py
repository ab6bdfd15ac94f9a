"""What the screen keeps in the user's state directory, one folder a project: the last report, and the view.

A person's review is not here: it is the project's `mlcoach.toml`.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

import msgspec

from mlcoach.checklist import report as reports
from mlcoach.checklist.report import Report

REPORT, VIEW = "report.json", "view.json"


class View(msgspec.Struct):
    """Where a person was: the line under the cursor, folds, the filter, texts that were begun and not saved."""

    cursor: str = ""
    folded: set[str] = set()
    filter: str = ""
    show: str = "all"
    drafts: dict[str, str] = {}


def folder(root: Path) -> Path:
    base = Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state")
    key = hashlib.sha256(os.fsencode(root)).hexdigest()[:12]
    return base / "mlcoach" / f"{root.name or 'root'}-{key}"


def write(path: Path, data: bytes) -> None:
    """Replace a file as a whole. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


def load_report(root: Path) -> Report | None:
    """The last report, None when there is none that this version can read."""
    try:
        return reports.from_json((folder(root) / REPORT).read_bytes())
    except (OSError, msgspec.MsgspecError):
        return None


def encode_report(report: Report) -> bytes:
    return msgspec.json.encode(report)


def load_view(root: Path) -> View:
    """The last view, a new one when there is none that this version can read."""
    try:
        return msgspec.json.decode((folder(root) / VIEW).read_bytes(), type=View)
    except (OSError, msgspec.MsgspecError):
        return View()


def encode_view(view: View) -> bytes:
    return msgspec.json.encode(view, order="deterministic")
