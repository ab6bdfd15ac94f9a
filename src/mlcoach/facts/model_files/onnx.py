"""ONNX models: who made them, opsets, inputs, outputs, nodes, weights and where these lie."""

from __future__ import annotations

import math
import re
from collections import Counter

from .describe import MOST, Draft
from .protobuf import Field, fields, inside, numbers, text
from .reader import Source, Unreadable

_TYPES = """undefined float32 uint8 int8 uint16 int16 int32 int64 string bool float16 float64 uint32 uint64 complex64
complex128 bfloat16 float8e4m3fn float8e4m3fnuz float8e5m2 float8e5m2fnuz uint4 int4 float4e2m1"""
TYPES = tuple(_TYPES.split())  # in the order of TensorProto.DataType


def read(source: Source, draft: Draft) -> None:
    """A ModelProto. Raises Unreadable when it is none or cut short."""
    seen = set()
    producer = ""
    for field in fields(source, 0, source.size or 0):
        seen.add(field.number)
        match field.number:
            case 1:
                draft.format = "ONNX"
                draft.versions["IR"] = str(field.value)
            case 2:
                producer = text(source, field)
                draft.versions[producer] = ""
            case 3:
                draft.versions[producer or "producer"] = _version(text(source, field))
            case 4 | 5 | 6:
                key = {4: "domain", 5: "model version", 6: "description"}[field.number]
                draft.metadata[key] = text(source, field)
            case 7:
                _graph(source, field, draft)
            case 8:
                opset = {inner.number: text(source, inner) for inner in inside(source, field)}
                draft.versions[f"opset {opset.get(1) or 'ai.onnx'}"] = opset.get(2, "0")
            case 14:
                pair = {inner.number: text(source, inner) for inner in inside(source, field)}
                draft.metadata[pair.get(1, "")] = pair.get(2, "")
            case 25:
                draft.metadata["local functions"] = "yes"
    if 7 not in seen:
        draft.format = None
        raise Unreadable("not an ONNX model: no graph in it")


def _version(text: str) -> str:
    """A version on one line: CatBoost gives a page about its build."""
    found = re.search(r"tags/v(\S+)|release (\S+)", text) if "\n" in text else None
    return (found[1] or found[2]) if found else text


def _graph(source: Source, graph: Field, draft: Draft) -> None:
    nodes: Counter[str] = Counter()
    domains: set[str] = set()
    weights: set[str] = set()
    outside: dict[str, None] = {}
    inputs: dict[str, str] = {}
    for field in inside(source, graph):
        match field.number:
            case 1:
                kind, domain = _node(source, field)
                nodes[kind] += 1
                domains.add(domain)
            case 2:
                draft.metadata["graph"] = text(source, field)
            case 5:
                name, count, location = _tensor(source, field)
                draft.parameters = (draft.parameters or 0) + count
                if len(weights) < MOST:
                    weights.add(name)
                if location is not None and len(outside) < MOST:
                    outside.setdefault(location)
            case 11:
                name, shape = _value(source, field)
                inputs[name] = shape
            case 12:
                draft.outputs.append(": ".join(filter(None, _value(source, field))))
    draft.inputs += [f"{name}: {shape}" if shape else name for name, shape in inputs.items() if name not in weights]
    draft.metadata["nodes"] = ", ".join(f"{kind} {count}" for kind, count in nodes.most_common(30))
    custom = sorted(domains - {"", "ai.onnx", "ai.onnx.ml", "ai.onnx.training", "ai.onnx.preview.training"})
    if custom:
        draft.metadata["operator domains"] = ", ".join(custom)
    if outside:
        draft.metadata["weights in"] = ", ".join(outside)
    leaving = [
        name
        for name in outside
        if name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/") or ":" in name
    ]
    if leaving:
        draft.trouble(f"weights outside of the model's folder: {', '.join(leaving[:5])}")


def _node(source: Source, node: Field) -> tuple[str, str]:
    kind = domain = ""
    for field in inside(source, node):
        if field.number == 4:
            kind = text(source, field)
        elif field.number == 7:
            domain = text(source, field)
    return kind, domain


def _tensor(source: Source, tensor: Field) -> tuple[str, int, str | None]:
    """A weight's name, how many numbers it has, and the file that holds them if not this one."""
    name, location = "", None
    dims: list[int] = []
    for field in inside(source, tensor):
        if field.number == 1:
            dims += numbers(source, field)
            if len(dims) > 64:
                raise Unreadable("a weight of too many dimensions")
        elif field.number == 8:
            name = text(source, field)
        elif field.number == 13:
            pair = {inner.number: text(source, inner) for inner in inside(source, field)}
            if pair.get(1) == "location":
                location = pair.get(2, "")
    return name, math.prod(dims), location


def _value(source: Source, value: Field) -> tuple[str, str]:
    """An input's or output's name and type: ("X", "float32[?, 4]")."""
    name = shape = ""
    for field in inside(source, value):
        if field.number == 1:
            name = text(source, field)
        elif field.number == 2:
            shape = _type(source, field)
    return name, shape


def _type(source: Source, kind: Field, depth: int = 0) -> str:
    for field in inside(source, kind):
        match field.number:
            case 1 | 8:
                return ("sparse " if field.number == 8 else "") + _tensor_type(source, field)
            case 4 | 9 if depth < 8:
                inner = [_type(source, f, depth + 1) for f in inside(source, field) if f.number == 1]
                return f"{'sequence' if field.number == 4 else 'optional'}({', '.join(inner)})"
            case 5 if depth < 8:
                key, held = "?", "?"
                for inner_field in inside(source, field):
                    if inner_field.number == 1:
                        key = _type_name(inner_field.value)
                    elif inner_field.number == 2:
                        held = _type(source, inner_field, depth + 1)
                return f"map({key}, {held})"
    return ""


def _tensor_type(source: Source, tensor: Field) -> str:
    kind, dims = "?", None
    for field in inside(source, tensor):
        if field.number == 1:
            kind = _type_name(field.value)
        elif field.number == 2:
            dims = [_dim(source, dim) for dim in inside(source, field) if dim.number == 1]
    return kind if dims is None else f"{kind}[{', '.join(dims)}]"


def _dim(source: Source, dim: Field) -> str:
    for field in inside(source, dim):
        if field.number == 1:
            return str(field.value)
        if field.number == 2:
            return text(source, field) or "?"
    return "?"


def _type_name(number: int) -> str:
    return TYPES[number] if number < len(TYPES) else f"type {number}"
