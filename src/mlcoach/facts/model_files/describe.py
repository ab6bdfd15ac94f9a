"""What is told of a model file, and the draft that the readers of the formats fill in."""

from __future__ import annotations

from dataclasses import dataclass, field

import msgspec

MOST = 10_000  # names kept of one kind
LONGEST = 300  # characters kept of one name
LONGEST_NOTE = 2_000  # characters kept of a metadata value


class ModelFile(msgspec.Struct, frozen=True, kw_only=True):
    """A model file as its bytes alone tell it; nothing in it was imported, called or unpickled.

    `class_` is what loading would give ("sklearn.pipeline.Pipeline"), `versions` the libraries and format versions that
    the file names, `inputs` and `outputs` what it takes and gives ("age", "X: float32[?, 4]"), `parameters` a count of
    numbers, `size` the bytes of the file (of all files of a folder).

    `globals` are all names that loading would import. `runs_code` are those of them that are not on this package's list
    of known classes and rebuild functions, and other things that run when the file is loaded or the model is used.
    An empty `runs_code` is no promise: it says only that no such name was seen.

    `partly` says that not everything was read, and `problem` what is wrong with the file or why reading stopped.
    """

    file: str
    format: str | None = None
    class_: str | None = msgspec.field(default=None, name="class")
    versions: dict[str, str] = {}
    inputs: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()
    parameters: int | None = None
    size: int = 0
    globals: tuple[str, ...] = ()
    runs_code: tuple[str, ...] = ()
    partly: bool = False
    problem: str | None = None
    metadata: dict[str, str] = {}


@dataclass
class Draft:
    """A ModelFile in the making: a reader that breaks off leaves what it has found."""

    file: str
    size: int
    format: str | None = None
    class_: str | None = None
    versions: dict[str, str] = field(default_factory=dict)
    inputs: list[str] = field(default_factory=list)
    outputs: list[str] = field(default_factory=list)
    parameters: int | None = None
    globals: dict[str, None] = field(default_factory=dict)
    runs_code: dict[str, None] = field(default_factory=dict)
    partly: bool = False
    problems: dict[str, None] = field(default_factory=dict)
    metadata: dict[str, str] = field(default_factory=dict)

    def name(self, name: str, *, known: bool) -> None:
        """Note a name that loading would import."""
        if len(self.globals) >= MOST:
            self.partly = True
        else:
            self.globals.setdefault(name)
        if not known:
            self.runs(name)

    def runs(self, what: str) -> None:
        if len(self.runs_code) < MOST:
            self.runs_code.setdefault(what)

    def trouble(self, problem: str, *, partly: bool = False) -> None:
        self.problems.setdefault(problem)
        self.partly = self.partly or partly

    def done(self) -> ModelFile:
        return ModelFile(
            file=self.file,
            format=self.format,
            class_=None if self.class_ is None else _clean(self.class_, LONGEST),
            versions={_clean(k, LONGEST): _clean(v, LONGEST) for k, v in list(self.versions.items())[:MOST]},
            inputs=tuple(_clean(name, LONGEST) for name in self.inputs[:MOST]),
            outputs=tuple(_clean(name, LONGEST) for name in self.outputs[:MOST]),
            parameters=self.parameters if (self.parameters or 0) < 2**63 else None,  # more is a lie
            size=self.size,
            globals=tuple(_clean(name, LONGEST) for name in self.globals),
            runs_code=tuple(_clean(name, LONGEST) for name in self.runs_code),
            partly=self.partly,
            problem=_clean("; ".join(self.problems), LONGEST_NOTE) or None,
            metadata={_clean(k, LONGEST): _clean(v, LONGEST_NOTE) for k, v in list(self.metadata.items())[:MOST] if v},
        )


def _clean(text: str, longest: int) -> str:
    """Short enough to show, and with no half surrogate, which neither JSON nor a screen takes."""
    short = text if len(text) <= longest else text[: longest - 1] + "…"
    return short.encode("utf-8", "backslashreplace").decode("utf-8")
