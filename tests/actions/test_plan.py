"""A plan as text: what a person reads before anything changes."""

from __future__ import annotations

from mlcoach.actions.plan import Plan, Step, as_text

PLAN = Plan(
    action="release",
    title="Release 1.0",
    root="/project",
    facts=(("tag", "v1.0"), ("to", "origin")),
    warnings=("no tests",),
    steps=(
        Step(kind="create", what="NOTES.md", path="NOTES.md", effect="what is new", undo="delete it"),
        Step(kind="run", what="git push", effect="sends the tag", undoable=False, leaves_machine=True),
    ),
)


def test_each_step_says_its_effect_its_undoing_and_whether_it_leaves_the_machine():
    assert as_text(PLAN) == (
        "Release 1.0\n\n  tag  v1.0\n  to   origin\n\nLook at this first:\n  ! no tests\n\nWhat will happen:\n"
        "  1. create  NOTES.md\n      what is new\n      to undo: delete it\n"
        "  2. run     git push\n      sends the tag\n      cannot be undone\n      leaves this machine\n"
    )


def test_the_files_that_are_written_are_those_of_the_steps():
    assert PLAN.writes == ("NOTES.md",)


def test_a_name_cannot_steer_the_terminal():
    text = as_text(Plan(action="x", title="a\x1b[2Jb", root="/", steps=(Step(kind="run", what="c\rd", effect="e\nf"),)))
    assert "\x1b" not in text
    assert "\r" not in text
    assert "Nothing leaves this machine." in text
