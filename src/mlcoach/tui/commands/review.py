"""Agree, disagree, answer, waive; undo and redo. Every change is in mlcoach.toml at once."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from typing import Literal

from textual.content import Content

from mlcoach.checklist import answers as stored
from mlcoach.checklist import merge
from mlcoach.checklist.report import Answer, ItemReport
from mlcoach.reports.escape import visible
from mlcoach.tui.item_view import REASONS
from mlcoach.tui.screens.main import REVIEW, MainScreen
from mlcoach.tui.session import Changes, ReviewError

Kind = Literal["agree", "disagree", "answer", "waive"]
DONE: dict[str, str] = {"agree": "Agreed", "disagree": "Disagreed", "answer": "Answered", "waive": "Waived"}
SLOW = 0.5  # seconds after which a person is told what a change waits for


def agree(screen: MainScreen) -> None:
    if items := _targets(screen):
        _in_turn(screen, _record(screen, items, "agree"))


def disagree(screen: MainScreen) -> None:
    items = _targets(screen)
    if not items:
        return
    from mlcoach.tui.screens.choose import ChooseScreen

    reasons = [
        reason
        for reason in stored.REASONS
        if any(merge.refuse(item, Answer("disagree", text="x", reason=reason)) is None for item in items)
    ]
    lines = [Content(f"{REASONS[reason].capitalize()}  ({reason})") for reason in reasons]

    def chosen(number: int) -> None:
        reason = reasons[number]
        must = any(merge.refuse(item, Answer("disagree", reason=reason)) for item in items)
        why = "Why?" if must else "Why? You may leave this empty."
        _ask(screen, items, "disagree", reason, f"{REASONS[reason].capitalize()}.\n{why}")

    screen.ask(ChooseScreen(f"Disagree: {_names(items)}", lines, text="What is wrong?"), chosen)


def answer(screen: MainScreen) -> None:
    """One item at a time, in a text field that holds the answer so far, what was begun, or the draft."""
    item = screen.item
    if item is None or _readonly(screen):
        if item is None:
            screen.say("Put the cursor on an item first")
        return
    if problem := merge.refuse(item, Answer("answer", text="x")):
        screen.say(f"{item.title}: {problem}")
        return
    from mlcoach.tui.screens.write import TextScreen

    present = item.answer.text if item.answer and item.answer.kind in ("answer", "agree") else ""
    drafts = screen.session.view.drafts
    key = _key("answer", [item])
    begun = drafts.get(key, "")
    told = "What you began last time." if begun else "The draft from the docs." if item.draft and not present else ""
    rule = screen.session.rules.get(item.id)
    question = rule.item.bullet if rule else item.title
    dialog = TextScreen(
        f"Answer: {visible(item.title)}",
        f"{question}\n{told}".strip(),
        value=begun or present or item.draft or "",
        save_key=screen.keymap.shown("text.save"),
        keep=lambda text: _keep(drafts, key, text, present or item.draft or ""),
        check=lambda text: merge.refuse(item, Answer("answer", text=text)),
    )
    screen.ask(dialog, lambda text: _in_turn(screen, _record(screen, [item], "answer", text=text)))


def waive(screen: MainScreen) -> None:
    if items := _targets(screen):
        _ask(screen, items, "waive", "", "Why does it not count for this project?")


def clear(screen: MainScreen) -> None:
    targets = _targets(screen)
    items = [item for item in targets if item.answer is not None]
    if targets and not items:
        screen.say("There is no answer to take back")
    if items:
        _in_turn(screen, _change(screen, {item.id: None for item in items}, f"Took back: {_names(items)}"))


def undo(screen: MainScreen) -> None:
    _in_turn(screen, _step(screen, "Undone", screen.session.undo))


def redo(screen: MainScreen) -> None:
    _in_turn(screen, _step(screen, "Redone", screen.session.redo))


async def _step(screen: MainScreen, word: str, step: Callable[[], Awaitable[Changes]]) -> None:
    try:
        changes = await step()
    except ReviewError as error:
        screen.say(str(error), problem="Nothing to" not in str(error))
        return
    screen.show_report(cursor=next(iter(changes)) if len(changes) == 1 else None)
    report = screen.session.report
    kinds = {DONE[answer.kind] if answer else "Took back" for answer in changes.values()}
    names = _names([item for item in report.items if item.id in changes]) if report else ""
    screen.say(f"{word}: {kinds.pop().lower() if len(kinds) == 1 else 'changed'} {names}")


def _in_turn(screen: MainScreen, work: Coroutine[None, None, None]) -> None:
    """Make a review change while the screen stays alive, after those before it."""

    async def wait() -> None:
        async with screen.session.saving:
            task = asyncio.ensure_future(work)
            if not (await asyncio.wait((task,), timeout=SLOW))[0]:
                screen.say(f"Not saved yet: another program holds {stored.NAME}. Waiting for it.")
            await task

    screen.run_worker(wait(), group=REVIEW)


def _targets(screen: MainScreen) -> list[ItemReport]:
    """The marked items, else the one under the cursor."""
    report = screen.session.report
    if report is None or _readonly(screen):
        return []
    marked = [item for item in report.items if item.id in screen.checklist.marked]
    items = marked or ([screen.item] if screen.item else [])
    if not items:
        screen.say("Put the cursor on an item first")
    return items


def _readonly(screen: MainScreen) -> bool:
    if reason := screen.session.readonly:
        screen.say(f"Read-only: {reason}", problem=True)
    return bool(reason)


def _ask(screen: MainScreen, items: list[ItemReport], kind: Kind, reason: str, text: str) -> None:
    from mlcoach.tui.screens.write import LineScreen

    drafts = screen.session.view.drafts
    key = _key(kind, items)
    first = items[0].answer
    same = first is not None and first.kind == kind and len(items) == 1
    present = first.text.replace("\n", " ") if first is not None and same else ""
    dialog = LineScreen(
        f"{kind.capitalize()}: {_names(items)}",
        text,
        value=drafts.get(key, "") or present,
        keep=lambda line: _keep(drafts, key, line, present),
        check=lambda line: _problem(items, Answer(kind, text=line, reason=reason)),
    )
    screen.ask(dialog, lambda line: _in_turn(screen, _record(screen, items, kind, text=line, reason=reason)))


def _problem(items: Iterable[ItemReport], answer: Answer) -> str | None:
    """What is wrong with the answer, when it is so for every item; those that it does not fit are left out later."""
    problems = [merge.refuse(item, answer) for item in items]
    return problems[0] if all(problems) else None


def _keep(drafts: dict[str, str], key: str, text: str, present: str) -> None:
    if text.strip() and text != present:
        drafts[key] = text
    else:
        drafts.pop(key, None)


async def _record(screen: MainScreen, items: list[ItemReport], kind: Kind, *, text: str = "", reason: str = "") -> None:
    by = await screen.app.who()
    at = stored.now()
    changes: dict[str, Answer | None] = {}
    refused: list[str] = []
    for item in items:
        draft = item.draft if kind == "agree" and item.inferred == "ask" and item.draft else ""
        given = Answer(kind, text=text or draft, reason=reason, by=by, at=at, fingerprint=item.fingerprint)
        if problem := merge.refuse(item, given):
            refused.append(f"{item.title}: {problem}")
        else:
            changes[item.id] = given
    more = f"; and {len(refused) - 1} more" if len(refused) > 1 else ""
    left_out = f"{visible(refused[0])}{more}" if refused else ""
    if not changes:
        screen.say(left_out)
        return
    done = [item for item in items if item.id in changes]
    message = f"{DONE[kind]}: {_names(done)}"
    await _change(screen, changes, message, left_out=left_out, keep=(_key(kind, items), text))


async def _change(
    screen: MainScreen, changes: Changes, message: str, *, left_out: str = "", keep: tuple[str, str] = ("", "")
) -> None:
    try:
        await screen.session.change(changes)
    except ReviewError as error:
        key, text = keep
        if text:  # what was written is not lost with the file
            screen.session.view.drafts[key] = text
        screen.say(str(error), title="Not saved", problem=True)
        return
    screen.checklist.marked.clear()
    screen.show_report()
    undo = f"{message}  ({screen.keymap.shown('review.undo')} undoes it)"
    screen.say(f"{undo}\n{left_out}" if left_out else undo)


def _key(kind: Kind, items: Iterable[ItemReport]) -> str:
    """Where a text that was begun and not saved is kept."""
    return f"{kind} {' '.join(item.id for item in items)}"


def _names(items: list[ItemReport]) -> str:
    return visible(items[0].title) if len(items) == 1 else f"{len(items)} items"
