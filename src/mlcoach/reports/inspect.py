"""What a model file is, for `mlcoach inspect`: plain text and JSON."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from mlcoach.facts.model_files import ModelFile
from mlcoach.reports.escape import visible

SHOWN = 20  # names on one line; JSON has them all


def as_text(info: ModelFile) -> str:
    """Lines for a terminal, without a final newline. Whatever comes from the file is shown on its line, escaped."""
    rows = [
        ("format", info.format or "unknown"),
        ("class", info.class_ or ""),
        ("versions", ", ".join(f"{name} {version}".strip() for name, version in info.versions.items())),
        ("inputs", _counted(info.inputs)),
        ("outputs", _counted(info.outputs)),
        ("parameters", "" if info.parameters is None else f"{info.parameters:,}"),
        ("size", f"{info.size:,} bytes"),
        *(("metadata", f"{name}: {value}") for name, value in info.metadata.items()),  # a file names its own keys
        ("imports", _counted(info.globals)),
        ("runs code", _counted(info.runs_code)),
        ("read", "in part: what was not read is not described" if info.partly else ""),
        ("problem", info.problem or ""),
    ]
    lines = [visible(info.file)]
    lines += [f"  {name:<12} {visible(value)}" for name, value in rows if value]
    return "\n".join(lines)


def as_json(infos: Iterable[ModelFile]) -> bytes:
    """A JSON list, one object a file, with a newline at its end."""
    documents = [
        {
            "file": info.file.encode("utf-8", "backslashreplace").decode("utf-8"),
            "format": info.format,
            "class": info.class_,
            "versions": info.versions,
            "inputs": info.inputs,
            "outputs": info.outputs,
            "parameters": info.parameters,
            "size": info.size,
            "globals": info.globals,
            "runs_code": info.runs_code,
            "partly": info.partly,
            "problem": info.problem,
        }
        for info in infos
    ]
    return msgspec.json.format(msgspec.json.encode(documents), indent=2) + b"\n"


def _counted(names: tuple[str, ...]) -> str:
    if not names:
        return ""
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return f"{len(names)}: {', '.join(names[:SHOWN])}{more}"
