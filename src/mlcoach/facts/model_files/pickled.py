"""Files of pickles: pickle, cloudpickle, dill and joblib, compressed or not."""

from __future__ import annotations

from contextlib import suppress

from . import estimators
from .describe import Draft
from .names import is_known
from .pickles import WRAPPER, Machine
from .reader import BrokenStream, Source, Stopped, Unreadable, amount, inflated

MOST_PICKLES = 16  # in one file, one after the other


def read_file(source: Source, draft: Draft, compression: str | None) -> None:
    """A file of one or more pickles, in a compressed stream or not."""
    draft.format = "joblib" if compression or draft.file.endswith(".joblib") else "pickle"
    if compression:
        draft.metadata["compression"] = compression
        if compression in ("lz4", "zstd"):
            raise Stopped(f"{compression} cannot be read here")
        source = inflated(source, compression)
    try:
        read_part(source, draft)
    except NoPickle:
        draft.format = None
        raise
    _after(source, draft)


def read_part(source: Source, draft: Draft) -> None:
    """One pickle, and what it says of a model."""
    estimators.describe(read(source, draft, joblib=True), draft)


def read(source: Source, draft: Draft, *, joblib: bool = False) -> object:
    """One pickle; its names go to the draft, also when it breaks off. Raises as Machine.run does, and NoPickle."""
    machine = Machine(source, joblib=joblib)
    try:
        return machine.run()
    except BrokenStream:
        raise
    except Unreadable as error:
        if machine.opcodes < 3 and not machine.names:
            raise NoPickle("not a pickle") from error
        raise
    finally:
        _note(machine, draft)


def read_disguised(source: Source, draft: Draft) -> None:
    """Note the names in a file of another format that pickle.load would run up to where it breaks off."""
    machine = Machine(source, joblib=False)
    with suppress(Unreadable, Stopped):
        machine.run()
    if machine.names:
        _note(machine, draft)
        draft.trouble("it is also a pickle")
    source.seek(0)


class NoPickle(Unreadable):
    """Not even the beginning of one."""


def _note(machine: Machine, draft: Draft) -> None:
    if machine.opcodes:
        draft.metadata.setdefault("pickle protocol", str(machine.protocol))
    for name in machine.names:
        draft.name(str(name), known=is_known(*name))
        writer = name.module.partition(".")[0]
        if writer in ("cloudpickle", "dill"):
            draft.format = writer
    for odd in machine.odd:
        draft.runs(odd)
    if machine.joblib and WRAPPER in machine.names:
        draft.format = "joblib"


def _after(source: Source, draft: Draft) -> None:
    """What follows the pickle: pickle.load stops before it, a second load does not."""
    count = 1
    while not source.at_end():
        start = source.position
        if count == MOST_PICKLES:
            raise Stopped(f"more than {MOST_PICKLES} pickles in one file")
        machine_draft = Draft(draft.file, draft.size)
        try:
            read(source, machine_draft, joblib=True)
            count += 1
        except Unreadable:
            length = "bytes" if source.size is None else amount(source.size - start)
            draft.trouble(f"{length} after the end of the pickle", partly=True)
            return
        finally:
            for name in machine_draft.globals:
                draft.name(name, known=name not in machine_draft.runs_code)
            for what in machine_draft.runs_code:
                draft.runs(what)
    if count > 1:
        draft.metadata["pickles"] = f"{count}, one after the other"
