"""skops files: a zip of a JSON schema that names every class, and arrays."""

from __future__ import annotations

import json
from typing import Any

from .describe import Draft
from .estimators import SHORTENED, texts
from .names import is_known
from .reader import Budget, Unreadable
from .tensors import array
from .zips import Archive


def read(archive: Archive, draft: Draft) -> None:
    """A file that skops wrote; `draft` gets its class, versions, features and every type it names."""
    draft.format = "skops"
    member = archive.find("schema.json")
    if member is None:
        raise Unreadable("no schema.json in it")
    schema = json.loads(archive.read(member))
    if not isinstance(schema, dict) or not isinstance(schema.get("__class__"), str):
        raise Unreadable("a schema that is none")
    draft.versions["skops"] = str(schema.get("_skops_version", ""))
    draft.metadata["skops protocol"] = str(schema.get("protocol", ""))
    draft.class_ = _class_name(schema)
    nodes = _nodes(schema, archive.budget)
    for node in nodes:
        _note(node, draft)
    attributes = [_attributes(node) for node in nodes if node.get("__loader__") in ("ObjectNode", "DictNode")]
    for state in attributes:
        version = _plain(state.get("_sklearn_version"))
        if isinstance(version, str):
            draft.versions.setdefault("scikit-learn", version)
    draft.inputs += next(filter(None, (_elements(s.get("feature_names_in_"), archive, draft) for s in attributes)), [])
    draft.outputs += next(filter(None, (_elements(s.get("classes_"), archive, draft) for s in attributes)), [])
    count = next((n for n in (_plain(s.get("n_features_in_")) for s in attributes) if isinstance(n, int)), None)
    if count is not None:
        draft.metadata["features"] = str(count)


def _nodes(schema: dict[str, Any], budget: Budget) -> list[dict[str, Any]]:
    """Every node that names a type, outer ones first."""
    queue: list[Any] = [schema]
    found = []
    for number, value in enumerate(queue):
        if number % 4096 == 0:
            budget.tick()
        if isinstance(value, list):
            queue += [v for v in value if isinstance(v, (dict, list))]
        elif isinstance(value, dict):
            queue += [v for v in value.values() if isinstance(v, (dict, list))]
            if isinstance(value.get("__class__"), str):
                found.append(value)
    return found


def _note(node: dict[str, Any], draft: Draft) -> None:
    module, name = str(node.get("__module__")), node["__class__"]
    content = node.get("content")
    if isinstance(content, dict) and isinstance(content.get("function"), str):  # a function, in earlier protocols
        module, name = str(content.get("module_path")), content["function"]
    known = is_known(module, name)
    if not known or module != "builtins":  # plain numbers, texts and lists are no news
        draft.name(f"{module}.{name}", known=known)


def _class_name(node: dict[str, Any]) -> str:
    module, name = str(node.get("__module__")), node["__class__"]
    if module == "builtins":
        return str(name)
    return f"{module.partition('._')[0] if module.startswith(SHORTENED) else module}.{name}"


def _attributes(node: dict[str, Any]) -> dict[str, Any]:
    content = node.get("content")
    if isinstance(content, dict) and node.get("__loader__") == "ObjectNode":
        content = content.get("content")
    return content if isinstance(content, dict) else {}


def _plain(node: object) -> object:
    """The number or text of a JSON node."""
    if isinstance(node, dict) and isinstance(node.get("content"), str) and node.get("__loader__") == "JsonNode":
        try:
            return json.loads(node["content"])
        except ValueError:
            return None
    return None


def _elements(node: object, archive: Archive, draft: Draft) -> list[str]:
    """An array of names, written out in the schema or lying in a member of its own."""
    if not isinstance(node, dict):
        return []
    if isinstance(node.get("content"), list):
        return [str(v) for v in map(_plain, node["content"]) if isinstance(v, (str, int, float))]
    member = archive.by_name.get(str(node.get("file")))
    return [] if member is None or member.size > 65_536 else texts(array(archive.open(member), draft))
