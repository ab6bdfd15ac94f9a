"""What DVC's own files say: tracked data, pipeline stages, remotes. Read as YAML and INI; dvc itself never runs."""

from __future__ import annotations

import configparser
import posixpath
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from mlcoach.facts.texts import Text, line_at


class Out(msgspec.Struct, frozen=True):
    """A file or folder that DVC tracks. `path` is from the project's root; `file` and `line` say where it is declared."""

    path: str
    file: str
    line: int
    stage: str | None = None
    imported_from: str | None = None  # of `dvc import` and `dvc import-url`


class DvcStage(msgspec.Struct, frozen=True):
    name: str
    command: str
    deps: tuple[str, ...]
    outs: tuple[str, ...]
    file: str
    line: int


class Remote(msgspec.Struct, frozen=True):
    name: str
    url: str
    file: str
    line: int


class Dvc(msgspec.Struct, frozen=True):
    outs: tuple[Out, ...] = ()
    stages: tuple[DvcStage, ...] = ()
    remotes: tuple[Remote, ...] = ()
    metrics: tuple[Out, ...] = ()
    locks: tuple[str, ...] = ()  # paths of dvc.lock files
    warnings: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.outs or self.stages or self.remotes)


def is_dvc_file(path: str) -> bool:
    name = path.rpartition("/")[2]
    return (
        (path.endswith(".dvc") and name != ".dvc") or name in ("dvc.yaml", "dvc.lock") or path.endswith(".dvc/config")
    )


def read_dvc(texts: Iterable[Text]) -> Dvc:
    outs: list[Out] = []
    stages: list[DvcStage] = []
    remotes: list[Remote] = []
    metrics: list[Out] = []
    locks: list[str] = []
    warnings: list[str] = []
    for text in texts:
        name = text.path.rpartition("/")[2]
        if text.path.endswith(".dvc/config"):
            remotes.extend(read_remotes(text))
            continue
        content = load_yaml(text, warnings)
        if not isinstance(content, dict):
            continue
        folder = posixpath.dirname(text.path)
        if name == "dvc.lock":
            locks.append(text.path)
            outs.extend(lock_outs(content, text, folder))
        elif name == "dvc.yaml":
            for stage in read_stages(content, text):
                stages.append(stage)
                outs.extend(Out(join(folder, out), text.path, line_of(text, out), stage.name) for out in stage.outs)
            metrics.extend(
                Out(join(folder, path), text.path, line_of(text, path)) for path in declared_metrics(content)
            )
        else:
            outs.extend(single_outs(content, text, folder))
            stages.extend(old_stage(content, text))
    return Dvc(tuple(outs), tuple(stages), tuple(remotes), tuple(metrics), tuple(locks), tuple(warnings))


def load_yaml(text: Text, warnings: list[str]) -> Any:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return yaml.load(text.text, Loader=loader)
    except Exception as error:  # besides YAMLError what a tag makes of a wrong value: KeyError, IndexError ...
        mark = getattr(error, "problem_mark", None)
        warnings.append(f"{text.path}: not valid YAML{f' (line {mark.line + 1})' if mark else ''}")
        return None


def join(folder: str, path: str) -> str:
    return posixpath.normpath(posixpath.join(folder, path))


def line_of(text: Text, word: str) -> int:
    at = text.text.find(word)
    return line_at(text.text, at) if at >= 0 else 1


def scalar(node: object) -> str:
    """A value as text; nothing for lists and tables, which aliases can make larger than any memory."""
    return "" if isinstance(node, list | dict) else str(node)


def entries(node: object) -> Iterator[tuple[str, dict[str, Any]]]:
    """DVC writes lists of paths, of {path: settings} and of {"path": path, ...}."""
    for entry in node if isinstance(node, list) else []:
        if isinstance(entry, str):
            yield entry, {}
        elif isinstance(entry, dict) and isinstance(entry.get("path"), str):
            yield entry["path"], entry
        elif isinstance(entry, dict) and len(entry) == 1:
            path, settings = next(iter(entry.items()))
            yield str(path), settings if isinstance(settings, dict) else {}


def single_outs(content: dict[str, Any], text: Text, folder: str) -> Iterator[Out]:
    source = None
    for path, settings in entries(content.get("deps")):
        repo = settings.get("repo")
        source = scalar(repo.get("url")) if isinstance(repo, dict) else path if "://" in path else source
    for path, _ in entries(content.get("outs")):
        yield Out(join(folder, path), text.path, line_of(text, path), None, source)


def old_stage(content: dict[str, Any], text: Text) -> Iterator[DvcStage]:
    """A stage file of DVC before 1.0: one .dvc file with a command."""
    command = content.get("cmd")
    if isinstance(command, str):
        deps = tuple(path for path, _ in entries(content.get("deps")))
        outs = tuple(path for path, _ in entries(content.get("outs")))
        name = text.path.rpartition("/")[2].removesuffix(".dvc")
        yield DvcStage(name, command, deps, outs, text.path, line_of(text, "cmd:"))


def lock_outs(content: dict[str, Any], text: Text, folder: str) -> Iterator[Out]:
    stages = content.get("stages", content)
    for name, stage in stages.items() if isinstance(stages, dict) else []:
        for path, _ in entries(stage.get("outs") if isinstance(stage, dict) else None):
            yield Out(join(folder, path), text.path, line_of(text, path), str(name))


def read_stages(content: dict[str, Any], text: Text) -> Iterator[DvcStage]:
    stages = content.get("stages")
    for name, stage in stages.items() if isinstance(stages, dict) else []:
        body = stage.get("do", stage) if isinstance(stage, dict) else {}
        if not isinstance(body, dict):
            continue
        command = body.get("cmd", "")
        deps = tuple(path for path, _ in entries(body.get("deps")))
        outs = tuple(path for path, _ in entries(body.get("outs")))
        words = " && ".join(map(scalar, command)) if isinstance(command, list) else scalar(command)
        yield DvcStage(str(name), words, deps, outs, text.path, line_of(text, f"{name}:"))


def declared_metrics(content: dict[str, Any]) -> Iterator[str]:
    for path, _ in entries(content.get("metrics")):
        yield path
    stages = content.get("stages")
    for stage in stages.values() if isinstance(stages, dict) else []:
        for path, _ in entries(stage.get("metrics") if isinstance(stage, dict) else None):
            yield path


def read_remotes(text: Text) -> Iterator[Remote]:
    parser = configparser.ConfigParser(interpolation=None, strict=False)
    try:
        parser.read_string("\n".join(line.strip() for line in text.text.splitlines()))
    except configparser.Error:
        return
    for section in parser.sections():
        name = section.strip("'").removeprefix("remote").strip().strip('"')
        url = parser[section].get("url")
        if url and "remote" in section:
            yield Remote(name, url, text.path, line_of(text, url))
