"""What git says of a project, in the words that rules ask for."""

from __future__ import annotations

import re
from functools import cached_property

from mlcoach.snapshot.base import Commit, GitMeta, Tag

VERSION = re.compile(
    r"(?P<prefix>(?:[A-Za-z][\w./-]*[-_/])?[vV]?)(?P<version>(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)"
    r"(?:-[0-9A-Za-z.-]+|(?:a|b|rc|\.dev|\.post)\d+)?(?:\+[0-9A-Za-z.-]+)?)"
)
MODEL_TAG = re.compile(
    r"(?P<name>[\w./:-]+)(?:@v?(?P<version>\d+\.\d+\.\d+[\w.+-]*)|#(?P<stage>\w+)(?:#\d+)?)"
)  # GTO's


class VersionTag:
    """A tag that is a version in semantic form: v1.2.3, 1.2.3, pkg-v1.2.3."""

    def __init__(self, tag: Tag, prefix: str, version: str) -> None:
        self.tag = tag
        self.prefix = prefix
        self.version = version
        major, minor, patch = re.match(r"(\d+)\.(\d+)\.(\d+)", version).groups()  # type: ignore[union-attr]
        self.numbers = (int(major), int(minor), int(patch))
        self.final = version == f"{major}.{minor}.{patch}"


class GitFacts:
    """Empty, not absent, for a folder without git: `present` says which."""

    def __init__(self, meta: GitMeta | None) -> None:
        self.present = meta is not None
        self._meta = meta or GitMeta(head=None, branch=None)

    @property
    def head(self) -> str | None:
        return self._meta.head

    @property
    def branch(self) -> str | None:
        return self._meta.branch

    @property
    def tags(self) -> tuple[Tag, ...]:
        return self._meta.tags

    @property
    def remotes(self) -> dict[str, str]:
        """Name to address, without credentials."""
        return self._meta.remotes

    @cached_property
    def repositories(self) -> tuple[str, ...]:
        """ "owner/name" of each remote, as its address spells them."""
        return tuple(
            "/".join(re.split(r"[/:]", address.removesuffix(".git"))[-2:]) for address in self.remotes.values()
        )

    @property
    def commits(self) -> tuple[Commit, ...]:
        """The newest commits, newest first, at most 2,000."""
        return self._meta.commits

    @property
    def shallow(self) -> bool:
        """Whether the clone holds a part of the history only, as in most CI jobs: tags and commits may be missing."""
        return self._meta.shallow

    @cached_property
    def versions(self) -> tuple[VersionTag, ...]:
        """Tags that are versions of the code, lowest first."""
        found = [
            VersionTag(tag, match["prefix"], match["version"])
            for tag in self.tags
            if (match := VERSION.fullmatch(tag.name)) and "@" not in tag.name
        ]
        return tuple(sorted(found, key=lambda version: (version.numbers, version.final, version.version)))

    @cached_property
    def model_tags(self) -> tuple[Tag, ...]:
        """Tags in GTO's form: model@v1.0.0, model#prod#1."""
        return tuple(tag for tag in self.tags if MODEL_TAG.fullmatch(tag.name))
