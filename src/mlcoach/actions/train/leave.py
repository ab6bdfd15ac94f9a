"""What training leaves: the files, their content, and the plan that names them beforehand."""

from __future__ import annotations

import datetime
import importlib.metadata
import io
import json
import math
import platform
import re
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import yaml

from mlcoach import __version__, atomic
from mlcoach.actions.plan import Plan, Step
from mlcoach.actions.train import prepare, rungs, split
from mlcoach.actions.train.evaluate import Outcome, Score
from mlcoach.actions.train.setup import Setup, TrainError

METRICS = "metrics.json"
PARAMS = "params.yaml"
SECTION = "mlcoach_train"  # of params.yaml
CARD = "README.md"
PACKAGES = ("scikit-learn", "numpy", "scipy", "joblib")


def plan(root: Path, setup: Setup, warnings: tuple[str, ...]) -> Plan:
    """Raises TrainError where a file is in the way."""
    if setup.name != Path(setup.name).name or setup.name.startswith("."):
        raise TrainError(f"--name {setup.name!r} must be the name of a folder")
    folder = f"models/{setup.name}"
    if not (root / folder).resolve().is_relative_to(root.resolve()):
        raise TrainError(f"{folder} is a link out of the project; give another --name")
    _merged_metrics(root, setup, {})
    _merged_params(root, setup)
    steps = [
        Step(
            kind="run",
            what=f"train {', '.join(rungs.ladder(setup))}, vote on {setup.data}",
            effect=f"about {setup.budget:.0f} CPU seconds at most, one thread, in a process of its own; Ctrl-C stops it and leaves nothing",
        ),
        _file(root, f"{folder}/prepare.py", "how values become the model's matrix, as code to ship with it"),
        _file(root, f"{folder}/model.joblib", "the best rung, a scikit-learn pipeline"),
        _file(root, f"{folder}/{CARD}", "the model card: what it is, how good, how to load it"),
        _file(root, f"{folder}/requirements.txt", "the versions that the model needs to be loaded"),
        _file(root, f"{folder}/model.json", "data hash, columns, split, seed, scores with intervals, versions"),
        _file(root, PARAMS, f"the section {SECTION}; the rest stays as it is"),
        _file(root, METRICS, f"the scores, under {setup.name!r}; the rest stays as it is"),
        Step(kind="create", what=".mlcoach/runs/", effect="the record of this run, ignored by git", undo="delete it"),
    ]
    facts = [
        ("data", f"{setup.data}: {setup.rows:,} rows ({setup.why['data']})"),
        ("target", f"{setup.target} ({setup.why['target']})"),
        (
            "task",
            f"{setup.task} ({setup.why['task']})" + (f"; {setup.positive!r} counts as yes" if setup.positive else ""),
        ),
        ("metric", f"{setup.metric} ({setup.why['metric']}); higher is better"),
        ("test", setup.split),
    ]
    facts += [(name, f"{value} ({setup.why[name]})") for name in ("time", "group") if (value := getattr(setup, name))]
    facts += [
        (
            "column",
            f"{column.name}: {column.kind if column.used else 'not used'}, {column.why}"
            + (f", {column.missing:,} missing" if column.missing else ""),
        )
        for column in setup.columns
    ]
    return Plan(
        action="train", title=f"Train a baseline for {setup.target}", root=str(root), facts=tuple(facts),
        warnings=warnings, steps=tuple(steps), payload=setup,
    )  # fmt: skip


def _file(root: Path, path: str, effect: str) -> Step:
    whole = not path.startswith((METRICS, PARAMS))
    if not (root / path).exists():
        return Step(kind="create", what=path, path=path, effect=effect, undo="delete it")
    kind: Any = "replace" if whole else "change"
    return Step(kind=kind, what=path, path=path, effect=effect, undo=f"git checkout -- {path}, when it is committed")


def contents(
    root: Path, setup: Setup, outcome: Outcome, commit: dict[str, Any], sizes: tuple[int, int]
) -> dict[str, bytes]:
    """The files by path, in the order of the plan. Raises TrainError when the written model does not predict the same."""
    import joblib

    folder = f"models/{setup.name}"
    buffer = io.BytesIO()
    joblib.dump(outcome.model, buffer, compress=3)
    described = _described(setup, outcome, commit, sizes)
    return {
        f"{folder}/prepare.py": Path(prepare.__file__).read_bytes(),
        f"{folder}/model.joblib": buffer.getvalue(),
        f"{folder}/{CARD}": _card(setup, outcome, described).encode(),
        f"{folder}/requirements.txt": "".join(
            f"{package}=={importlib.metadata.version(package)}\n" for package in PACKAGES
        ).encode(),
        f"{folder}/model.json": _json(described),
        PARAMS: _merged_params(root, setup),
        METRICS: _merged_metrics(root, setup, _scores(setup, outcome)),
    }


def write(root: Path, plan: Plan, files: dict[str, bytes]) -> None:
    """Each file in one step. Raises TrainError for a file that the plan does not name, or that cannot be written."""
    if tuple(files) != plan.writes:
        raise TrainError("what was made is not what the plan named: nothing was written")
    for path, data in files.items():
        try:
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            atomic.write(root / path, data)
        except OSError as error:
            raise TrainError(f"cannot write {path}: {error.strerror}") from None


def _json(value: Any) -> bytes:
    return (json.dumps(_finite(value), indent=2, ensure_ascii=False) + "\n").encode()


def _finite(value: Any) -> Any:
    match value:
        case float():
            return round(value, 6) if math.isfinite(value) else None
        case dict():
            return {key: _finite(each) for key, each in value.items()}
        case list() | tuple():
            return [_finite(each) for each in value]
        case np.generic():
            return _finite(value.item())
    return value


def _of(score: Score) -> dict[str, Any]:
    return {"value": score.mean, "low": score.low, "high": score.high}


def _scores(setup: Setup, outcome: Outcome) -> dict[str, Any]:
    """What metrics.json says under the model's name."""
    return {
        "metric": setup.metric,
        "model": outcome.best,
        "baseline": outcome.reference,
        "test": {setup.metric: _of(outcome.test), **outcome.others} | {setup.metric: _of(outcome.test)},
        "test_baseline": {setup.metric: _of(outcome.test_reference)},
        "cv": {row.rung: {setup.metric: _of(row.score), "cpu_seconds": row.cpu_seconds} for row in outcome.rows},
    }


def _merged_metrics(root: Path, setup: Setup, scores: dict[str, Any]) -> bytes:
    path = root / METRICS
    held: Any = {}
    if path.exists():
        try:
            held = json.loads(path.read_bytes())
        except (OSError, ValueError) as error:
            raise TrainError(f"{METRICS} is not valid JSON ({error}); mend or move it, then train again") from None
        if not isinstance(held, dict):
            raise TrainError(f"{METRICS} holds no JSON object; move it, then train again")
    return (json.dumps({**held, setup.name: _finite(scores)}, indent=2, ensure_ascii=False) + "\n").encode()


def _merged_params(root: Path, setup: Setup) -> bytes:
    """params.yaml with this action's section replaced, every other line untouched."""
    values = {
        "name": setup.name, "data": setup.data, "target": setup.target, "task": setup.task, "metric": setup.metric,
        "time": setup.time, "group": setup.group,
        "exclude": [column.name for column in setup.columns if column.why == "excluded"],
        "seed": setup.seed, "budget": setup.budget, "test_size": split.TEST, "cv_folds": split.FOLDS,
    }  # fmt: skip
    section = yaml.safe_dump({SECTION: values}, sort_keys=False, allow_unicode=True, width=1000)
    path = root / PARAMS
    text = path.read_text() if path.exists() else ""
    try:
        held = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise TrainError(
            f"{PARAMS} is not valid YAML: {str(error).splitlines()[0]}; mend it, then train again"
        ) from None
    if held is not None and not isinstance(held, dict):
        raise TrainError(f"{PARAMS} holds no mapping; move it, then train again")
    place = re.search(rf"(?m)^{SECTION}:.*(?:\n[ \t-].*)*\n?", text)
    if place is None:
        return (text + ("\n" if text and not text.endswith("\n") else "") + section).encode()
    return (text[: place.start()] + section + text[place.end() :]).encode()


def _described(setup: Setup, outcome: Outcome, commit: dict[str, Any], sizes: tuple[int, int]) -> dict[str, Any]:
    return {
        "schema": 1,
        "name": setup.name,
        "created": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        "task": setup.task,
        "target": setup.target,
        "labels": list(setup.labels),
        "positive": setup.positive or None,
        "data": {"path": setup.data, "sha256": setup.sha256, "rows": setup.rows},
        "columns": [msgspec.to_builtins(column) for column in setup.columns],
        "input": setup.spec,
        "split": {
            "test": setup.split, "train_rows": sizes[0], "test_rows": sizes[1], "used_rows": outcome.used_rows,
            "time": setup.time, "group": setup.group, "cv": outcome.cv, "seed": setup.seed,
        },
        "model": {"rung": outcome.best, "file": "model.joblib"},
        "metrics": _scores(setup, outcome) | {
            "folds": {row.rung: list(row.score.folds) for row in outcome.rows},
            "gain": {row.rung: _of(row.gain) | {"better": row.better} for row in outcome.rows if row.gain},
        },
        "versions": {
            "mlcoach": __version__, "python": platform.python_version(),
            **{package: importlib.metadata.version(package) for package in PACKAGES},
        },
        "platform": platform.platform(),
        "git": commit,
        "command": command(setup),
    }  # fmt: skip


def command(setup: Setup) -> str:
    """The command that repeats this training."""
    import shlex

    words = ["mlcoach", "train", "--data", setup.data, "--target", setup.target, "--task", setup.task]
    for option, value in (("--time", setup.time), ("--group", setup.group)):
        words += [option, value] if value else []
    for column in setup.columns:
        words += ["--exclude", column.name] if column.why == "excluded" else []
    words += [
        "--metric",
        setup.metric,
        "--budget",
        f"{setup.budget:g}",
        "--seed",
        str(setup.seed),
        "--name",
        setup.name,
    ]
    return shlex.join([*words, "--yes"])


def ranged(score: Score) -> str:
    if not math.isfinite(score.mean):
        return "not defined"
    if not math.isfinite(score.low):
        return f"{score.mean:.4f}"
    return f"{score.mean:.4f} ({score.low:.4f} to {score.high:.4f})"


def _cell(text: str) -> str:
    return re.sub(r"[\r\n]+", " ", text).replace("|", "\\|").replace("`", "'").replace("<", "&lt;")


def _card(setup: Setup, outcome: Outcome, described: dict[str, Any]) -> str:
    kept = next(row for row in outcome.rows if row.rung == outcome.best)
    verdict = (
        "better than the best method without ML (the interval of the paired difference excludes 0)"
        if kept.better
        else "**not shown to be better than the method without ML**: the interval of the paired difference includes 0"
    )
    rows = "\n".join(
        f"| {row.title} | {ranged(row.score)} | {ranged(row.gain) if row.gain else ''} | {row.cpu_seconds:.1f} |"
        for row in outcome.rows
    )
    columns = "\n".join(
        f"| {_cell(column.name)} | {column.kind if column.used else 'not used'} | {_cell(column.why)} | {column.missing:,} |"
        for column in setup.columns
    )
    others = ", ".join(f"{name} {value:.4f}" for name, value in outcome.others.items() if name != setup.metric)
    used = (
        ""
        if outcome.used_rows == described["split"]["train_rows"]
        else f" (of them {outcome.used_rows:,} were used, for the budget)"
    )
    versions = ", ".join(f"{name} {version}" for name, version in described["versions"].items())
    return f"""# Model card: {_cell(setup.name)}

A baseline model: {kept.title}, a {setup.task} of `{_cell(setup.target)}`, trained by `mlcoach train`.
{"The score speaks of the class `" + _cell(setup.positive) + "`." if setup.positive else ""}

## Data

`{_cell(setup.data)}`, {setup.rows:,} rows with a target, SHA-256 `{setup.sha256}`. The test part was taken first and scored once:
{_cell(setup.split)}. Training part: {described["split"]["train_rows"]:,} rows{used}.

| Column | Taken for | Why | Missing in training |
| --- | --- | --- | ---: |
{columns}

## Results

Test part, {setup.metric} (higher is better): {ranged(outcome.test)} (95 % interval of drawing its rows anew).
It is compared with a baseline without machine learning, {rungs.TITLES[outcome.reference]}, that reaches {outcome.test_reference.mean:.4f}
({outcome.test_reference.low:.4f} to {outcome.test_reference.high:.4f}) on the same rows.
Further metrics of the model: {others}.

Cross-validation inside the training part ({outcome.cv}); intervals are 95 %, corrected for folds that share rows
(Nadeau and Bengio). The model is {verdict}.

| Rung | {setup.metric} | Gain over {rungs.TITLES[outcome.reference]} | CPU s |
| --- | --- | --- | ---: |
{rows}

## Limits

A baseline: default hyperparameters, nothing tuned. It holds for rows that come about as those above did; nothing was
checked on other periods, places or groups of people than the split above says. No check of fairness was made.

## Load it

`model.joblib` runs code when it is loaded: load it only from a place that you trust, with the versions in requirements.txt.

```python
import json, sys
import joblib
sys.path.insert(0, "models/{setup.name}")
from prepare import prepare
spec = json.load(open("models/{setup.name}/model.json"))["input"]
model = joblib.load("models/{setup.name}/model.joblib")
columns = {{name: ["", ""] for name in {{output["column"] for output in spec["outputs"]}}}}  # your values: name to list
print(model.predict(prepare(columns, spec)))
```

Versions: {versions}. The same again: `{_cell(described["command"])}`.
"""
