"""The report as text: a row an item, or all that is known of a few."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mlcoach.checklist.merge import headline
from mlcoach.checklist.report import STATES, Answer, ItemReport, Report
from mlcoach.reports.escape import shorten, shorten_path, visible, width, wrap
from mlcoach.reports.paint import WIDTH, Line, clip, line, plain
from mlcoach.rule import Evidence, State

GLYPHS: dict[State, str] = {"done": "✓", "partial": "◐", "missing": "✗", "ask": "?", "na": "–", "waived": "⊘"}
STYLES: dict[State, str] = {
    "done": "green",
    "partial": "yellow",
    "missing": "red",
    "ask": "cyan",
    "na": "dim",
    "waived": "dim",
}
VERBS = {"agree": "agreed", "disagree": "disagreed", "answer": "answered", "waive": "waived"}

_WORD = max(len(state) for state in STATES)
_TITLE = 25  # columns of a title on a narrow screen


def as_text(report: Report, *, columns: int = WIDTH, detail: bool = False) -> str:
    """The report as plain text, no line wider than `columns`; `detail` shows all that is known of each item."""
    return plain(lines(report, columns=columns, detail=detail))


def lines(report: Report, *, columns: int = WIDTH, detail: bool = False) -> Iterator[Line]:
    """The same as styled lines, for a terminal."""
    return (clip(part, columns) for part in _page(report, columns, detail))


def _page(report: Report, columns: int, detail: bool) -> Iterator[Line]:
    yield from _head(report, columns)
    if detail:
        for item in report.items:
            yield ()
            yield from item_lines(item, columns=columns)
    else:
        yield from _sections(report, columns)
    yield from _tail(report, columns, detail)


def row(item: ItemReport, *, columns: int = WIDTH, title: int = _TITLE) -> Line:
    """One item on one line: its state, title, first evidence and summary."""
    name = shorten(visible(item.title), title)
    head = f"  {GLYPHS[item.state]} {item.state:<{_WORD}}"
    room = columns - len(head) - title - 4
    place = _place(item.evidence[0]) if item.evidence and item.state != "missing" else ""
    says = visible(" ".join(headline(item).split()))
    if item.answer and item.answer.stale:
        says = f"review again: {says}"
    place = shorten_path(place, max(room if room < 30 else room * 9 // 20, 0))
    rest = room - (width(place) + 2 if place else 0)
    return line(
        (head, STYLES[item.state]),
        "  " + name + " " * (title - width(name)),
        (f"  {place}" if place else "", "dim"),
        f"  {shorten(says, rest)}" if rest >= 8 else "",
    )


def item_lines(item: ItemReport, *, columns: int = WIDTH) -> Iterator[Line]:
    """All that is known of one item."""
    return (clip(part, columns) for part in _item(item, columns))


def _item(item: ItemReport, columns: int) -> Iterator[Line]:
    head = f"{GLYPHS[item.state]} {item.state}"
    title = shorten(visible(item.title), columns - len(head) - len(item.id) - 4)
    yield line((head, STYLES[item.state]), "  ", (title, "bold"), (f"  {item.id}", "dim"))
    yield from _wrapped(item.summary, columns)
    if item.answer is not None:
        yield from _answer(item, item.answer, columns)
    if item.draft:
        rejected = item.answer is not None and item.answer.kind == "disagree"
        yield line(("  Draft of an answer" + (" (rejected)" if rejected else ""), "bold"))
        yield from _wrapped(item.draft, columns, indent=4)
    if item.evidence:
        yield line(("  Evidence" if item.state != "missing" else "  What came near", "bold"))
        yield from _places(item.evidence, columns)
    if item.options:
        yield line(("  Options", "bold"))
        for option in item.options:
            style = STYLES["done"] if option.detected else STYLES["na"]
            state = "found" if option.detected else "not found"
            name = shorten(visible(option.title), columns - 18)
            yield line((f"    {GLYPHS['done' if option.detected else 'na']} {state:<9}", style), f"  {name}")
            yield from _places(option.evidence, columns, indent=8)
    if item.looked:
        yield line(("  Looked at", "bold"))
        yield from _wrapped(", ".join(item.looked), columns, indent=4)
    if item.actions:
        yield line(("  mlcoach can help with", "bold"))
        yield from _wrapped(", ".join(item.actions), columns, indent=4)


def counts_line(counts: dict[str, int]) -> Line:
    """`3 of 7 done · 1 missing · 3 ask`: the done ones, and every other state that an item is in."""
    parts: list[str | tuple[str, str]] = [(f"{counts['done']} of {counts['of']} done", STYLES["done"])]
    for state in STATES[1:]:
        if counts[state]:
            parts += [" · ", (f"{counts[state]} {state}", STYLES[state])]
    return line(*parts)


def _head(report: Report, columns: int) -> Iterator[Line]:
    where = [visible(report.branch or ""), (report.commit or "")[:8]]
    if report.changed:
        where.append(f"{report.changed} changed file{'s' if report.changed > 1 else ''}")
    elif report.dirty:
        where.append("changed files")
    name = shorten(visible(report.project), columns)
    rest = shorten(" · ".join(part for part in where if part), columns - width(name) - 2)
    yield line((name, "bold"), f"  {rest}" if rest else "")
    for text in wrap("; ".join(report.detected), columns) if report.detected else ():
        yield line((text, "dim"))
    yield ()
    yield counts_line(report.counts)


def _sections(report: Report, columns: int) -> Iterator[Line]:
    longest = max((width(visible(item.title)) for item in report.items), default=0)
    title = min(longest, _TITLE if columns < 100 else 40, max(columns - 14, 1))
    for section, counts in report.sections.items():
        if not counts["of"]:
            continue
        yield ()
        yield line((visible(section).capitalize(), "bold"), "  ", *counts_line(counts))
        for item in report.items:
            if item.section == section:
                yield row(item, columns=columns, title=title)


def _tail(report: Report, columns: int, detail: bool) -> Iterator[Line]:
    ask = [item.id for item in report.items if item.state == "ask"]
    again = [item.id for item in report.items if item.answer and item.answer.stale]
    new = [item.id for item in report.items if item.answer is None and item.state != "ask"]
    review: list[str] = []
    if ask:
        review.append(f"{len(ask)} only you can answer: {', '.join(ask)}")
    if again:
        review.append(f"{len(again)} whose evidence changed after the review: {', '.join(again)}")
    if new:
        review.append(f"{len(new)} found in the repository that nobody has agreed or disagreed with yet")
    if review:
        yield ()
        yield line(("To review", "bold"))
        for text in review:
            yield from _hanging(text, columns)
    if report.warnings:
        yield ()
        yield line(("Warnings", "bold"))
        for text in report.warnings:
            yield from _hanging(text, columns, style="yellow")
    hints: list[str] = []
    if first := next((item.id for item in report.items if item.state in ("missing", "partial")), None):
        hints.append(f"mlcoach explain {first}  what counts and how to do it")
        if not detail:
            hints.append(f"mlcoach check --only {first}  where it looked and what it found")
    if ask:
        hints.append(f"mlcoach answer {ask[0]} TEXT  or --agree with its draft")
    if hints:
        yield ()
        for text in hints:
            yield from _hanging(text, columns, style="dim")
    yield ()
    yield line((f"{report.seconds:.2f} s", "dim"))


def _answer(item: ItemReport, answer: Answer, columns: int) -> Iterator[Line]:
    who = f" by {answer.by}" if answer.by else ""
    when = f" on {answer.at[:10]}" if answer.at else ""
    reason = f" ({answer.reason})" if answer.reason else ""
    yield line((f"  {VERBS[answer.kind].capitalize()}{reason}", "bold"), shorten(visible(who + when), columns - 30))
    if answer.text:
        yield from _wrapped(answer.text, columns, indent=4)
    if answer.stale:
        yield line(("    Review again: the evidence is not the one of then.", "yellow"))
    elif item.state != item.inferred:
        yield line((f"    Without this answer it is {item.inferred}.", "dim"))


def _place(found: Evidence) -> str:
    commit = not found.path and re.fullmatch(r"[0-9a-f]{40,64}", found.place)
    return found.place[:8] if commit else visible(found.place)


def _places(evidence: tuple[Evidence, ...], columns: int, indent: int = 4) -> Iterator[Line]:
    for found in evidence:
        place = shorten_path(_place(found), columns - indent)
        rest = columns - indent - width(place) - 2
        note = shorten(visible(found.note), rest) if rest >= 8 else ""
        yield line(" " * indent, (place, "cyan"), f"  {note}" if note else "")


def _wrapped(text: str, columns: int, indent: int = 2) -> Iterator[Line]:
    for part in wrap(text, columns - indent):
        yield line(" " * indent + part)


def _hanging(text: str, columns: int, style: str = "") -> Iterator[Line]:
    for number, part in enumerate(wrap(text, columns - 4)):
        yield line((("  " if number == 0 else "    ") + part, style))
