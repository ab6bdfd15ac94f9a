"""The lines of the checklist: which are shown, in what order, and what each says."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

import msgspec

from mlcoach.checklist import merge
from mlcoach.checklist.report import ItemReport, Report
from mlcoach.reports.escape import visible

SHOWS: dict[str, tuple[str, Callable[[ItemReport], bool]]] = {
    "all": ("all", lambda item: True),
    "missing": ("missing or partial", lambda item: item.state in ("missing", "partial")),
    "ask": ("needs an answer", lambda item: item.state == "ask"),
    "open": ("not reviewed", lambda item: not item.reviewed),
}
STATE_WORDS = {
    "done": "done",
    "partial": "partial weak",
    "missing": "missing",
    "ask": "ask needs answer",
    "na": "na n/a not applicable",
    "waived": "waived",
}


class Row(msgspec.Struct, frozen=True):
    """A line: a section's head (`item` is None) or an item. `key` is the section's name or the item's id."""

    key: str
    section: str
    item: ItemReport | None = None
    done: int = 0
    of: int = 0


def rows(report: Report | None, *, folded: Collection[str] = (), query: str = "", show: str = "all") -> list[Row]:
    """The lines to show. While something is filtered, folds do not count and sections without a hit go away."""
    if report is None:
        return []
    lines: list[Row] = []
    filtered = bool(query.strip()) or show != "all"
    wanted = SHOWS.get(show, SHOWS["all"])[1]
    for section, counts in report.sections.items():
        items = [item for item in report.items if item.section == section]
        hits = [item for item in items if wanted(item) and matches(query, item)]
        if filtered and not hits:
            continue
        lines.append(Row(section, section, None, counts.get("done", 0), counts.get("of", len(items))))
        if filtered or section not in folded:
            lines += [Row(item.id, section, item) for item in hits]
    return lines


def hint(item: ItemReport) -> str:
    """Why the item stands as it does, in a few words."""
    if item.answer is not None and item.answer.stale:
        return "review again"
    if item.answer is not None and (item.answer.kind != "agree" or item.answer.text):
        return visible(f"you: {merge.headline(item)}")
    match item.state:
        case "ask":
            return visible(f"draft from {item.evidence[0].place}") if item.draft and item.evidence else "your answer"
        case "done" | "partial" if item.evidence:
            return visible(item.evidence[0].place)
        case _:
            return visible(merge.headline(item))


# ---- the filter ----------------------------------------------------------------------------------------------------


def matches(query: str, item: ItemReport) -> bool:
    """Whether every word of the query is somewhere in the item."""
    return all(_matches_word(word, item) for word in query.casefold().split())


def _matches_word(word: str, item: ItemReport) -> bool:
    names = [item.title.casefold(), item.id.casefold()]
    paths = [(found.path or found.ref or "").casefold() for found in item.evidence]
    if any(word in text for text in (*names, *paths)):
        return True
    words = f"{STATE_WORDS[item.state]} {'reviewed' if item.reviewed else 'unreviewed'}"
    if item.answer is not None and item.answer.stale:
        words += " again"
    if any(part.startswith(word) for part in words.split()):
        return True
    return any(fuzzy(word, name) for name in names)


def fuzzy(word: str, text: str) -> bool:
    """Whether the letters of `word` are in the text in order, each going on from the last or starting a word."""
    starts = {found.start() for found in re.finditer(r"\b\w", text)}

    def search(letter: int, after: int) -> bool:
        if letter == len(word):
            return True
        places = [after] if after >= 0 else []
        places += [start for start in sorted(starts) if start > after]
        return any(text[at : at + 1] == word[letter] and search(letter + 1, at + 1) for at in places)

    return search(0, -1)
