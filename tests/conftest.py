"""What many tests share: a rule run over a small tree that the test writes down."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from mlcoach.checklist.rules import load
from mlcoach.facts.project import Facts, gather
from mlcoach.facts.vocabulary import Vocabulary
from mlcoach.rule import Finding, Pattern
from mlcoach.snapshot import Entry, GitMeta, Snapshot

Files = Mapping[str, str | bytes]


def snapshot_of(files: Files, git: GitMeta | None = None) -> Snapshot:
    """A snapshot of files that are written down in the test; `git` is None for a folder without git."""
    content = {path: text.encode() if isinstance(text, str) else text for path, text in files.items()}
    entries = [Entry(path, len(data)) for path, data in content.items()]
    return Snapshot(Path("/nowhere"), entries, lambda entry, limit: content[entry.path][:limit], git=git, warnings=[])


@pytest.fixture(scope="session")
def facts_with() -> Callable[..., Facts]:
    """`facts_with({"path": "text"}, PATTERN...)`: the facts of that tree, with a vocabulary of these patterns."""

    def read(files: Files, *patterns: Pattern, git: GitMeta | None = None) -> Facts:
        return gather(snapshot_of(files, git), Vocabulary(patterns))[0]

    return read


@pytest.fixture(scope="session")
def warnings_of() -> Callable[[Files], list[str]]:
    """What a scan of that tree warns of."""

    def read(files: Files) -> list[str]:
        snapshot = snapshot_of(files)
        _ = gather(snapshot, Vocabulary([]))[0].dependencies
        return snapshot.warnings

    return read


@pytest.fixture(scope="session")
def infer() -> Callable[..., Finding]:
    """`infer("data/versioning", {"path": "text"}, git=GitMeta(...))`: what the rule finds in that tree."""

    def run(id: str, files: Files, git: GitMeta | None = None) -> Finding:
        rule = load()[id]
        facts, _ = gather(snapshot_of(files, git), Vocabulary(rule.patterns))
        return rule.infer(facts)

    return run


@pytest.fixture(scope="session")
def notebook() -> Callable[..., str]:
    """A notebook's JSON from its cells: `notebook("code", ("markdown", "# Title"), ("code", "1+1", "2"))`."""

    def build(*cells: str | tuple[str, ...]) -> str:
        built = []
        for cell in cells:
            kind, source, *output = cell if isinstance(cell, tuple) else ("code", cell)
            raw: dict[str, object] = {"cell_type": kind, "metadata": {}, "source": source}
            if kind == "code":
                raw["outputs"] = [{"output_type": "stream", "name": "stdout", "text": text} for text in output]
            built.append(raw)
        return json.dumps({"cells": built, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})

    return build
