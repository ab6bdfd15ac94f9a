"""One model file, from a stream of its bytes."""

from __future__ import annotations

import os
from collections.abc import Callable
from importlib import import_module
from typing import BinaryIO

from .describe import Draft, ModelFile
from .kinds import kind_of
from .reader import HEAD, Budget, Source, Stopped, Unreadable, amount

READERS = {
    "zip": ("archives", "read"),
    "PyTorch before 1.6": ("torch", "read_legacy"),
    "ONNX": ("onnx", "read"),
    "safetensors": ("tensors", "read_safetensors"),
    "GGUF": ("tensors", "read_gguf"),
    "npy": ("tensors", "read_npy"),
    "HDF5": ("keras", "read_hdf5"),
    "LightGBM text": ("boosters", "read_lightgbm"),
    "LightGBM JSON": ("boosters", "read_lightgbm_json"),
    "XGBoost JSON": ("boosters", "read_xgboost_json"),
    "XGBoost UBJSON": ("boosters", "read_xgboost_ubjson"),
    "CatBoost": ("boosters", "read_catboost"),
    "CatBoost JSON": ("boosters", "read_catboost_json"),
    "SavedModel": ("tensorflow", "read_saved_model"),
    "TensorFlow graph": ("tensorflow", "read_graph"),
    "TFLite": ("tensorflow", "read_lite"),
    "Core ML": ("exchange", "read_core_ml"),
    "PMML": ("exchange", "read_pmml"),
}


def inspect_stream(name: str, stream: BinaryIO, size: int) -> ModelFile:
    """Describe the model file of `size` bytes that a seekable stream holds, or the beginning of it.

    `name` is shown, and tells the format where the bytes do not. Content never raises: `problem` says what is wrong.
    """
    draft = Draft(name, size)
    if size == 0:
        draft.trouble("empty")
        return draft.done()
    held = size
    try:
        held = stream.seek(0, os.SEEK_END)
        _read(Source(stream, size, Budget()), draft)
    except Unreadable as error:
        if held < size:
            draft.trouble(f"only the first {amount(held)} of {amount(size)} were read", partly=True)
        else:
            draft.trouble(str(error), partly=draft.format is not None)
    except Stopped as error:
        draft.trouble(str(error), partly=True)
    except (RecursionError, MemoryError):
        draft.trouble("nested too deep or too large to read", partly=True)
    except ValueError:
        draft.trouble("broken: text that is no JSON", partly=True)
    except OSError as error:
        draft.trouble(f"cannot be read: {error.strerror or error}", partly=True)
    except Exception as error:  # a hostile file must cost its own description and nothing else
        draft.trouble(f"broken ({type(error).__name__})", partly=True)
    return draft.done()


def _read(source: Source, draft: Draft) -> None:
    head = source.peek(min(HEAD, draft.size))
    kind = kind_of(draft.file, head)
    if kind is None:
        raise Unreadable(_unknown(draft.file, head))
    if kind not in ("pickle", "zip", "PyTorch before 1.6"):
        from .pickled import read_disguised

        read_disguised(source, draft)
    if kind == "git-lfs pointer":
        _pointer(head, draft)
    elif kind == "pickle" or kind.startswith("compressed "):
        from .pickled import read_file

        read_file(source, draft, None if kind == "pickle" else kind.removeprefix("compressed "))
    elif kind == "XGBoost binary":
        draft.format, draft.class_ = kind, "xgboost.Booster"
        draft.trouble("XGBoost's old binary format, which XGBoost 3.1 and later cannot load", partly=True)
    else:
        _reader(kind)(source, draft)


def _reader(kind: str) -> Callable[[Source, Draft], None]:
    """The function that reads files of this kind; its module is imported only now."""
    module, function = READERS[kind]
    reader: Callable[[Source, Draft], None] = getattr(import_module(f"{__package__}.{module}"), function)
    return reader


def _pointer(head: bytes, draft: Draft) -> None:
    draft.format = "git-lfs pointer"
    lines = dict(line.split(" ", 1) for line in head[:1024].decode("utf-8", "replace").splitlines() if " " in line)
    draft.metadata["oid"] = lines.get("oid", "")
    size = lines.get("size", "")
    if size.isdecimal() and len(size) < 20:
        draft.metadata["real size"] = size
        draft.trouble(f"a git-lfs pointer: the file itself, {amount(int(size))}, is not here")
    else:
        draft.trouble("a git-lfs pointer: the file itself is not here")


def _unknown(name: str, head: bytes) -> str:
    """What to say of a file that is no model by its bytes, though its name may be that of one."""
    others = {
        b"\x89PNG": "a PNG image",
        b"\xff\xd8\xff": "a JPEG image",
        b"%PDF": "a PDF document",
        b"<!DOCTYPE": "an HTML page",
        b"<html": "an HTML page",
        b"\x7fELF": "a program",
    }
    found = next((what for start, what in others.items() if head.startswith(start)), None)
    extension = name.rpartition(".")[2].lower()
    what = "not a pickle" if extension in ("pkl", "pickle", "joblib") else "not a model file of a known format"
    return f"{what}: {found}" if found else what
