"""What pane 2 says when no item is under the cursor: a welcome, the project at a glance, or what went wrong."""

from __future__ import annotations

from textual.content import Content

from mlcoach.checklist.report import STATES, Report
from mlcoach.jobs.runner import Job
from mlcoach.reports.escape import visible
from mlcoach.tui.glyphs import COLOURS, HEAD, KEY, MUTED, WORDS, Glyphs
from mlcoach.tui.session import Session

Line = tuple[tuple[str, str], ...]


def page(session: Session, signs: Glyphs, failure: Job | None) -> tuple[str, Content]:
    """Title and text."""
    lines: list[Line] = []
    report = session.report
    if failure is not None:
        lines += _failure(failure)
    if session.trouble:
        lines += [(("Your answers", "bold $text-error"),), ((visible(session.trouble), ""),), ()]
    if report is None:
        lines += _welcome(session) if failure is None else []
        return "Welcome", _content(lines)
    if session.fresh and not report.detected:
        lines += _nothing(report)
    lines += _project(session, report, signs)
    lines += _keys(session)
    if report.warnings:
        lines += [(), (("Warnings", HEAD),)]
        lines += [((f"  {visible(warning)}", ""),) for warning in report.warnings]
    return "Project", _content(lines)


def _content(lines: list[Line]) -> Content:
    return Content("\n").join(Content.assemble(*line) for line in lines)


def _failure(job: Job) -> list[Line]:
    message = visible(job.error.message) if job.error else "it gave no reason"
    lines: list[Line] = [(("The scan failed", "bold $text-error"),), ((message, ""),)]
    if job.error and job.error.remedy:
        lines.append(((visible(job.error.remedy), ""),))
    return [*lines, ()]


def _welcome(session: Session) -> list[Line]:
    return [
        (
            ("mlcoach", "bold"),
            (
                " shows where a machine-learning project stands on a checklist of 33 items: scoping, data,"
                " programming, modelling; each with the evidence that was found for it.",
                "",
            ),
        ),
        (),
        (("It is reading the repository now. It runs none of its code.", ""),),
        (),
        *_keys(session),
    ]


def _nothing(report: Report) -> list[Line]:
    if not report.commit and not report.changed:
        return [
            (("There is nothing here yet that tells of machine learning", "bold $text-warning"),),
            (("Start with the questions of Scoping: they need no code. Then press R to look again.", ""),),
            (),
        ]
    return [
        (("Nothing here looks like machine learning", "bold $text-warning"),),
        (("No library, data set, notebook or model file was recognised. Is this the project's root?", ""),),
        (("If the project is at its start, begin with the questions of Scoping.", ""),),
        (),
    ]


def _project(session: Session, report: Report, signs: Glyphs) -> list[Line]:
    lines: list[Line] = [((visible(report.project), "bold"), (f"  {visible(session.place)}", MUTED))]
    if report.detected:
        lines.append(((visible("; ".join(report.detected)), ""),))
    if not report.commit and report.branch is None:
        lines.append(
            (
                ("Not in git: versions, releases and the history cannot be seen. ", ""),
                ("git init", "bold"),
                (" begins it.", ""),
            )
        )
    if session.readonly:
        lines.append(((f"Read-only: {visible(session.readonly)}. No answer can be saved.", "bold $text-warning"),))
    lines.append(())
    for name, counts in report.sections.items():
        tally = [(f"  {signs.states[s]} {counts[s]} {WORDS[s]}", COLOURS[s]) for s in STATES if counts.get(s)]
        lines.append(((f"  {visible(name).capitalize():<12}", ""), *tally))
    return [*lines, ()]


def _keys(session: Session) -> list[Line]:
    shown = session.config.keymap.shown

    def key(id: str, words: str) -> tuple[tuple[str, str], ...]:
        return ((f"  {shown(id):>5}  ", KEY), (words, ""))

    return [
        (("To begin", HEAD),),
        (
            (f"  {shown('move.down')} {shown('move.up')}", KEY),
            ("    move; ", ""),
            (shown("fold.enter"), KEY),
            (" opens an item or folds a section", ""),
        ),
        key("find.next-open", "goes to the next item that nobody has reviewed"),
        key("review.agree", "agrees with what was found"),
        key("review.disagree", "says what is wrong with it"),
        key("review.answer", "answers what no file can tell"),
        key("find.filter", "filters as you type"),
        key("show.help", "lists all keys; : finds everything by name"),
    ]
