"""What git-lfs keeps: the patterns of .gitattributes, and the files of the tree that each of them matches."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

import msgspec

from mlcoach.facts.paths import PathIndex
from mlcoach.facts.texts import Texts


class LfsPattern(msgspec.Struct, frozen=True):
    """One line of a .gitattributes file at `path`. Without `files` it is a template's, for what is not there."""

    pattern: str
    path: str
    line: int
    files: tuple[str, ...]


def read_lfs(texts: Texts, index: PathIndex) -> Iterator[LfsPattern]:
    for hit in texts.find(r"^.*\bfilter=lfs\b", ".gitattributes", limit=200):
        pattern, folder = hit.text.split()[0], posixpath.dirname(hit.path)
        glob = pattern.strip('"').lstrip("/").replace("**/", "").replace("/**", "/*")
        globs = (f"{folder}/{glob}", f"{folder}/*/{glob}") if folder else (glob, f"*/{glob}")
        yield LfsPattern(pattern, hit.path, hit.line, tuple(index.find(globs)))
