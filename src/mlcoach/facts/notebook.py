"""Notebooks: the code cells joined, the Markdown cells joined, and what the outputs say in words."""

from __future__ import annotations

from typing import Any

import msgspec

from mlcoach.facts.code import Cells

OUTPUT = 4000  # characters kept of one cell's text output


class RawCell(msgspec.Struct):
    cell_type: str = ""
    source: str | list[str] | None = ""
    input: str | list[str] | None = ""  # notebook format 3
    outputs: list[dict[str, Any]] = []


class Worksheet(msgspec.Struct):
    cells: list[RawCell] = []


class RawNotebook(msgspec.Struct):
    cells: list[RawCell] = []
    worksheets: list[Worksheet] = []  # notebook format 3


class Notebook(msgspec.Struct, frozen=True):
    """Each part as joined text, with the cell that each line comes from."""

    code: bytes
    code_cells: Cells
    markdown: str
    markdown_cells: Cells
    output: str
    output_cells: Cells


def read_notebook(raw: bytes) -> Notebook:
    """Raises msgspec.DecodeError (or its child ValidationError) when it is not a notebook."""
    book = msgspec.json.decode(raw, type=RawNotebook)
    cells = book.cells or [cell for sheet in book.worksheets for cell in sheet.cells]
    code, markdown, output = Joined(), Joined(), Joined()
    for number, cell in enumerate(cells, 1):
        source = as_text(cell.source or cell.input)
        if cell.cell_type == "code":
            code.add(number, "" if other_language(source) else source)
            said = "\n".join(filter(None, map(output_text, cell.outputs)))[:OUTPUT]
            if said:
                output.add(number, said)
        elif cell.cell_type in ("markdown", "heading", "raw"):
            markdown.add(number, source)
    return Notebook(
        code.text().encode("utf-8", "replace"),
        code.cells(),
        markdown.text(),
        markdown.cells(),
        output.text(),
        output.cells(),
    )


class Joined:
    """Texts one after another, remembering the line at which each cell starts."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.starts: list[int] = []
        self.numbers: list[int] = []
        self.line = 1

    def add(self, number: int, text: str) -> None:
        self.parts.append(text)
        self.starts.append(self.line)
        self.numbers.append(number)
        self.line += text.count("\n") + 1

    def text(self) -> str:
        return "\n".join(self.parts)

    def cells(self) -> Cells:
        return Cells(self.starts or [1], self.numbers or [1])


def as_text(source: str | list[str] | None) -> str:
    if source is None:
        return ""
    return source if isinstance(source, str) else "".join(source)


def other_language(source: str) -> bool:
    """A cell of shell, HTML, R ... : `%%bash` and its kin, but not `%%time`."""
    head = source.lstrip()
    return head.startswith("%%") and head[2:].split(None, 1)[:1] != [] and head[2:].split()[0] in (
        "bash", "sh", "script", "html", "javascript", "js", "R", "perl", "ruby", "svg", "latex", "markdown", "sql", "writefile",
    )  # fmt: skip


def output_text(output: dict[str, Any]) -> str:
    text = output.get("text")
    if text is None:
        data = output.get("data")
        text = data.get("text/plain") if isinstance(data, dict) else None
    if isinstance(text, list):
        return "".join(part for part in text if isinstance(part, str))
    return text if isinstance(text, str) else ""
