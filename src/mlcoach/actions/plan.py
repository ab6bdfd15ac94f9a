"""The plan of an action: every process that it starts and every file that it writes, before anything happens.

What is printed, copied, tested and run is one object.
"""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from mlcoach.reports.escape import visible


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """`what` runs, or which file changes how. An empty `undo` says that nothing has to be undone."""

    kind: Literal["run", "create", "replace", "change"]
    what: str
    effect: str
    undo: str = ""
    undoable: bool = True
    leaves_machine: bool = False
    path: str = ""  # the project file that this step writes, relative to the root


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """`payload` is what the action needs to carry it out; `facts` and `warnings` are shown above the steps."""

    action: str
    title: str
    root: str
    facts: tuple[tuple[str, str], ...] = ()
    warnings: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    payload: Any = None

    @property
    def writes(self) -> tuple[str, ...]:
        """The project files that the plan writes, and no other is written."""
        return tuple(dict.fromkeys(step.path for step in self.steps if step.path))


def as_text(plan: Plan) -> str:
    """The plan for a person, with nothing in it that could steer a terminal."""
    lines = [visible(plan.title), ""]
    width = max((len(name) for name, _ in plan.facts), default=0)
    lines += [f"  {visible(name):<{width}}  {visible(value)}" for name, value in plan.facts]
    if plan.warnings:
        lines += ["", "Look at this first:", *(f"  ! {visible(text)}" for text in plan.warnings)]
    lines += ["", "What will happen:"]
    for number, step in enumerate(plan.steps, 1):
        lines.append(f"  {number}. {step.kind:<8}{visible(step.what)}")
        lines.append(f"      {visible(step.effect)}")
        if not step.undoable:
            lines.append("      cannot be undone")
        elif step.undo:
            lines.append(f"      to undo: {visible(step.undo)}")
        if step.leaves_machine:
            lines.append("      leaves this machine")
    if not any(step.leaves_machine for step in plan.steps):
        lines.append("  Nothing leaves this machine.")
    return "\n".join(lines) + "\n"
