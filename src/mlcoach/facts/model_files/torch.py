"""PyTorch files: state dicts, checkpoints, whole modules, TorchScript, torch.export, and the layout before 1.6."""

from __future__ import annotations

import json
import math
import re
from typing import TYPE_CHECKING

from . import estimators, pickled
from .describe import Draft
from .reader import Source, Unreadable
from .symbols import Global, Made, Pairs, class_of

if TYPE_CHECKING:
    from .zips import Archive, Member

MAGIC = 0x1950A86A20F9469CFC6C  # the first pickle of a file before 1.6
LEGACY_HEAD = b"\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19."
WEIGHTS = (
    "model",
    "state_dict",
    "model_state_dict",
    "model_state",
    "net",
    "network",
    "weights",
    "module",
    "ema",
    "generator",
)
MOST_LOOKED_AT = 200_000  # objects of a module whose parameters are counted
MOST_PICKLES = 20
BUFFERS = ("num_batches_tracked", "running_mean", "running_var")


def read_archive(archive: Archive, draft: Draft) -> None:
    """A zip with data.pkl, or one that torch.export wrote."""
    exported = archive.find("archive_format")
    if exported is not None or archive.find("serialized_exported_program.json"):
        _read_exported(archive, draft)
        return
    member = archive.find("data.pkl")
    if member is None:
        raise Unreadable("no data.pkl in it")
    script = archive.find("constants.pkl") is not None
    draft.format = "TorchScript" if script else "PyTorch"
    version = archive.find("version")
    if version is not None:
        draft.versions["PyTorch file format"] = archive.text(version, 100).strip()
    value = pickled.read(archive.open(member), draft)
    archive.check(member)
    _read_others(archive, member, draft)
    if script:
        kind = class_of(value)
        draft.class_ = None if kind is None else str(kind).removeprefix("__torch__.")
        draft.metadata["kind"] = "TorchScript program"
        draft.parameters = _count(value) or None
    else:
        _describe(value, draft)


def _read_others(archive: Archive, main: Member, draft: Draft) -> None:
    """The names in all other pickles of the archive; which one a loader takes is its own affair."""
    others = [m for m in archive.members if m.name.endswith(".pkl") and m is not main]
    for member in others[:MOST_PICKLES]:
        try:
            pickled.read(archive.open(member), draft)
        except Unreadable as error:
            draft.trouble(f"{member.name}: {error}", partly=True)
    if len(others) > MOST_PICKLES:
        draft.partly = True


def read_legacy(source: Source, draft: Draft) -> None:
    """Five pickles (magic number, version, machine, object, keys of the storages), then the numbers."""
    draft.format = "PyTorch"
    draft.metadata["layout"] = "before PyTorch 1.6"
    if pickled.read(source, draft) != MAGIC:
        raise Unreadable("no magic number of PyTorch")
    draft.versions["PyTorch file format"] = str(pickled.read(source, draft))
    pickled.read(source, draft)
    value = pickled.read(source, draft)
    _describe(value, draft)
    pickled.read(source, draft)


def _read_exported(archive: Archive, draft: Draft) -> None:
    draft.format = "torch.export"
    draft.class_ = "torch.export.ExportedProgram"
    programs = (
        m for m in archive.members if re.search(r"(?:^|/)(?:models/[^/]+|serialized_exported_program)\.json$", m.name)
    )
    program = next(programs, None)
    if program is None:
        draft.trouble("no program in it", partly=True)
        return
    document = json.loads(archive.read(program))
    version = document.get("schema_version")
    if isinstance(version, dict):
        draft.versions["torch.export schema"] = f"{version.get('major')}.{version.get('minor')}"
    if isinstance(document.get("torch_version"), str):
        draft.versions["torch"] = document["torch_version"]
    for opset, number in (document.get("opset_version") or {}).items():
        draft.versions[f"opset {opset}"] = str(number)
    archive.mention_nested(draft)


def _describe(value: object, draft: Draft) -> None:
    estimators.describe(value, draft)
    weights, kind = _weights(value)
    draft.metadata["kind"] = kind
    draft.parameters = _count(weights) or None


def _weights(value: object) -> tuple[object, str]:
    """Where the model's own numbers lie, and what sort of file this is."""
    pairs = _pairs(value)
    if pairs is None:
        return value, "whole module: loading it needs its code" if isinstance(value, Made) else "objects"
    if any(_is_tensor(v) for _, v in pairs.pairs):
        return pairs, "state dict"
    for key in WEIGHTS:
        inner = pairs.get(key)
        if _pairs(inner) is not None or isinstance(inner, Made):
            return inner, "checkpoint" if _pairs(inner) is not None else "checkpoint with a whole module"
    return None, "checkpoint"


def _pairs(value: object) -> Pairs | None:
    if isinstance(value, Made) and value.maker == Global("collections", "OrderedDict"):
        match value.args:
            case (list() as entries,):  # as Python 2 wrote it
                found = Pairs()
                found.pairs = [(e[0], e[1]) for e in entries if isinstance(e, (list, tuple)) and len(e) == 2]
                return found
        return value.pairs or Pairs()
    return value if isinstance(value, Pairs) else None


def _is_tensor(value: object) -> bool:
    return _shape(value) is not None


def _shape(value: object) -> tuple[int, ...] | None:
    match value:
        case Made(
            maker=Global("torch._utils", "_rebuild_parameter" | "_rebuild_parameter_with_state"), args=(inner, *_)
        ):
            return _shape(inner)
        case Made(maker=Global("torch._utils"), args=(_, _, tuple() as shape, *_)) if len(shape) <= 64:
            return tuple(n for n in shape if isinstance(n, int) and 0 <= n < 2**63)
        case Made(maker=Global("torch._tensor", "_rebuild_from_type_v2"), args=(_, _, tuple() as args, *_)):
            return _shape(Made(Global("torch._utils", ""), args))
        case _:
            return None


def _count(weights: object) -> int:
    """Numbers in the parameters of a state dict or module; running means and the like left out."""
    total = 0
    for value in estimators.objects(weights, MOST_LOOKED_AT):
        held = value.pairs if isinstance(value, Made) else value
        pairs = held.pairs if isinstance(held, Pairs) else []
        for key, inner in pairs:
            shape = _shape(inner)
            if shape is None or (isinstance(key, str) and key.endswith(BUFFERS)):
                continue
            total += math.prod(shape)
    return total
