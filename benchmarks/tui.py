"""How fast the screen is, as ratios on this machine: first paint against a minimal Textual app, keys during a scan.

    python benchmarks/tui.py [--rounds N]

Both programs run in a pseudo-terminal of 120 x 36 with true colour, in turns. First paint is the time from the start of
the process to the output that holds a word of the real screen. A key is `j`; its time ends with the output that holds
the title of the item it moves to. The scans are cold ones, one after the other, of a tree that is written for them.
"""

from __future__ import annotations

import argparse
import fcntl
import math
import os
import pty
import re
import select
import signal
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

MINIMAL = """
from textual.app import App
from textual.widgets import Static
class Minimal(App):
    def compose(self):
        yield Static("minimal screen")
Minimal().run()
"""
UI = "import pathlib, sys; from mlcoach.tui import start; sys.exit(start(pathlib.Path(sys.argv[1]), readonly=True))"
ESCAPES = re.compile(rb"\x1b(\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(\x07|\x1b\\)|[@-Z\\-_])")
BAR_PAINT, BAR_KEY = 1.8, 1.5
SCANS = 20  # that wait for one another, so that one runs all the time


class Terminal:
    """A program in a pseudo-terminal."""

    def __init__(self, argv: list[str], environment: dict[str, str]) -> None:
        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 36, 120, 0, 0))
        self.began = time.perf_counter()
        self.process = subprocess.Popen(
            argv, stdin=slave, stdout=slave, stderr=slave, env=environment, start_new_session=True
        )
        os.close(slave)
        self.first_byte: float | None = None

    def wait_for(self, *words: str, limit: float = 20.0) -> float:
        """Read until one of the words is in the output since the call; the time of that output."""
        seen = b""
        deadline = time.perf_counter() + limit
        while time.perf_counter() < deadline:
            if chunk := self.read(0.05):
                seen += chunk
                text = ESCAPES.sub(b"", seen).decode(errors="replace")
                if any(word in text for word in words):
                    return time.perf_counter()
        raise TimeoutError(f"none of {words} in {ESCAPES.sub(b'', seen)[-2000:]!r}")

    def read(self, patience: float) -> bytes:
        if not select.select([self.master], [], [], patience)[0]:
            return b""
        with suppress(OSError):
            chunk = os.read(self.master, 1 << 16)
            if self.first_byte is None:
                self.first_byte = time.perf_counter()
            return chunk
        return b""

    def settle(self, quiet: float = 0.3) -> None:
        while self.read(quiet):
            pass

    def drain(self, seconds: float) -> None:
        end = time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0:
            self.read(left)

    def send(self, keys: str) -> float:
        os.write(self.master, keys.encode())
        return time.perf_counter()

    def end(self) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        os.close(self.master)


@contextmanager
def terminal(argv: list[str], environment: dict[str, str]) -> Iterator[Terminal]:
    program = Terminal(argv, environment)
    try:
        yield program
    finally:
        program.end()


def write_tree(folder: Path, files: int) -> None:
    """A project whose scan takes some seconds."""
    (folder / "src").mkdir(parents=True)
    body = "\n".join(
        f"def step_{n}(frame):\n    frame = frame.dropna().assign(x=frame.a * {n})\n    return frame.merge(frame, on='x')\n"
        for n in range(40)
    )
    for number in range(files):
        source = f"import pandas as pd\nfrom sklearn.model_selection import cross_val_score\nNUMBER = {number}\n{body}"
        (folder / "src" / f"part_{number}.py").write_text(source)


def first_paints(
    project: Path, environment: dict[str, str], rounds: int
) -> tuple[list[float], list[float], list[float]]:
    minimal, ours, bytes_ = [], [], []
    for _ in range(rounds):
        with terminal([sys.executable, "-c", MINIMAL], environment) as program:
            minimal.append(program.wait_for("minimal screen") - program.began)
        with terminal([sys.executable, "-c", UI, str(project)], environment) as program:
            ours.append(program.wait_for("1 Checklist") - program.began)
            assert program.first_byte is not None
            bytes_.append(program.first_byte - program.began)
    return minimal, ours, bytes_


def keys(program: Terminal, titles: list[str], *, end: float = math.inf) -> list[float]:
    """The time of each `j` through the first section's items, until `end` at most."""
    times = []
    program.send("g")
    program.drain(0.2)
    for title in titles:
        sent = program.send("j")
        took = program.wait_for(f"2 Item  {title}", limit=5) - sent
        if sent + took > end:
            break
        times.append(took)
        time.sleep(0.03)
    return times


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=8)
    parser.add_argument("--files", type=int, default=2500, help="files in the tree that is scanned")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        base = Path(name)
        environment = {
            key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "PYTHONDONTWRITEBYTECODE")
        }
        environment |= {"TERM": "xterm-256color", "COLORTERM": "truecolor", "XDG_STATE_HOME": f"{base}/state"}
        environment |= {"XDG_CONFIG_HOME": f"{base}/config", "LANG": "C.UTF-8"}
        project = base / "project"
        write_tree(project, options.files)
        with terminal([sys.executable, "-c", UI, str(project)], environment) as program:  # fills the cache and the .pyc
            program.wait_for(" items in ", limit=120)
            program.settle()
            program.send("q")
            program.process.wait(timeout=10)
        measure(project, environment, options.rounds)


def measure(project: Path, environment: dict[str, str], rounds: int) -> None:
    minimal, ours, first = first_paints(project, environment, rounds)
    ratio = statistics.median(ours) / statistics.median(minimal)
    print(f"first byte            {_ms(first)}")
    print(f"first paint, minimal  {_ms(minimal)}")
    print(f"first paint, mlcoach  {_ms(ours)}   {ratio:.2f} x minimal (bar {BAR_PAINT})")

    seconds, titles = last_report(project, environment)
    print(f"a cold scan took      {1000 * seconds:6.0f} ms")
    idle, busy = [], []
    with terminal([sys.executable, "-c", UI, str(project)], environment) as program:
        program.wait_for(" items in ", limit=120)
        program.settle()
        for _ in range(max(2, rounds // 3)):
            idle += keys(program, titles)
            program.send("gj")
            end = program.send("r" * SCANS) + SCANS * seconds
            while time.perf_counter() < end:
                busy += keys(program, titles, end=end)
            program.settle(2.0)
    ratio = statistics.median(busy) / statistics.median(idle)
    print(f"key, idle             {_ms(idle)}   p95 {_p95(idle):.0f}")
    print(f"key, during a scan    {_ms(busy)}   p95 {_p95(busy):.0f}   {ratio:.2f} x idle (bar {BAR_KEY})")


def last_report(project: Path, environment: dict[str, str]) -> tuple[float, list[str]]:
    """How long a scan takes, and the titles of the first section's items, in the order in which `j` comes to them."""
    code = (
        "import sys, pathlib; from mlcoach.tui import store; report = store.load_report(pathlib.Path(sys.argv[1]));"
        "print(report.seconds, *[i.title for i in report.items if i.section == report.items[0].section], sep='\\n')"
    )
    said = subprocess.run(
        [sys.executable, "-c", code, project], env=environment, check=True, capture_output=True, text=True
    )
    seconds, *titles = said.stdout.splitlines()
    return float(seconds), titles


def _ms(times: list[float]) -> str:
    ordered = sorted(1000 * one for one in times)
    return f"{statistics.median(ordered):6.0f} ms ({ordered[0]:.0f}-{ordered[-1]:.0f}, n={len(ordered)})"


def _p95(times: list[float]) -> float:
    return 1000 * sorted(times)[max(0, int(len(times) * 0.95) - 1)]


if __name__ == "__main__":
    main()
