"""Gradient boosting in its libraries' own formats: LightGBM, XGBoost, CatBoost."""

from __future__ import annotations

import json
import re
from typing import Any

from . import flatbuffers
from .describe import Draft
from .reader import HEAD, Source, Unreadable
from .ubjson import Reader

TAIL = 8 * 1024
NAMES = 1024 * 1024  # bytes at the beginning of a JSON model in which the feature names must lie


def read_lightgbm(source: Source, draft: Draft) -> None:
    """LightGBM's text: a head of key=value lines, then the trees."""
    draft.format, draft.class_ = "LightGBM text", "lightgbm.Booster"
    size = source.size or 0
    head = source.peek(min(size, NAMES)).decode("utf-8", "replace").partition("\n\n")[0].partition("\nTree=")[0]
    told = dict(line.rstrip("\r").split("=", 1) for line in head.splitlines() if "=" in line)
    draft.versions["LightGBM model format"] = told.get("version", "")
    draft.inputs += told.get("feature_names", "").split()
    for key in ("objective", "num_class"):
        draft.metadata[key] = told.get(key, "")
    trees = [int(n) for n in told.get("tree_sizes", "").split() if n.isdecimal() and len(n) < 12]
    draft.metadata["trees"] = str(len(trees))
    if len(head) + sum(trees) > size:
        draft.trouble("cut short: trees are missing", partly=True)


def read_lightgbm_json(source: Source, draft: Draft) -> None:
    """The dump of a LightGBM model, which LightGBM itself cannot load."""
    draft.format, draft.class_ = "LightGBM JSON", "lightgbm.Booster"
    head, tail = _ends(source, draft)
    draft.versions["LightGBM model format"] = _text(head, "version")
    draft.metadata["objective"] = _text(head, "objective")
    draft.inputs += _list(head, "feature_names", draft)
    trees = re.findall(r'"tree_index"\s*:\s*(\d{1,7})', tail)
    if trees:
        draft.metadata["trees"] = str(int(trees[-1]) + 1)


def read_xgboost_json(source: Source, draft: Draft) -> None:
    """XGBoost's JSON: names at the beginning, objective and version at the end; what lies between is not read."""
    draft.format, draft.class_ = "XGBoost JSON", "xgboost.Booster"
    head, tail = _ends(source, draft)
    version = re.findall(r'"version"\s*:\s*\[\s*(\d{1,5})\s*,\s*(\d{1,5})\s*,\s*(\d{1,5})\s*\]', tail or head)
    if version:
        draft.versions["xgboost"] = ".".join(version[-1])
    objective = re.findall(r'"objective"\s*:\s*\{[^{}]*"name"\s*:\s*"([\w:.-]{1,100})"', tail)
    draft.metadata["objective"] = objective[-1] if objective else ""
    draft.inputs += _list(head, "feature_names", draft)
    draft.metadata["trees"] = _text(head, "num_trees")
    features = re.findall(r'"num_feature"\s*:\s*"(\d{1,10})"', tail)
    draft.metadata["features"] = features[-1] if features else ""


def read_xgboost_ubjson(source: Source, draft: Draft) -> None:
    draft.format, draft.class_ = "XGBoost UBJSON", "xgboost.Booster"
    match Reader(source).value():
        case {"learner": dict() as learner, **rest}:
            pass
        case _:
            raise Unreadable("no learner in it")
    version = rest.get("version")
    if isinstance(version, list):
        draft.versions["xgboost"] = ".".join(map(str, version))
    names = learner.get("feature_names")
    draft.inputs += [name for name in names if isinstance(name, str)] if isinstance(names, list) else []
    for key, path in {
        "objective": ("objective", "name"),
        "features": ("learner_model_param", "num_feature"),
        "trees": ("gradient_booster", "model", "gbtree_model_param", "num_trees"),
    }.items():
        value = at(learner, *path)
        draft.metadata[key] = "" if value is None else str(value)


def read_catboost(source: Source, draft: Draft) -> None:
    """CatBoost's own binary format: a FlatBuffer after four letters and its length."""
    draft.format, draft.class_ = "CatBoost", "catboost.CatBoost"
    size = source.size or 0
    source.seek(4)
    length = int.from_bytes(source.read(4), "little")
    if length > size - 8:
        raise Unreadable("cut short")
    core = flatbuffers.root(source.part(8, length))
    _catboost({pair.text(0): pair.text(1) for pair in core.tables(2)}, draft)
    trees = core.table(1)
    if trees is None:
        raise Unreadable("no trees in it")
    features = [(f.integer(2), f.text(4)) for f in trees.tables(5)] + [
        (f.integer(1), f.text(2)) for f in trees.tables(4)
    ]
    draft.inputs += [name or str(index) for index, name in sorted(features)]
    draft.metadata["trees"] = str(trees.vector(2, 2**31)[1])


def read_catboost_json(source: Source, draft: Draft) -> None:
    draft.format, draft.class_ = "CatBoost JSON", "catboost.CatBoost"
    document = json.loads(source.rest())
    info = document.get("model_info")
    _catboost(info if isinstance(info, dict) else {}, draft)
    lists = document.get("features_info", {})
    features = [f for kind in lists.values() if isinstance(kind, list) for f in kind if isinstance(f, dict)]
    features = [f for f in features if isinstance(f.get("flat_feature_index"), int)]
    features.sort(key=lambda f: int(f["flat_feature_index"]))
    draft.inputs += [str(f.get("feature_id") or f["flat_feature_index"]) for f in features]
    trees = document.get("oblivious_trees") or document.get("trees")
    draft.metadata["trees"] = str(len(trees)) if isinstance(trees, list) else ""


def _catboost(info: dict[str, Any], draft: Draft) -> None:
    version = re.search(r"tags/v(\S+)|release (\S+)", str(info.get("catboost_version_info", "")))
    if version:
        draft.versions["catboost"] = version[1] or version[2]
    params = info.get("params")
    if isinstance(params, str):
        params = json.loads(params or "{}")
    loss = at(params, "loss_function", "type")
    draft.metadata["loss"] = loss if isinstance(loss, str) else ""
    draft.metadata["trained"] = str(info.get("train_finish_time", ""))
    classes = info.get("class_params")
    if isinstance(classes, str):
        classes = json.loads(classes or "{}")
    names = at(classes, "class_names")
    draft.outputs += [str(name) for name in names] if isinstance(names, list) else []


def at(value: object, *path: str) -> object:
    """What lies under the keys, None where one is missing."""
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def _ends(source: Source, draft: Draft) -> tuple[str, str]:
    """The beginning and the end of a JSON text; an end that is none is noted."""
    size = source.size or 0
    head = source.peek(min(size, NAMES)).decode("utf-8", "replace")
    source.seek(max(0, size - TAIL))
    tail = source.peek(TAIL).decode("utf-8", "replace")
    if not tail:  # only the beginning is at hand
        draft.partly = True
    elif not tail.rstrip().endswith("}"):
        draft.trouble("cut short", partly=True)
    return head, tail


def _text(head: str, key: str) -> str:
    found = re.search(rf'"{key}"\s*:\s*"([^"\\]{{0,200}})"', head[:HEAD])
    return found[1] if found else ""


def _list(head: str, key: str, draft: Draft) -> list[str]:
    found = re.search(rf'"{key}"\s*:\s*(?=\[)', head)
    if found is None:
        return []
    try:
        names = json.JSONDecoder().raw_decode(head, found.end())[0]
    except ValueError:
        draft.partly = True
        return []
    return [name for name in names if isinstance(name, str)]
