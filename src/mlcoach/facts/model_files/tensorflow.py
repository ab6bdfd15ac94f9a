"""TensorFlow: SavedModel, a frozen graph, and TensorFlow Lite."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator

from . import flatbuffers
from .describe import Draft
from .protobuf import Field, fields, inside, numbers, text
from .reader import Source, Unreadable

_TYPES = """? float32 float64 int32 uint8 int16 int8 string complex64 int64 bool qint8 quint8 qint32 bfloat16 qint16
quint16 uint16 complex128 float16 resource variant uint32 uint64"""
TYPES = tuple(_TYPES.split())  # in the order of TensorFlow's DataType
_LITE = """float32 float16 int32 uint8 int64 string bool int16 complex64 int8 float64 complex128 uint64 resource variant
uint32 uint16 int4 bfloat16"""
LITE_TYPES = tuple(_LITE.split())  # in the order of TensorFlow Lite's TensorType
MOST_DIMS = 64
RUNNING = frozenset({"PyFunc", "PyFuncStateless", "EagerPyFunc", "ReadFile", "WriteFile"})


def read_saved_model(source: Source, draft: Draft) -> None:
    """saved_model.pb: versions, tags, signatures, and the operations that call Python or touch files."""
    draft.format = "SavedModel"
    operations: Counter[str] = Counter()
    graphs = 0
    for field in fields(source, 0, source.size or 0):
        if field.number == 2:
            graphs += 1
            _meta_graph(source, field, draft, operations)
    if not graphs:
        draft.format = None
        raise Unreadable("not a SavedModel: no graph in it")
    _tell(operations, draft)


def read_graph(source: Source, draft: Draft) -> None:
    """A GraphDef. Raises Unreadable when it is none."""
    operations = Counter(_operations(source, fields(source, 0, source.size or 0), draft))
    if not operations:
        raise Unreadable("not a TensorFlow graph")
    draft.format = "TensorFlow graph"
    _tell(operations, draft)


def _meta_graph(source: Source, graph: Field, draft: Draft, operations: Counter[str]) -> None:
    for field in inside(source, graph):
        match field.number:
            case 1:
                for inner in inside(source, field):
                    if inner.number == 4:
                        draft.metadata["tags"] = ", ".join(
                            filter(None, (draft.metadata.get("tags"), text(source, inner)))
                        )
                    elif inner.number == 5:
                        draft.versions["tensorflow"] = text(source, inner)
            case 2:
                operations.update(_operations(source, inside(source, field), draft))
            case 5:
                entry = {inner.number: inner for inner in inside(source, field)}
                if 1 in entry and 2 in entry:
                    _signature(source, text(source, entry[1]), entry[2], draft)


def _operations(source: Source, graph: Iterator[Field], draft: Draft) -> Iterator[str]:
    """The operation of each node, those of the graph's functions too."""
    for field in graph:
        if field.number == 1:
            node = {inner.number: inner for inner in inside(source, field) if inner.number in (1, 2)}
            if 2 not in node:
                continue
            kind = text(source, node[2])
            yield kind
            if kind == "Placeholder" and draft.format != "SavedModel" and 1 in node:
                draft.inputs.append(text(source, node[1]))
        elif field.number == 2:
            for function in inside(source, field):
                if function.number == 1:
                    for inner in inside(source, function):
                        if inner.number == 3:
                            yield from (text(source, f) for f in inside(source, inner) if f.number == 2)


def _tell(operations: Counter[str], draft: Draft) -> None:
    draft.metadata["operations"] = ", ".join(f"{kind} {count}" for kind, count in operations.most_common(30))
    for kind in sorted(RUNNING & operations.keys()):
        draft.runs(f"{kind} operation")


def _signature(source: Source, name: str, signature: Field, draft: Draft) -> None:
    if name.startswith("__"):
        return
    draft.metadata["signatures"] = ", ".join(filter(None, (draft.metadata.get("signatures"), name)))
    for field in inside(source, signature):
        if field.number in (1, 2):
            entry = {inner.number: inner for inner in inside(source, field)}
            if 1 in entry and 2 in entry:
                side = draft.inputs if field.number == 1 else draft.outputs
                told = f"{text(source, entry[1])}: {_tensor(source, entry[2])}"
                if told not in side:
                    side.append(told)


def _tensor(source: Source, tensor: Field) -> str:
    kind, dims = "?", None
    for field in inside(source, tensor):
        if field.number == 2:
            kind = TYPES[field.value] if field.value < len(TYPES) else f"type {field.value}"
        elif field.number == 3:
            shape = list(inside(source, field))
            if not any(f.number == 3 and f.value for f in shape):
                sizes = [
                    [n for f in inside(source, dim) if f.number == 1 for n in numbers(source, f)]
                    for dim in shape
                    if dim.number == 2
                ]
                dims = [str(size[0]) if size and size[0] < 2**63 else "?" if size else "0" for size in sizes]
    return kind if dims is None else f"{kind}[{', '.join(dims)}]"


def read_lite(source: Source, draft: Draft) -> None:
    """A TensorFlow Lite model."""
    draft.format = "TFLite"
    model = flatbuffers.root(source)
    draft.versions["TFLite schema"] = str(model.integer(0, "<I"))
    draft.metadata["description"] = model.text(3)
    custom = [name for name in (code.text(1) for code in model.tables(1)) if name]
    draft.metadata["custom operators"] = ", ".join(custom)
    filled = [buffer.vector(0, 2**31)[1] for buffer in model.tables(4)]
    graphs = model.tables(2)
    draft.metadata["subgraphs"] = str(len(graphs))
    total = 0
    for number, graph in enumerate(graphs):
        tensors = graph.tables(0)
        for tensor in tensors:
            buffer = tensor.integer(2, "<I")
            if buffer < len(filled) and filled[buffer]:
                total += math.prod(tensor.integers(0, MOST_DIMS))
        if number == 0:
            draft.inputs += [_lite(tensors[i]) for i in graph.integers(1) if 0 <= i < len(tensors)]
            draft.outputs += [_lite(tensors[i]) for i in graph.integers(2) if 0 <= i < len(tensors)]
    draft.parameters = total or None


def _lite(tensor: flatbuffers.Table) -> str:
    kind = tensor.integer(1, "<B")
    name = LITE_TYPES[kind] if kind < len(LITE_TYPES) else f"type {kind}"
    return f"{tensor.text(3)}: {name}[{', '.join(map(str, tensor.integers(0, MOST_DIMS)))}]"
