"""The one-line bars around the panes, as `Content` for a given width: header, release bar, footer."""

from __future__ import annotations

from textual.content import Content

from mlcoach.checklist.report import STATES, Report
from mlcoach.reports.escape import shorten, visible, width
from mlcoach.tui.glyphs import COLOURS, WORDS, Glyphs
from mlcoach.tui.keys import ALWAYS, BY_ID, FOOTER, Keymap, Place

MUTED = "$foreground 70%"
KEY = "bold $text-accent"
Part = tuple[str, str]


def _length(parts: list[Part]) -> int:
    return sum(width(text) for text, _ in parts)


def _sides(left: list[Part], right: list[Part], columns: int) -> Content:
    free = columns - _length(left) - _length(right)
    return Content.assemble(*left, (" " * max(1, free), ""), *right)


def header(report: Report | None, name: str, columns: int, signs: Glyphs, *, readonly: bool) -> Content:
    """Project, branch, changed files; the counts of each state and how many are left to review. No mean score."""
    name = visible(name)
    counts, left = report.counts if report else {}, 0
    if report:
        left = sum(not item.reviewed for item in report.items)
    todo = [(f"  {left} to review " if left else "  all reviewed ", "bold")] if report else []
    tallies = [(state, counts[state]) for state in STATES if counts.get(state)]
    short: list[Part] = [(f" {signs.states[state]} {count}", COLOURS[state]) for state, count in tallies]
    long: list[Part] = [(f"  {signs.states[state]} {n} {WORDS[state]}", COLOURS[state]) for state, n in tallies]
    where: list[Part] = []
    if report:
        where.append((f"  {visible(report.branch)}" if report.branch else "" if report.commit else "  no git", MUTED))
        where.append((f"  {report.changed} changed" if report.changed else "", MUTED))
    mode: list[Part] = [("  READ-ONLY", "bold $text-warning")] if readonly else []
    front: list[Part] = [(" mlcoach  ", MUTED)]
    for left_parts, right_parts in (
        ([*front, (name, "bold"), *where, *mode], [*long, *todo]),
        ([*front, (name, "bold"), *where, *mode], [*short, *todo]),
        ([(" ", ""), (name, "bold"), *where[:1], *mode], [*short, *todo]),
        ([(" ", ""), (shorten(name, 16), "bold"), *mode], [*short, *todo]),
    ):
        if _length(left_parts) + _length(right_parts) + 1 <= columns:
            return _sides(left_parts, right_parts, columns)
    return _sides([(" ", ""), (shorten(name, 12), "bold"), *mode], todo, columns)


def release_bar(report: Report | None, columns: int, keymap: Keymap, signs: Glyphs) -> Content:
    """The version, the commits since by kind, and the next three with their keys; `<` marks the suggested one."""
    if report is None:
        return Content("")
    if report.commit is None and report.branch is None:
        return Content.assemble((" Release  ", "bold"), ("no git here: `git init`, then a first commit", MUTED))
    version = report.version
    if version is None:
        return Content.assemble((" Release  ", "bold"), ("no commit yet, so nothing to release", MUTED))
    current = visible(f"{version.prefix}{version.current}") if version.current else "no version yet"
    kinds = "  ".join(f"{count} {visible(kind)}" for kind, count in version.kinds.items() if count)
    commits = f"{version.commits_since} commit{'' if version.commits_since == 1 else 's'} since"
    nexts = {"patch": version.patch, "minor": version.minor, "major": version.major}

    def choices(words: bool) -> list[Part]:
        parts: list[Part] = []
        for kind, number in nexts.items():
            mark = " <" if version.suggested == kind else ""
            parts.append((f"  {keymap.shown(f'plan.{kind}')}", KEY))
            parts.append((f" {f'{kind} ' if words else ''}{visible(number)}{mark}", "bold" if mark else ""))
        return [*parts, (" ", "")]

    head: Part = (" Release  ", "bold")
    since = f", {commits}" if version.current else f", {version.commits_since} commits"
    for left_parts, right_parts in (
        ([head, (f"{current}{since}: {kinds}" if kinds else f"{current}{since}", "")], choices(True)),
        ([head, (f"{current}{since}", "")], choices(True)),
        ([(f" {current}{since}", "")], choices(False)),
        ([(f" {current} +{version.commits_since}", "")], choices(False)),
        ([(f" {current}", "")], choices(False)),
    ):
        if _length(left_parts) + _length(right_parts) + 1 <= columns:
            return _sides(left_parts, right_parts, columns)
    return Content.assemble((f" {current}", ""))


def footer(pane: Place, columns: int, keymap: Keymap) -> Content:
    """Keys of the focused pane on the left, those always there on the right. The left gives way, from its end."""

    def part(id: str) -> list[Part]:
        return [(f" {keymap.shown(id)}", KEY), (f" {BY_ID[id].text} ", "")]

    right = [entry for id in (ALWAYS if pane != "log" else ()) for entry in part(id)]
    left: list[Part] = []
    for id in FOOTER[pane]:
        more = part(id)
        if _length(left) + _length(more) + _length(right) > columns:
            break
        left += more
    return Content.assemble(*left, (" " * max(0, columns - _length(left) - _length(right)), ""), *right)
