"""Keras models: the archive of Keras 3, and HDF5 files."""

from __future__ import annotations

import json
import re
from itertools import islice
from typing import Any

from .describe import Draft
from .reader import Source, Unreadable
from .zips import Archive

SEARCHED = 4 * 1024 * 1024  # bytes of an HDF5 file that are looked through
MOST_LAYERS = 20_000
# Where Keras finds its own classes; anything else in a configuration is imported from its module when it is loaded.
_OWN = re.compile(
    r"keras(?:\.src|\.api)?(?:\.(?:activations|applications|constraints|dtype_policies|initializers|layers|losses|metrics"
    r"|models|ops|optimizers|regularizers|saving|callbacks))?(?:\.\w+)*"
)
_RUNNING = ("Lambda", "__lambda__", "TorchModuleWrapper", "JaxLayer", "FlaxLayer", "TFSMLayer")


def read_archive(archive: Archive, draft: Draft) -> None:
    """A .keras file: metadata.json, config.json, and weights in HDF5."""
    draft.format = "Keras"
    metadata = archive.find("metadata.json")
    if metadata is not None:
        told = json.loads(archive.read(metadata))
        if isinstance(told, dict):
            draft.versions["Keras"] = str(told.get("keras_version", ""))
            draft.metadata["saved"] = str(told.get("date_saved", ""))
    config = archive.find("config.json")
    if config is None:
        raise Unreadable("no config.json in it")
    describe(json.loads(archive.read(config)), draft)


def describe(config: Any, draft: Draft) -> None:
    """Class, layers and inputs of a model's configuration, and the names in it that are not Keras's own."""
    if not isinstance(config, dict) or "class_name" not in config:
        raise Unreadable("a Keras configuration that is none")
    draft.class_ = _class(config)
    inner = config.get("config")
    layers = inner.get("layers") if isinstance(inner, dict) else None
    if isinstance(layers, list):
        names = [str(layer.get("class_name")) for layer in layers if isinstance(layer, dict)]
        draft.metadata["layers"] = ", ".join(names[:100])
        draft.inputs += [text for layer in layers if isinstance(layer, dict) and (text := _input(layer))]
    if not draft.inputs and isinstance(config.get("build_config"), dict):
        shape = config["build_config"].get("input_shape")
        if isinstance(shape, list):
            draft.inputs.append(f"input: {_shape(shape)}")
    _names(config, draft)


def _class(config: dict[str, Any]) -> str:
    module = config.get("module")
    name = str(config["class_name"])
    return f"{module}.{name}" if isinstance(module, str) and module else f"keras.{name}"


def _input(layer: dict[str, Any]) -> str | None:
    inner = layer.get("config")
    if layer.get("class_name") != "InputLayer" or not isinstance(inner, dict):
        return None
    shape = inner.get("batch_shape", inner.get("batch_input_shape"))
    kind = inner.get("dtype")
    return f"{inner.get('name', 'input')}: {kind if isinstance(kind, str) else ''}{_shape(shape)}"


def _shape(shape: object) -> str:
    return "[" + ", ".join("?" if n is None else str(n) for n in shape) + "]" if isinstance(shape, list) else ""


def _names(config: object, draft: Draft) -> None:
    """Every class and function that the configuration names."""
    queue = [config]
    for value in queue:
        if len(queue) > MOST_LAYERS * 50:
            draft.partly = True
            break
        if isinstance(value, list):
            queue += [v for v in value if isinstance(v, (dict, list))]
        if not isinstance(value, dict):
            continue
        queue += [v for v in value.values() if isinstance(v, (dict, list))]
        kind, module = value.get("class_name"), value.get("module")
        if not isinstance(kind, str):
            continue
        registered = value.get("registered_name")
        if kind in _RUNNING:
            draft.name(f"{module or 'keras'}.{kind}", known=True)
            draft.runs(f"{kind} layer: code of its own" if kind != "__lambda__" else "a pickled Python function")
        elif kind == "function":  # by its name alone
            function = value.get("config")
            name = f"{module}.{function}" if isinstance(function, str) else f"{module}.function"
            draft.name(name, known=module in (None, "builtins") or bool(_OWN.fullmatch(str(module))))
        elif isinstance(module, str) or (isinstance(registered, str) and ">" in registered):
            own = module is None or _OWN.fullmatch(str(module)) is not None
            name = f"{module}.{kind}" if module else str(registered)
            draft.name(
                name, known=own and kind[:1].isupper() and not (isinstance(registered, str) and ">" in registered)
            )


def read_hdf5(source: Source, draft: Draft) -> None:
    """An HDF5 file, searched for what Keras writes into it: a heuristic, and said so."""
    draft.format = "HDF5"
    draft.partly = True
    draft.metadata["read"] = "the beginning was searched for what Keras writes; the rest was not read"
    size = source.size or 0
    data = source.peek(min(size, SEARCHED))
    end = _declared_end(data)
    if end is not None and end > size:
        draft.trouble("cut short", partly=True)
    found = re.search(rb'\{"(?:module": ?"[\w.]{1,100}", ")?class_name": ?"', data)
    version = _after(data, b"keras_version", rb"\d{1,3}\.\d{1,3}\.\d{1,3}[\w.-]{0,20}")
    if found or version:
        draft.format = "Keras HDF5"
    if version:
        draft.versions["Keras"] = version
        draft.metadata["backend"] = _after(data, b"backend", rb"tensorflow|jax|torch|theano")
    if found:
        text = data[found.start() :].decode("utf-8", "replace")
        try:
            config = json.JSONDecoder().raw_decode(text)[0]
        except ValueError:
            draft.trouble("the model's configuration lies in pieces: not read", partly=True)
            if b'"Lambda"' in data:
                draft.runs("Lambda layer: code of its own")
            return
        describe(config, draft)


def _after(data: bytes, key: bytes, pattern: bytes) -> str:
    """What follows an attribute's name within 200 bytes; the first few places of the name are tried."""
    for place in islice(re.finditer(re.escape(key), data), 20):
        found = re.search(pattern, data[place.end() : place.end() + 200])
        if found:
            return found[0].decode("ascii", "replace")
    return ""


def _declared_end(data: bytes) -> int | None:
    """How long the file says it is, by its superblock."""
    if len(data) < 48 or data[8] > 3:
        return None
    return int.from_bytes(data[40:48] if data[8] < 2 else data[28:36], "little")
