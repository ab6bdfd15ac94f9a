"""Formats that carry a model to another system: Core ML and PMML."""

from __future__ import annotations

import re
from html import unescape

from .describe import Draft
from .protobuf import Field, fields, inside, text
from .reader import Source, Unreadable

_CORE_ML = {
    200: "pipeline classifier",
    201: "pipeline regressor",
    202: "pipeline",
    300: "generalized linear regressor",
    301: "support vector regressor",
    302: "tree ensemble regressor",
    303: "neural network regressor",
    400: "generalized linear classifier",
    401: "support vector classifier",
    402: "tree ensemble classifier",
    403: "neural network classifier",
    404: "k-nearest neighbours classifier",
    500: "neural network",
    502: "ML program",
}

_TAG = re.compile(r"<(PMML|Application|DataField|MiningField|\w{1,40}Model|NeuralNetwork|Scorecard)\b([^<>]{0,2000})")
_ATTRIBUTE = re.compile(r'\b(name|version|usageType)="([^"]{0,300})"')


def read_core_ml(source: Source, draft: Draft) -> None:
    """A Core ML model. Raises Unreadable when it is none."""
    for field in fields(source, 0, source.size or 0):
        if field.number == 1:
            draft.versions["Core ML specification"] = str(field.value)
        elif field.number == 2:
            draft.format = "Core ML"
            _description(source, field, draft)
        elif field.number in _CORE_ML:
            draft.class_ = _CORE_ML[field.number]
    if draft.format is None:
        raise Unreadable("not a Core ML model")


def _description(source: Source, description: Field, draft: Draft) -> None:
    for field in inside(source, description):
        if field.number in (1, 10):
            names = [text(source, inner) for inner in inside(source, field) if inner.number == 1]
            (draft.inputs if field.number == 1 else draft.outputs).extend(names)
        elif field.number == 100:
            for inner in inside(source, field):
                if inner.number in (1, 2, 3, 4):
                    key = ("description", "version", "author", "license")[inner.number - 1]
                    draft.metadata[key] = text(source, inner)
                elif inner.number == 100:
                    pair = {part.number: text(source, part) for part in inside(source, inner)}
                    draft.metadata[pair.get(1, "")] = pair.get(2, "")


def read_pmml(source: Source, draft: Draft) -> None:
    """PMML, searched as text: no XML parser that could be made to expand entities."""
    draft.format = "PMML"
    data = source.peek(min(source.size or 0, 1024 * 1024)).decode("utf-8", "replace")
    names: list[str] = []
    targets: set[str] = set()
    for tag in _TAG.finditer(data):
        kind, told = tag[1], dict(_ATTRIBUTE.findall(tag[2]))
        name = unescape(told.get("name", ""))
        match kind:
            case "PMML":
                draft.versions["PMML"] = told.get("version", "")
            case "Application":
                draft.versions[name] = unescape(told.get("version", ""))
            case "DataField":
                names.append(name)
            case "MiningField":
                if told.get("usageType") in ("target", "predicted"):
                    targets.add(name)
            case _:
                draft.class_ = draft.class_ or kind
    draft.inputs += [name for name in names if name not in targets]
    draft.outputs += [name for name in names if name in targets]
    if (source.size or 0) > len(data):
        draft.partly = True
