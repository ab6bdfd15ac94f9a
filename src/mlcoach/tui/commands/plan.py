"""The sheets of the actions to come. They show what would run; nothing here runs it yet."""

from __future__ import annotations

from typing import Literal

from mlcoach.reports.escape import visible
from mlcoach.tui.screens.main import MainScreen
from mlcoach.tui.screens.sheet import SheetScreen, Step

NOT_YET = "This version only shows the plan: it cannot run it yet."


def patch(screen: MainScreen) -> None:
    _release(screen, "patch")


def minor(screen: MainScreen) -> None:
    _release(screen, "minor")


def major(screen: MainScreen) -> None:
    _release(screen, "major")


def baseline(screen: MainScreen) -> None:
    _sheet(
        screen,
        "Baseline",
        "Train a simple reference model, to have a result to compare with; `mlcoach train` in a shell does it",
        [
            Step("choose the data set, the target and the metric (asked first)"),
            Step("train a dummy and a linear model with cross-validation"),
            Step("write metrics.json, params.yaml and the model", "new files: delete them to undo it"),
        ],
    )


def tune(screen: MainScreen) -> None:
    _sheet(
        screen,
        "Tune",
        "Search for better hyperparameters, within a limit of time and trials",
        [
            Step("choose the model, the search and its limits (asked first)"),
            Step("run the trials in the background; K stops them, the study is kept"),
            Step("write the best parameters to params.yaml", "changes a file: git can undo it"),
        ],
    )


def export(screen: MainScreen) -> None:
    _sheet(
        screen,
        "Export",
        "Write a trained model in another format",
        [
            Step("choose the model file and the format: ONNX, skops, joblib, pickle"),
            Step("load the model", warning="a pickle runs its own code when it is loaded: you are asked before"),
            Step("write the new file and compare the predictions of both"),
        ],
    )


def fix(screen: MainScreen) -> None:
    """What the rule says to do for this item."""
    item = screen.item
    rule = screen.session.rules.get(item.id) if item else None
    if item is None or rule is None:
        screen.say("Put the cursor on an item first")
        return
    steps = [Step(step.replace("`", "")) for step in rule.item.how]
    lead = f"Steps for you to take in {screen.session.place}"
    _sheet(screen, "Fix", f"{visible(item.title)}: what would help", steps, lead=lead)


def _release(screen: MainScreen, kind: Literal["patch", "minor", "major"]) -> None:
    report = screen.session.report
    version = report.version if report else None
    if report is None or version is None:
        screen.say("Nothing to release: the project needs git and a first commit")
        return
    new = {"patch": version.patch, "minor": version.minor, "major": version.major}[kind]
    suggested = " (suggested by the commits)" if version.suggested == kind else ""
    tag = f"{version.prefix}{new}"
    _sheet(
        screen,
        "Release",
        f"Release {kind}: {version.current or 'no version'} -> {new}{suggested}",
        [
            Step(f"write {new} where the version stands (pyproject.toml, setup.cfg, __init__.py)", "git can undo it"),
            Step(f"CHANGELOG.md: add {new} with its {version.commits_since} commits", "git can undo it"),
            Step(f"git commit -m 'Release {new}'", "can be undone until it is pushed"),
            Step(f"git tag -a {tag} -m {tag}", "can be undone until it is pushed"),
            Step(
                f"git push origin {report.branch or 'HEAD'} {tag}",
                warning="leaves this machine: cannot be undone",
            ),
        ],
    )


def _sheet(screen: MainScreen, title: str, head: str, steps: list[Step], *, lead: str = "") -> None:
    lead = lead or f"These steps would run in {screen.session.place}"
    screen.app.push_screen(SheetScreen(title, head, steps, lead=lead, foot=NOT_YET, signs=screen.signs))
