"""What the project declares that it needs: requirements files, pyproject.toml, setup files, conda, Pipfile, lock files."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from mlcoach.facts.texts import Text, line_at

NAME = re.compile(r"^\s*(?:-\s*)?['\"]?([A-Za-z0-9][A-Za-z0-9._-]*)(?:\[[^\]]*\])?\s*(.*)$")
LOCKS = ("poetry.lock", "uv.lock", "pdm.lock", "pixi.lock", "Pipfile.lock", "conda-lock.yml")


class Dependency(msgspec.Struct, frozen=True):
    """A declared package: `name` in PyPI's normal form (lower case, dashes), `spec` what follows it."""

    name: str
    spec: str
    path: str
    line: int


class Manifest(msgspec.Struct, frozen=True):
    """A file that declares dependencies. `kind`: requirements, pyproject, setup, conda, pipfile or lock."""

    path: str
    kind: str
    dependencies: tuple[Dependency, ...]


class Dependencies:
    def __init__(self, manifests: Iterable[Manifest]) -> None:
        self.manifests = tuple(manifests)
        self.by_name: dict[str, list[Dependency]] = {}
        for manifest in self.manifests:
            for dependency in manifest.dependencies:
                self.by_name.setdefault(dependency.name, []).append(dependency)

    def find(self, *names: str) -> list[Dependency]:
        """Where any of these packages is declared."""
        return [found for name in names for found in self.by_name.get(normal(name), [])]


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def manifest_kind(path: str) -> str | None:
    name = path.rpartition("/")[2]
    if name in LOCKS:
        return "lock"
    if re.fullmatch(
        r"(?i).*require(?:ment)?s?[\w.-]*\.(?:txt|in)|requirements?|constraints\.txt|[\w-]*freeze[\w-]*\.txt|.+\.pip",
        name,
    ):
        return "requirements"
    if re.search(r"(?:^|/)requirements/[^/]+\.(?:txt|in)$", path):
        return "requirements"
    if re.fullmatch(
        r"(?i)(?:conda|env(?:ironment)?|.*[_-]env(?:ironment)?|environment[\w.-]*|conda[\w.-]*)\.ya?ml", name
    ):
        return "conda"
    kinds = {
        "pyproject.toml": "pyproject", "setup.py": "setup", "setup.cfg": "setup",
        "Pipfile": "pipfile", "pixi.toml": "pixi",
    }  # fmt: skip
    return kinds.get(name)


def read_manifest(text: Text, kind: str) -> Manifest:
    match kind:
        case "requirements":
            found = read_lines(text)
        case "conda":
            found = read_conda(text)
        case "pyproject" | "pipfile" | "pixi":
            found = read_toml(text)
        case "setup":
            found = read_setup(text)
        case _:
            found = read_lock(text)
    return Manifest(text.path, kind, tuple(found))


def read_lines(text: Text) -> Iterator[Dependency]:
    for number, line in enumerate(text.text.splitlines(), 1):
        line = line.split(" #")[0].strip()
        if not line or line[0] in "#-@":
            egg = re.search(r"#egg=([\w.-]+)", line)
            if egg:
                yield Dependency(normal(egg[1]), line, text.path, number)
            continue
        match = NAME.match(line)
        if match and "/" not in match[1] and re.match(r"[=<>!~;@\s]|$", match[2]):
            yield Dependency(normal(match[1]), match[2].strip(), text.path, number)


def read_conda(text: Text) -> Iterator[Dependency]:
    entry = re.compile(r"\s*-\s*['\"]?(?:[\w-]+::)?([A-Za-z0-9][\w.-]*)\s*(.*?)['\"]?\s*(?:#.*)?$")
    inside = False
    for number, line in enumerate(text.text.splitlines(), 1):
        if re.match(r"\w[\w-]*:", line):
            inside = line.startswith("dependencies:")
            continue
        match = entry.match(line) if inside else None
        if match and not match[2].startswith(":"):
            yield Dependency(normal(match[1]), match[2], text.path, number)


def read_toml(text: Text) -> Iterator[Dependency]:
    try:
        content = tomllib.loads(text.text)
    except (ValueError, RecursionError):
        return
    for requirement in toml_requirements(content):
        match = NAME.match(requirement)
        if match:
            at = text.text.find(match[1])
            yield Dependency(
                normal(match[1]), match[2].strip(" '\""), text.path, text.text.count("\n", 0, max(at, 0)) + 1
            )


def toml_requirements(content: dict[str, Any]) -> Iterator[str]:
    def table(*keys: str) -> Any:
        node: Any = content
        for key in keys:
            node = node.get(key) if isinstance(node, dict) else None
        return node

    def strings(node: object) -> Iterator[str]:
        yield from (entry for entry in node if isinstance(entry, str)) if isinstance(node, list) else ()

    def named(node: object) -> Iterator[str]:
        for name, spec in node.items() if isinstance(node, dict) else ():
            if name.lower() != "python":
                yield f"{name} {spec if isinstance(spec, str) else ''}"

    yield from strings(table("project", "dependencies"))
    for groups in (
        table("project", "optional-dependencies"),
        table("dependency-groups"),
        table("tool", "pdm", "dev-dependencies"),
    ):
        for group in groups.values() if isinstance(groups, dict) else ():
            yield from strings(group)
    yield from strings(table("tool", "uv", "dev-dependencies"))
    yield from named(table("tool", "poetry", "dependencies"))
    yield from named(table("tool", "poetry", "dev-dependencies"))
    groups = table("tool", "poetry", "group")
    for group in groups.values() if isinstance(groups, dict) else ():
        yield from named(group.get("dependencies") if isinstance(group, dict) else None)
    for keys in (("tool", "pixi", "dependencies"), ("tool", "pixi", "pypi-dependencies"), ("packages",), ("dev-packages",),
                 ("dependencies",), ("pypi-dependencies",)):  # fmt: skip
        yield from named(table(*keys))


def read_setup(text: Text) -> Iterator[Dependency]:
    """`install_requires` and its kin, as a list of strings in setup.py or as lines in setup.cfg; nothing is run.

    A list under a variable of such a name counts too: `DEPENDENCIES = [...]`.
    """
    block = r"\b\w*(?:require|depend)\w*[ \t]*=\s*(\[[^\]]*\]|\{[^}]*\}|(?:\n[ \t]+[^\n]+)+)"
    for found in re.finditer(block, text.text, re.IGNORECASE):
        for match in re.finditer(
            r"(?:^|[\"'\n])\s*([A-Za-z][\w.-]*)((?:\[[^\]]*\])?\s*[=<>!~][^\"'\n]*)?(?=[\"'\n]|$)", found[1]
        ):
            line = text.text.count("\n", 0, found.start(1) + match.start(1)) + 1
            yield Dependency(normal(match[1]), (match[2] or "").strip(), text.path, line)


def read_lock(text: Text) -> Iterator[Dependency]:
    for match in re.finditer(r'^name = "([^"]+)"\nversion = "([^"]+)"', text.text, re.MULTILINE):
        yield Dependency(normal(match[1]), f"=={match[2]}", text.path, line_at(text.text, match.start()))
