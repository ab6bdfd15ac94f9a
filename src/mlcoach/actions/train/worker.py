"""Training in a child process: `python -P -m mlcoach.actions.train.worker detect ROOT OPTIONS` and `... run RECORD`.

It prints events (see `mlcoach.jobs.events`). OPTIONS is the JSON of an Options; RECORD is the folder of a run, which
holds the plan that is carried out and gets the result.
"""

from __future__ import annotations

import os

for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_name] = "1"  # before numpy is loaded: threads that wait for a busy core cost ten times the CPU

import signal  # noqa: E402
import sys  # noqa: E402
import time  # noqa: E402
import traceback  # noqa: E402
import warnings  # noqa: E402
from collections.abc import Callable, Sequence  # noqa: E402
from pathlib import Path  # noqa: E402
from typing import Any  # noqa: E402

import msgspec  # noqa: E402

from mlcoach import atomic  # noqa: E402
from mlcoach.actions.plan import Plan  # noqa: E402
from mlcoach.actions.train.setup import Options, Setup, TrainError  # noqa: E402
from mlcoach.jobs.events import Error, Event, Log, Phase, Progress, Result, emit  # noqa: E402
from mlcoach.snapshot import SnapshotError, open_snapshot  # noqa: E402


def detect(root: Path, options: Options) -> Result:
    """The plan, as the result's data."""
    emit(Phase("reading the data"))
    from mlcoach.actions.train import leaks, leave
    from mlcoach.actions.train.detect import detect as find

    found = find(root, options)
    emit(Phase("looking for leaks"))
    plan = leave.plan(root, found.setup, leaks.warnings(found))
    return Result(f"{found.setup.task} of {found.setup.target}", msgspec.Raw(msgspec.json.encode(plan)))


def run(plan: Plan) -> Result:
    """Carry the plan out; the result's data is the table."""
    emit(Phase("reading the data"))
    import numpy as np

    from mlcoach.actions.train import evaluate, leave, prepare
    from mlcoach.actions.train.detect import load

    root, setup = Path(plan.root), msgspec.convert(plan.payload, Setup)
    table, train, test = load(root, setup)
    emit(Phase("preparing the columns"))
    matrix = prepare.prepare(table.columns, setup.spec)
    values = table.columns[setup.target]
    if setup.task == "regression":
        y = np.array([prepare.number(value) for value in values])
    else:
        y = np.array(list(map(prepare.category, values)))
        y = y.astype(evaluate.labels(setup).dtype)
    groups = np.array([value or "" for value in table.columns[setup.group]])[train] if setup.group else None
    outcome = evaluate.run(setup, matrix[train], y[train], groups, matrix[test], y[test], _teller())
    emit(Phase("writing"))
    git = open_snapshot(root)
    commit = {"commit": git.git.head if git.git else None, "dirty": bool(git.changed({})) if git.git else None}
    files = leave.contents(root, setup, outcome, commit, (len(train), len(test)))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a few milliseconds: either all files or none
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    leave.write(root, plan, files)
    data = {
        "metric": setup.metric, "best": outcome.best, "reference": outcome.reference, "cv": outcome.cv,
        "used_rows": outcome.used_rows, "train_rows": len(train), "test_rows": len(test),
        "test": leave.ranged(outcome.test), "test_reference": leave.ranged(outcome.test_reference),
        "rows": [
            {"title": row.title, "score": leave.ranged(row.score), "cpu_seconds": row.cpu_seconds,
             "gain": leave.ranged(row.gain) if row.gain else "", "better": row.better, "rung": row.rung}
            for row in outcome.rows
        ],
        "files": list(files), "cpu_seconds": round(time.process_time(), 1),
    }  # fmt: skip
    return Result(
        f"{setup.metric} {data['test']} on the test part; without ML {data['test_reference']}",
        msgspec.Raw(msgspec.json.encode(data)),
    )


def _teller() -> Callable[[str, int, int], None]:
    phase = ""

    def tell(what: str, done: int, total: int) -> None:
        nonlocal phase
        if what != phase:
            emit(Phase(what))
            phase = what
        emit(Progress(done, total))

    return tell


def main(argv: Sequence[str]) -> int:
    warnings.simplefilter("ignore")  # a solver's advice is for its author; what matters is said in scores
    what, where, *more = argv
    record: Path | None = None
    last: Event
    try:
        if what == "detect":
            last = detect(Path(where), msgspec.json.decode(more[0], type=Options))
        else:
            record = Path(where)
            last = run(msgspec.json.decode((record / "plan.json").read_bytes(), type=Plan))
    except (TrainError, SnapshotError) as error:
        last = Error(str(error))
    except KeyboardInterrupt:
        last = Error("stopped: nothing was written")
    except MemoryError:
        last = Error("not enough memory", "train on a sample of the rows")
    except Exception as error:  # whatever it is, the person sees it and the record keeps it
        emit(Log(traceback.format_exc()))
        last = Error(f"unexpected {type(error).__name__}: {error}", "this is a mistake in mlcoach: please report it")
    if record is not None:
        atomic.write(record / "result.json", _encode(last))
    emit(last)
    return 0 if isinstance(last, Result) else 1


def _encode(event: Any) -> bytes:
    return msgspec.json.format(msgspec.json.encode(event), indent=2) + b"\n"


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
