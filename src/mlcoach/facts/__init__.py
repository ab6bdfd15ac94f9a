"""What is read out of a project's files: the facts that rules ask by name."""

from __future__ import annotations

from mlcoach.facts.project import Facts, gather

__all__ = ["Facts", "gather"]
