"""Every name that any rule looks for, compiled so that one pass over a file finds them all."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable
from functools import cache

import msgspec
from ahocorasick_rs import BytesAhoCorasick as Automaton
from ahocorasick_rs import Implementation

from mlcoach.facts.lexer import TOKEN
from mlcoach.rule import Pattern

Matcher = Callable[[str], bool]
IDENTIFIER = rb"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_" + bytes(range(128, 256))
WORDS = bytes(byte if byte in IDENTIFIER else 0x20 for byte in range(256))  # everything but identifiers becomes blank
FOLDED_WORDS = WORDS.lower()
BRACKET = ord("(")


@cache
def glob_matcher(glob: str) -> Matcher:
    """Smart case: without a capital a glob matches in any case, else exactly. `*` stands for any text."""
    if glob == glob.lower():
        exact = case_matcher(glob)
        return lambda name: exact(name.lower())
    return case_matcher(glob)


def case_matcher(glob: str) -> Matcher:
    match glob.split("*"):
        case [whole]:
            return whole.__eq__
        case [start, ""]:
            return lambda name: name.startswith(start)
        case ["", end]:
            return lambda name: name.endswith(end)
        case ["", middle, ""]:
            return lambda name: middle in name
        case pieces:
            compiled = re.compile(".*".join(map(re.escape, pieces)), re.DOTALL)
            return lambda name: compiled.fullmatch(name) is not None


def anchored_literal(glob: str) -> str:
    """The longest piece of a glob, with a blank where a word must begin or end: `add_*` gives ` add_`."""
    if "*" not in glob:
        return f" {glob} "
    pieces = glob.split("*")
    at = max(range(len(pieces)), key=lambda number: len(pieces[number]))
    if not pieces[at]:
        raise ValueError(f"pattern {glob!r} has nothing to look for but wildcards")
    return f"{' ' if at == 0 else ''}{pieces[at]}{' ' if at == len(pieces) - 1 else ''}"


class Wanted(msgspec.Struct, frozen=True):
    """One name of one pattern: the glob `tail` is for the last part of a dotted name, `whole` (if dotted) for all of it.

    `head` is the first part of a dotted name: a file that never says it needs no closer look.
    """

    pattern: int
    kind: str
    tail: str
    whole: str = ""
    head: bytes = b""

    def matches_tail(self, name: str) -> bool:
        return glob_matcher(self.tail)(name)

    def matches_whole(self, name: str) -> bool:
        return glob_matcher(self.whole)(name) or glob_matcher("*." + self.whole)(name)


class Finder:
    """Literals, and what each of them may stand for, found in one pass."""

    def __init__(self) -> None:
        self.literals: dict[bytes, list[Wanted]] = {}
        self._words: dict[tuple[int, bytes], list[Wanted]] = {}

    def add(self, literal: str, wanted: Wanted) -> None:
        self.literals.setdefault(literal.encode(), []).append(wanted)

    def ready(self) -> None:
        self.wanted = list(self.literals.values())
        self.spans = [(literal.startswith(b" "), literal.endswith(b" ")) for literal in self.literals]
        self.calls_only = [
            right and all(want.kind == "call" for want in wanted)
            for wanted, (_, right) in zip(self.wanted, self.spans, strict=True)
        ]
        self.headed = [any(want.head for want in wanted) for wanted in self.wanted]
        self.automaton = automaton(self.literals)

    def meant(self, literal: int, word: bytes) -> list[Wanted]:
        """Which names a word may be the last part of; the same words come in file after file."""
        key = (literal, word)
        if key not in self._words:
            name = word.decode("utf-8", "replace")
            self._words[key] = [want for want in self.wanted[literal] if want.matches_tail(name)]
        return self._words[key]

    def find(self, text: bytes) -> list[tuple[int, int, int]]:
        """[(number of the literal, start, end)], overlapping ones too."""
        return self.automaton.find_matches_as_indexes(text, overlapping=True)


class Vocabulary:
    """The patterns of all rules. `key` changes whenever any of them does, and with it the cache."""

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        self.patterns = tuple(dict.fromkeys(patterns))
        self.ids = {pattern: number for number, pattern in enumerate(self.patterns)}
        self.key = hashlib.sha1(msgspec.msgpack.encode(self.patterns), usedforsecurity=False).hexdigest()[:16]
        self.modules: dict[str, list[int]] = {}
        self.module_globs: list[tuple[Matcher, int]] = []
        self.under: dict[str, list[Wanted]] = {}  # `package.*`: whatever is used of it
        self.above: dict[str, list[str]] = {}  # what holds such a package, itself included: `a` and `a.b` for `a.b.*`
        self.cased, self.folded, self.strings = Finder(), Finder(), Finder()
        for number, pattern in enumerate(self.patterns):
            for name in pattern.names:
                self._add(number, pattern.kind, name)
        for finder in (self.cased, self.folded, self.strings):
            finder.ready()

    def _add(self, number: int, kind: str, name: str) -> None:
        head, _, tail = name.rpartition(".")
        match kind:
            case "import" if "*" in name:
                self.module_globs.append((glob_matcher(name), number))
            case "import":
                self.modules.setdefault(name, []).append(number)
            case "string":
                literal = anchored_literal(f"*{name}*" if "*" not in name else name).strip(" ").lower()
                self.strings.add(literal, Wanted(number, kind, name))
            case _ if head and tail == "*":
                if head not in self.under:
                    for prefix in prefixes(head):
                        self.above.setdefault(prefix, []).append(head)
                self.under.setdefault(head, []).append(Wanted(number, kind, "*", name))
            case _:
                first = name.partition(".")[0].encode() if head and "*" not in name.partition(".")[0] else b""
                finder = self.folded if tail == tail.lower() else self.cased
                finder.add(anchored_literal(tail), Wanted(number, kind, tail, name if head else "", first))

    def hasten(self) -> None:
        """Build what reads fastest; it pays for itself beyond some megabytes."""
        for finder in (self.cased, self.folded, self.strings):
            finder.automaton = automaton(finder.literals, Implementation.DFA)
        imported = {f" {name.rpartition('.')[2].lower()} ".encode() for name in [*self.modules, *self.under]}
        self.mentions = automaton([*self.folded.literals, *sorted(imported)], Implementation.DFA)

    def mentioned(self, raw: bytes) -> set[int]:
        """Which names and modules stand in a file's code and which strings in its bytes, as numbers of their literals.

        This costs a fraction of reading the file: for trees of many megabytes, after `hasten`.
        """
        code = b" " + TOKEN.sub(b'""', raw) + b" "  # without comments and strings
        cased_calls, folded_calls = self.cased.calls_only, self.folded.calls_only
        above_cased = len(cased_calls)
        above_folded = above_cased + len(folded_calls) + len(self.modules) + len(self.under)
        found = {
            number
            for number, _, stop in self.cased.find(code.translate(WORDS))
            if not cased_calls[number] or code[stop - 1] == BRACKET
        }
        found.update(
            above_cased + number
            for number, _, stop in self.mentions.find_matches_as_indexes(code.translate(FOLDED_WORDS), overlapping=True)
            if number >= len(folded_calls) or not folded_calls[number] or code[stop - 1] == BRACKET
        )
        found.update(above_folded + number for number, _, _ in self.strings.find(raw.lower()))
        return found


def prefixes(name: str) -> list[str]:
    """`a`, `a.b` and `a.b.c` for `a.b.c`."""
    parts = name.split(".")
    return [".".join(parts[: count + 1]) for count in range(len(parts))]


def automaton(literals: Iterable[bytes], kind: Implementation = Implementation.ContiguousNFA) -> Automaton:
    """An NFA is built five times as fast as a DFA and reads at half its speed."""
    return Automaton(list(literals) or [b"\0\0never\0\0"], implementation=kind)
