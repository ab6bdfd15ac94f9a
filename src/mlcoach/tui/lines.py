"""The one-line bars around the panes, as `Content` for a given width: header, release bar, footer."""

from __future__ import annotations

from textual.content import Content

from mlcoach.checklist.report import STATES, Report
from mlcoach.reports.escape import shorten, visible, width
from mlcoach.tui.glyphs import COLOURS, KEY, MUTED, WORDS, Glyphs
from mlcoach.tui.keys import ALWAYS, BY_ID, FOOTER, SECTION_FOOTER, Keymap, Place

Part = tuple[str, str]


def _length(parts: list[Part]) -> int:
    return sum(width(text) for text, _ in parts)


def _fit(columns: int, *choices: tuple[list[Part], list[Part]]) -> Content:
    """The first choice of a left and a right side that fits; the last one whatever its length."""
    for left, right in choices:
        free = columns - _length(left) - _length(right)
        if free >= 0:
            break
    return Content.assemble(*left, (" " * max(0, free), ""), *right)


def header(report: Report | None, name: str, columns: int, signs: Glyphs, *, readonly: bool) -> Content:
    """Project, branch, changed files; the counts of each state and how many are left to review. No mean score."""
    name = visible(name) or "/"
    mode: list[Part] = [("READ-ONLY  ", "bold $text-warning")] if readonly else []
    if report is None:
        return _fit(columns, ([(" mlcoach  ", MUTED), (f"{name}  ", "bold"), *mode], []))
    branch = visible(report.branch) if report.branch else "" if report.commit else "no git"
    where: list[Part] = [(f"{branch}  ", MUTED)] if branch else []
    changed: list[Part] = [(f"{report.changed} changed  ", MUTED)] if report.changed else []
    left = sum(not item.reviewed for item in report.items)
    todo: list[Part] = [(f"{left} to review " if left else "all reviewed ", "bold")]
    tallies = [(state, report.counts[state]) for state in STATES if report.counts.get(state)]
    short: list[Part] = [(f"{signs.states[state]} {n}  ", COLOURS[state]) for state, n in tallies]
    long: list[Part] = [(f"{signs.states[state]} {n} {WORDS[state]}  ", COLOURS[state]) for state, n in tallies]
    front: list[Part] = [(" mlcoach  ", MUTED), (f"{name}  ", "bold")]

    def bare(after: list[Part], right: list[Part], least: int = 16) -> tuple[list[Part], list[Part]]:
        room = max(least, columns - _length([*after, *right]) - 3)  # the name is cut no more than must be
        return [(f" {shorten(name, room)}  ", "bold"), *after], right

    return _fit(
        columns,
        ([*front, *where, *changed, *mode], [*long, *todo]),
        bare([*where, *mode], [*long, *todo]),
        ([*front, *where, *changed, *mode], [*short, *todo]),
        bare([*where, *changed, *mode], [*short, *todo]),
        bare([*where, *mode], [*short, *todo]),
        bare(mode, [*short, *todo]),
        bare(mode, todo, 4),
    )


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
    commits = f"{version.commits_since} commit{'' if version.commits_since == 1 else 's'}"
    nexts = {"patch": version.patch, "minor": version.minor, "major": version.major}

    def choices(words: bool) -> list[Part]:
        parts: list[Part] = []
        for kind, number in nexts.items():
            mark = " <" if version.suggested == kind else ""
            parts.append((f"{keymap.shown(f'plan.{kind}')} ", KEY))
            parts.append((f"{f'{kind} ' if words else ''}{visible(number)}{mark}  ", "bold" if mark else ""))
        return parts

    head: Part = (" Release  ", "bold")
    since = f"{current}, {commits} since" if version.current else f"{current}, {commits}"
    return _fit(
        columns,
        ([head, (f"{since}: {kinds}  " if kinds else f"{since}  ", "")], choices(True)),
        ([head, (f"{since}  ", "")], choices(True)),
        ([(f" {since}  ", "")], choices(False)),
        ([(f" {current} +{version.commits_since}  ", "")], choices(False)),
        ([(f" {current}  ", "")], choices(False)),
        ([(" ", "")], choices(False)),
        ([(f" {shorten(current, columns - 1)}", "")], []),
    )


def footer(pane: Place, columns: int, keymap: Keymap, *, section: bool = False) -> Content:
    """Keys of the focused pane on the left, those always there on the right. The left gives way, from its end.

    `section`: the cursor is on a section's head, where there is nothing to review.
    """

    def part(id: str) -> list[Part]:
        return [(f"{keymap.shown(id)} ", KEY), (f"{BY_ID[id].text}  ", "")]

    right = [entry for id in (ALWAYS if pane != "log" else ()) for entry in part(id)]
    left: list[Part] = [(" ", "")]
    for id in SECTION_FOOTER if section else FOOTER[pane]:
        more = part(id)
        if _length(left) + _length(more) + _length(right) - 2 > columns:
            break
        left += more
    return Content.assemble(*left, (" " * max(0, columns - _length(left) - _length(right) + 2), ""), *right).rstrip()
