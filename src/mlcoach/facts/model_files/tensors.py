"""Files of bare arrays: safetensors, GGUF, and NumPy's npy."""

from __future__ import annotations

import json
import math
import re
import struct
from collections import Counter

from . import pickled
from .describe import Draft
from .estimators import texts
from .reader import Source, Stopped, Unreadable, amount
from .symbols import Array

MOST_ITEMS = 2_000_000  # strings of a GGUF vocabulary


def read_safetensors(source: Source, draft: Draft) -> None:
    """The JSON header; the numbers themselves are not read."""
    size = source.size or 0
    draft.format = "safetensors"
    length = int.from_bytes(source.read(8), "little")
    if length > size - 8:
        raise Unreadable("cut short inside the header")
    header = json.loads(source.read(length))
    if not isinstance(header, dict):
        raise Unreadable("a header that is none")
    metadata = header.pop("__metadata__", {})
    if isinstance(metadata, dict):
        draft.metadata.update({str(key): str(value) for key, value in metadata.items()})
    total, end, kinds = 0, 0, Counter[str]()
    for entry in header.values():
        match entry:
            case {"dtype": str(kind), "shape": [*dims], "data_offsets": [int(), int(stop)]} if _are_sizes(dims):
                total += math.prod(dims)
                end = max(end, stop)
                kinds[kind] += 1
            case _:
                raise Unreadable("a tensor without type, shape or place")
    draft.parameters = total
    draft.metadata["tensors"] = str(len(header))
    draft.metadata["types"] = ", ".join(f"{kind} {count}" for kind, count in kinds.most_common(20))
    if 8 + length + end > size:
        draft.trouble(f"cut short: {amount(8 + length + end - size)} are missing", partly=True)


def _are_sizes(dims: list[object]) -> bool:
    return len(dims) <= 64 and all(isinstance(n, int) and 0 <= n < 2**63 for n in dims)


# GGUF's value types: how many bytes, and how to read them.
_SCALARS = {0: "<B", 1: "<b", 2: "<H", 3: "<h", 4: "<I", 5: "<i", 6: "<f", 7: "<?", 10: "<Q", 11: "<q", 12: "<d"}
_TOLD = ("general.", ".context_length", ".block_count", ".embedding_length", "tokenizer.ggml.model")


def read_gguf(source: Source, draft: Draft) -> None:
    """Metadata and the tensors' shapes."""
    draft.format = "GGUF"
    _, version, tensors, pairs = struct.unpack("<4sIQQ", source.read(24))
    if version > 2**16:
        raise Unreadable("big-endian GGUF cannot be read here")
    draft.versions["GGUF"] = str(version)
    draft.metadata["tensors"] = str(tensors)
    budget = [MOST_ITEMS]
    for _ in range(pairs):
        key = _gguf_text(source, budget)
        value = _gguf_value(source, struct.unpack("<I", source.read(4))[0], budget)
        if value is not None and (key.startswith(_TOLD) or key.endswith(_TOLD)):
            draft.metadata[key] = value
    draft.class_ = draft.metadata.get("general.architecture")
    total = 0
    for _ in range(tensors):
        _gguf_text(source, budget)
        (count,) = struct.unpack("<I", source.read(4))
        if count > 64:
            raise Unreadable("a tensor of too many dimensions")
        total += math.prod(struct.unpack(f"<{count}Q", source.read(8 * count)))
        source.skip(12)
    draft.parameters = total


def _gguf_text(source: Source, budget: list[int]) -> str:
    _spend(source, budget)
    (length,) = struct.unpack("<Q", source.read(8))
    if length > 4096:
        source.skip(length)
        return ""
    source.budget.keep(length)
    return source.read(length).decode("utf-8", "replace")


def _gguf_value(source: Source, kind: int, budget: list[int], depth: int = 0) -> str | None:
    if kind == 8:
        return _gguf_text(source, budget)
    if kind == 9 and depth < 4:
        inner, count = struct.unpack("<IQ", source.read(12))
        if inner in _SCALARS:
            source.skip(count * struct.calcsize(_SCALARS[inner]))
        else:
            for _ in range(count):
                _gguf_value(source, inner, budget, depth + 1)
        return None
    if kind not in _SCALARS:
        raise Unreadable(f"a value of unknown type {kind}")
    form = _SCALARS[kind]
    return str(struct.unpack(form, source.read(struct.calcsize(form)))[0])


def _spend(source: Source, budget: list[int]) -> None:
    budget[0] -= 1
    if budget[0] % 1024 == 0:
        source.budget.tick()
    if budget[0] < 0:
        raise Stopped("too many entries to read")


def read_npy(source: Source, draft: Draft) -> None:
    """One array: its type and shape. An array of objects is a pickle."""
    draft.format = "npy"
    found = array(source, draft)
    draft.metadata["array"] = written(found)


def array(source: Source, draft: Draft) -> Array:
    """The array that begins here; its numbers are read if they are few. Raises Unreadable when there is none."""
    start = source.read(8)
    if not start.startswith(b"\x93NUMPY"):
        raise Unreadable("not a NumPy array")
    form = "<H" if start[6] == 1 else "<I"
    (length,) = struct.unpack(form, source.read(struct.calcsize(form)))
    header = source.read(length).decode("latin-1") if length <= 65_536 else ""
    kind = re.search(r"'descr': ?(?:'([^']*)'|(\[.*?\]), *')", header)
    shape = re.search(r"'shape': ?\(([\d, L]*)\)", header)
    if kind is None or shape is None:
        raise Unreadable("a NumPy header that is none")
    dtype = kind[1] if kind[1] is not None else kind[2]
    dims = tuple(int(n.strip("L ")) for n in shape[1].split(",") if n.strip(" L"))
    if not _are_sizes(list(dims)):
        raise Unreadable("an array without a shape")
    if "O" in dtype:
        draft.runs("a pickle inside a NumPy array, loaded with allow_pickle")
        pickled.read(source, draft)
        return Array(dims, dtype)
    itemsize = re.fullmatch(r"[<>|=]?([a-zA-Z])(\d{1,9})(?:\[\w+\])?", dtype)
    if itemsize is None:
        return Array(dims, dtype)
    count = math.prod(dims) * int(itemsize[2]) * (4 if itemsize[1] == "U" else 1)
    if count <= 1024:
        return Array(dims, dtype, data=source.read(count))
    if source.size is not None and count > source.size - source.position:
        raise Unreadable("cut short")
    return Array(dims, dtype)


_KINDS = {"f": "float", "i": "int", "u": "uint", "c": "complex"}


def written(found: Array) -> str:
    """An array for people: "float64[3, 4]", and its elements where they are few."""
    kind, bits = found.dtype[1:2], found.dtype[2:]
    name = _KINDS.get(kind, "")
    dtype = f"{name}{8 * int(bits)}" if name and bits.isdecimal() and len(bits) < 4 else found.dtype.strip("|=<>")
    shown = f"{dtype}[{', '.join(map(str, found.shape))}]"
    elements = texts(found)
    return f"{shown}: {', '.join(elements)}" if 0 < len(elements) <= 8 else shown
