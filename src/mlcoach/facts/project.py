"""Reading a whole snapshot: which files are read how far, and the facts of the project as one object."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from fnmatch import fnmatchcase
from functools import cached_property

import msgspec

from mlcoach.facts.cache import Cache
from mlcoach.facts.code import Cells, FileCode, read_code
from mlcoach.facts.data import DataFile, media_folders
from mlcoach.facts.dependencies import Dependencies, manifest_kind, read_manifest
from mlcoach.facts.dvc import Dvc, is_dvc_file, read_dvc
from mlcoach.facts.git import GitFacts
from mlcoach.facts.index import Code
from mlcoach.facts.kind import detected, project_kind
from mlcoach.facts.model_files import ModelFile, inspect_stream, model_format
from mlcoach.facts.notebook import read_notebook
from mlcoach.facts.paths import Role, is_skipped, is_test, is_vendored, role
from mlcoach.facts.prose import Document, documents
from mlcoach.facts.texts import Text, Texts, importance, path_matches
from mlcoach.facts.vocabulary import Vocabulary
from mlcoach.snapshot.base import Entry, Snapshot
from mlcoach.snapshot.worktree import blob_id

Progress = Callable[[str, int, int], None]

CODE_LIMIT = 1_500_000  # bytes; a longer .py file is generated data
NOTEBOOK_LIMIT = 60_000_000
TEXT_LIMIT = 400_000
TXT_LIMIT = 100_000  # a longer .txt, .json, .xml or .csv-like text is data
DATA_LIKE = (".txt", ".json", ".xml", ".html", ".js", ".ts", ".tex")
TEXT_FILES = 3_000
MODEL_LIMIT = 8_000_000  # bytes of a pickle that a scan walks through; a longer one is told by its head alone
MODEL_FILES = 200

LARGE = 8_000_000  # bytes of code; beyond them a file is read closely only for names that are still rare
ENOUGH = 6  # files that hold a name, after which further files are not read for its sake


class FileFacts(msgspec.Struct, array_like=True):
    """What the cache keeps of one code file or notebook: a pure function of its bytes and the vocabulary."""

    code: FileCode = msgspec.field(default_factory=FileCode)
    markdown: str = ""
    markdown_cells: Cells | None = None
    output: str = ""
    output_cells: Cells | None = None
    problem: str = ""


ENCODE = msgspec.msgpack.Encoder()
DECODE = msgspec.msgpack.Decoder(FileFacts)


class Facts:
    """The project as rules see it. Everything is a value; nothing here reads a file."""

    def __init__(
        self,
        *,
        paths: tuple[str, ...],
        code: Code,
        docs: Texts,
        outputs: Texts,
        texts: Texts,
        git: GitFacts,
        models: tuple[ModelFile, ...],
        data: tuple[DataFile, ...],
        media: tuple[str, ...],
    ) -> None:
        self.paths = paths
        """Every file of the project, third-party folders excepted."""
        self.code = code
        self.docs = docs
        """READMEs, docs, and the Markdown cells of notebooks."""
        self.outputs = outputs
        """What notebooks' outputs say in words."""
        self.texts = texts
        """Configuration, scripts, containers, CI, Makefiles, SQL: every other text."""
        self.git = git
        self.models = models
        """Model files in the tree, described from their bytes."""
        self.data = data
        """Data files in the tree, with their size in bytes."""
        self.media = media_folders(media)
        """Folders of pictures and recordings."""

    def find_paths(self, *globs: str) -> list[str]:
        """Paths that match: `*.dvc` in any folder, `docs/*` from the root (`*` crosses slashes)."""
        return [path for path in self.paths if path_matches(path, globs)]

    def any_case_paths(self, *globs: str) -> list[str]:
        """`find_paths` without regard to case; write the globs in lower case."""
        return [path for path in self.paths if path_matches(path.lower(), globs)]

    @cached_property
    def prose(self) -> tuple[Document, ...]:
        """The docs that speak of the project, as sentences without markup: `path` and `sentences` of each, READMEs first."""
        return documents(self.docs)

    @cached_property
    def dvc(self) -> Dvc:
        return read_dvc(text for text in self.texts if is_dvc_file(text.path))

    @cached_property
    def dependencies(self) -> Dependencies:
        declared = ((text, manifest_kind(text.path)) for text in self.texts)
        scripts = ((text, manifest_kind(text.path)) for text in self.setup_scripts)
        return Dependencies(read_manifest(text, kind) for text, kind in [*declared, *scripts] if kind)

    setup_scripts: tuple[Text, ...] = ()
    """setup.py files as text (their code is in `code` too)."""

    @cached_property
    def ci(self) -> Texts:
        """CI definitions: GitHub Actions, GitLab, Jenkins, Azure, CircleCI, Travis, Buildkite, Drone."""
        return Texts(text for text in self.texts if any(fnmatchcase(text.path, glob) for glob in CI_FILES))

    @cached_property
    def lfs(self) -> list[tuple[str, str, int]]:
        """(pattern, .gitattributes path, line) of what git-lfs keeps."""
        found = self.texts.find(r"^\s*\S+.*\bfilter=lfs\b", ".gitattributes", limit=200)
        return [(hit.text.split()[0], hit.path, hit.line) for hit in found]

    @cached_property
    def kind(self) -> frozenset[str]:
        """Words for what the project is: see facts/kind.py."""
        return project_kind(self)

    @cached_property
    def detected(self) -> tuple[str, ...]:
        """What a person would say was found, in a few words each."""
        return detected(self)


CI_FILES = (
    ".github/workflows/*.y*ml", "*/.github/workflows/*.y*ml", "*.gitlab-ci.yml", ".gitlab/*.yml", "*Jenkinsfile*",
    "*azure-pipelines*.y*ml", ".circleci/*", ".travis.yml", "*/.travis.yml", "circle.yml", ".buildkite/*", ".drone.yml",
    "bitbucket-pipelines.yml", "*cloudbuild*.y*ml", "appveyor.yml", ".woodpecker*", "buildspec*.y*ml", "tox.ini", "noxfile.py",
)  # fmt: skip


def gather(
    snapshot: Snapshot, vocabulary: Vocabulary, *, cache: Cache | None = None, progress: Progress | None = None
) -> tuple[Facts, dict[str, str]]:
    """The facts of a snapshot, and the git ids of the contents that were read on the way."""
    by_role: dict[Role, list[Entry]] = {}
    paths = []
    for entry in snapshot:
        if is_skipped(entry.path) or entry.kind != "file":
            continue
        by_role.setdefault(role(entry.path), []).append(entry)
        if not is_vendored(entry.path):
            paths.append(entry.path)

    own = [entry for entry in [*by_role.get("code", []), *by_role.get("notebook", [])] if not is_vendored(entry.path)]
    reader = CodeReader(snapshot, vocabulary, cache, progress)
    reader.read(sorted(own, key=lambda entry: (is_test(entry.path), entry.size)))

    texts: list[Text] = []
    docs = list(reader.markdown)
    listed = sorted([*by_role.get("text", []), *by_role.get("doc", [])], key=lambda entry: importance(entry.path))
    for entry in listed[:TEXT_FILES]:
        text = read_text(snapshot, entry)
        if text is not None and not is_vendored(entry.path):
            (docs if role(entry.path) == "doc" else texts).append(text)
    if len(listed) > TEXT_FILES:
        snapshot.warnings.append(f"{len(listed):,} text files: the first {TEXT_FILES:,} were read")

    data = [entry for entry in by_role.get("data", []) if not is_vendored(entry.path)]
    tables = [
        entry
        for entry in by_role.get("text", [])
        if entry.path.endswith((".json", ".txt", ".xml")) and entry.size > TXT_LIMIT
    ]
    facts = Facts(
        paths=tuple(sorted(paths)),
        code=Code(reader.files, vocabulary),
        docs=Texts(docs),
        outputs=Texts(reader.outputs),
        texts=Texts(texts),
        git=GitFacts(snapshot.git),
        models=tuple(read_models(snapshot, [*by_role.get("model", []), *data])),
        data=tuple(
            DataFile(entry.path, entry.path.rpartition(".")[2].lower(), entry.size) for entry in [*data, *tables]
        ),
        media=tuple(entry.path for entry in by_role.get("media", []) if not is_vendored(entry.path)),
    )
    facts.setup_scripts = tuple(reader.setup_scripts)
    snapshot.warnings.extend(facts.dvc.warnings)
    return facts, reader.blobs


class CodeReader:
    """Reads code files, from the cache where their content is known, and only as closely as a large tree needs."""

    def __init__(
        self, snapshot: Snapshot, vocabulary: Vocabulary, cache: Cache | None, progress: Progress | None
    ) -> None:
        self.snapshot = snapshot
        self.vocabulary = vocabulary
        self.cache = cache
        self.progress = progress or (lambda _phase, _done, _of: None)
        self.files: dict[str, FileCode] = {}
        self.markdown: list[Text] = []
        self.outputs: list[Text] = []
        self.setup_scripts: list[Text] = []
        self.blobs: dict[str, str] = {}
        self.fresh: list[tuple[str, bytes]] = []

    def read(self, entries: list[Entry]) -> None:
        large = sum(entry.size for entry in entries if not entry.path.endswith(".ipynb")) > LARGE
        seen: dict[tuple[str, int], int] = {}
        skipped = 0
        for number, entry in enumerate(entries):
            if number % 64 == 0:
                self.progress("code", number, len(entries))
            raw = self.content(entry)
            if raw is None:
                continue
            if large and not entry.path.endswith(".ipynb"):
                names = self.vocabulary.mentioned(raw)
                if not any(seen.get(name, 0) < ENOUGH for name in names):
                    skipped += 1
                    continue
                for name in names:
                    seen[name] = seen.get(name, 0) + 1
            self.keep(entry, raw)
        self.progress("code", len(entries), len(entries))
        if self.cache and self.fresh:
            self.cache.put(self.fresh)
        if skipped:
            self.snapshot.warnings.append(
                f"a large tree: {skipped:,} of {len(entries):,} code files hold only names found in {ENOUGH} others "
                "and were not read closely"
            )

    def content(self, entry: Entry) -> bytes | None:
        limit = NOTEBOOK_LIMIT if entry.path.endswith(".ipynb") else CODE_LIMIT
        if entry.size > limit:
            self.snapshot.warnings.append(f"{entry.path}: {entry.size / 1e6:.0f} MB, not read")
            return None
        return self.snapshot.read(entry.path, limit)

    def keep(self, entry: Entry, raw: bytes) -> None:
        blob = blob_id(raw, len(entry.blob or "") == 64)
        self.blobs[entry.path] = blob
        notebook = entry.path.endswith(".ipynb")
        key = f"{blob}:{'notebook' if notebook else 'code'}"
        stored = self.cache.get(key) if self.cache else None
        facts = decoded(stored)
        if facts is None:
            facts = notebook_facts(raw, self.vocabulary) if notebook else FileFacts(read_code(raw, self.vocabulary))
            self.fresh.append((key, ENCODE.encode(facts)))
        if facts.problem:
            self.snapshot.warnings.append(f"{entry.path}: {facts.problem}")
        self.files[entry.path] = facts.code
        if facts.markdown:
            self.markdown.append(Text(entry.path, facts.markdown, facts.markdown_cells))
        if facts.output:
            self.outputs.append(Text(entry.path, facts.output, facts.output_cells))
        if entry.path.rpartition("/")[2] == "setup.py":
            self.setup_scripts.append(Text(entry.path, raw.decode("utf-8", "replace")))


def decoded(stored: bytes | None) -> FileFacts | None:
    """A cache that somebody else wrote must not break a scan."""
    if stored is None:
        return None
    try:
        return DECODE.decode(stored)
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


def read_text(snapshot: Snapshot, entry: Entry) -> Text | None:
    limit = TXT_LIMIT if entry.path.lower().endswith(DATA_LIKE) else TEXT_LIMIT
    if entry.size > limit and not is_dvc_file(entry.path) and manifest_kind(entry.path) != "lock":
        return None
    raw = snapshot.read(entry.path, 4 * TEXT_LIMIT)
    if raw is None or b"\0" in raw[:1024]:
        return None
    return Text(entry.path, raw.decode("utf-8", "replace").replace("\r\n", "\n"))


def read_models(snapshot: Snapshot, entries: list[Entry]) -> Iterator[ModelFile]:
    for entry in sorted(entries, key=lambda entry: importance(entry.path))[:MODEL_FILES]:
        if is_vendored(entry.path):
            continue
        head = snapshot.read(entry.path, 512)
        if head is None or model_format(entry.path, head) is None:
            continue
        raw = snapshot.read(entry.path, MODEL_LIMIT) or head
        yield inspect_stream(entry.path, io.BytesIO(raw), entry.size)
