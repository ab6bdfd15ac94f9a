"""The report: what a scan says of a project. Its JSON form is versioned and described in docs/report.schema.json."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from mlcoach.rule import Evidence, State

SCHEMA = 1
SECTIONS = ("scoping", "data", "programming", "modelling")
STATES: tuple[State, ...] = ("done", "partial", "missing", "ask", "na", "waived")


class Answer(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a person said of an item, as mlcoach.toml holds it.

    `fingerprint` stands for the evidence that the answer was given on; when the evidence differs now, `stale` is true
    and the item shows "review again".
    """

    kind: Literal["agree", "disagree", "answer", "waive"]
    text: str = ""
    reason: str = ""  # of a disagreement: not-detected, wrong-evidence, not-applicable, other
    by: str = ""
    at: str = ""  # ISO 8601, UTC, seconds
    fingerprint: str = ""
    stale: bool = False
    line: int | None = None  # where it stands in mlcoach.toml


class OptionReport(msgspec.Struct, frozen=True):
    id: str
    title: str
    detected: bool
    evidence: tuple[Evidence, ...] = ()


class ItemReport(msgspec.Struct, frozen=True, kw_only=True):
    """One item as it stands: `inferred` is the rule's own state, `state` the one after a person's answer.

    `summary`, `draft` and `looked` are the rule's; so is the evidence, after that of a person who overruled it.
    """

    id: str
    section: str
    title: str
    kind: str
    stage: str
    state: State
    inferred: State
    summary: str
    draft: str | None = None
    looked: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    options: tuple[OptionReport, ...] = ()
    actions: tuple[str, ...] = ()
    answer: Answer | None = None
    fingerprint: str = ""

    @property
    def reviewed(self) -> bool:
        return self.answer is not None and not self.answer.stale


class Version(msgspec.Struct, frozen=True):
    """The project's version and the next three, for the release bar. `tag` is None before the first release."""

    current: str | None
    tag: str | None
    prefix: str
    commits_since: int
    kinds: dict[str, int]  # commits since by Conventional Commit kind: feat, fix, docs, other
    patch: str
    minor: str
    major: str
    suggested: Literal["patch", "minor", "major"] | None


class Report(msgspec.Struct, frozen=True, kw_only=True):
    mlcoach: str
    schema: int = SCHEMA
    project: str
    root: str
    commit: str | None
    branch: str | None = None
    dirty: bool = False
    changed: int = 0  # files that differ from the last commit, untracked ones included
    detected: tuple[str, ...] = ()
    items: tuple[ItemReport, ...] = ()
    counts: dict[str, int] = {}
    sections: dict[str, dict[str, int]] = {}
    version: Version | None = None
    warnings: tuple[str, ...] = ()
    seconds: float = 0.0

    def item(self, id: str) -> ItemReport:
        """The item of that id. Raises KeyError when there is none."""
        for item in self.items:
            if item.id == id:
                return item
        raise KeyError(id)


def count(items: tuple[ItemReport, ...]) -> dict[str, int]:
    """Items per state, and `of` how many."""
    counts: dict[str, int] = dict.fromkeys(STATES, 0)
    for item in items:
        counts[item.state] += 1
    counts["of"] = len(items)
    return counts


def to_json(report: Report, *, indent: int = 2) -> bytes:
    try:
        data = msgspec.json.encode(report)
    except UnicodeEncodeError:  # a file name that is not UTF-8, a half surrogate in a notebook
        data = msgspec.json.encode(_encodable(msgspec.to_builtins(report)))
    return msgspec.json.format(data, indent=indent)


def _encodable(value: Any) -> Any:
    match value:
        case str():
            return value.encode("utf-8", "backslashreplace").decode()
        case dict():
            return {_encodable(key): _encodable(part) for key, part in value.items()}
        case list() | tuple():
            return [_encodable(part) for part in value]
    return value


def from_json(data: bytes) -> Report:
    """Raises msgspec.ValidationError (or DecodeError) for anything that is not a report of this schema."""
    return msgspec.json.decode(data, type=Report)
