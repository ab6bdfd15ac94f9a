"""Docs, configuration and notebook text, searched by regular expression, line by line."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from fnmatch import translate
from functools import lru_cache

import msgspec

from mlcoach.facts.code import Cells
from mlcoach.rule import TextHit

Matches = Callable[[str], re.Match[str] | None]


class Text(msgspec.Struct, frozen=True):
    path: str
    text: str
    cells: Cells | None = None

    def place(self, offset: int) -> tuple[int | None, int]:
        """(cell, line) of an offset."""
        line = self.text.count("\n", 0, offset) + 1
        return self.cells.place(line) if self.cells else (None, line)


@lru_cache(maxsize=4096)
def compiled(expression: str) -> re.Pattern[str]:
    return re.compile(expression, re.IGNORECASE | re.MULTILINE)


@lru_cache(maxsize=4)
def line_ends(text: str) -> list[int]:
    return [match.start() for match in re.finditer("\n", text)]


def line_at(text: str, offset: int) -> int:
    """The line of an offset, for texts of which very many are asked: counting from the start each time adds up."""
    return bisect_left(line_ends(text), offset) + 1


def path_matches(path: str, globs: Iterable[str]) -> bool:
    """`*.md` matches a file of that name in any folder; a glob with a slash the whole path (`*` crosses slashes)."""
    names, paths = compiled_globs(tuple(globs))
    return names(path.rpartition("/")[2]) is not None or paths(path) is not None


@lru_cache(maxsize=1024)
def compiled_globs(globs: tuple[str, ...]) -> tuple[Matches, Matches]:
    """What matches a file's name, and what matches its whole path: one expression each."""
    by_slash: tuple[list[str], list[str]] = ([], [])
    for glob in globs:
        by_slash["/" in glob].append(translate(glob))
    names, paths = (re.compile("|".join(expressions) or r"(?!)").match for expressions in by_slash)
    return names, paths


class Texts:
    """Some text files. Iterating gives them in order: READMEs first, then by depth and name."""

    def __init__(self, texts: Iterable[Text]) -> None:
        self.texts = sorted(texts, key=lambda text: importance(text.path))
        self._folded: dict[str, str] = {}

    def __iter__(self) -> Iterator[Text]:
        return iter(self.texts)

    def get(self, path: str) -> Text | None:
        return next((text for text in self.texts if text.path == path), None)

    def holds(self, text: Text, words: Iterable[str]) -> bool:
        """Whether a text holds any of some words, which are in lower case."""
        if text.path not in self._folded:
            self._folded[text.path] = text.text.lower()
        return any(word in self._folded[text.path] for word in words)

    def find(self, expression: str, *globs: str, limit: int = 50, words: tuple[str, ...] = ()) -> list[TextHit]:
        """The lines on which a regular expression matches, in any case, at most one hit a line.

        `globs` restrict the files. At most `limit` hits. `words`, in lower case, are for speed: one of them stands in
        whatever the expression matches, so that files without any are not searched.
        """
        found: list[TextHit] = []
        pattern = compiled(expression)
        for text in self.texts:
            if globs and not path_matches(text.path, globs):
                continue
            if words and not self.holds(text, words):
                continue
            last = -1
            for match in pattern.finditer(text.text):
                start = text.text.rfind("\n", 0, match.start()) + 1
                if start == last:
                    continue
                last = start
                end = text.text.find("\n", match.start())
                cell, line = text.place(match.start())
                found.append(TextHit(text.path, line, cell, text.text[start : end if end >= 0 else None][:500]))
                if len(found) >= limit:
                    return found
        return found


def importance(path: str) -> tuple[int, int, str]:
    name = path.rpartition("/")[2].lower()
    return (0 if name.startswith("readme") else 1, path.count("/"), path)
