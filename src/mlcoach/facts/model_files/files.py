"""One model file, from a stream of its bytes."""

from __future__ import annotations

from typing import BinaryIO

from .describe import Draft, ModelFile
from .kinds import kind_of
from .reader import HEAD, Budget, Source, Stopped, Unreadable, amount


def inspect_stream(name: str, stream: BinaryIO, size: int) -> ModelFile:
    """Describe the model file that a seekable stream of `size` bytes holds.

    `name` is shown, and tells the format where the bytes do not. Content never raises: `problem` says what is wrong.
    """
    draft = Draft(name, size)
    if size == 0:
        draft.trouble("empty")
        return draft.done()
    try:
        source = Source(stream, size, Budget())
        _read(source, draft)
    except Unreadable as error:
        draft.trouble(str(error), partly=draft.format is not None)
    except Stopped as error:
        draft.trouble(str(error), partly=True)
    except (RecursionError, MemoryError):
        draft.trouble("nested too deep or too large to read", partly=True)
    except OSError as error:
        draft.trouble(f"cannot be read: {error.strerror or error}", partly=True)
    except Exception as error:  # a hostile file must cost its own description and nothing else
        draft.trouble(f"broken ({type(error).__name__})", partly=True)
    return draft.done()


def _read(source: Source, draft: Draft) -> None:
    head = source.peek(HEAD)
    kind = kind_of(draft.file, head)
    match kind:
        case None:
            raise Unreadable(_unknown(draft.file, head))
        case "git-lfs pointer":
            _pointer(head, draft)
        case "pickle":
            from .pickled import read_file

            read_file(source, draft, None)
        case "PyTorch before 1.6":
            from .torch import read_legacy

            read_legacy(source, draft)
        case "zip":
            from .archives import read as read_zip

            read_zip(source, draft)
        case "ONNX":
            from .onnx import read as read_onnx

            read_onnx(source, draft)
        case _:
            from .pickled import read_file

            read_file(source, draft, kind.removeprefix("compressed "))


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
