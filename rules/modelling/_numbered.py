"""Versions of a model that are part of a path, or of the address that it is downloaded from."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from mlcoach.rule import Evidence, Facts, Regex, strings, uses

from ._saved import holds_model, is_model_path

VERSION_IN_PATH = uses("MODEL_VERSION", "model_version", note="the model's version is part of its path")
PATHS = strings(
    "*_v{*", "*-v{*", "*/v{*", "*{version}*", "*{model_version}*", "*{MODEL_VERSION}*", note="numbered model files"
)
RELEASES = strings("*/releases/download/*", note="downloaded by version")
MODEL_ENDINGS = (
    "pt pth onnx ckpt h5 hdf5 keras joblib pkl pickle safetensors pb pbmm tflite bin cbm bst gguf caffemodel mar nemo pdparams "
    "skops model".split()
)
MODEL_FILE = "|".join(MODEL_ENDINGS)
ADDRESS = Regex(rf"https?://[^\s\"'<>)\]]+(?:\.(?:{MODEL_FILE}|zip|tar\.gz|tgz|tar)\b|/releases\b)")
HOME = Regex(r"(?:github|gitlab)\.com/(?:repos/)?(?P<path>[\w.-]+/[\w.-]+)")
ARCHITECTURE = Regex(  # a number after it is a version of somebody else's design
    r"(?i)(?:yolo|net|inception|deeplab|bert|gpt|clip|vit|sam|llama)[_-]?$"
)
NUMBERED = Regex(rf"(?i)(?P<stem>.*?)[_-]?v(?P<number>\d+(?:[._]\d+)*)\.(?:{MODEL_FILE})$")
SERVED = Regex(rf"/\d{{1,4}}/(?:saved_model\.pb|model\.(?:{MODEL_FILE}|plan))$")
DOWNLOAD = Regex(rf"releases/download/[^\s\"'/]+/[^\s\"')]*\.(?:{MODEL_FILE}|zip|tar|tar\.gz|tgz)\b", re.IGNORECASE)
OF_MODELS = Regex(r"(?i)/[\w-]*(?:model|weight|checkpoint)[\w-]*/releases\b")
DOWNLOADED = "a model downloaded by version"
IN_PATH = Regex(r"join\(|Path\(|/|%s|format\(|_dir\b|_path\b")


def downloads(facts: Facts) -> Iterator[Evidence]:
    """Addresses from which a model is downloaded by version: the project's own releases, or several versions of one model."""
    own = owners(facts)
    in_code = [(hit.name, hit.evidence(DOWNLOADED)) for hit in [*facts.code.find(RELEASES), *facts.code.links()]]
    in_texts = [
        (address, line.evidence(DOWNLOADED))
        for texts in (facts.docs, facts.texts)
        for line in texts.find(ADDRESS.pattern, words=("http",), limit=200)
        for address in ADDRESS.findall(line.text)
    ]
    versions: dict[str, set[str]] = {}
    for address, _ in [*in_code, *in_texts]:
        stem, number = numbered_name(address)
        versions.setdefault(stem, set()).add(number)
    for address, evidence in [*in_code, *in_texts]:
        stem, number = numbered_name(address)
        several = bool(number) and len(versions[stem]) > 1 and not ARCHITECTURE.search(stem)
        if several or is_own_release(address, own):
            yield evidence


def numbered_name(address: str) -> tuple[str, str]:
    """("large", "3") of https://.../large-v3.pt; the number is empty where there is none."""
    found = NUMBERED.match(posixpath.basename(address))
    return (found["stem"], found["number"]) if found else (address, "")


def owners(facts: Facts) -> set[str]:
    """The names of the project and of its owner on the servers that keep it."""
    return {name for repository in facts.git.repositories for name in repository.lower().split("/") if name}


def is_own_release(address: str, owners: set[str]) -> bool:
    """A file of the project's releases that may be a model; or the releases of a repository named after its models."""
    home = HOME.search(address)
    if not home or owners.isdisjoint(home["path"].lower().split("/")):
        return False
    if DOWNLOAD.search(address):
        return holds_model(address) is not False
    return OF_MODELS.search(address) is not None


def in_paths(facts: Facts) -> Iterator[Evidence]:
    """Versions that are part of paths: in code, in the tree (two of the same model at least), in a server's folders."""
    code = facts.code
    yield from (hit.evidence() for hit in code.find(VERSION_IN_PATH) if hit.kind != "call" and IN_PATH.search(hit.text))
    yield from (
        hit.evidence()
        for hit in code.find(PATHS)
        if re.search(rf"\.(?:{MODEL_FILE})$", hit.name) and is_model_path(hit.name)
    )
    stems: dict[str, list[str]] = {}
    for path in facts.find_paths(*(f"*.{ending}" for ending in MODEL_ENDINGS)):
        found = NUMBERED.match(path)
        if found:
            stems.setdefault(found["stem"], []).append(path)
        elif SERVED.search(path):
            yield Evidence(path, note="a numbered version for a server")
    yield from (
        Evidence(path, note="a numbered model file") for paths in stems.values() if len(paths) > 1 for path in paths
    )
