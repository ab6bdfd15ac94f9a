"""What the repository itself says about its data: mlcoach.toml first, then its code, read as text and never run."""

from __future__ import annotations

import json
import re
import tomllib
from collections import Counter
from pathlib import Path, PurePosixPath
from typing import Any

import msgspec

from mlcoach.actions.train.setup import TrainError
from mlcoach.actions.train.tables import EXTENSIONS
from mlcoach.snapshot import Snapshot, open_snapshot

_LIMIT = 1 << 20  # bytes of a source file that are looked at
_NAME = r"\[?\s*[\"']([^\"'\n]{1,80})[\"']"
_TARGETS = (
    re.compile(rf"(?m)^\s*(?:y|target|labels?|y_train|y_all)\s*=\s*\w+(?:\.loc)?\s*\[\s*(?::\s*,\s*)?{_NAME}\s*\]"),
    re.compile(rf"(?m)^\s*(?:y|target|labels?)\s*=\s*\w+\.pop\(\s*{_NAME}"),
    re.compile(rf"(?mi)^\s*[\"']?(?:target|label)(?:_?col(?:umn)?|_?name)?[\"']?\s*[:=]\s*{_NAME}"),
    re.compile(rf"(?m)^\s*(?:X|features)\s*=\s*\w+\.drop\(\s*(?:columns\s*=\s*|labels\s*=\s*)?{_NAME}\s*\]?\s*[,)]"),
)
_GROUPS = re.compile(rf"\bgroups?\s*=\s*\w+\s*\[\s*{_NAME}\s*\]")
_TIMES = re.compile(rf"\.sort_values\(\s*(?:by\s*=\s*)?{_NAME}")
_PATHS = re.compile(r"[\"']([^\"'\n]{1,200}\.(?:csv|tsv|jsonl|ndjson|parquet|feather|arrow|sqlite3?|db))[\"']")


class Named(msgspec.Struct, frozen=True):
    """A name that the repository gives, and where."""

    name: str
    where: str


class Hints(msgspec.Struct, frozen=True):
    """All that was found, the most often named first; `settings` is the table [train] of mlcoach.toml."""

    settings: dict[str, Any] = {}
    files: tuple[Named, ...] = ()  # data files of the tree, the likeliest first
    targets: tuple[Named, ...] = ()
    groups: tuple[Named, ...] = ()
    times: tuple[Named, ...] = ()


def read(root: Path) -> Hints:
    """Raises TrainError for an mlcoach.toml that cannot be read."""
    snapshot = open_snapshot(root)
    # The work tree may lie in a larger repository: only what is under `root` counts.
    sources = {path: _source(snapshot, path) for path in snapshot.entries if path.endswith((".py", ".ipynb"))}
    targets: list[Named] = []
    groups: list[Named] = []
    times: list[Named] = []
    mentioned: Counter[str] = Counter()
    for path, text in sources.items():
        for pattern, into in (*((pattern, targets) for pattern in _TARGETS), (_GROUPS, groups), (_TIMES, times)):
            into += [
                Named(found[1], f"{path}:{text.count(chr(10), 0, found.start(1)) + 1}")
                for found in pattern.finditer(text)
            ]
        mentioned.update(PurePosixPath(found).name for found in _PATHS.findall(text))
    files = []
    for entry in snapshot:
        file = PurePosixPath(entry.path)
        if file.suffix.lower() not in EXTENSIONS or entry.kind != "file":
            continue
        named = mentioned[file.name]
        aside = bool({"tests", "test", "models", "reports", "docs", ".mlcoach"} & set(file.parts[:-1]))
        result = bool(re.search(r"(?i)kpis|metrics|predict|submission|result|(?:^|[_-])test\b", file.stem))
        why = f"named in code {named} time(s)" if named else f"the largest of the data files ({entry.size:,} bytes)"
        files.append(((aside, result, -named, -entry.size), Named(entry.path, why)))
    files.sort(key=lambda each: (each[0], each[1].name))
    return Hints(_settings(root), tuple(named for _, named in files), *map(_ranked, (targets, groups, times)))


def _ranked(named: list[Named]) -> tuple[Named, ...]:
    often = Counter(each.name for each in named)
    first = {each.name: each for each in reversed(named)}
    return tuple(first[name] for name, _ in often.most_common())


def _source(snapshot: Snapshot, path: str) -> str:
    text = (snapshot.read(path, _LIMIT) or b"").decode(errors="replace")
    if path.endswith(".ipynb"):
        try:
            cells = json.loads(text)["cells"]
            text = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
        except (ValueError, KeyError, TypeError):
            return ""
    return text


def _settings(root: Path) -> dict[str, Any]:
    try:
        settings = tomllib.loads((root / "mlcoach.toml").read_text()).get("train", {})
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise TrainError(f"mlcoach.toml is not valid TOML: {error}; mend it, then train again") from None
    if not isinstance(settings, dict):
        raise TrainError("mlcoach.toml: train must be a table, [train]")
    return settings
