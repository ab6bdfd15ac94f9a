"""What a rule found and what a person said, merged into one state. A person always wins."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping

import msgspec

from mlcoach.checklist.answers import NAME
from mlcoach.checklist.report import SECTIONS, Answer, ItemReport, OptionReport, Report, count
from mlcoach.rule import Evidence, Finding, Item, State

PHRASES = {
    "not-detected": "It is there; the scan does not see it",
    "wrong-evidence": "The evidence does not show it",
    "not-applicable": "It does not apply to this project",
    "other": "Disagreed",
}


def fingerprint(finding: Finding) -> str:
    """A short hash of what a person looks at when answering: the state, the draft, the evidence, the options in use.

    Line numbers are left out, and of a ref the figures: neither an edit further up nor the next release opens a
    review again. The order of the evidence does not count.
    """
    seen = [
        finding.state,
        finding.draft or "",
        sorted(_trace(found) for found in finding.evidence),
        sorted((id, sorted(_trace(found) for found in evidence)) for id, evidence in finding.options.items()),
    ]
    return hashlib.sha256(ascii(seen).encode()).hexdigest()[:12]


def _trace(found: Evidence) -> tuple[str, str]:
    if found.path:
        return found.path, found.note
    ref = found.ref or ""
    return ("commit" if re.fullmatch(r"[0-9a-f]{7,64}", ref) else re.sub(r"\d+", "#", ref)), found.note


def merge(item: Item, finding: Finding, answer: Answer | None) -> ItemReport:
    """The item as it stands after the answer. The rule's own words stay, so that an answer can be taken back."""
    inferred = ItemReport(
        id=item.id,
        section=item.section,
        title=item.title,
        kind=item.kind,
        stage=item.stage,
        state=finding.state,
        inferred=finding.state,
        summary=finding.summary,
        draft=finding.draft,
        looked=finding.looked,
        evidence=finding.evidence,
        options=tuple(
            OptionReport(option.id, option.title, bool(found := finding.options.get(option.id, ())), found)
            for option in item.options
        ),
        actions=item.actions,
        fingerprint=fingerprint(finding),
    )
    return _answered(inferred, answer)


def apply(report: Report, answers: Mapping[str, Answer]) -> Report:
    """The report with those answers in the place of its own, without a new scan."""
    items = tuple(_answered(_inferred(item), answers.get(item.id)) for item in report.items)
    return msgspec.structs.replace(report, items=items, counts=count(items), sections=sections(items))


def sections(items: tuple[ItemReport, ...]) -> dict[str, dict[str, int]]:
    """The counts of each section, in the checklist's order, those of other rules last."""
    names = dict.fromkeys([*SECTIONS, *(item.section for item in items)])
    return {name: count(tuple(item for item in items if item.section == name)) for name in names}


def headline(item: ItemReport) -> str:
    """The one line to show for an item: a person's words where they decide its state, else the rule's."""
    answer = item.answer
    if answer is None or (answer.kind == "agree" and not _accepts(answer, item)):
        return item.summary
    return _words(answer, item.draft)


def refuse(item: ItemReport, answer: Answer) -> str | None:
    """Why that answer makes no sense for that item and what to do instead, or None when it does."""
    match answer.kind, answer.reason:
        case ("agree", _) if item.inferred == "ask" and not item.draft:
            return "there is no draft to agree with; answer it in your own words"
        case ("answer", _) if item.kind != "answered" and item.inferred != "ask":
            return "it is read from the repository; agree, disagree or waive it"
        case ("answer", _) if not answer.text.strip():
            return "an answer needs a text"
        case ("waive", _) if not answer.text.strip():
            return "a waiver needs a reason"
        case ("disagree", "other") if not answer.text.strip():
            return "say why"
        case ("disagree", "not-detected") if item.inferred == "done":
            return "it is detected already; agree, or say wrong-evidence"
        case ("disagree", "wrong-evidence") if item.inferred not in ("done", "partial") and not item.draft:
            return "there is no evidence to be wrong; say not-detected or not-applicable"
        case ("disagree", "not-applicable") if item.inferred == "na":
            return "it counts as not applicable already; agree"
    return None


def _answered(item: ItemReport, answer: Answer | None) -> ItemReport:
    if answer is None:
        return item
    stale = bool(answer.fingerprint) and answer.fingerprint != item.fingerprint
    answer = msgspec.structs.replace(answer, stale=stale)
    state = _state(item, answer)
    said = _said(answer, item) if state == "done" and state != item.inferred else None
    evidence = (said, *item.evidence) if said else item.evidence
    return msgspec.structs.replace(item, state=state, evidence=evidence, answer=answer)


def _inferred(item: ItemReport) -> ItemReport:
    """The item before its answer."""
    said = item.answer is not None and item.evidence[:1] == (_said(item.answer, item),)
    evidence = item.evidence[1:] if said else item.evidence
    return msgspec.structs.replace(item, state=item.inferred, evidence=evidence, answer=None)


def _state(item: ItemReport, answer: Answer) -> State:
    inferred = item.inferred
    match answer.kind, answer.reason:
        case "agree", _:
            return "done" if _accepts(answer, item) else inferred
        case "answer", _:
            return "done" if item.kind == "answered" or inferred == "ask" else inferred
        case "waive", _:
            return "waived"
        case "disagree", "not-detected":
            return "done"
        case "disagree", "wrong-evidence" if inferred in ("done", "partial"):
            return "missing"
        case "disagree", "not-applicable":
            return "na"
    return inferred


def _accepts(answer: Answer, item: ItemReport) -> bool:
    """Whether an agreement takes a draft for the answer: that of today, or the one whose text was kept with it."""
    return item.inferred == "ask" and bool(answer.text or (item.draft and not answer.stale))


def _said(answer: Answer, item: ItemReport) -> Evidence:
    return Evidence(NAME, answer.line, note=_words(answer, item.draft), confidence=1.0)


def _words(answer: Answer, draft: str | None) -> str:
    text = " ".join(answer.text.split())
    match answer.kind:
        case "agree":
            return text or " ".join((draft or "").split())
        case "disagree":
            return text or PHRASES.get(answer.reason, answer.reason)
        case _:
            return text
