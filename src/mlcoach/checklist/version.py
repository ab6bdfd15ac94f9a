"""The project's version and the next three, for the release bar."""

from __future__ import annotations

import re
from typing import Literal

from mlcoach.checklist.report import Version
from mlcoach.facts.git import GitFacts
from mlcoach.snapshot.base import Commit

CONVENTIONAL = re.compile(
    r"(?P<kind>feat|fix|docs|style|refactor|perf|test|build|ci|chore|revert)(?:\([^)]*\))?(?P<breaking>!)?: "
)
Step = Literal["patch", "minor", "major"]


def next_versions(git: GitFacts) -> Version | None:
    """None without git or without a commit. The current version is the highest semantic tag among the commits read."""
    if not git.commits:
        return None
    reachable = {commit.id for commit in git.commits}
    tags = [version for version in git.versions if version.tag.commit in reachable] or list(git.versions)
    latest = tags[-1] if tags else None
    since = commits_since(git.commits, latest.tag.commit if latest else None)
    kinds = commit_kinds(since)
    major, minor, patch = latest.numbers if latest else (0, 0, 0)
    final = latest is None or latest.final
    return Version(
        current=latest.version if latest else None,
        tag=latest.tag.name if latest else None,
        prefix=latest.prefix if latest else "v",
        commits_since=len(since),
        kinds=kinds,
        patch=f"{major}.{minor}.{patch + 1}" if final else f"{major}.{minor}.{patch}",
        minor=f"{major}.{minor + 1}.0",
        major=f"{major + 1}.0.0",
        suggested=suggest(since, before_one=major == 0),
    )


def commits_since(commits: tuple[Commit, ...], tagged: str | None) -> list[Commit]:
    since = []
    for commit in commits:
        if commit.id == tagged:
            break
        since.append(commit)
    return since


def commit_kinds(commits: list[Commit]) -> dict[str, int]:
    kinds: dict[str, int] = {}
    for commit in commits:
        match = CONVENTIONAL.match(commit.subject)
        kind = match["kind"] if match else "other"
        kinds[kind] = kinds.get(kind, 0) + 1
    return kinds


def suggest(commits: list[Commit], *, before_one: bool) -> Step | None:
    """What Conventional Commits ask for; before 1.0.0 a breaking change is a minor step. None when they ask for nothing."""
    matches = [match for commit in commits if (match := CONVENTIONAL.match(commit.subject))]
    if any(match["breaking"] for match in matches):
        return "minor" if before_one else "major"
    if any(match["kind"] == "feat" for match in matches):
        return "minor"
    if any(match["kind"] in ("fix", "perf") for match in matches):
        return "patch"
    return None
