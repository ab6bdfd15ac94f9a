"""Values of a pickle as the symbolic machine keeps them: nothing is imported, nothing is called."""

from __future__ import annotations

from typing import NamedTuple


class Global(NamedTuple):
    """A name that loading would import."""

    module: str
    name: str

    def __str__(self) -> str:
        return f"{self.module}.{self.name}"


class Skipped(NamedTuple):
    """Text or bytes that were stepped over because of their length."""

    size: int


class Persistent(NamedTuple):
    """A reference that the loader resolves itself: torch's storages."""

    id: object


class Array(NamedTuple):
    """A NumPy array: its dtype as text ("<f8", "|O"), its bytes if they are few, its objects if it holds objects."""

    shape: tuple[int, ...]
    dtype: str
    data: bytes | None = None
    objects: list[object] | None = None


class Pairs:
    """A dict, kept as pairs: hashing the keys of a hostile file would call nothing, but could take for ever."""

    __slots__ = ("pairs",)

    def __init__(self) -> None:
        self.pairs: list[tuple[object, object]] = []

    def get(self, key: str) -> object:
        """The last value under the key, None if there is none."""
        for k, value in reversed(self.pairs):
            if isinstance(k, str) and k == key:
                return value
        return None

    def keys(self) -> list[str]:
        return [k for k, _ in self.pairs if isinstance(k, str)]


class Made:
    """What calling `maker` with `args` would give, with what is then put into it."""

    __slots__ = ("args", "items", "maker", "pairs", "state")

    def __init__(self, maker: object, args: object) -> None:
        self.maker = maker
        self.args = args
        self.state: object = None
        self.items: list[object] | tuple[()] = ()  # a list from the first item on; most objects have none
        self.pairs: Pairs | None = None


def class_of(value: object) -> Global | None:
    """The class of a value, None where only its loader could tell."""
    match value:
        case Made(
            maker=Global("copyreg" | "copy_reg", "_reconstructor" | "__newobj__" | "__newobj_ex__"),
            args=(Global() as kind, *_),
        ):
            return kind
        case Made(maker=Global() as kind):
            return kind
        case Pairs():
            return Global("builtins", "dict")
        case Array():
            return Global("numpy", "ndarray")
        case Skipped() | Persistent() | Global():
            return None
        case _:
            return Global("builtins", type(value).__name__)


def state_of(value: object) -> Pairs | None:
    """The attributes of an object, where they are known."""
    if not isinstance(value, Made):
        return None
    match value.state:
        case Pairs() as state:
            return state
        case (Pairs() as state, *_) | (_, Pairs() as state):
            return state
        case _:
            return None
