"""What the objects of a pickle say of a model: its class, library versions, features, classes, steps."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from .describe import Draft
from .symbols import Array, Global, Made, Pairs, class_of, state_of

MOST_LOOKED_AT = 5_000  # objects, from the top down
PLAIN = frozenset(
    {"builtins", "__builtin__", "collections", "copy_reg", "copyreg", "datetime", "numpy", "pandas", "pathlib", "scipy"}
)
SHORTENED = ("sklearn.", "imblearn.")  # their private modules say where a class lies, not how it is imported


def describe(value: object, draft: Draft) -> None:
    """Fill the draft from the value that loading would give."""
    model, place = find_model(value)
    draft.class_ = class_name(model)
    if place is not None:
        draft.metadata["found under"] = place
    if isinstance(value, Pairs) and value.keys():
        draft.metadata["keys"] = ", ".join(value.keys()[:50])
    attributes = list({id(state): state for state in map(state_of, objects(model)) if state is not None}.values())
    for state in attributes:
        version = state.get("_sklearn_version")
        if isinstance(version, str):
            draft.versions.setdefault("scikit-learn", version)
    draft.inputs += _first(attributes, "feature_names_in_") or _first(attributes, "feature_name_")
    draft.outputs += _first(attributes, "classes_")
    count = next((n for n in (state.get("n_features_in_") for state in attributes) if isinstance(n, int)), None)
    if count is not None:
        draft.metadata["features"] = str(count)
    steps = _steps(state_of(model))
    if steps:
        draft.metadata["steps"] = ", ".join(steps)


def find_model(value: object) -> tuple[object, str | None]:
    """The value itself, or the first model that a dict, list or tuple holds, with where it holds it."""
    if not isinstance(value, (Pairs, list, tuple)):
        return value, None
    held = value.pairs if isinstance(value, Pairs) else enumerate(value)
    for key, inner in held:
        kind = class_of(inner)
        if isinstance(inner, Made) and kind is not None and kind.module.partition(".")[0] not in PLAIN:
            return inner, str(key)
    return value, None


def class_name(value: object) -> str | None:
    """A class as one imports it: "sklearn.linear_model.LogisticRegression", "dict"."""
    kind = class_of(value)
    if kind is None:
        return None
    if kind.module in ("builtins", "__builtin__"):
        return kind.name
    name = str(kind)
    if name.startswith(SHORTENED):
        name = f"{kind.module.partition('._')[0]}.{kind.name}"
    return name


def objects(top: object, most: int = MOST_LOOKED_AT) -> Iterator[object]:
    """The value and what it holds, outer ones first, each once, at most so many."""
    seen = {id(top)}
    queue = [top]
    for value in queue:
        yield value
        if len(queue) >= most:
            continue
        for inner in _inside(value):
            if isinstance(inner, (Made, Pairs, list, tuple)) and id(inner) not in seen:
                seen.add(id(inner))
                queue.append(inner)


def _inside(value: object) -> list[object]:
    match value:
        case Made():
            return [value.state, *value.items[:100], *(v for _, v in (value.pairs.pairs[:1000] if value.pairs else ()))]
        case Pairs():
            return [v for _, v in value.pairs[:1000]]
        case list() | tuple():
            return list(value[:100])
        case _:
            return []


def _first(attributes: list[Pairs], name: str) -> list[str]:
    """The elements of the first attribute of that name which can be read."""
    for state in attributes:
        elements = texts(state.get(name))
        if elements:
            return elements
    return []


def _steps(state: Pairs | None) -> list[str]:
    steps = state.get("steps") if state else None
    if not isinstance(steps, list):
        return []
    kinds = [class_of(step[1]) for step in steps if isinstance(step, tuple) and len(step) == 2]
    return [kind.name if kind else "?" for kind in kinds]


def array(value: object) -> Array | None:
    """A NumPy array as joblib or pickle of any protocol writes it, None for anything else."""
    match value:
        case Array():
            return value
        case Made(
            maker=Global(_, "_reconstruct"), state=(_, tuple() as shape, Made(args=(str(code), *_)) as kind, _, data)
        ):
            pass
        case Made(
            maker=Global(_, "_frombuffer"), args=(data, Made(args=(str(code), *_)) as kind, tuple() as shape, *_)
        ):
            pass
        case Made(maker=Global(_, "_create_array"), args=(maker, args, state, *_)):  # dill
            inner = Made(maker, args)
            inner.state = state
            return array(inner) if isinstance(maker, Global) and maker.name != "_create_array" else None
        case _:
            return None
    order = kind.state[1] if isinstance(kind.state, tuple) and len(kind.state) > 1 else "|"
    dims = tuple(n for n in shape if isinstance(n, int))
    match data:
        case list():
            return Array(dims, "|O", objects=data)
        case Made(maker=Global("_codecs", "encode"), args=(str(text), *_)):  # protocol 2 and before
            return Array(dims, f"{order}{code}", data=text.encode("latin-1", "replace"))
        case bytes():
            return Array(dims, f"{order}{code}", data=data)
        case _:
            return Array(dims, f"{order}{code}")


def texts(value: object) -> list[str]:
    """The elements of an array or list of names, numbers or truth values; empty when they cannot be told."""
    if isinstance(value, list):
        return [str(v) for v in value if isinstance(v, (str, int, float))]
    found = array(value)
    if found is None:
        return []
    if found.objects is not None:
        return [str(v) for v in found.objects if isinstance(v, (str, int, float))]
    if not found.data:
        return []
    order, kind = (found.dtype[0] if found.dtype[0] in "<>" else "<"), found.dtype[1:]
    if kind.startswith("U"):
        width = 4 * int(kind[1:]) if kind[1:].isdecimal() else 0
        pieces = [found.data[i : i + width] for i in range(0, len(found.data), width)] if width else []
        return [p.decode("utf-32-le" if order == "<" else "utf-32-be", "replace").rstrip("\0") for p in pieces]
    form = {
        "b1": "?",
        "i1": "b",
        "u1": "B",
        "i2": "h",
        "i4": "i",
        "i8": "q",
        "u4": "I",
        "u8": "Q",
        "f4": "f",
        "f8": "d",
    }.get(kind)
    if form is None:
        return []
    size = struct.calcsize(order + form)
    return [str(v) for (v,) in struct.iter_unpack(order + form, found.data[: len(found.data) // size * size])]
