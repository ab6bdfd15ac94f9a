"""Models that are a folder of files: TensorFlow's SavedModel, and what Hugging Face's libraries save."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import msgspec

from .describe import Draft, ModelFile
from .paths import open_regular

MOST_FILES = 1_000
LARGEST_CONFIG = 1024 * 1024


def inspect_folder(name: str, folder: Path) -> ModelFile:
    """Describe the model that the folder is, by the files in it; links in it are not followed. Raises OSError."""
    sizes = _sizes(folder)
    draft = Draft(name, sum(sizes.values()))
    draft.partly = len(sizes) >= MOST_FILES
    if "saved_model.pb" in sizes:
        found = open_regular("saved_model.pb", folder / "saved_model.pb")
        return msgspec.structs.replace(found, file=name, size=draft.size)
    if "config.json" in sizes or "adapter_config.json" in sizes:
        _hugging_face(folder, sizes, draft)
        if draft.format is not None:
            return draft.done()
    draft.trouble("a folder, not a file")
    return draft.done()


def _sizes(folder: Path) -> dict[str, int]:
    """The regular files of the folder and its folders, with their sizes in bytes."""
    sizes: dict[str, int] = {}
    for where, _, names in os.walk(folder):
        for name in names:
            status = (Path(where) / name).lstat()
            if stat.S_ISREG(status.st_mode):
                sizes[(Path(where) / name).relative_to(folder).as_posix()] = status.st_size
            if len(sizes) >= MOST_FILES:
                return sizes
    return sizes


def _hugging_face(folder: Path, sizes: dict[str, int], draft: Draft) -> None:
    config = _config(folder, "config.json", sizes)
    adapter = _config(folder, "adapter_config.json", sizes)
    if "model_type" in config or "architectures" in config:
        draft.format = "Transformers"
        architectures = config.get("architectures")
        draft.class_ = str(architectures[0]) if isinstance(architectures, list) and architectures else None
        draft.versions["transformers"] = str(config.get("transformers_version", ""))
        draft.metadata["model type"] = str(config.get("model_type", ""))
    elif "peft_type" in adapter:
        draft.format = "PEFT adapter"
        draft.class_ = str(adapter["peft_type"])
        draft.metadata["base model"] = str(adapter.get("base_model_name_or_path", ""))
    else:
        return
    code = config.get("auto_map")
    for target in code.values() if isinstance(code, dict) else ():
        draft.name(str(target), known=False)
    weights = sorted(n for n in sizes if "/" not in n and n.endswith((".safetensors", ".bin")) and "training" not in n)
    if any(n.endswith(".safetensors") for n in weights):
        weights = [n for n in weights if n.endswith(".safetensors")]
    for name in weights:
        _add(open_regular(name, folder / name), draft)
    draft.metadata["weights"] = ", ".join(weights)


def _add(part: ModelFile, draft: Draft) -> None:
    draft.parameters = (draft.parameters or 0) + (part.parameters or 0)
    for name in part.globals:
        draft.name(name, known=name not in part.runs_code)
    for what in part.runs_code:
        draft.runs(what)
    if part.problem:
        draft.trouble(f"{part.file}: {part.problem}", partly=part.partly)


def _config(folder: Path, name: str, sizes: dict[str, int]) -> dict[str, object]:
    if not 0 < sizes.get(name, 0) <= LARGEST_CONFIG:
        return {}
    handle = os.open(folder / name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    with open(handle, "rb") as stream:
        try:
            document = json.loads(stream.read(LARGEST_CONFIG))
        except (ValueError, RecursionError):
            return {}
    return document if isinstance(document, dict) else {}
