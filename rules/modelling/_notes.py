"""Evidence notes that say what stands at a place."""

from __future__ import annotations

from collections.abc import Iterable

from mlcoach.rule import Evidence, Hit


def with_names(hits: Iterable[Hit]) -> list[Evidence]:
    """The places, each with what stands there: "grid search: GridSearchCV", "predicts: model.predict"."""
    return [hit.evidence(f"{hit.note}: {short(hit.name)}") for hit in hits]


def short(name: str) -> str:
    """The last two parts of a dotted name, or the start of a string."""
    return ".".join(part for part in name.split(".")[-2:] if part)[:40]
