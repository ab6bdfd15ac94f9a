"""What each opcode of a pickle does to the symbolic machine."""

from __future__ import annotations

import struct
from collections.abc import Callable
from typing import TYPE_CHECKING

from .reader import Unreadable
from .symbols import Global, Made, Pairs, Persistent, Skipped

if TYPE_CHECKING:
    from .pickles import Machine

    Handler = Callable[[Machine], None]

OBJECT = 100  # bytes that an object or a dict costs here, about
LONGEST_TEXT = 1024  # bytes of a string that are kept; longer ones are stepped over


def _fixed(form: str) -> Handler:
    unpack = struct.Struct(form)

    def handler(machine: Machine) -> None:
        machine.stack.append(unpack.unpack(machine.source.read(unpack.size))[0])

    return handler


def _counted(form: str, kind: str) -> Handler:
    """A length, then that many bytes: text, bytes, or a number."""
    length = struct.Struct(form)

    def handler(machine: Machine) -> None:
        source = machine.source
        count = length.unpack(source.read(length.size))[0]
        if count < 0:
            raise Unreadable("a negative length")
        if count > LONGEST_TEXT:
            source.skip(count)
            machine.stack.append(Skipped(count))
            return
        data = source.read(count)
        source.budget.keep(count)
        match kind:
            case "text":
                machine.stack.append(data.decode("utf-8", "replace"))
            case "number":
                machine.stack.append(int.from_bytes(data, "little", signed=True))
            case "string":  # Python 2's str
                machine.stack.append(data.decode("latin-1"))
            case _:
                machine.stack.append(data)

    return handler


def _raw_line(machine: Machine) -> bytes:
    data = machine.source.line(64 * 1024)[:LONGEST_TEXT]
    machine.source.budget.keep(len(data))
    return data


def _line(machine: Machine) -> str:
    return _raw_line(machine).decode("utf-8", "replace")


def _int(machine: Machine) -> None:
    text = _line(machine).removesuffix("L")
    try:
        machine.push({"00": False, "01": True}[text] if text in ("00", "01") else int(text, 0))
    except ValueError as error:
        raise Unreadable("a number that is none") from error


def _string(machine: Machine) -> None:
    text = _raw_line(machine).strip()[1:-1]
    machine.push(text.decode("unicode_escape") if b"\\" in text else text.decode("latin-1"))


def _unicode(machine: Machine) -> None:
    machine.push(_raw_line(machine).decode("raw_unicode_escape"))


def _index(machine: Machine) -> int:
    text = _line(machine)
    if not text.isdecimal() or len(text) > 12:
        raise Unreadable("a memo number that is none")
    return int(text)


def _recall(machine: Machine, index: int) -> None:
    if index not in machine.memo:
        raise Unreadable("a value that was never stored")
    machine.push(machine.memo[index])


def _store(machine: Machine, index: int) -> None:
    machine.memo[index] = machine.stack[-1]


def _protocol(machine: Machine) -> None:
    machine.protocol = machine.source.read(1)[0]
    if machine.protocol > 5:
        raise Unreadable(f"pickle protocol {machine.protocol} is not known")


def _put_items(machine: Machine, values: list[object]) -> None:
    target = machine.stack[-1]
    if isinstance(target, Made):
        if not isinstance(target.items, list):
            target.items = []
        target.items.extend(values)
    elif isinstance(target, list):
        target.extend(values)


def _put_pairs(machine: Machine, values: list[object]) -> None:
    target = machine.stack[-1]
    if isinstance(target, Made):
        target.pairs = target.pairs or Pairs()
        target = target.pairs
    if isinstance(target, Pairs):
        target.pairs.extend(zip(values[::2], values[1::2], strict=False))


def _empty_dict(machine: Machine) -> None:
    machine.source.budget.keep(OBJECT)
    machine.push(Pairs())


def _dict(machine: Machine) -> None:
    values = machine.since_mark()
    _empty_dict(machine)
    _put_pairs(machine, values)


def _last(machine: Machine, count: int) -> list[object]:
    stack = machine.stack
    if len(stack) < count:
        raise IndexError
    values = stack[len(stack) - count :]
    del stack[len(stack) - count :]
    return values


def _global(machine: Machine) -> None:
    machine.push(machine.found(_line(machine), _line(machine)))


def _stack_global(machine: Machine) -> None:
    machine.push(machine.found(*_last(machine, 2)))


def _inst(machine: Machine) -> None:
    maker = machine.found(_line(machine), _line(machine))
    machine.call(maker, tuple(machine.since_mark()))


def _obj(machine: Machine) -> None:
    maker, *args = machine.since_mark() or [None]
    machine.call(maker, tuple(args))


def _extension(form: str) -> Handler:
    number = struct.Struct(form)

    def handler(machine: Machine) -> None:
        code = number.unpack(machine.source.read(number.size))[0]
        machine.odd.setdefault(f"copyreg extension {code}")
        machine.push(Global("?", f"extension {code}"))

    return handler


def _pop_mark(machine: Machine) -> None:
    machine.since_mark()


def _pop(machine: Machine) -> None:
    if machine.stack:
        machine.stack.pop()
    else:
        machine.since_mark()


_BY_CODE: dict[int | str, Handler] = {
    0x80: _protocol,
    0x95: lambda m: m.source.skip(8),  # FRAME
    # constants and containers
    "N": lambda m: m.push(None),
    0x88: lambda m: m.push(True),
    0x89: lambda m: m.push(False),
    "]": lambda m: m.push([]),
    "}": _empty_dict,
    ")": lambda m: m.push(()),
    0x8F: lambda m: m.push([]),  # EMPTY_SET
    # numbers
    "K": _fixed("<B"),
    "M": _fixed("<H"),
    "J": _fixed("<i"),
    "G": _fixed(">d"),
    "I": _int,
    "L": _int,
    "F": lambda m: m.push(_line(m)),
    0x8A: _counted("<B", "number"),
    0x8B: _counted("<i", "number"),
    # text and bytes
    "S": _string,
    "V": _unicode,
    "T": _counted("<i", "string"),
    "U": _counted("<B", "string"),
    "X": _counted("<I", "text"),
    0x8C: _counted("<B", "text"),
    0x8D: _counted("<Q", "text"),
    "B": _counted("<I", "bytes"),
    "C": _counted("<B", "bytes"),
    0x8E: _counted("<Q", "bytes"),
    0x96: _counted("<Q", "bytes"),
    0x97: lambda m: m.push(Skipped(0)),  # NEXT_BUFFER: bytes that are kept elsewhere
    0x98: lambda m: None,  # READONLY_BUFFER
    # the stack and the memo
    "(": lambda m: m.mark(),
    "0": _pop,
    "1": _pop_mark,
    "2": lambda m: m.push(m.stack[-1]),
    "g": lambda m: _recall(m, _index(m)),
    "h": lambda m: _recall(m, m.source.read(1)[0]),
    "j": lambda m: _recall(m, int.from_bytes(m.source.read(4), "little")),
    "p": lambda m: _store(m, _index(m)),
    "q": lambda m: _store(m, m.source.read(1)[0]),
    "r": lambda m: _store(m, int.from_bytes(m.source.read(4), "little")),
    0x94: lambda m: _store(m, len(m.memo)),
    # filling containers
    "t": lambda m: m.push(tuple(m.since_mark())),
    0x85: lambda m: m.push(tuple(_last(m, 1))),
    0x86: lambda m: m.push(tuple(_last(m, 2))),
    0x87: lambda m: m.push(tuple(_last(m, 3))),
    "l": lambda m: m.push(m.since_mark()),
    0x91: lambda m: m.push(m.since_mark()),  # FROZENSET
    "d": _dict,
    "a": lambda m: _put_items(m, _last(m, 1)),
    "e": lambda m: _put_items(m, m.since_mark()),
    0x90: lambda m: _put_items(m, m.since_mark()),  # ADDITEMS
    "s": lambda m: _put_pairs(m, _last(m, 2)),
    "u": lambda m: _put_pairs(m, m.since_mark()),
    # names, calls, objects
    "c": _global,
    0x93: _stack_global,
    "i": _inst,
    "o": _obj,
    "R": lambda m: m.call(*_last(m, 2)),
    0x81: lambda m: m.call(*_last(m, 2)),  # NEWOBJ
    0x92: lambda m: m.call(*_last(m, 3)[:2]),  # NEWOBJ_EX
    "b": lambda m: m.build(),
    "P": lambda m: m.push(Persistent(_line(m))),
    "Q": lambda m: m.push(Persistent(m.stack.pop())),
    0x82: _extension("<B"),
    0x83: _extension("<H"),
    0x84: _extension("<i"),
}
OPCODES = {ord(code) if isinstance(code, str) else code: handler for code, handler in _BY_CODE.items()}
