"""Every name that any rule looks for, compiled so that one pass over a file finds them all."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable

import ahocorasick_rs
import msgspec

from mlcoach.rule import Pattern

Matcher = Callable[[str], bool]


def glob_matcher(glob: str) -> Matcher:
    """Smart case: without a capital a glob matches in any case, else exactly. `*` stands for any text."""
    folded = glob == glob.lower()
    if "*" not in glob:
        return (lambda name: name.lower() == glob) if folded else (lambda name: name == glob)
    expression = ".*".join(map(re.escape, glob.split("*")))
    compiled = re.compile(expression, re.DOTALL | (re.IGNORECASE if folded else 0))
    return lambda name: compiled.fullmatch(name) is not None


def longest_literal(glob: str) -> str:
    return max(glob.split("*"), key=len)


class Wanted(msgspec.Struct, frozen=True):
    """One name of one pattern: `tail` matches the last part of a dotted name, `whole` (dotted patterns) all of it."""

    pattern: int
    kind: str
    tail: Matcher
    whole: tuple[Matcher, ...]


class Vocabulary:
    """The patterns of all rules. `key` changes whenever any of them does, and with it the cache."""

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        self.patterns = tuple(dict.fromkeys(patterns))
        self.ids = {pattern: number for number, pattern in enumerate(self.patterns)}
        self.key = hashlib.sha1(repr(self.patterns).encode(), usedforsecurity=False).hexdigest()[:16]
        self.modules: dict[str, list[int]] = {}
        self.module_globs: list[tuple[Matcher, int]] = []
        self.under: dict[str, list[Wanted]] = {}  # `package.*`: whatever is used of it
        names: dict[str, list[Wanted]] = {}
        strings: dict[str, list[tuple[Matcher, int]]] = {}
        for number, pattern in enumerate(self.patterns):
            for name in pattern.names:
                self._add(number, pattern, name, names, strings)
        self.names = list(names.values())
        self.strings = list(strings.values())
        self._name_literals = [literal.encode() for literal in names]
        self._string_literals = [literal.encode() for literal in strings]
        self.name_finder = finder(self._name_literals)
        self.string_finder = finder(self._string_literals)
        modules = [
            longest_literal(name.rpartition(".")[2]).lower().encode() for name in [*self._module_names(), *self.under]
        ]
        self.any_finder = finder([*self._name_literals, *self._string_literals, *modules])

    def _module_names(self) -> list[str]:
        return [name for pattern in self.patterns if pattern.kind == "import" for name in pattern.names]

    def _add(
        self,
        number: int,
        pattern: Pattern,
        name: str,
        names: dict[str, list[Wanted]],
        strings: dict[str, list[tuple[Matcher, int]]],
    ) -> None:
        if pattern.kind == "import":
            if "*" in name:
                self.module_globs.append((glob_matcher(name), number))
            else:
                self.modules.setdefault(name, []).append(number)
            return
        if pattern.kind == "string":
            literal = longest_literal(name).lower()
            check_literal(literal, name)
            strings.setdefault(literal, []).append((glob_matcher(name), number))
            return
        head, _, tail = name.rpartition(".")
        if head and tail == "*":
            wanted = Wanted(number, pattern.kind, lambda _: True, (glob_matcher(name),))
            self.under.setdefault(head, []).append(wanted)
            return
        literal = longest_literal(tail).lower()
        whole = (glob_matcher(name), glob_matcher("*." + name)) if "." in name else ()
        wanted = Wanted(number, pattern.kind, glob_matcher(tail), whole)
        check_literal(literal, name)
        names.setdefault(literal, []).append(wanted)


def check_literal(literal: str, name: str) -> None:
    if not literal:
        raise ValueError(f"pattern {name!r} has nothing to look for but wildcards")


def finder(literals: list[bytes]) -> ahocorasick_rs.BytesAhoCorasick:
    return ahocorasick_rs.BytesAhoCorasick(
        literals or [b"\0\0never\0\0"], implementation=ahocorasick_rs.Implementation.DFA
    )
