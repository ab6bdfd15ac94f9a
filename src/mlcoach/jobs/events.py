"""What a job says while it runs: one JSON object a line on its standard output, its kind under `event`."""

from __future__ import annotations

import sys

import msgspec


class Phase(msgspec.Struct, frozen=True, tag_field="event", tag="phase"):
    """Another part of the work has begun."""

    name: str


class Progress(msgspec.Struct, frozen=True, tag_field="event", tag="progress"):
    """So much of the phase is done; `total` is 0 when nobody knows it."""

    done: int
    total: int = 0


class Log(msgspec.Struct, frozen=True, tag_field="event", tag="log"):
    """A line for the log. What a job prints that is no event becomes one too."""

    text: str


class Who(msgspec.Struct, frozen=True, tag_field="event", tag="who"):
    """Whose answers these are: `Name <mail>`. Reading it needs git, which the screen's process does not load."""

    name: str


class Result(msgspec.Struct, frozen=True, tag_field="event", tag="result"):
    """The last word of a job that went well: one line to show, and its data as JSON."""

    summary: str
    data: msgspec.Raw = msgspec.Raw(b"null")


class Error(msgspec.Struct, frozen=True, tag_field="event", tag="error"):
    """The last word of a job that did not: what is wrong, and how to mend it."""

    message: str
    remedy: str = ""


Event = Phase | Progress | Log | Who | Result | Error

_decoder: msgspec.json.Decoder[Event] = msgspec.json.Decoder(Event)


def emit(event: Event) -> None:
    """Say it, from within the job."""
    sys.stdout.buffer.write(msgspec.json.encode(event) + b"\n")
    sys.stdout.buffer.flush()


def parse(line: bytes) -> Event:
    """The event of a line; a line that is none is a Log."""
    if line.startswith(b"{"):
        try:
            return _decoder.decode(line)
        except msgspec.MsgspecError:
            pass
    return Log(line.decode(errors="replace"))
