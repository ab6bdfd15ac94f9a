"""Docs as a person reads them: sentences without markup, each with its place and the headings above it.

Markdown, reStructuredText, HTML inside either, and notebooks' Markdown cells. Code, directory trees, badges, pictures,
comments, front matter and tables of contents are left out. Everything is linear in the text's length.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from functools import cached_property

import msgspec

from mlcoach.facts.paths import extension, is_test
from mlcoach.facts.texts import Text
from mlcoach.rule import Sentence

LIMIT = 120_000  # characters read of one document
LONGEST = 6_000  # characters read of one line
TOTAL = 800_000  # characters read of all documents
NOT_PROSE = re.compile(
    r"(?i)(?:.*/)?(?:code_of_conduct|contributing|contributors|security|change_?log|changes|history|news|release_?notes?"
    r"|licen[cs]e|notice|copying|authors|maintainers|code_?owners|pull_request_template|issue_template|support"
    r"|third.?party.*|claude|agents|skill)(?:\.\w+)?"
    r"|(?:.*/)?(?:\.[^/]+|site-packages|templates?|licenses)/.*"
)
FORMATS = frozenset(["md", "rst", "markdown", "ipynb", "adoc", "rmd", "qmd", "org", ""])

COMMENT = re.compile(r"<!--.*?(?:-->|\Z)|<(style|script|svg|pre)\b.*?(?:</\1>|\Z)", re.DOTALL | re.IGNORECASE)
FRONT_MATTER = re.compile(r"\A\s*---\n.*?\n---[ \t]*\n", re.DOTALL)
FENCE = re.compile(r"[ \t>]*(?:[-*+]|\d+[.)])?[ \t]*(`{3,}|~{3,})(.*)")
ATX = re.compile(r" {0,3}(#{1,6})(?!#)[ \t]*(.*?)[ \t]*#*[ \t]*\Z")
HTML_HEADING = re.compile(r"\s*<h([1-6])\b[^>]*>(.*?)(?:</h[1-6]>.*)?\Z", re.IGNORECASE)
UNDERLINE = re.compile(r"\s{0,3}(={3,}|-{3,}|~{3,}|\^{3,}|\"{3,}|\*{3,}|\+{3,}|'{3,}|#{3,})\s*\Z")
RULE = re.compile(r"\s*(?:[-*_=~+#^\"':.]\s*){3,}\Z")
ITEM = re.compile(r"([ \t]*)(?:[-*+•‣·–]|\(?\d{1,3}[.)]|[a-z]\))[ \t]+(\S.*)\Z")
DIRECTIVE = re.compile(r"([ \t]*)\.\.(?:[ \t]|\Z)")
PROSE_DIRECTIVE = re.compile(r"[ \t]*\.\.[ \t]+(?:note|tip|important|topic|epigraph|abstract|admonition)::[ \t]*(.*)")
TREE = re.compile(r"[├└│]|^\s*\|--|^\s*(?:\$|>>>|%)\s")
TABLE_RULE = re.compile(r"[\s:|+=-]+\Z")

LINKED_IMAGE = re.compile(r"\[\s*!\[[^\]]*\](?:\([^)]*\)|\[[^\]]*\])\s*\](?:\([^)]*\)|\[[^\]]*\])?")
IMAGE = re.compile(r"!\[[^\]]*\](?:\([^)]*\)|\[[^\]]*\])")
LINK = re.compile(r"\[([^\[\]]*)\]\([^()]*(?:\([^()]*\)[^()]*)?\)|\[([^\[\]]+)\]\[[^\[\]]*\]")
REFERENCE = re.compile(r"\s{0,3}\[[^\]]+\]:\s*\S+.*\Z")
FOOTNOTE = re.compile(r"\[\^?[\w-]{1,12}\](?!\()")
RST_LINK = re.compile(r"(?::[\w:]+:)?`([^`<\n]*)<[^`>]*>`_{0,2}|(?::[\w:]+:)`~?([^`\n]*)`")
RST_ROLE = re.compile(r"\|[\w -]+\|_{0,2}(?!\s*\S*\|)|:(?:align|width|height|alt|target|scale|figclass|name|class):.*")
TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<(?=https?://)|(?<=\w)>(?=\s|$)")
BREAK = re.compile(r"<br\s*/?>|(?:(?<! ) {2,}|\\)$", re.IGNORECASE | re.MULTILINE)
EMPHASIS = re.compile(r"\*{1,3}|(?<!\w)_{1,3}(?=\S)|(?<=\S)_{1,3}(?!\w)|~~|`+")
SHORTCODE = re.compile(r":[a-z][a-z0-9_+-]{2,30}:")
PICTOGRAMS = re.compile(
    "[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\u2300-\u23ff\ufe0f\u200d\u20e3\U000e0020-\U000e007f]+ ?"
)
SPACES = re.compile(r"[ \t\u00a0]+")
END = re.compile(r"(?<![.!?])[.!?]+[\"')\]”’]*(?=\s+[\"'(\[“]*[^\sa-z])|[。！？]|\x1f")
ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|et al|etc|vs|cf|fig|eq|sec|no|approx|resp|ca|dr|mr|ms|mrs|prof|st|inc|ltd|u\.s|m\.sc|b\.sc|ph\.d|[A-Z])|\W\w)\.\Z",
    re.I,
)
NO_WORD = re.compile(r"[\W\d_]*\Z")


class Document:
    """One document's sentences, read when first asked for. `placed` says whether a line means anything in it."""

    def __init__(self, text: Text, *, placed: bool = True) -> None:
        self.path = text.path
        self.placed = placed
        self._text = text

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        found = read_sentences(self._text)
        return tuple(found if self.placed else (msgspec.structs.replace(told, line=0) for told in found))


def documents(texts: Iterable[Text]) -> tuple[Document, ...]:
    """Those docs that speak of the project: no licence, change log, conduct, templates or tests; READMEs first."""
    chosen, room = [], TOTAL
    for text in texts:
        if room > 0 and is_prose(text.path):
            chosen.append(Document(text))
            room -= min(len(text.text), LIMIT)
    return tuple(chosen)


def is_prose(path: str) -> bool:
    name = path.rpartition("/")[2].lower()
    spoken = (
        extension(path) in FORMATS
        or name.startswith("readme")
        or (extension(path) == "txt" and path.startswith("docs/"))
    )
    return spoken and not NOT_PROSE.fullmatch(path) and not is_test(path)


class Block(msgspec.Struct):
    kind: str
    start: int  # index of its first line
    lines: list[str]


def read_sentences(text: Text) -> Iterator[Sentence]:
    headings: list[tuple[int, str]] = []
    offsets = text.cells
    for number, block in enumerate(read_blocks(text.text[:LIMIT], extension(text.path) == "rst")):
        kind, level = block.kind[:7], int(block.kind[7:] or 0) if block.kind.startswith("heading") else 0
        for line, words in split(clean("\n".join(block.lines), table=block.kind == "row")):
            cell, row = offsets.place(block.start + line + 1) if offsets else (None, block.start + line + 1)
            above = tuple(title for _, title in headings)
            if level:
                headings = [entry for entry in headings if entry[0] < level]
                above = tuple(title for _, title in headings)
                headings.append((level, words))
            yield Sentence(text.path, row, cell, words, kind, above, number)


def read_blocks(source: str, rst: bool) -> Iterator[Block]:
    """Headings, paragraphs, list items and table rows, in order."""
    source = FRONT_MATTER.sub(lambda match: "\n" * match[0].count("\n"), source, count=1)
    lines = COMMENT.sub(lambda match: "\n" * match[0].count("\n"), source).split("\n")
    open_block: Block | None = None
    fence = ""
    skip_deeper = -1  # the indent of a directive whose body is being left out
    for number, line in enumerate(line[:LONGEST] for line in lines):
        if fence or (mark := FENCE.match(line)):
            if fence:
                fence = "" if line.strip().strip(">").strip().startswith(fence) else fence
            elif mark and mark[1] not in mark[2]:
                fence = mark[1]
            yield from closed(open_block)
            open_block = None
            continue
        stripped = line.strip()
        indent = len(line) - len(line.lstrip())
        if skip_deeper >= 0 and (not stripped or indent > skip_deeper):
            continue
        skip_deeper = -1
        following = lines[number + 1] if number + 1 < len(lines) else ""
        kind, words = line_kind(line, stripped, following, open_block)
        if kind == "directive":
            skip_deeper = indent
        if kind in ("more", "text") and open_block and (kind == "more" or open_block.kind == "text"):
            open_block.lines.append(words)
            continue
        yield from closed(open_block)
        open_block = None
        match kind:
            case "text" | "item":
                open_block = Block(kind, number, [words])
            case "row":
                yield Block(kind, number, [words])
            case "blank" | "directive" | "code":
                pass
            case heading:
                yield Block(heading, number, [words])
    yield from closed(open_block)


def closed(block: Block | None) -> Iterator[Block]:
    if block:
        yield block


def line_kind(line: str, stripped: str, following: str, block: Block | None) -> tuple[str, str]:
    """What a line is (blank, code, directive, heading1 .. heading6, item, row, text, or more of the open item), and its words."""
    if not stripped or RULE.match(line) or REFERENCE.match(line):
        return "blank", ""
    if stripped.startswith(">"):
        stripped = line = stripped.lstrip("> ")
    if TREE.search(line):
        return "code", ""
    if heading := ATX.match(line) or HTML_HEADING.match(line):
        return f"heading{len(heading[1]) if heading[1][0] == '#' else heading[1]}", heading[2]
    if prose := PROSE_DIRECTIVE.match(line):
        return "text", prose[1]
    if DIRECTIVE.match(line):
        return "directive", ""
    if stripped.startswith("|") or (stripped.count(" | ") >= 2 and not block):
        return ("blank", "") if TABLE_RULE.match(line) else ("row", stripped)
    if item := ITEM.match(line):
        return "item", item[2]
    if (underline := UNDERLINE.match(following)) and not block and len(stripped) <= 120:
        return f"heading{1 if underline[1][0] in '=#*' else 2}", stripped
    if block and block.kind == "item":
        return "more", stripped
    if not block and (line.startswith("    ") or line.startswith("\t")) and not stripped.startswith("<"):
        return "code", ""
    return "text", line.lstrip()


def clean(words: str, *, table: bool = False) -> str:
    """Markup taken out, line ends kept; a hard line break that ends a statement becomes \\x1f."""
    words = IMAGE.sub("", LINKED_IMAGE.sub("", words))
    words = RST_LINK.sub(lambda link: (link[1] or link[2] or "").strip(), words)
    words = LINK.sub(lambda link: link[1] or link[2] or "", words)
    words = FOOTNOTE.sub("", words)
    words = BREAK.sub("\x1f", words)
    words = TAG.sub("", words)
    if table:
        cells = (cell.strip() for cell in words.strip().strip("|").split("|"))
        words = " | ".join(cells)
    else:
        words = RST_ROLE.sub("", words)
    words = EMPHASIS.sub("", html.unescape(words))
    words = PICTOGRAMS.sub("", SHORTCODE.sub("", words))
    return SPACES.sub(" ", words)


def split(words: str) -> Iterator[tuple[int, str]]:
    """(lines before it, sentence) of a paragraph."""
    start = 0
    for end in END.finditer(words):
        if end[0][0] == "." and ABBREVIATION.search(words[max(0, end.start() - 8) : end.start() + 1]):
            continue
        if end[0] == "\x1f" and words[end.end() :].lstrip()[:1].islower():
            continue
        yield from told(words, start, end.end())
        start = end.end()
    yield from told(words, start, len(words))


def told(words: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    raw = words[start:end]
    text = " ".join(raw.replace("\x1f", " ").split())
    if not NO_WORD.match(text):
        yield words.count("\n", 0, start + len(raw) - len(raw.lstrip("\n\x1f \t"))), text.strip(" |")
