"""What one Python file or notebook says: its imports, and each place where a name of the vocabulary stands in code."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from operator import itemgetter
from typing import NamedTuple

import msgspec

from mlcoach.facts.lexer import Source, read_source, string_value
from mlcoach.facts.vocabulary import FOLDED_WORDS, IDENTIFIER, WORDS, Finder, Vocabulary, Wanted, prefixes
from mlcoach.rule import Hit

LINKS = 50  # web addresses kept of one file
PER_FILE = 8  # places kept for one pattern in one file: enough for any rule and any screen


class FileCode(msgspec.Struct, array_like=True):
    """The facts of one file's code. Lines count from 1 in the file, or in the whole notebook's joined cells."""

    imports: list[tuple[str, int]] = []  # dotted name, line
    hits: list[tuple[int, Hit]] = []  # pattern id, place; the path is filled in by the project
    defined: list[
        tuple[str, str, int, int | None, str]
    ] = []  # "def" or "class", dotted name, line, cell, bases or parameters
    columns: list[Hit] = []  # frame["name"] = ...: name is the column, args the right-hand side
    magics: list[tuple[int, int | None, str]] = []  # line, cell, text of `%magic` and `!shell` lines
    main: bool = False  # has an `if __name__ == "__main__"`
    links: list[Hit] = []  # web addresses, those in comments and docstrings too: name is the address


class Cells(msgspec.Struct, frozen=True):
    """Where each code cell of a notebook starts in the joined source."""

    starts: list[int]  # line of the cell's first line
    numbers: list[int]  # the cell's number in the notebook, counted from 1, Markdown cells included

    def place(self, line: int) -> tuple[int, int]:
        """(cell, line in the cell)."""
        at = max(0, bisect_right(self.starts, line) - 1)
        return self.numbers[at], line - self.starts[at] + 1


IDENTIFIERS = frozenset(IDENTIFIER)
NAME_BYTES = frozenset(IDENTIFIER + b".")
BLANK_OR_NEWLINE = frozenset(b" \t\r\n")
BLANK = frozenset(b" \t\n\r\\")
IMPORT = re.compile(
    rb"(?:from[ \t]+(?P<source>[.\w]+)[ \t]+import[ \t]*(?P<names>\([^)]*\)|(?:[^\n\\;]|\\\r?\n)*)"
    rb"|import[ \t]+(?P<modules>(?:[^\n\\;]|\\\r?\n)*))"
)
BLOCK = re.compile(rb"(def|class|for|while)\b[ \t]*(\w*)[ \t]*(\([^)]*\))?")
COLUMN = re.compile(rb'\[(?:[ \t]*:[ \t]*,)?[ \t]*("[^"\n]*")[ \t]*\][ \t]*=(?!=)')
FRAME = re.compile(rb"[ \t]*([\w.]+?)(?:\.loc)?")
TARGETS = re.compile(rb"[\w\s,.*()\[\]:\"|]*?(?<![=!<>])=(?!=)")
TARGETS_BEFORE = re.compile(rb"(?:[\s\w,*.\[]|(?<!\w)\()*")
MAGIC = re.compile(rb"^[ \t]*(?:[\w, \t]+=[ \t]*)?([%!][^\n]*)", re.MULTILINE)
LINK = re.compile(rb"https?://[^\s\"'<>()\[\]{}\\`]+")
MAIN = re.compile(rb"^if[ \t]+__name__[ \t]*==", re.MULTILINE)


def read_code(raw: bytes, vocabulary: Vocabulary, cells: Cells | None = None) -> FileCode:
    """Raises nothing: any bytes give an answer."""
    raw, magics = blank_magics(raw) if cells else (raw, [])
    source = read_source(raw)
    reader = Reader(source, vocabulary, cells)
    imported, import_spans = read_imports(source)
    reader.aliases = {alias: name for name, alias, _ in imported if alias != "*"}
    reader.stars = [name for name, alias, _ in imported if alias == "*"]
    for name, _, line in imported:
        reader.add_import(name, line)
    reader.body = without(source.code, import_spans)
    reader.find_names(imported)
    reader.find_strings()
    return FileCode(
        imports=[(name, line) for name, _, line in imported],
        hits=[(number, hit) for _, number, hit in sorted(reader.found, key=itemgetter(0))],
        defined=reader.definitions(),
        columns=reader.columns(),
        magics=[(row, cell, text) for line, text in magics for cell, row in [reader.place(line)]],
        main=MAIN.search(source.code) is not None,
        links=reader.links(),
    )


def blank_magics(raw: bytes) -> tuple[bytes, list[tuple[int, str]]]:
    """Notebook lines that start with % or ! are not Python: they are taken out, and told apart."""
    found: list[tuple[int, str]] = []

    def blank(match: re.Match[bytes]) -> bytes:
        found.append((raw.count(b"\n", 0, match.start(1)) + 1, decode(match[1]).strip()))
        return b" " * len(match[0])

    return MAGIC.sub(blank, raw) if b"%" in raw or b"!" in raw else raw, found


def read_imports(source: Source) -> tuple[list[tuple[str, str, int]], list[tuple[int, int]]]:
    """[(dotted name, the name it has here, line)], and where the statements stand. `import a.b` binds `a` to `a`."""
    found: list[tuple[str, str, int]] = []
    spans: list[tuple[int, int]] = []
    for start in sorted(line_starts(source.code, b"import ", b"from ")):
        match = IMPORT.match(source.code, start)
        if not match:
            continue
        line = source.line(start)
        spans.append(match.span())
        listed = match["names"] if match["source"] else match["modules"]
        for part in listed.strip(b"() \t\r\n").replace(b"\\", b" ").split(b","):
            name, _, alias = (word.strip().decode("utf-8", "replace") for word in part.partition(b" as "))
            if not name or not all(piece.isidentifier() or piece == "*" for piece in name.split(".")):
                continue
            if match["source"]:
                whole = f"{match['source'].decode('utf-8', 'replace')}.{name}".removesuffix(".*")
                found.append((whole, alias or name, line))
            elif alias:
                found.append((name, alias, line))
            else:
                found.append((name, "", line))
                head = name.partition(".")[0]
                if head != name:
                    found.append((head, head, line))
    return [(name, alias or name, line) for name, alias, line in found], spans


class Block(NamedTuple):
    """A def, class, for or while. `start` is its line's offset, `depth` its indentation, `given` its parentheses."""

    start: int
    depth: int
    word: str
    name: str
    given: bytes | None


def without(code: bytes, spans: list[tuple[int, int]]) -> bytes:
    """The code with these parts blank."""
    parts, position = [], 0
    for start, end in spans:
        parts.append(code[position:start])
        parts.append(b" " * (end - start))
        position = end
    parts.append(code[position:])
    return b"".join(parts)


def line_starts(code: bytes, *words: bytes) -> Iterator[int]:
    """Where a line starts with one of these words, blanks before it left out. `find` leaps, `re` would walk."""
    for word in words:
        at = code.find(word)
        while at >= 0:
            before = at
            while before > 0 and code[before - 1] in b" \t":
                before -= 1
            if before == 0 or code[before - 1] == 0x0A:
                yield at
            at = code.find(word, at + len(word))


def read_blocks(code: bytes) -> list[Block]:
    blocks = []
    for at in sorted(line_starts(code, b"def ", b"class ", b"for ", b"while ", b"async ")):
        word = at + 6 if code.startswith(b"async ", at) else at
        match = BLOCK.match(code, word)
        if match:
            start = code.rfind(b"\n", 0, at) + 1
            blocks.append(Block(start, indent(code[start:at]), match[1].decode(), decode(match[2]), match[3]))
    return blocks


LEADING = re.compile(rb"[ \t]*")


@lru_cache(maxsize=256)
def dedent(blank: bytes) -> re.Pattern[bytes]:
    """A line that stands no deeper than `blank`. A closing bracket or quote belongs to what began above it."""
    return re.compile(rb"\n(?:%b{0,%d})(?=[^\s)\]}\"])" % (re.escape(blank[:1]) or b" ", len(blank)))


class Reader:
    """Works out, for each place that the vocabulary's automaton finds, what stands there."""

    def __init__(self, source: Source, vocabulary: Vocabulary, cells: Cells | None) -> None:
        self.source = source
        self.code = source.code
        self.body = source.code  # without its import statements
        self.vocabulary = vocabulary
        self.cells = cells
        self.aliases: dict[str, str] = {}
        self.stars: list[str] = []
        self.found: list[tuple[int, int, Hit]] = []  # offset, pattern, place
        self.counts: dict[int, int] = {}
        self.heads: dict[bytes, bool] = {}
        self.blocks = read_blocks(source.code)
        self.ends: dict[int, int] = {}

    # -- imports

    def add_import(self, name: str, line: int) -> None:
        packages = prefixes(name) if not name.startswith(".") else []
        for prefix in packages:
            for number in self.vocabulary.modules.get(prefix, ()):
                self.add(number, "import", name, line)
        for matches, number in self.vocabulary.module_globs:
            if any(map(matches, packages)):
                self.add(number, "import", name, line)

    # -- names

    def find_names(self, imported: list[tuple[str, str, int]]) -> None:
        code = b" " + self.body + b" "  # so that the first and the last word have a blank beside them too
        self.find_words(self.vocabulary.cased, code.translate(WORDS))
        self.find_words(self.vocabulary.folded, code.translate(FOLDED_WORDS))
        for whole, alias, _ in imported:
            if not alias.isidentifier():
                continue  # `*`, or a dotted import whose first part stands in the list as well
            for head in prefixes(whole)[:-1]:
                if head in self.vocabulary.under:
                    self.find_written(re.escape(alias).encode() + rb"()\b", self.vocabulary.under[head])
            for head in self.vocabulary.above.get(whole, ()):
                written = re.escape(alias + head[len(whole) :]).encode() + rb"\.(\w+)"
                self.find_written(written, self.vocabulary.under[head])
            tail = whole.rpartition(".")[2]
            if alias not in (tail, whole):
                self.find_alias(tail, alias.encode())

    def find_words(self, finder: Finder, text: bytes) -> None:
        body, spans, calls_only = self.body, finder.spans, finder.calls_only
        full: set[int] = set()  # literals of which enough was found
        seen: set[tuple[int, int]] = set()
        for literal, start, stop in finder.find(text):
            if literal in full:
                continue
            left, right = spans[literal]
            end = stop - 2 if right else self.word_end(stop - 1)
            if calls_only[literal] and body[end : end + 1] != b"(" and body[end : end + 2] != b" (":
                continue
            begin = start if left else self.word_start(start - 1)
            if not left:  # `*a*` may match twice in one word
                if (literal, begin) in seen:
                    continue
                seen.add((literal, begin))
            wanted = finder.meant(literal, body[begin:end])
            if finder.headed[literal]:  # of another package, and only if the file says its first part
                wanted = [want for want in wanted if not want.head or self.says(want.head)]
            if not wanted:
                continue
            if calls_only[literal]:
                if not body.endswith((b"def ", b"class "), max(0, begin - 6), begin):
                    self.add_name(wanted, begin, end, "call")
            else:
                self.add_name(wanted, begin, end)
            if all(self.counts.get(want.pattern, 0) >= PER_FILE for want in finder.wanted[literal]):
                full.add(literal)

    def find_alias(self, tail: str, alias: bytes) -> None:
        """`from a import Long as L`: the vocabulary knows `Long`, the code says `L`."""
        word = f" {tail} ".encode()
        wanted = [
            want
            for finder, text in ((self.vocabulary.cased, word), (self.vocabulary.folded, word.lower()))
            for literal, _, _ in finder.find(text)
            for want in finder.wanted[literal]
            if want.matches_tail(tail)
        ]
        if wanted:
            self.find_written(alias + rb"()\b", wanted)

    def find_written(self, expression: bytes, wanted: list[Wanted]) -> None:
        for match in re.finditer(expression, self.body):
            before = self.body[match.start() - 1] if match.start() else 0x20
            if before not in NAME_BYTES:
                self.add_name(wanted, *(match.span(1) if match[1] else match.span()))

    def says(self, head: bytes) -> bool:
        if head not in self.heads:
            self.heads[head] = head in self.code
        return self.heads[head]

    def word_start(self, position: int) -> int:
        while position > 0 and self.code[position - 1] in IDENTIFIERS:
            position -= 1
        return position

    def word_end(self, position: int) -> int:
        while position < len(self.code) and self.code[position] in IDENTIFIERS:
            position += 1
        return position

    def add_name(self, wanted: list[Wanted], begin: int, end: int, kind: str = "") -> None:
        kind = kind or self.kind_of(begin, end)
        name: str | None = None
        for want in wanted:
            if want.kind != kind and not (want.kind == "use" and kind in ("call", "name")):
                continue
            if self.counts.get(want.pattern, 0) >= PER_FILE:
                continue
            if name is None:
                name = self.dotted(begin, end) if kind in ("call", "name") else decode(self.code[begin:end])
            if want.whole and not self.matches_whole(want, name):
                continue
            self.add(want.pattern, kind, name, self.source.line(begin), begin, end)

    def matches_whole(self, want: Wanted, name: str) -> bool:
        return want.matches_whole(name) or any(want.matches_whole(f"{star}.{name}") for star in self.stars)

    def kind_of(self, begin: int, end: int) -> str:
        """call, name, define, keyword or assign."""
        code = self.code
        before = begin
        while before > 0 and code[before - 1] in b" \t":
            before -= 1
        if code[max(0, before - 3) : before] == b"def" or code[max(0, before - 5) : before] == b"class":
            return "define"
        after = end
        while after < len(code) and code[after] in b" \t":
            after += 1
        follows = code[after : after + 2]
        if follows[:1] == b"(":
            return "call"
        if follows[:1] == b"=" and follows != b"==":
            return "keyword" if self.in_brackets(begin) else "assign"
        if follows[:1] in (b",", b")", b":") and self.starts_statement(begin):
            target = TARGETS.match(code, begin)
            line_end = code.find(b"\n", begin)
            if target and (line_end < 0 or target.end() <= line_end):
                return "assign"
        return "name"

    def in_brackets(self, position: int) -> bool:
        start = self.code.rfind(b"\n", 0, position) + 1
        line = self.code[start:position]
        opened = line.count(b"(") + line.count(b"[") + line.count(b"{")
        closed = line.count(b")") + line.count(b"]") + line.count(b"}")
        return opened > closed or self.continues(start)

    def starts_statement(self, position: int) -> bool:
        """Nothing but assignment targets stands between a statement's start and here."""
        start = self.code.rfind(b"\n", 0, position) + 1
        return TARGETS_BEFORE.fullmatch(self.code, start, position) is not None and not self.continues(start)

    def continues(self, start: int) -> bool:
        """Whether the line that starts here goes on with the statement above it, as after a comma or an open bracket."""
        while start > 0 and self.code[start - 1] in BLANK_OR_NEWLINE:
            start -= 1
        return start > 0 and self.code[start - 1] in b"([{,\\"

    def dotted(self, begin: int, end: int) -> str:
        """The whole dotted name that ends here, its first part resolved through the imports; `.x` after a call or `]`."""
        code = self.code
        parts = [decode(code[begin:end])]
        position = begin
        while len(parts) < 8:
            dot = position
            while dot > 0 and code[dot - 1] in BLANK:
                dot -= 1
            if dot == 0 or code[dot - 1] != 0x2E:
                head = self.aliases.get(parts[-1])
                if head:
                    parts[-1] = head
                break
            stop = dot - 1
            while stop > 0 and code[stop - 1] in BLANK:
                stop -= 1
            if stop == 0 or code[stop - 1] not in IDENTIFIERS:
                parts.append("")
                break
            position = stop
            while position > 0 and code[position - 1] in IDENTIFIERS:
                position -= 1
            parts.append(decode(code[position:stop]))
        return ".".join(reversed(parts))

    # -- strings

    def find_strings(self) -> None:
        starts = [start for start, _ in self.source.strings]
        seen: set[tuple[int, int]] = set()
        for literal, start, _ in self.vocabulary.strings.find(self.source.raw.lower()):
            at = bisect_right(starts, start) - 1
            if at < 0 or start >= self.source.strings[at][1] or (literal, at) in seen:
                continue
            seen.add((literal, at))
            begin, end = self.source.strings[at]
            value = string_value(self.source.raw[begin:end])
            for want in self.vocabulary.strings.wanted[literal]:
                if want.matches_tail(value):
                    self.add(want.pattern, "string", value[:300], self.source.line(start), begin, end)

    # -- places

    def add(self, number: int, kind: str, name: str, line: int, begin: int = -1, end: int = -1) -> None:
        if self.counts.get(number, 0) >= PER_FILE:
            return
        self.counts[number] = self.counts.get(number, 0) + 1
        pattern = self.vocabulary.patterns[number]
        inside, loops = self.around(begin) if begin >= 0 else ("", 0)
        args = self.arguments(end) if kind == "call" else ""
        hit = self.hit(
            kind, name, line, args=args, loops=loops, inside=inside, note=pattern.note, confidence=pattern.confidence
        )
        self.found.append((begin, number, hit))

    def hit(self, kind: str, name: str, line: int, **more: object) -> Hit:
        cell, row = self.place(line)
        return Hit("", row, cell, kind, name, self.source.text(line)[:200], **more)  # type: ignore[arg-type]

    def place(self, line: int) -> tuple[int | None, int]:
        return self.cells.place(line) if self.cells else (None, line)

    def arguments(self, end: int) -> str:
        opening = self.code.find(b"(", end)
        depth = 0
        for match in re.finditer(rb"[()\[\]{}]", self.code[opening : opening + 4000]):
            depth += 1 if match[0] in b"([{" else -1
            if depth == 0:
                inner = self.source.raw[opening + 1 : opening + match.start()]
                return " ".join(decode(inner).split())[:300]
        return " ".join(decode(self.source.raw[opening + 1 : opening + 300]).split())

    def around(self, position: int) -> tuple[str, int]:
        """(the functions and classes around a place, dotted; the loops around it within the innermost of them)."""
        start = self.code.rfind(b"\n", 0, position) + 1
        line = self.code[start:position]
        current = indent(line[: len(line) - len(line.lstrip())])
        names: list[str] = []
        loops = 0
        at = bisect_left(self.blocks, start, key=lambda block: block.start)
        while current > 0 and at > 0:
            at -= 1
            block = self.blocks[at]
            if block.depth < current and start < self.end(at):
                current = block.depth
                if block.word in ("def", "class"):
                    names.append(block.name)
                elif not names:
                    loops += 1
        return ".".join(reversed(names)), loops

    def end(self, number: int) -> int:
        """Where a block ends: at the first line that stands no deeper than its own."""
        if number not in self.ends:
            header = self.code.find(b"\n", self.blocks[number].start)
            blank = LEADING.match(self.code, self.blocks[number].start)[0]  # type: ignore[index]
            after = dedent(blank).search(self.code, header) if header >= 0 else None
            self.ends[number] = after.start() if after else len(self.code)
        return self.ends[number]

    # -- definitions and columns

    def definitions(self) -> list[tuple[str, str, int, int | None, str]]:
        found: list[tuple[str, str, int, int | None, str]] = []
        stack: list[int] = []
        for number, block in enumerate(self.blocks):
            if block.word not in ("def", "class"):
                continue
            while stack and (self.blocks[stack[-1]].depth >= block.depth or self.end(stack[-1]) <= block.start):
                stack.pop()
            stack.append(number)
            given = " ".join(decode((block.given or b"")[1:-1]).split())
            cell, line = self.place(self.source.line(block.start))
            name = ".".join(self.blocks[number].name for number in stack)
            found.append((block.word, name, line, cell, given[:200]))
        return found

    def links(self) -> list[Hit]:
        found = []
        for match in islice(LINK.finditer(self.source.raw), LINKS):
            address = decode(match[0]).rstrip(".,;:")
            found.append(self.hit("link", address[:300], self.source.line(match.start())))
        return found

    def columns(self) -> list[Hit]:
        found = []
        for match in COLUMN.finditer(self.code):
            start = self.code.rfind(b"\n", 0, match.start()) + 1
            if not FRAME.fullmatch(self.code, start, match.start()):
                continue
            begin, after = match.start(1), match.end()
            line = self.source.line(begin)
            end = self.code.find(b"\n", after)
            value = decode(self.source.raw[after : end if end >= 0 else None]).strip()
            name = string_value(self.source.raw[begin : match.end(1)])
            inside, loops = self.around(begin)
            found.append(self.hit("column", name, line, args=value[:300], loops=loops, inside=inside))
            if len(found) == 200:
                break
        return found


def decode(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")


def indent(blank: bytes) -> int:
    return len(blank.expandtabs(8))
