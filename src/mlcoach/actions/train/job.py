"""The two jobs of training, and the record of a run. Nothing heavy is imported: this side shows, the child computes."""

from __future__ import annotations

import datetime
import os
import sys
from pathlib import Path
from typing import Any

import msgspec

from mlcoach import atomic
from mlcoach.actions.plan import Plan
from mlcoach.actions.train.setup import Options, TrainError
from mlcoach.jobs import events
from mlcoach.jobs.runner import Job
from mlcoach.reports.escape import visible

_WORKER = (sys.executable, "-P", "-m", "mlcoach.actions.train.worker")


def detect(root: Path, options: Options) -> Job:
    """Its result's data is the Plan."""
    return Job("detect", "Look at the data", [*_WORKER, "detect", str(root), msgspec.json.encode(options).decode()])


def run(plan: Plan) -> Job:
    """The plan, kept in the project's record of runs, and the job that carries it out. Raises TrainError."""
    try:
        record = _record(Path(plan.root))
        atomic.write(record / "plan.json", msgspec.json.format(msgspec.json.encode(plan), indent=2) + b"\n")
    except OSError as error:
        raise TrainError(f"cannot keep the record of the run: {error.strerror}: {error.filename}") from None
    return Job("train", plan.title, [*_WORKER, "run", str(record)])


def conclude(ended: Job) -> None:
    """Write down how a run ended that could not say so itself: it was killed, or never started."""
    path = Path(ended.argv[-1]) / "result.json"
    if not path.exists():
        error = ended.error or events.Error("stopped: nothing more is known")
        atomic.write(path, msgspec.json.format(msgspec.json.encode(error), indent=2) + b"\n")


def _record(root: Path) -> Path:
    folder = root / ".mlcoach"
    if folder.is_symlink():
        raise TrainError(".mlcoach is a link: nothing is written through it; remove it, then train again")
    folder.mkdir(exist_ok=True)
    ignore = folder / ".gitignore"
    if not ignore.exists():
        atomic.write(ignore, b"*\n")
    now = datetime.datetime.now(datetime.UTC).strftime("%Y%m%dT%H%M%S")
    record = folder / "runs" / f"{now}-{os.urandom(2).hex()}"
    record.mkdir(parents=True)
    return record


def as_text(data: dict[str, Any]) -> str:
    """The result of a run for a person: a row a rung, then the test part and the files."""
    table = [("rung", data["metric"], "gain over the best without ML", "CPU s")]
    for row in data["rows"]:
        gain = row["gain"] + (" better" if row["better"] else " not shown" if row["gain"] else "")
        mark = "* " if row["rung"] == data["best"] else "  "
        table.append((mark + row["title"], row["score"], gain, f"{row['cpu_seconds']:.1f}"))
    widths = [max(len(row[place]) for row in table) for place in range(4)]
    *left, last = widths
    *left, last = widths
    lines = []
    for *cells, seconds in table:
        text = "  ".join(cell.ljust(width) for cell, width in zip(cells, left, strict=True))
        lines.append(f"{text}  {seconds:>{last}}")
    used = "" if data["used_rows"] == data["train_rows"] else f", {data['used_rows']:,} of them used for the budget"
    lines += [
        "",
        f"Scores are of {data['cv']} inside the training part ({data['train_rows']:,} rows{used}), with 95 % intervals.",
        f"* kept. Test part ({data['test_rows']:,} rows, scored once): {data['test']}; without ML {data['test_reference']}",
        f"{data['cpu_seconds']:.0f} CPU seconds. Written: {', '.join(data['files'])}",
    ]
    return "\n".join(visible(line) for line in lines) + "\n"
