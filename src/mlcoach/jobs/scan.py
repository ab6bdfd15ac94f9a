"""The scan as a job: `python -P -m mlcoach.jobs.scan PATH [--only ID]...`.

`-P` matters: without it, the folder where mlcoach was started would be searched for modules, and a project's own
`typing.py` would run.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from mlcoach.jobs.events import Error, Log, Phase, Progress, Result, Who, emit
from mlcoach.jobs.runner import Job


def job(root: Path, only: Sequence[str] = (), *, cache: bool = True, title: str = "") -> Job:
    """The scan of a project, or of a few of its items; without a cache it writes nothing."""
    argv = [sys.executable, "-P", "-m", "mlcoach.jobs.scan", str(root)]
    for id in only:
        argv += ["--only", id]
    if not cache:
        argv.append("--no-cache")
    return Job("rescan" if only else "scan", title or "Scan", argv)


def _progress() -> Callable[[str, int, int], None]:
    """Tell the phases, and how far each is, at most twenty times a second."""
    phase, told = "", 0.0

    def tell(name: str, done: int, total: int) -> None:
        nonlocal phase, told
        if name != phase:
            emit(Phase(name))
        elif time.monotonic() - told < 0.05:
            return
        phase, told = name, time.monotonic()
        emit(Progress(done, total))

    return tell


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="mlcoach.jobs.scan")
    parser.add_argument("root", type=Path)
    parser.add_argument("--only", action="append", default=[])
    parser.add_argument("--no-cache", action="store_false", dest="cache")
    options = parser.parse_args(argv)
    emit(Phase("reading the repository"))
    try:
        import msgspec

        from mlcoach.checklist import answers, run
        from mlcoach.snapshot import SnapshotError

        emit(Who(answers.identity(options.root)))
        report = run.scan(options.root, only=tuple(options.only), cache=options.cache, progress=_progress())
    except (SnapshotError, answers.AnswersError) as error:
        emit(Error(str(error), "R scans again"))
        return 1
    except Exception as error:  # whatever it is, the screen shows it
        import traceback

        emit(Log(traceback.format_exc()))
        emit(Error(f"{type(error).__name__}: {error}", "R scans again; L shows the whole message"))
        return 1
    for warning in report.warnings:
        emit(Log(f"warning: {warning}"))
    found = ", ".join(report.detected) or "nothing that looks like machine learning"
    emit(
        Result(
            f"{len(report.items)} items in {report.seconds:.1f} s; {found}", msgspec.Raw(msgspec.json.encode(report))
        )
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
