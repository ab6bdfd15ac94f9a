"""Reading the code of a project: from the cache where a content is known, and a large tree by several processes."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Callable, Iterable

import msgspec

from mlcoach.facts.cache import Cache
from mlcoach.facts.code import Cells, FileCode, read_code
from mlcoach.facts.notebook import read_notebook
from mlcoach.facts.paths import extension, is_test
from mlcoach.facts.pdf import read_pdf
from mlcoach.facts.vocabulary import Vocabulary
from mlcoach.parallel import processes, share
from mlcoach.snapshot.base import Entry, Snapshot
from mlcoach.snapshot.worktree import blob_id

Progress = Callable[[str, int, int], None]

CODE_LIMIT = 1_500_000  # bytes; a longer .py file is generated data
NOTEBOOK_LIMIT = 60_000_000
PDF_LIMIT = 2_500_000
LARGE = 8_000_000  # bytes of code; beyond them a file is read closely only for names that are still rare
ENOUGH = 2  # files that hold a name, after which further files are not read for its sake
TESTS = 20  # test files of a large tree that are read closely, for each process
OVERHEAD = 4_000  # bytes that opening a file is worth
PARALLEL = 1_000_000  # bytes of code and notebooks that are worth a second process


class FileFacts(msgspec.Struct, array_like=True):
    """What the cache keeps of one code file, notebook or PDF: a pure function of its bytes and the vocabulary.

    A PDF's words stand in `markdown`.
    """

    code: FileCode = msgspec.field(default_factory=FileCode)
    markdown: str = ""
    markdown_cells: Cells | None = None
    output: str = ""
    output_cells: Cells | None = None
    problem: str = ""


class ReadFile(msgspec.Struct, array_like=True):
    """A file that was read: `blob` is the id that git gives to its content, `known` whether the cache had its facts."""

    path: str
    blob: str
    facts: FileFacts
    known: bool


class Batch(msgspec.Struct, array_like=True):
    """What one process read. `skipped` files hold nothing but names that are common by now."""

    files: list[ReadFile]
    skipped: int
    warnings: list[str]


ENCODE = msgspec.msgpack.Encoder()
FACTS = msgspec.msgpack.Decoder(FileFacts)


def read_files(
    snapshot: Snapshot,
    entries: Iterable[Entry],
    vocabulary: Vocabulary,
    open_cache: Callable[[], Cache | None],
    progress: Progress | None,
) -> list[ReadFile]:
    """The facts of code files, notebooks and PDFs; what went wrong is added to the snapshot's warnings."""
    files = sorted(entries, key=lambda entry: (is_test(entry.path), entry.size))
    size = sum(entry.size for entry in files)
    large = sum(entry.size for entry in files if kind(entry.path) == "code") > LARGE
    parts = processes() if size > PARALLEL and snapshot.forkable else 1
    enough = -(-ENOUGH // parts) if large else 0

    if large:
        vocabulary.hasten()

    def read(part: int) -> Batch:
        known = len(snapshot.warnings)
        batch = read_batch(snapshot, files[part::parts], vocabulary, open_cache(), enough, None if part else progress)
        batch.warnings = snapshot.warnings[known:] if part else []
        return batch

    batches = share(read, parts, Batch)
    found = [file for batch in batches for file in batch.files]
    fresh = [file for file in found if not file.known]
    cache = open_cache() if fresh else None
    if cache:
        cache.put((cache_key(file.path, file.blob), ENCODE.encode(file.facts)) for file in fresh)
    skipped = sum(batch.skipped for batch in batches)
    if skipped:
        snapshot.warnings.append(
            f"a large tree: {skipped:,} of {len(files):,} code files hold only names that others hold as well "
            "and were not read closely"
        )
    for batch in batches[1:]:
        snapshot.warnings.extend(batch.warnings)
    snapshot.warnings.extend(f"{file.path}: {file.facts.problem}" for file in found if file.facts.problem)
    return found


def read_batch(
    snapshot: Snapshot,
    entries: list[Entry],
    vocabulary: Vocabulary,
    cache: Cache | None,
    enough: int,
    progress: Progress | None,
) -> Batch:
    """What one process reads. `enough` is how many files of a name are read closely; 0 means all."""
    progress = progress or (lambda _phase, _done, _of: None)
    batch = Batch([], 0, [])
    if enough:
        chosen = choose(snapshot, entries, vocabulary, enough, progress)
        batch.skipped = len(entries) - len(chosen)
        entries = chosen
    for number, entry in enumerate(entries):
        if number % 64 == 0:
            progress("code", number, len(entries))
        raw = content(snapshot, entry)
        if raw is not None:
            batch.files.append(read_file(entry, raw, vocabulary, cache))
    progress("code", len(entries), len(entries))
    return batch


def choose(
    snapshot: Snapshot, entries: list[Entry], vocabulary: Vocabulary, enough: int, progress: Progress
) -> list[Entry]:
    """The files that together hold every name `enough` times, as far as there are so many: a greedy cover.

    The file that adds most for its size comes first. Notebooks and papers are read all, and of the tests the first ones:
    what they use counts for no rule but the one on tests.
    """
    chosen = [entry for entry in entries if kind(entry.path) != "code"]
    chosen += [entry for entry in entries if is_test(entry.path)][:TESTS]
    candidates = [entry for entry in entries if kind(entry.path) == "code" and not is_test(entry.path)]
    names: list[set[int]] = []
    for number, entry in enumerate(candidates):
        if number % 64 == 0:
            progress("names", number, len(candidates))
        names.append(vocabulary.mentioned(content(snapshot, entry) or b""))
    seen: Counter[int] = Counter()
    heap = [
        (-len(held) / (entry.size + OVERHEAD), at)
        for at, (entry, held) in enumerate(zip(candidates, names, strict=True))
    ]
    heapq.heapify(heap)
    while heap:
        _, at = heapq.heappop(heap)
        rare = sum(seen[name] < enough for name in names[at])
        worth = -rare / (candidates[at].size + OVERHEAD)
        if not rare:
            continue
        if heap and worth > heap[0][0]:
            heapq.heappush(heap, (worth, at))  # worth less by now than the next one
            continue
        seen.update(names[at])
        chosen.append(candidates[at])
    return chosen


def content(snapshot: Snapshot, entry: Entry) -> bytes | None:
    limit = {"notebook": NOTEBOOK_LIMIT, "pdf": PDF_LIMIT}.get(kind(entry.path), CODE_LIMIT)
    if entry.size > limit:
        snapshot.warnings.append(f"{entry.path}: {entry.size / 1e6:.0f} MB, not read")
        return None
    return snapshot.read(entry.path, limit)


def kind(path: str) -> str:
    return {"ipynb": "notebook", "pdf": "pdf"}.get(extension(path), "code")


def cache_key(path: str, blob: str) -> str:
    return f"{blob}:{kind(path)}"


def read_file(entry: Entry, raw: bytes, vocabulary: Vocabulary, cache: Cache | None) -> ReadFile:
    blob = blob_id(raw, sha256=len(entry.blob or "") == 64)
    stored = cached(cache.get(cache_key(entry.path, blob)) if cache else None)
    if stored:
        return ReadFile(entry.path, blob, stored, True)
    match kind(entry.path):
        case "notebook":
            fresh = notebook_facts(raw, vocabulary)
        case "pdf":
            fresh = FileFacts(markdown=read_pdf(raw))
        case _:
            fresh = FileFacts(read_code(raw, vocabulary))
    return ReadFile(entry.path, blob, fresh, False)


def cached(stored: bytes | None) -> FileFacts | None:
    """A cache that somebody else wrote must not break a scan."""
    if stored is None:
        return None
    try:
        return FACTS.decode(stored)
    except msgspec.MsgspecError:
        return None


def notebook_facts(raw: bytes, vocabulary: Vocabulary) -> FileFacts:
    if not raw.strip():
        return FileFacts(problem="empty, not a notebook")
    try:
        book = read_notebook(raw)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError) as error:
        return FileFacts(problem=f"not a notebook ({str(error).splitlines()[0]})")
    code = read_code(book.code, vocabulary, book.code_cells)
    return FileFacts(code, book.markdown, book.markdown_cells, book.output, book.output_cells)
