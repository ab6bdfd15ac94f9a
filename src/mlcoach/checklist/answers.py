"""A person's answers: `mlcoach.toml` at the project's root, a file to commit and to edit by hand.

    [answers."data/versioning"]
    kind = "disagree"
    reason = "not-detected"
    text = "The lake keeps every version; see the wiki"
    by = "Ann Lee <ann@example.org>"
    at = "2025-03-01T09:30:00Z"
    fingerprint = "5e0c7a91d2f4"

A scan reads it with tomllib. A change touches the lines of its own table and no other: comments, order and whatever
else the file holds stay as they are.
"""

from __future__ import annotations

import datetime
import errno
import fcntl
import os
import re
import stat
import time
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mlcoach import atomic
from mlcoach.checklist.report import Answer as Answer

if TYPE_CHECKING:
    from tomlkit.items import Item

NAME = "mlcoach.toml"
REASONS = ("not-detected", "wrong-evidence", "not-applicable", "other")
KINDS = ("agree", "disagree", "answer", "waive")

_FIELDS = ("kind", "reason", "text", "by", "at", "fingerprint")
_HEADER = re.compile(r"""^[ \t]*\[[ \t]*answers[ \t]*\.[ \t]*(?:"([^"\\\n]+)"|'([^'\n]+)'|([\w-]+))[ \t]*\]""", re.M)
_SIZE = 4 << 20
_PATIENCE = 10.0  # seconds to wait for another writer


class AnswersError(Exception):
    """mlcoach.toml cannot be read or written: one line that says what is wrong and how to mend it.

    `answers` holds those that could be read nonetheless, so that one mistyped word costs one answer.
    """

    def __init__(self, message: str, answers: Mapping[str, Answer] | None = None) -> None:
        super().__init__(message)
        self.answers = dict(answers or {})


# ---- reading -------------------------------------------------------------------------------------------------------


def load(root: Path) -> dict[str, Answer]:
    """The answers by item id, in the file's order, ids that no rule has included. No file, no answers.

    Raises AnswersError for a file that is not TOML, not a regular file, or that holds an answer of no known kind.
    """
    data = _read(_file(root))
    return parse(data) if data else {}


def parse(data: bytes) -> dict[str, Answer]:
    """The same from the bytes of an mlcoach.toml, for a commit's. Raises AnswersError as `load` does."""
    text = _decode(data)
    lines: dict[str, int] = {}
    number, at = 1, 0
    for header in _HEADER.finditer(text):
        number, at = number + text.count("\n", at, header.start()), header.start()
        lines.setdefault(_id(header), number)
    table = _parse(text).get("answers", {})
    if not isinstance(table, dict):
        raise AnswersError(f'{NAME}: answers is not a table; write [answers."section/item"]')
    answers: dict[str, Answer] = {}
    problems: list[str] = []
    for id, fields in table.items():
        line = lines.get(id)
        try:
            answers[id] = _answer(fields, line)
        except ValueError as error:
            problems.append(f"{NAME}{f', line {line}' if line else ''}: the answer to {id}: {error}")
    if problems:
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        raise AnswersError(problems[0] + more, answers)
    return answers


def _answer(fields: object, line: int | None) -> Answer:
    if not isinstance(fields, dict):
        raise ValueError("is not a table; give it a kind")
    values: dict[str, Any] = {}
    for name in _FIELDS:
        value = fields.get(name, "")
        if name == "at" and isinstance(value, datetime.datetime):
            value = value.isoformat()
        if not isinstance(value, str):
            raise ValueError(f"{name} is not text; put it in quotes")
        values[name] = value
    if values["kind"] not in KINDS:
        raise ValueError(f"kind is {values['kind']!r}; write one of {', '.join(KINDS)}")
    if values["kind"] == "disagree" and values["reason"] not in REASONS:
        raise ValueError(f"reason is {values['reason']!r}; write one of {', '.join(REASONS)}")
    return Answer(**values, line=line)


def _parse(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        what, _, place = str(error).partition(" (at ")
        line = re.match(r"line (\d+)", place)
        where = f"line {line[1]}" if line else "at its end"
        raise AnswersError(
            f"{NAME}, {where}: not valid TOML ({what}); mend that line, or go back with `git checkout -- {NAME}`"
        ) from None
    except (ValueError, RecursionError):  # a number of thousands of digits, brackets in thousands of brackets
        raise AnswersError(f"{NAME}: a number or a nesting in it is too large to read; take it out") from None


def _decode(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise AnswersError(f"{NAME}, line {line}: not UTF-8; save the file as UTF-8") from None


def _file(root: Path) -> Path:
    """The file itself, behind a link too, as long as that link stays in the project."""
    path = root / NAME
    if not path.is_symlink():
        return path
    target = Path(os.path.realpath(path))
    if not target.is_relative_to(os.path.realpath(root)):
        raise AnswersError(f"{NAME} is a link that leaves the project; put a file in its place")
    return target


def _read(path: Path) -> bytes | None:
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise AnswersError(f"cannot read {NAME}: {error.strerror}; mend its permissions") from None
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise AnswersError(f"{NAME} is not a regular file; put one in its place")
    with open(descriptor, "rb") as file:
        data = file.read(_SIZE + 1)
    if len(data) > _SIZE:
        raise AnswersError(f"{NAME} is larger than {_SIZE >> 20} MiB; move what is not an answer out of it")
    return data


# ---- writing -------------------------------------------------------------------------------------------------------


def save(root: Path, changes: Mapping[str, Answer | None]) -> None:
    """Write the answers of `changes`; None removes one. The file is read again under a lock, so that no answer of
    another writer is lost, and replaced in one step. Raises AnswersError when that cannot be, with the file as it was.
    """
    if not changes:
        return
    if (root / "HEAD").is_file() and (root / "objects").is_dir():
        raise AnswersError(f"{root} is a bare repository, where answers cannot be kept: open a clone of it")
    with _lock(root):
        path = _file(root)
        data = _read(path)
        text = _decode(data or b"")
        edited = _edit(text, changes)
        if edited == text:
            return
        if data and b"\r\n" in data:
            edited = edited.replace("\n", "\r\n")
        try:
            atomic.write(path, edited.encode())
        except OSError as error:
            raise AnswersError(f"cannot write {NAME}: {error.strerror}; your answer was not kept") from None


def _edit(text: str, changes: Mapping[str, Answer | None]) -> str:
    """The text with those answers changed and all else as it was. Raises AnswersError when that cannot be."""
    before = _parse(text)
    if not isinstance(before.get("answers", {}), dict):
        raise AnswersError(f'{NAME}: answers is not a table; write [answers."section/item"]')
    for id, answer in changes.items():
        text = _edit_one(text, id, answer)
    after = _parse(text)
    old, new = dict(before.pop("answers", {})), dict(after.pop("answers", {}))
    written = all(
        (id not in new) if answer is None else _fields(answer).items() <= new.get(id, {}).items()
        for id, answer in changes.items()
    )
    for id in changes:
        old.pop(id, None)
        new.pop(id, None)
    if before != after or old != new or not written:
        raise AnswersError(f'{NAME}: this way to write an answer cannot be changed; use [answers."section/item"]')
    return text


def _edit_one(text: str, id: str, answer: Answer | None) -> str:
    import tomlkit
    from tomlkit.items import KeyType, SingleKey

    present = _parse(text).get("answers", {}).get(id)
    if present is None and answer is None:
        return text
    lines = text.splitlines(keepends=True)
    block = _block(text, lines, id)
    if present is not None and block is None:  # an inline table, or dotted keys
        document = tomlkit.parse(text)
        _change(document["answers"], id, answer)
        return tomlkit.dumps(document)
    if answer is None:
        assert block is not None
        start, end = block
        while end < len(lines) and not lines[end].strip():
            end += 1
        return "".join(lines[:start] + lines[end:])
    if block is not None:
        start, end = block
        document = tomlkit.parse("".join(lines[start:end]))
        _change(document["answers"], id, answer)
        return "".join([*lines[:start], _ended(tomlkit.dumps(document)), *lines[end:]])
    document = tomlkit.document()
    answers = tomlkit.table(is_super_table=True)
    document["answers"] = answers
    answers[SingleKey(id, KeyType.Basic)] = tomlkit.table()
    _change(answers, id, answer)
    at = next((found[1] for id in reversed(_ids(text)) if (found := _block(text, lines, id))), len(lines))
    head, tail = "".join(lines[:at]), "".join(lines[at:])
    return (_ended(head) + "\n" if head else "") + tomlkit.dumps(document) + tail


def _ended(text: str) -> str:
    return text if text.endswith("\n") else text + "\n"


def _ids(text: str) -> list[str]:
    return [_id(header) for header in _HEADER.finditer(text)]


def _id(header: re.Match[str]) -> str:
    return header[1] or header[2] or header[3]


def _block(text: str, lines: list[str], id: str) -> tuple[int, int] | None:
    """The lines from that answer's header to its last value, so that a comment above the next table stays there."""
    whole = _parse(text).get("answers", {}).get(id)
    for header in _HEADER.finditer(text):
        if _id(header) != id:
            continue
        start = text.count("\n", 0, header.start())
        if not _holds("".join(lines[:start]), None, None):
            continue  # it stands in a text of several lines
        for end in range(start + 1, len(lines) + 1):
            if _holds("".join(lines[start:end]), id, whole):
                return start, end
    return None


def _holds(text: str, id: str | None, value: object) -> bool:
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return False
    return id is None or found == {"answers": {id: value}}


def _fields(answer: Answer) -> dict[str, str]:
    return {name: value for name in _FIELDS if (value := _newlines(getattr(answer, name)))}


def _newlines(text: str) -> str:
    return text.replace("\r\n", "\n")


def _change(answers: Any, id: str, answer: Answer | None) -> None:
    if answer is None:
        del answers[id]
        return
    table, wanted = answers[id], _fields(answer)
    for name in _FIELDS:
        if name in wanted and table.get(name) != wanted[name]:
            table[name] = _string(wanted[name])
        elif name not in wanted and name in table:
            del table[name]


def _string(text: str) -> Item:
    import tomlkit

    lines = text.split("\n")
    plain = all(line.isprintable() and '"""' not in line and "\\" not in line for line in lines)
    multiline = len(lines) > 1 and plain and lines[0] != "" and not text.endswith('"')
    return tomlkit.string(text, multiline=multiline)


@contextmanager
def _lock(root: Path) -> Iterator[None]:
    """Hold the project's folder itself: a lock that leaves no file behind."""
    try:
        descriptor = os.open(root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except OSError as error:
        raise AnswersError(f"cannot open the folder of {NAME}: {error.strerror}") from None
    try:
        deadline = time.monotonic() + _PATIENCE
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except OSError as error:
                if error.errno not in (errno.EWOULDBLOCK, errno.EACCES):
                    break  # a file system without locks
                if time.monotonic() > deadline:
                    raise AnswersError(f"another mlcoach holds {NAME}; try again when it has ended") from None
                time.sleep(0.01)
        yield
    finally:
        os.close(descriptor)


# ---- who and when --------------------------------------------------------------------------------------------------


def identity(root: Path) -> str:
    """Who answers: `Name <mail>` as git would sign a commit there, or user@host."""
    name, mail = os.environ.get("GIT_AUTHOR_NAME", ""), os.environ.get("GIT_AUTHOR_EMAIL", "")
    if not (name and mail):
        configured = _git_user(root)
        name, mail = name or configured[0], mail or configured[1]
    name, mail = ("".join(c for c in part if c.isprintable() and c not in "<>").strip() for part in (name, mail))
    if name or mail:
        return f"{name} <{mail}>" if name and mail else name or mail
    import getpass
    import socket

    try:
        user = getpass.getuser()
    except (KeyError, OSError):
        user = str(os.getuid())
    return f"{user}@{socket.gethostname()}"


def _git_user(root: Path) -> tuple[str, str]:
    try:
        import git
    except ImportError:  # GitPython refuses to load where there is no git
        return "", ""
    from configparser import Error

    try:
        try:
            with git.Repo(root, search_parent_directories=True) as repo:
                config = repo.config_reader()
        except git.InvalidGitRepositoryError:
            config = git.GitConfigParser(read_only=True)  # the person's own, outside a repository
        return str(config.get("user", "name", fallback="")), str(config.get("user", "email", fallback=""))
    except (git.GitError, Error, OSError, ValueError):
        return "", ""


def now() -> str:
    """The time as answers keep it: ISO 8601, UTC, whole seconds."""
    return datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
