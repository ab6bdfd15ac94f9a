"""What a path alone tells: which files are code, docs, configuration, data or models, and which are somebody else's."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from fnmatch import translate
from functools import lru_cache
from typing import Literal

Role = Literal["code", "notebook", "doc", "text", "model", "data", "media", "other"]

VENDORED = frozenset(
    "third_party thirdparty third-party vendor vendored external extern node_modules site-packages".split()
)
SKIPPED = frozenset(".git .mlcoach .ipynb_checkpoints __pycache__ .venv venv".split())
DATA = frozenset(
    "csv tsv parquet feather arrow jsonl ndjson sqlite sqlite3 db xlsx xls mat npz npy hdf hdf5 h5 tfrecord tfrecords "
    "lmdb avro orc rds sas7bdat dta sav arff libsvm svm gz zip tar tgz bz2 7z".split()
)
MEDIA = frozenset("png jpg jpeg gif bmp tif tiff webp svg wav mp3 flac ogg m4a mp4 avi mov dcm nii".split())
MODELS = frozenset(
    "pkl pickle joblib pt pth ckpt h5 hdf5 keras onnx safetensors skops tflite gguf cbm bst ubj model pb mlmodel pmml "
    "caffemodel weights pbmm mar nemo sav dill cpkl".split()
)
DOCS = frozenset("md rst txt markdown adoc org rmd qmd tex".split())
TEXTS = frozenset(
    "yaml yml toml cfg ini conf json sh bash bat ps1 sql dockerfile def mk cmake in lock dvc tf hcl properties env "
    "gitlab jenkinsfile snakefile smk nf r jl js ts html xml prototxt pbtxt gin jinja j2 service cron rules pip".split()
)
NAMED_TEXTS = re.compile(
    r"(?i)(?:.*dockerfile.*|containerfile.*|makefile|gnumakefile|jenkinsfile|snakefile|procfile|justfile|pipfile|mlproject"
    r"|singularity.*|requirements?|\.gitattributes|\.gitignore|\.dvcignore|\.flake8|\.pylintrc|pylintrc|\.style\.yapf|\.coveragerc"
    r"|\.pre-commit-config\.yaml|config|dvc\.yaml|dvc\.lock|cron(?:tab)?|\.python-version|\.env.*|\.isort\.cfg|\.editorconfig)"
)
NOT_DOCS = re.compile(
    r"(?i)(?:^|/)(?:licen[cs]e|copying|notice|requirements?|constraints|(?:pip[_-]?)?freeze|vocab|words?|labels?|classes|stopwords)[^/]*$|(?:^|/)requirements/"
)
EXAMPLE_PATH = re.compile(
    r"(?i)(?:^|/)(?:examples?|samples?|demos?|tutorials?|old|legacy|archived?|deprecated|backup)(?:[_-]\w+)?/"
)
TEST_PATH = re.compile(
    r"(?:^|/)(?:tests?|testing|unit_?tests?|integration_?tests?)/|(?:^|/)(?:test_[^/]*|[^/]+_test|conftest|tests)\.py$"
)


def extension(path: str) -> str:
    name = path.rpartition("/")[2]
    return name.rpartition(".")[2].lower() if "." in name[1:] else ""


def is_skipped(path: str) -> bool:
    return not SKIPPED.isdisjoint(path.split("/"))


def is_vendored(path: str) -> bool:
    return not VENDORED.isdisjoint(path.lower().split("/")[:-1])


@lru_cache(maxsize=1 << 16)
def is_example(path: str) -> bool:
    """Under a folder that shows how to use the project, or that is kept for memory's sake."""
    return EXAMPLE_PATH.search(path) is not None


@lru_cache(maxsize=1 << 16)
def is_test(path: str) -> bool:
    """Under a folder of tests, or named as pytest collects. A bare test.py is not: in this field it evaluates a model."""
    return TEST_PATH.search(path) is not None


def role(path: str) -> Role:
    name = path.rpartition("/")[2]
    kind = extension(path)
    if kind in ("py", "pyx", "pyw"):
        return "code"
    if kind == "ipynb":
        return "notebook"
    if NAMED_TEXTS.fullmatch(name):
        return "text"
    if kind in DOCS or (not kind and re.match(r"(?i)readme|changelog|contributing|authors|citation", name)):
        return "text" if NOT_DOCS.search(path) else "doc"
    if kind in TEXTS:
        return "text"
    if kind in MODELS:
        return "model"
    if kind in DATA:
        return "data"
    if kind in MEDIA:
        return "media"
    return "other"


class PathIndex:
    """Paths by name and by ending, so that few globs are tried on each of them. `fold` ignores case: globs in lower case."""

    def __init__(self, paths: Iterable[str], *, fold: bool = False) -> None:
        self.paths: dict[str, list[str]] = {}
        for path in paths:
            self.paths.setdefault(path.lower() if fold else path, []).append(path)
        self.names: dict[str, list[str]] = {}
        self.endings: dict[str, list[str]] = {}
        for path in self.paths:
            name = path.rpartition("/")[2]
            self.names.setdefault(name, []).append(path)
            if "." in name:
                self.endings.setdefault(name.rpartition(".")[2], []).append(path)

    def find(self, globs: Iterable[str]) -> list[str]:
        """`*.md` matches a file of that name in any folder; a glob with a slash the whole path (`*` crosses slashes)."""
        found: set[str] = set()
        names, paths = [], []
        for glob in globs:
            if "/" in glob:
                paths.append(glob)
            elif not WILD.search(glob):
                found.update(self.names.get(glob, ()))
            elif ENDING.fullmatch(glob):
                found.update(self.endings.get(glob[2:], ()))
            else:
                names.append(glob)
        if names:
            matches = any_glob(names)
            found.update(path for name in self.names if matches(name) for path in self.names[name])
        if paths:
            found.update(filter(any_glob(paths), self.paths))
        return sorted(path for key in found for path in self.paths[key])


WILD = re.compile(r"[*?\[]")
ENDING = re.compile(r"\*\.[^*?\[.]+")


def any_glob(globs: Iterable[str]) -> Callable[[str], object]:
    return re.compile("|".join(map(translate, globs))).match
