"""Which format a file has, told by its first bytes, and by its name only where these do not tell."""

from __future__ import annotations

import io
import re

from .reader import Budget, Source, Stopped, Unreadable

PICKLES = frozenset({"pkl", "pickle", "p", "joblib", "sav", "dill", "cpkl"})
TORCH = frozenset({"pt", "pth", "ckpt", "bin", "pt2", "ptl", "jit", "ts"})
OTHERS = frozenset({"bst", "cbm", "gguf", "h5", "hdf5", "keras", "mlmodel", "model", "npy", "npz", "onnx", "ort"})
NAMES = PICKLES | TORCH | OTHERS | {"pb", "pmml", "safetensors", "skops", "tflite", "ubj"}
POINTER = b"version https://git-lfs.github.com/spec/"
TORCH_LEGACY = b"\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19."

_STARTS = (
    (b"\x89HDF\r\n\x1a\n", "HDF5"),
    (b"GGUF", "GGUF"),
    (b"CBM1", "CatBoost"),
    (b"\x93NUMPY", "npy"),
    (b"tree\nversion=", "LightGBM text"),
    (b"tree\r\nversion=", "LightGBM text"),
    (b"binf", "XGBoost binary"),
    (TORCH_LEGACY, "PyTorch before 1.6"),
)
_COMPRESSED = (
    (b"\x1f\x8b", "gzip"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"BZh", "bz2"),
    (b"]\x00\x00", "lzma"),
    (b"\x04\x22\x4d\x18", "lz4"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"x\x01", "zlib"),
    (b"x^", "zlib"),
    (b"x\x9c", "zlib"),
    (b"x\xda", "zlib"),
)
_JSON = (
    (re.compile(rb'\s*\{\s*"learner"\s*:'), "XGBoost JSON"),
    (re.compile(rb'\s*\{\s*"name"\s*:\s*"tree"'), "LightGBM JSON"),
    (
        re.compile(rb'\s*\{\s*"features_info"\s*:\s*\{\s*"(?:categorical|embedding|float|text)_features"'),
        "CatBoost JSON",
    ),
)
_UBJSON = re.compile(rb"\{(?:L\x00{7}|i|U)\x07learner\{")
_ONNX = re.compile(
    rb"\x08[\x01-\x1f](?:[\x12\x1a\x22][\x00-\x7f][\x20-\x7e]*|\x28[\x00-\x7f]|[\x32\x3a\x42\x72])", re.DOTALL
)
_PRODUCER = re.compile(rb"\x08[\x01-\x1f]\x12([\x01-\x40])([\x20-\x7e]+)[\x1a\x22\x28\x32\x3a]")
_PICKLE = re.compile(rb"\x80[\x02-\x05][^\x00-\x1f\x7f]")


def kind_of(name: str, head: bytes) -> str | None:
    """The format's name as model_format gives it; "zip" and "compressed X" for containers that must be looked into."""
    extension = _extension(name)
    for start, kind in _STARTS:
        if head.startswith(start):
            return kind
    if head.startswith(POINTER):
        return "git-lfs pointer"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    if head[4:8] == b"TFL3":
        return "TFLite"
    if head[8:9] == b"{" and 2 <= int.from_bytes(head[:8], "little") < 2**40:
        return "safetensors"
    if _UBJSON.match(head):
        return "XGBoost UBJSON"
    if _PICKLE.match(head) and _walks(head):
        return "pickle"
    for pattern, kind in _JSON:
        if pattern.match(head):
            return kind
    if b"<PMML" in head[:4096]:
        return "PMML"
    for start, method in _COMPRESSED:
        if head.startswith(start) and (extension in PICKLES or _inflates_to_pickle(head, method)):
            return f"compressed {method}"
    return _protobuf(name.rpartition("/")[2], extension, head) or (
        "pickle" if extension in PICKLES | {"model", "pt", "pth", "ckpt"} and _walks(head) else None
    )


def model_format(name: str, head: bytes) -> str | None:
    """The format of a model file by its first bytes (512 are enough) and its name, None for any other file.

    It only looks at the head: a pickle or an .npz may hold data and no model, and a zip named .pt may be of several
    kinds; inspect_path tells. A git-lfs pointer counts where its name is that of a model.
    """
    kind = kind_of(name, head)
    if kind == "git-lfs pointer":
        return kind if _extension(name) in NAMES else None
    if kind == "zip":
        return _zip(_extension(name), head)
    if kind is not None and (kind.startswith("compressed ") or (kind == "pickle" and _extension(name) == "joblib")):
        return "joblib"
    return "PyTorch" if kind == "PyTorch before 1.6" else kind


def _zip(extension: str, head: bytes) -> str | None:
    length = int.from_bytes(head[26:28], "little")
    first = head[30 : 30 + length]
    if extension in TORCH or first.endswith((b"/data.pkl", b"/archive_format")):
        return "PyTorch"
    return {"keras": "Keras", "skops": "skops", "npz": "npz"}.get(extension)


def _protobuf(name: str, extension: str, head: bytes) -> str | None:
    if name == "saved_model.pb":
        return "SavedModel"
    if extension == "mlmodel" and head[:1] == b"\x08":
        return "Core ML"
    if extension in ("onnx", "ort") and _ONNX.match(head):
        return "ONNX"
    producer = _PRODUCER.match(head)
    if producer and len(producer[2]) >= producer[1][0] and extension in ("onnx", "pb", "bin", "model", ""):
        return "ONNX"
    return "TensorFlow graph" if extension == "pb" and head[:1] == b"\x0a" else None


def _walks(head: bytes) -> bool:
    """Whether a pickle begins here: opcodes up to its end or to where the head is cut, or a name, then anything."""
    from .pickles import Machine

    machine = Machine(Source(io.BytesIO(head), len(head), Budget()), joblib=True)
    try:
        machine.run()
    except (Unreadable, Stopped) as error:
        return bool(machine.names) or (machine.opcodes >= 2 and str(error) == "cut short")
    return True


def _inflates_to_pickle(head: bytes, method: str) -> bool:
    if method not in ("zlib", "gzip"):
        return False
    import zlib

    try:
        start = zlib.decompressobj(47).decompress(head, 64)
    except zlib.error:
        return False
    return _PICKLE.match(start) is not None


def _extension(name: str) -> str:
    """The last part of the name, that of the file inside for one that is compressed: "pkl" for model.pkl.gz."""
    last = re.sub(r"\.(?:gz|xz|bz2|lzma|z)$", "", name.rpartition("/")[2].lower())
    return last.rpartition(".")[2] if "." in last else ""
