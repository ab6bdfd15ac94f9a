"""What a rule module may import: the stable API, for the built-in rules and for third-party ones alike.

A rule is one module. Its docstring explains the item under fixed headings (What counts, What does not, Known problems,
Next step). It defines `ITEM`, the metadata, and `infer(facts) -> Finding`, a pure function. Everything that it looks
for in code stands at module level as `Pattern`s, so that one pass over a repository finds them all; a module beside it
that it imports as a whole (`from . import _stores`) may hold them too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

import msgspec

if TYPE_CHECKING:
    from mlcoach.facts.index import Definition as Definition
    from mlcoach.facts.project import Facts as Facts
else:  # the facts are built on this module: named here, defined there
    Facts = "mlcoach.facts.Facts"
    Definition = "mlcoach.facts.index.Definition"

State = Literal["done", "partial", "missing", "ask", "na", "waived"]
Stage = Literal["poc", "mvp", "production"]


class Evidence(msgspec.Struct, frozen=True, omit_defaults=True):
    """A place that a person can look at: a file (with a line, or a notebook's cell counted from 1), or a git ref.

    `confidence` is between 0 and 1. Presence is strong evidence (the default), absence weak.
    """

    path: str | None = None
    line: int | None = None
    cell: int | None = None
    ref: str | None = None
    note: str = ""
    confidence: float = 0.8

    def __post_init__(self) -> None:
        if not self.path and not self.ref:
            raise ValueError("evidence needs a path or a ref")

    @property
    def place(self) -> str:
        """`path:line`, `path#cell N`, `path`, or the ref."""
        if not self.path:
            return self.ref or ""
        if self.cell is not None:
            return f"{self.path}#cell {self.cell}"
        return f"{self.path}:{self.line}" if self.line else self.path


class Option(msgspec.Struct, frozen=True):
    """One of an item's sub-bullets, detected on its own."""

    id: str
    title: str


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """What the checklist says of one item, whatever the repository.

    `kind` is "inferred" (read from the repository) or "answered" (a person answers; a rule only drafts). `how` is the
    way to do it, a step a line, commands in backquotes. `actions` names what mlcoach can start to help.
    """

    id: str
    title: str
    bullet: str
    kind: Literal["inferred", "answered"] = "inferred"
    stage: Stage = "mvp"
    why: str
    how: tuple[str, ...]
    references: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    actions: tuple[str, ...] = ()

    @property
    def section(self) -> str:
        return self.id.partition("/")[0]


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """What a rule found out. Make one with `done`, `partial`, `missing`, `ask` or `na`."""

    state: State
    summary: str
    evidence: tuple[Evidence, ...] = ()
    draft: str | None = None
    looked: tuple[str, ...] = ()
    options: dict[str, tuple[Evidence, ...]] = {}

    def __post_init__(self) -> None:
        if self.state in ("done", "partial") and not self.evidence:
            raise ValueError(f"{self.state!r} needs evidence")
        if self.draft and not self.evidence:
            raise ValueError("a draft needs evidence")


Options = Mapping[str, Iterable[Evidence]]


def _options(options: Options | None) -> dict[str, tuple[Evidence, ...]]:
    tuples = {name: tuple(found) for name, found in (options or {}).items()}
    return {name: found for name, found in tuples.items() if found}


def done(summary: str, evidence: Iterable[Evidence], *, options: Options | None = None) -> Finding:
    """The item is there. Raises ValueError without evidence."""
    return Finding(state="done", summary=summary, evidence=tuple(evidence), options=_options(options))


def partial(summary: str, evidence: Iterable[Evidence], *, options: Options | None = None) -> Finding:
    """The item is there but weak: tests that CI never runs. Raises ValueError without evidence."""
    return Finding(state="partial", summary=summary, evidence=tuple(evidence), options=_options(options))


def missing(summary: str, looked: Iterable[str], *, evidence: Iterable[Evidence] = ()) -> Finding:
    """Not found. `looked` says where; `evidence` may show what came near and does not count."""
    return Finding(state="missing", summary=summary, looked=tuple(looked), evidence=tuple(evidence))


def ask(
    summary: str, *, draft: str | None = None, evidence: Iterable[Evidence] = (), looked: Iterable[str] = ()
) -> Finding:
    """Only a person can say. `draft` is an answer that the docs hold, with its evidence."""
    return Finding(state="ask", summary=summary, draft=draft, evidence=tuple(evidence), looked=tuple(looked))


def na(why: str, *, evidence: Iterable[Evidence] = ()) -> Finding:
    """The item cannot apply to this project; `why` is shown."""
    return Finding(state="na", summary=why, evidence=tuple(evidence))


# ---- what a rule looks for in code ---------------------------------------------------------------------------------

PatternKind = Literal["import", "call", "use", "define", "assign", "keyword", "string"]


class Pattern(msgspec.Struct, frozen=True):
    """Names to look for in code (Python files and the code cells of notebooks; never in comments or docstrings).

    A name may hold `*`. Without a capital it matches in any case, else exactly ("smart case"). Without a dot it is
    compared with the last part of what the code says (`dropna` finds `df.dropna`); with dots, with the whole of it
    after aliases are resolved, or its tail (`sklearn.impute.*` finds `from sklearn import impute as i; i.X()`).
    """

    kind: PatternKind
    names: tuple[str, ...]
    note: str = ""
    confidence: float = 0.8

    def __post_init__(self) -> None:
        for name in self.names:
            if not name.removesuffix(".*").rpartition(".")[2].strip("*"):
                raise ValueError(f"pattern {name!r} has nothing to look for but wildcards")


def imports(*names: str, note: str = "", confidence: float = 0.8) -> Pattern:
    """Modules that are imported: `imports("snorkel", "sklearn.impute")`, their submodules and members included."""
    return Pattern("import", names, note, confidence)


def calls(*names: str, note: str = "", confidence: float = 0.8) -> Pattern:
    """Functions, methods or classes that are called."""
    return Pattern("call", names, note, confidence)


def uses(*names: str, note: str = "", confidence: float = 0.8) -> Pattern:
    """Names that are used in any way but an import: called, passed on, subclassed, as a decorator."""
    return Pattern("use", names, note, confidence)


def defines(*names: str, note: str = "", confidence: float = 0.8) -> Pattern:
    """Functions and classes that the project itself defines, `_private` ones too: `clean_*` finds `_clean_text`."""
    private = [f"_{name}" for name in names if not name.startswith(("*", "_"))]
    return Pattern("define", (*names, *private), note, confidence)


def assigns(*names: str, note: str = "", confidence: float = 0.8) -> Pattern:
    """Variables that are assigned, `a, b = ...` included."""
    return Pattern("assign", names, note, confidence)


def keywords(*names: str, note: str = "", confidence: float = 0.8) -> Pattern:
    """Keyword arguments that are passed (or parameters with a default): `keywords("map_location")`."""
    return Pattern("keyword", names, note, confidence)


def strings(*names: str, note: str = "", confidence: float = 0.8) -> Pattern:
    """String constants (docstrings excepted): `strings("*kaggle.com*", "cuda")`. They are compared whole."""
    return Pattern("string", names, note, confidence)


class Regex:
    """A regular expression that is compiled when it is first used: most scans need only a part of the rules' many.

    Raises re.error at that time for an expression that is none.
    """

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self.pattern = pattern
        self.flags = flags

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        return re.compile(self.pattern, self.flags)

    def search(self, text: str) -> re.Match[str] | None:
        return self.compiled.search(text)

    def match(self, text: str) -> re.Match[str] | None:
        return self.compiled.match(text)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        return self.compiled.fullmatch(text)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        return self.compiled.finditer(text)

    def findall(self, text: str) -> list[Any]:
        return self.compiled.findall(text)

    def sub(self, new: str, text: str) -> str:
        return self.compiled.sub(new, text)

    def split(self, text: str) -> list[str]:
        return self.compiled.split(text)


FIRST_ARGUMENT = Regex(r"\s*(?:\w+\s*=\s*)?((?:[^,(\[{]|\((?:[^()]|\([^()]*\))*\)|\[[^\]]*\]|\{[^}]*\})*)")


class Hit(msgspec.Struct, frozen=True, array_like=True):
    """One place in code that a pattern matched.

    `name` is the dotted name with aliases resolved (for a string: its text); `text` the source line; `args` the source
    between the call's parentheses, cut at 300 characters; `loops` how many loops stand around it; `inside` the
    function or class around it, dotted, empty at module level.
    """

    path: str
    line: int
    cell: int | None
    kind: str
    name: str
    text: str
    args: str = ""
    loops: int = 0
    inside: str = ""
    note: str = ""
    confidence: float = 0.8

    @property
    def last(self) -> str:
        """The last part of the name: "dropna" of "df.dropna"."""
        return self.name.rpartition(".")[2]

    @property
    def first_argument(self) -> str:
        """Of a call: its first argument as it is written, without a keyword; empty where there is none."""
        found = FIRST_ARGUMENT.match(self.args)
        return found[1] if found else ""

    def evidence(self, note: str = "") -> Evidence:
        return Evidence(
            self.path, self.line, self.cell, note=note or self.note or self.text[:80], confidence=self.confidence
        )


class TextHit(msgspec.Struct, frozen=True):
    """One line of a doc, a configuration file or a notebook's Markdown or output that a regular expression matched."""

    path: str
    line: int
    cell: int | None
    text: str

    def evidence(self, note: str = "", confidence: float = 0.7) -> Evidence:
        return Evidence(self.path, self.line, self.cell, note=note or self.text.strip()[:80], confidence=confidence)


class Sentence(msgspec.Struct, frozen=True):
    """One sentence of the docs without its markup; a heading, a list item and a table's row count as sentences too.

    `kind` is "heading", "text", "item" or "row" (cells parted by " | "). `headings` are the titles above it, the
    outermost first. `block` numbers the paragraphs of a document. `line` is 0 in a printed paper.
    """

    path: str
    line: int
    cell: int | None
    text: str
    kind: str
    headings: tuple[str, ...] = ()
    block: int = 0

    def evidence(self, note: str = "", confidence: float = 0.7) -> Evidence:
        return Evidence(self.path, self.line or None, self.cell, note=note or self.text[:80], confidence=confidence)


def evidence_of(*groups: Iterable[Hit | TextHit | Sentence | Evidence], limit: int = 5) -> tuple[Evidence, ...]:
    """The evidence of some hits, one place a file line, a file of its own first, at most `limit`."""
    places: dict[str, Evidence] = {}
    for group in groups:
        for hit in group:
            found = hit if isinstance(hit, Evidence) else hit.evidence()
            places.setdefault(found.place, found)
    first_of_file: dict[str, Evidence] = {}
    for found in places.values():
        first_of_file.setdefault(found.path or found.ref or "", found)
    rest = [found for found in places.values() if found not in first_of_file.values()]
    return tuple([*first_of_file.values(), *rest][:limit])
