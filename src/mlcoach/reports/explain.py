"""The page of one item: what counts, why it matters, how to do it."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator

from mlcoach.reports.escape import visible, wrap
from mlcoach.reports.paint import WIDTH, Line, clip, line, plain
from mlcoach.rule import Item

HEADINGS = ("What counts", "What does not", "Known problems", "Next step")

_HEADING = re.compile(
    rf"^[ \t]*(?:#+[ \t]*|\*\*)?(?P<name>{'|'.join(HEADINGS)})(?:\*\*)?(?:[ \t]*$|:(?:\*\*)?[ \t]*|[ \t]*\*\*:?[ \t]*)",
    re.IGNORECASE,
)
_BULLET = re.compile(r"[-*•][ \t]+|\d+[.)][ \t]+")


def as_text(item: Item, doc: str | None, *, columns: int = WIDTH) -> str:
    """The page as plain text; `doc` is the docstring of the item's rule."""
    return plain(lines(item, doc, columns=columns))


def lines(item: Item, doc: str | None, *, columns: int = WIDTH) -> Iterator[Line]:
    """The same as styled lines, for a terminal."""
    return (clip(part, columns) for part in _page(item, doc, columns))


def _page(item: Item, doc: str | None, columns: int) -> Iterator[Line]:
    yield line((visible(item.title), "bold"), (f"  {visible(item.id)}", "dim"))
    if not _same(item.bullet, item):
        for text in wrap(item.bullet, columns):
            yield line(text)
    yield ()
    told = "you answer it; a scan only drafts" if item.kind == "answered" else "read from the repository"
    yield line((f"{told} · from the stage {item.stage} on", "dim"))
    intro, parts = sections(doc or "")
    if intro and not _same(intro, item):
        yield ()
        yield from _prose(intro, columns, indent=0)
    yield from _part("Why it matters", item.why, columns)
    for name, text in parts.items():
        if name != "Next step":
            yield from _part(name, text, columns)
    if item.options:
        yield from _part("Options, found one by one", "\n".join(f"- {o.title} ({o.id})" for o in item.options), columns)
    yield from _part("How to do it", "\n".join(f"{n}. {step}" for n, step in enumerate(item.how, 1)), columns)
    if "Next step" in parts:
        yield from _part("Next step", parts["Next step"], columns)
    if item.actions:
        yield from _part("mlcoach can help with", ", ".join(item.actions), columns)
    yield from _part("References", "\n".join(f"- {reference}" for reference in item.references), columns)


def sections(doc: str) -> tuple[str, dict[str, str]]:
    """A rule's docstring: the text above its first heading, and the text under each, in order.

    A heading stands on a line of its own (underlined, with `#`, `**` or a colon if you like), or before its text
    after a colon.
    """
    intro: list[str] = []
    parts: dict[str, list[str]] = {}
    into = intro
    for text in inspect.cleandoc(doc).splitlines():
        if heading := _HEADING.match(text):
            name = heading["name"].capitalize()
            into = parts.setdefault(name, [])
            if rest := text[heading.end() :].strip():
                into.append(rest)
        elif not re.fullmatch(r"[ \t]*[-=~]{3,}[ \t]*", text):
            into.append(text)
    return "\n".join(intro).strip(), {name: body for name, part in parts.items() if (body := _dedent(part))}


def _dedent(part: list[str]) -> str:
    return inspect.cleandoc("\n" + "\n".join(part)).strip()


def _same(intro: str, item: Item) -> bool:
    """Whether a bullet or a docstring's opening says nothing more than the title."""
    return intro.strip(" .").casefold() in (item.title.casefold(), item.id.casefold())


def _part(name: str, text: str, columns: int) -> Iterator[Line]:
    if not text.strip():
        return
    yield ()
    yield line((name, "bold"))
    yield from _prose(text, columns, indent=2)


def _prose(text: str, columns: int, indent: int) -> Iterator[Line]:
    """Paragraphs joined and wrapped; bullets keep a line each, with a hanging indent."""
    for block in _blocks(text):
        bullet = _BULLET.match(block)
        hang = indent + (len(bullet[0]) if bullet else 0)
        first = True
        for part in wrap(block[bullet.end() :] if bullet else block, columns - hang) if block else [""]:
            head = " " * indent + bullet[0] if bullet and first else " " * hang
            yield line(head + part) if part else ()
            first = False


def _blocks(text: str) -> list[str]:
    blocks: list[str] = []
    join = False
    for raw in text.splitlines():
        stripped = raw.strip()
        if join and stripped and not _BULLET.match(stripped):
            blocks[-1] += " " + stripped
        else:
            blocks.append(stripped)
        join = bool(stripped)
    return blocks
