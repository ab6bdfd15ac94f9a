"""Finding the rules: the built-in ones, those of other packages, and those of a trusted project."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from functools import cache
from importlib.metadata import entry_points
from types import ModuleType

import msgspec

from mlcoach.checklist.report import SECTIONS
from mlcoach.rule import Facts, Finding, Item, Pattern

GROUP = "mlcoach.rules"


class Rule(msgspec.Struct, frozen=True):
    """A rule module, read: its metadata, its docstring, its function and the patterns that it looks for."""

    item: Item
    doc: str
    infer: Callable[[Facts], Finding]
    patterns: tuple[Pattern, ...]
    module: str


class RuleError(Exception):
    """A rule module is not one; the message names it."""


@cache
def load() -> dict[str, Rule]:
    """All rules by item id, in the order of the checklist.

    A package whose rules cannot be loaded is left out, and `load_problems` says why; the built-in rules must load.
    """
    rules: dict[str, Rule] = {}
    for name in sorted({entry.value for entry in entry_points(group=GROUP)}):
        try:
            for module in modules(name):
                rule = read_rule(module)
                if rule.item.id in rules:
                    raise RuleError(f"{rule.module} and {rules[rule.item.id].module} both define {rule.item.id}")
                rules[rule.item.id] = rule
        except Exception as error:
            if name.startswith(GROUP):
                raise
            PROBLEMS.append(f"rules of {name} left out: {type(error).__name__}: {error}")
    known = {section: number for number, section in enumerate(SECTIONS)}
    return dict(sorted(rules.items(), key=lambda entry: known.get(entry[1].item.section, len(known))))


PROBLEMS: list[str] = []


def load_problems() -> tuple[str, ...]:
    """What kept rules of other packages from loading, a line each."""
    load()
    return tuple(PROBLEMS)


def modules(name: str) -> Iterator[ModuleType]:
    """A rule module, or the modules that a package names in `RULES`, in that order."""
    top = importlib.import_module(name)
    if not hasattr(top, "RULES"):
        yield top
        return
    for rule in top.RULES:
        yield importlib.import_module(f"{name}.{rule}")


def read_rule(module: ModuleType) -> Rule:
    item, infer = getattr(module, "ITEM", None), getattr(module, "infer", None)
    if not isinstance(item, Item) or not callable(infer):
        raise RuleError(f"{module.__name__} is no rule: it needs ITEM and infer(facts)")
    return Rule(item, module.__doc__ or "", infer, tuple(dict.fromkeys(patterns(module))), module.__name__)


def patterns(module: ModuleType) -> Iterator[Pattern]:
    """Every Pattern at a module's top level, alone or in a tuple, list or dictionary, and those of the modules beside it
    (same package, `_name`) that it imports as a whole.
    """
    for value in vars(module).values():
        match value:
            case Pattern():
                yield value
            case tuple() | list():
                yield from (found for found in value if isinstance(found, Pattern))
            case dict():
                yield from (found for found in value.values() if isinstance(found, Pattern))
            case ModuleType() if value.__name__.startswith(f"{module.__package__}._"):
                yield from patterns(value)
