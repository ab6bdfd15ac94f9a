"""How rule modules are read."""

from __future__ import annotations

from types import ModuleType

from mlcoach.checklist.rules import read_rule
from mlcoach.rule import Item, calls, done


def module(name: str, **names: object) -> ModuleType:
    made = ModuleType(name)
    vars(made).update(names, __package__=name.rpartition(".")[0])
    return made


def test_patterns_stand_alone_in_collections_and_in_modules_beside_the_rule():
    beside = module("package._words", SAVES=calls("save"))
    elsewhere = module("other._words", LOADS=calls("load"))
    rule = module(
        "package.rule",
        ITEM=Item(id="data/x", title="X", bullet="X", why="x", how=("x",)),
        infer=lambda facts: done("x", ()),
        ALONE=calls("a"),
        LISTED=(calls("b"), "no pattern"),
        BY_NAME={"c": calls("c")},
        _words=beside,
        other=elsewhere,
    )
    assert {name for pattern in read_rule(rule).patterns for name in pattern.names} == {"a", "b", "c", "save"}
