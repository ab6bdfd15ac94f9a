"""Reading a whole snapshot: which files are read how far, and the facts of the project as one object."""

from __future__ import annotations

import io
import posixpath
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from fnmatch import fnmatchcase
from functools import cached_property

from mlcoach.facts.cache import Cache
from mlcoach.facts.data import DataFile
from mlcoach.facts.dependencies import Dependencies, manifest_kind, read_manifest
from mlcoach.facts.dvc import Dvc, is_dvc_file, read_dvc
from mlcoach.facts.git import GitFacts
from mlcoach.facts.index import Code
from mlcoach.facts.kind import detected, project_kind
from mlcoach.facts.lfs import LfsPattern, read_lfs
from mlcoach.facts.model_files import ModelFile, inspect_stream, model_format
from mlcoach.facts.paths import PathIndex, Role, is_skipped, is_vendored, role
from mlcoach.facts.prose import Document, documents
from mlcoach.facts.reading import PDF_LIMIT, Progress, read_files
from mlcoach.facts.texts import Text, Texts, importance
from mlcoach.facts.vocabulary import Vocabulary
from mlcoach.snapshot.base import Entry, Snapshot

TEXT_LIMIT = 400_000
TXT_LIMIT = 100_000  # a longer .txt, .json, .xml or .csv-like text is data
DATA_LIKE = (".txt", ".json", ".xml", ".html", ".js", ".ts", ".tex")
TEXT_FILES = 3_000
NOTES = 12  # .txt files in one folder
PAPERS = 3  # PDFs that are read
PAPER = re.compile(r"(?i)(?:(?:docs?|documentation|reports?|paper|thesis|article|writeup|presentation)/)?[^/]+\.pdf")
OTHERS_PAPER = re.compile(
    r"(?i)\d{4}\.\d{4,5}|figure|fig[\d_-]|plot|diagram|chart|licen[cs]e|guide|manual|slides?|\bcv\b|resume|book|poster"
)
LONG_LINE = re.compile(r"([^\n]{4000})[^\n]+")
MODEL_LIMIT = 8_000_000  # bytes of a pickle that a scan walks through; a longer one is told by its head alone
MODEL_FILES = 200


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
        papers: tuple[Document, ...] = (),
        setup_scripts: tuple[Text, ...] = (),
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
        self.papers = papers
        """The project's own papers and reports in PDF, as sentences that have a path only."""
        self.setup_scripts = setup_scripts
        """setup.py files as text (their code is in `code` too)."""

    def find_paths(self, *globs: str) -> list[str]:
        """Paths that match: `*.dvc` in any folder, `docs/*` from the root (`*` crosses slashes)."""
        return self._index.find(globs)

    def any_case_paths(self, *globs: str) -> list[str]:
        """`find_paths` without regard to case; write the globs in lower case."""
        return self._folded_index.find(globs)

    @cached_property
    def _index(self) -> PathIndex:
        return PathIndex(self.paths)

    @cached_property
    def _folded_index(self) -> PathIndex:
        return PathIndex(self.paths, fold=True)

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

    @cached_property
    def ci(self) -> Texts:
        """CI definitions: GitHub Actions, GitLab, Jenkins, Azure, CircleCI, Travis, Buildkite, Drone."""
        return Texts(text for text in self.texts if any(fnmatchcase(text.path, glob) for glob in CI_FILES))

    @cached_property
    def lfs(self) -> tuple[LfsPattern, ...]:
        """What git-lfs keeps: each pattern with the files that it matches."""
        return tuple(read_lfs(self.texts, self._index))

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
    "bitbucket-pipelines.yml", "*cloudbuild*.y*ml", ".pipelines/*.y*ml", ".azure*/*.y*ml",
    "*azure_pipelines/*.y*ml", "appveyor.yml", ".woodpecker*", "buildspec*.y*ml", "tox.ini", "noxfile.py",
)  # fmt: skip


def gather(
    snapshot: Snapshot,
    vocabulary: Vocabulary,
    *,
    open_cache: Callable[[], Cache | None] = lambda: None,
    progress: Progress | None = None,
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
    read = read_files(snapshot, own, vocabulary, open_cache, progress)
    papers = own_papers(by_role.get("other", []))
    printed = read_files(snapshot, papers, vocabulary, open_cache, None) if papers else []
    texts: list[Text] = []
    docs = [
        Text(file.path, clipped(file.facts.markdown), file.facts.markdown_cells) for file in read if file.facts.markdown
    ]
    piles = piled(entry.path for entry in by_role.get("doc", []) if is_note(entry.path))
    written = [*by_role.get("text", []), *by_role.get("doc", [])]
    own_texts = [e for e in written if not (is_note(e.path) and posixpath.dirname(e.path) in piles)]
    listed = sorted(own_texts, key=lambda entry: importance(entry.path))
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
    scripts = (entry for entry in own if entry.path.rpartition("/")[2] == "setup.py")
    facts = Facts(
        paths=tuple(sorted(paths)),
        code=Code({file.path: file.facts.code for file in read}, vocabulary),
        docs=Texts(docs),
        outputs=Texts(
            Text(file.path, file.facts.output, file.facts.output_cells) for file in read if file.facts.output
        ),
        texts=Texts(texts),
        git=GitFacts(snapshot.git),
        models=tuple(read_models(snapshot, [*by_role.get("model", []), *data])),
        data=tuple(
            DataFile(entry.path, entry.path.rpartition(".")[2].lower(), entry.size) for entry in [*data, *tables]
        ),
        papers=tuple(Document(Text(file.path, file.facts.markdown), placed=False) for file in printed),
        setup_scripts=tuple(text for entry in scripts if (text := read_text(snapshot, entry))),
    )
    snapshot.warnings.extend(facts.dvc.warnings)
    return facts, {file.path: file.blob for file in [*read, *printed]}


def own_papers(entries: Iterable[Entry]) -> list[Entry]:
    """PDFs at the root or among the docs that are not, by their place or name, somebody else's or a figure."""
    found = (entry for entry in entries if PAPER.fullmatch(entry.path) and not OTHERS_PAPER.search(entry.path))
    listed = sorted((entry for entry in found if entry.size <= PDF_LIMIT), key=lambda entry: importance(entry.path))
    return listed[:PAPERS]


def is_note(path: str) -> bool:
    return path.lower().endswith(".txt") and role(path) == "doc"


def piled(paths: Iterable[str]) -> frozenset[str]:
    """Folders that hold so many .txt files that they are data, one record a file, and no documentation."""
    counts = Counter(posixpath.dirname(path) for path in paths)
    return frozenset(folder for folder, count in counts.items() if count > NOTES)


def read_text(snapshot: Snapshot, entry: Entry) -> Text | None:
    limit = TXT_LIMIT if entry.path.lower().endswith(DATA_LIKE) else TEXT_LIMIT
    if entry.size > limit and not is_dvc_file(entry.path) and manifest_kind(entry.path) != "lock":
        return None
    raw = snapshot.read(entry.path, 4 * TEXT_LIMIT)
    if raw is None or b"\0" in raw[:1024]:
        return None
    return Text(entry.path, clipped(raw.decode("utf-8", "replace").replace("\r\n", "\n")))


def clipped(text: str) -> str:
    """The text with long lines (pictures in base64, minified scripts) cut short: an expression's time on them may grow
    with the square of their length. Lines keep their numbers.
    """
    return LONG_LINE.sub(r"\1", text)


def read_models(snapshot: Snapshot, entries: list[Entry]) -> Iterator[ModelFile]:
    for entry in sorted(entries, key=lambda entry: importance(entry.path))[:MODEL_FILES]:
        if is_vendored(entry.path):
            continue
        head = snapshot.read(entry.path, 512)
        if head is None or model_format(entry.path, head) is None:
            continue
        raw = snapshot.read(entry.path, MODEL_LIMIT) or head
        yield inspect_stream(entry.path, io.BytesIO(raw), entry.size)
