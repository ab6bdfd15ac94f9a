"""The code of the whole project, asked by pattern."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from functools import cached_property
from posixpath import commonprefix

import msgspec

from mlcoach.facts.code import FileCode
from mlcoach.facts.paths import is_example, is_test
from mlcoach.facts.texts import importance
from mlcoach.facts.vocabulary import Vocabulary
from mlcoach.rule import Hit, Pattern


class Definition(msgspec.Struct, frozen=True):
    """A function or class of the project: `name` dotted from the module's top, `given` its parameters or bases."""

    path: str
    line: int
    cell: int | None
    kind: str
    name: str
    given: str

    @property
    def last(self) -> str:
        """The name without the classes and functions around it."""
        return self.name.rpartition(".")[2]

    @property
    def test(self) -> bool:
        return is_test(self.path)


class Code:
    """Every Python file and notebook that was read. Tests' code counts only where it is asked for."""

    def __init__(self, files: Mapping[str, FileCode], vocabulary: Vocabulary) -> None:
        self.files = dict(sorted(files.items(), key=lambda item: (is_test(item[0]), *importance(item[0]))))
        self.vocabulary = vocabulary
        self._hits: dict[int, list[tuple[str, Hit]]] = {}
        self._imported: dict[str, frozenset[str]] = {}
        for path, code in self.files.items():
            for number, hit in code.hits:
                self._hits.setdefault(number, []).append((path, hit))

    def find(self, *patterns: Pattern, tests: bool = False) -> list[Hit]:
        """The places that match any of the patterns, pattern by pattern, shallow paths first, tests last (or left out).

        Raises KeyError for a pattern that stands at no rule module's top level.
        """
        found: dict[tuple[str, int, int | None, str], Hit] = {}
        for pattern in patterns:
            for path, hit in self._hits.get(self.vocabulary.ids[pattern], ()):
                if tests or not is_test(path):
                    found.setdefault((path, hit.line, hit.cell, hit.name), msgspec.structs.replace(hit, path=path))
        return list(found.values())

    def files_with(self, *patterns: Pattern, tests: bool = False) -> frozenset[str]:
        """The paths of the files in which any of the patterns is found. Raises KeyError as `find` does."""
        return frozenset(
            path
            for pattern in patterns
            for path, _ in self._hits.get(self.vocabulary.ids[pattern], ())
            if tests or not is_test(path)
        )

    def ranked(self, *patterns: Pattern) -> list[Hit]:
        """What `find` finds, the files that hold the most different names first, examples last: for the places to show.

        Within a file the order stays.
        """
        found = self.find(*patterns)
        names: dict[str, set[str]] = {}
        for hit in found:
            names.setdefault(hit.path, set()).add(hit.last)
        return sorted(found, key=lambda hit: (is_example(hit.path), -len(names[hit.path])))

    def modules(self) -> frozenset[str]:
        """Top-level modules that any file imports."""
        return self._top_modules

    @cached_property
    def _top_modules(self) -> frozenset[str]:
        return frozenset(name.partition(".")[0] for code in self.files.values() for name, _ in code.imports)

    @cached_property
    def own_modules(self) -> frozenset[str]:
        """What the project's own files are called: an import of one is no use of a package of that name."""
        return frozenset(posixpath.basename(path).removesuffix(".py") for path in self.files)

    def imported(self, *modules: str) -> bool:
        """Whether any of these modules (dotted, submodules included) is imported anywhere, tests excepted."""
        return not self._imported_names.isdisjoint(modules)

    @cached_property
    def _imported_names(self) -> frozenset[str]:
        """What is imported, and the packages that hold it."""
        found: set[str] = set()
        for path, code in self.files.items():
            for name, _ in () if is_test(path) else code.imports:
                while name and name not in found:
                    found.add(name)
                    name = name.rpartition(".")[0]
        return frozenset(found)

    def reachable(self, *paths: str) -> frozenset[str]:
        """The project's own files that these files import, directly or through others; the files themselves left out."""
        seen = set(paths)
        waiting = list(paths)
        while waiting:
            more = self._imports_of(waiting.pop()) - seen
            seen |= more
            waiting.extend(more)
        return frozenset(seen.difference(paths))

    def _imports_of(self, path: str) -> frozenset[str]:
        """A name is looked for under every folder, the nearest first: the project's own paths are rarely known."""
        if path not in self._imported:
            found = set()
            for name, _ in self.files[path].imports if path in self.files else ():
                parts = name.strip(".").split(".")
                for count in range(len(parts), 0, -1):
                    candidates = self._modules.get(tuple(parts[:count]))
                    if candidates:
                        found.add(max(candidates, key=lambda other: (len(commonprefix([path, other])), -len(other))))
                        break
                else:  # `from . import name`: what the package itself defines
                    package = posixpath.join(posixpath.dirname(path), "__init__.py")
                    if name.startswith(".") and len(parts) == 1 and package in self.files and package != path:
                        found.add(package)
            self._imported[path] = frozenset(found)
        return self._imported[path]

    @cached_property
    def _modules(self) -> dict[tuple[str, ...], list[str]]:
        """The files that `a.b.c` may mean, by ("a", "b", "c") and each of its tails."""
        found: dict[tuple[str, ...], list[str]] = {}
        for path in self.files:
            parts = path.removesuffix(".py").removesuffix("/__init__").split("/")
            for start in range(len(parts)):
                found.setdefault(tuple(parts[start:]), []).append(path)
        return found

    def columns(self) -> tuple[Hit, ...]:
        """`frame["name"] = ...`: `name` is the column, `args` the right-hand side."""
        return self._columns

    @cached_property
    def _columns(self) -> tuple[Hit, ...]:
        return tuple(
            msgspec.structs.replace(hit, path=path)
            for path, code in self.files.items()
            if not is_test(path)
            for hit in code.columns
        )

    def links(self) -> tuple[Hit, ...]:
        """Web addresses in code, comments and docstrings included: `name` is the address."""
        return self._links

    @cached_property
    def _links(self) -> tuple[Hit, ...]:
        return tuple(
            msgspec.structs.replace(hit, path=path)
            for path, code in self.files.items()
            if not is_test(path)
            for hit in code.links
        )

    def definitions(self) -> tuple[Definition, ...]:
        """Every function and class, tests included."""
        return self._definitions

    @cached_property
    def _definitions(self) -> tuple[Definition, ...]:
        return tuple(
            Definition(path, line, cell, kind, name, given)
            for path, code in self.files.items()
            for kind, name, line, cell, given in code.defined
        )

    def magics(self) -> tuple[Hit, ...]:
        """`%magic` and `!shell` lines of notebooks: `text` is the line."""
        return self._magics

    @cached_property
    def _magics(self) -> tuple[Hit, ...]:
        return tuple(
            Hit(path, line, cell, "magic", text.split()[0] if text.split() else text, text)
            for path, code in self.files.items()
            for line, cell, text in code.magics
        )
