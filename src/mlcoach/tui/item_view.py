"""What pane 2 says of one item, as `Content` (never markup: file names and notes come from the repository)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from textual.content import Content

from mlcoach.checklist import merge
from mlcoach.checklist.report import Answer, ItemReport, OptionReport
from mlcoach.reports.escape import visible
from mlcoach.rule import Evidence
from mlcoach.tui.glyphs import COLOURS, MUTED, WORDS, Glyphs
from mlcoach.tui.page import Page

if TYPE_CHECKING:
    from mlcoach.checklist.rules import Rule

REASONS = {
    "not-detected": "it is there, and was not detected",
    "wrong-evidence": "the evidence does not show it",
    "not-applicable": "it does not apply to this project",
    "other": "another reason",
}


def places(item: ItemReport) -> list[Evidence]:
    """All evidence of an item in the order in which it is shown, each once; "open" counts in it."""
    return [*item.evidence, *(found for option in item.options for found in _own(item, option))]


def _own(item: ItemReport, option: OptionReport) -> list[Evidence]:
    """The option's evidence that is not the item's as well."""
    shown = {found.place for found in item.evidence}
    return [found for found in option.evidence if found.place not in shown]


def render(item: ItemReport, rule: Rule | None, columns: int, signs: Glyphs) -> Content:
    """The whole page, wrapped to `columns`."""
    page = Page(columns, signs)
    _head(page, item)
    _answer(page, item)
    _evidence(page, item)
    _options(page, item)
    if rule is not None:
        page.section("Why")
        page.text(rule.item.why)
        page.section("Next steps")
        for number, step in enumerate(rule.item.how, 1):
            page.text(step, first=f"{number}  ", code=True)
    if item.looked:
        page.section("Looked in")
        page.text(", ".join(item.looked))
    if rule is not None:
        if counts := paragraph(rule.doc, "What counts"):
            page.section("What counts")
            page.text(counts, code=True)
        if not_counted := paragraph(rule.doc, "What does not"):
            page.section("What does not")
            page.text(not_counted, code=True)
        if rule.item.references:
            page.section("See", "o opens")
            for link in rule.item.references:
                page.text(link, style="underline")
        page.line()
        page.text(f"{rule.item.bullet}", style=MUTED)
    page.text(f"{item.id}, {item.stage}", style=MUTED)
    return page.content()


def paragraph(doc: str, heading: str) -> str:
    """The text under one of a docstring's fixed headings, as one paragraph; empty when it is not there."""
    found = re.search(
        rf"^\W*{re.escape(heading)}\W*$\n(?:^[-=~]+$\n)?(.*?)(?=^\W*(?:{_HEADINGS})\W*$|\Z)", doc, re.M | re.S
    )
    return " ".join(found[1].split()) if found else ""


_HEADINGS = "What counts|What does not|Known problems|Next step"


def _head(page: Page, item: ItemReport) -> None:
    state = (f"{page.signs.states[item.state]} {WORDS[item.state]}", f"bold {COLOURS[item.state]}")
    answer = item.answer
    if answer is None:
        review = ("not reviewed yet", MUTED)
    elif answer.stale:
        review = ("the evidence changed: review again", "bold $text-warning")
    else:
        review = (f"{page.signs.reviewed} reviewed", MUTED)
    page.sides([state, ("  ", ""), (visible(item.title), "bold")], review)
    page.line()
    page.text(item.summary, indent=0)
    if item.state != item.inferred:
        page.text(f"The scan says: {WORDS[item.inferred]}. You say: {WORDS[item.state]}.", indent=0, style=MUTED)


def _answer(page: Page, item: ItemReport) -> None:
    if item.answer is not None:
        answer = item.answer
        page.section(_title(answer))
        if answer.kind == "disagree":
            page.text(f"{REASONS.get(answer.reason, answer.reason)}")
        for line in answer.text.splitlines():
            page.text(line)
        when = answer.at.replace("T", " ").removesuffix("Z")
        if signed := "  ".join(part for part in (answer.by, when) if part):
            page.text(signed, style=MUTED)
    if item.draft and (item.answer is None or item.answer.stale or item.state == "ask"):
        page.section("Draft, from the docs", "c takes it, a changes it")
        page.text(item.draft, style="italic")
    elif item.state == "ask" and item.answer is None:
        page.section("Your answer", "a answers")
        page.text("Only a person can say this; the docs hold no draft.", style=MUTED)


def _title(answer: Answer) -> str:
    return {"agree": "You agreed", "disagree": "You disagreed", "answer": "You answered", "waive": "You waived it"}[
        answer.kind
    ]


def _evidence(page: Page, item: ItemReport) -> None:
    if not item.evidence:
        return
    near = item.state in ("missing", "na")
    page.section("Found, does not count" if near else "Evidence", "e opens")
    page.evidence(item.evidence, 0)


def _options(page: Page, item: ItemReport) -> None:
    if not item.options:
        return
    page.section("Options", "any one is enough")
    number = len(item.evidence)
    for option in item.options:
        sign = page.signs.states["done" if option.detected else "missing"]
        own = _own(item, option)
        above = [found.place for found in option.evidence if found not in own]
        words = (
            f"{option.title}: {above[0]}"
            if above
            else option.title
            if option.detected
            else f"{option.title}: not found"
        )
        page.text(words, first=f"{sign} ", style=COLOURS["done"] if option.detected else MUTED)
        page.evidence(own, number, indent=4)
        number += len(own)


def to_markdown(item: ItemReport, rule: Rule | None) -> str:
    """The item for an issue or a chat."""
    lines = [f"### {item.title} (`{item.id}`): {WORDS[item.state]}", "", merge.headline(item)]
    if item.evidence:
        lines += ["", "Evidence:", ""]
        lines += [f"- `{found.place}`" + (f" {found.note}" if found.note else "") for found in item.evidence]
    if item.draft and item.state == "ask":
        lines += ["", f"Draft: {item.draft}"]
    if item.looked:
        lines += ["", "Looked in: " + ", ".join(f"`{place}`" for place in item.looked)]
    if rule is not None and item.state in ("missing", "partial", "ask"):
        lines += ["", "Next steps:", "", *(f"{number}. {step}" for number, step in enumerate(rule.item.how, 1))]
    return "\n".join(visible(line) for line in lines) + "\n"


def commands(rule: Rule | None) -> list[str]:
    """The commands among the steps of an item: what stands in backquotes, a line each."""
    if rule is None:
        return []
    return [command for step in rule.item.how for command in re.findall(r"`([^`\n]+)`", step)]
