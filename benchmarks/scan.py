"""How long a scan takes, beside things that a user knows, in one run.

    python benchmarks/scan.py [--rounds 5] [--only typical|large]

typical  300 Python files, at most 2 MB: `mlcoach check` against `python -c "import textual.app"`
large    the transformers and scikit-learn packages in one git repository: `mlcoach check` against
         `ruff check --no-cache --select F401 .`

Prints the medians in seconds, the ratios, and the scan's peak memory. Needs pip to fetch the two packages (without their
dependencies), and ruff on the path or in this environment.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

PACKAGES = ("transformers==5.24.0", "scikit-learn==1.9.1")
BIN = Path(sys.executable).parent


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", choices=("typical", "large"))
    args = parser.parse_args()
    mlcoach = [str(BIN / "mlcoach"), "check"]
    ruff = [
        shutil.which("ruff", path=f"{BIN}{os.pathsep}{os.environ['PATH']}") or "ruff",
        "check",
        "--no-cache",
        "-q",
        "--select",
        "F401",
        ".",
    ]
    textual = [sys.executable, "-c", "import textual.app"]
    with tempfile.TemporaryDirectory(prefix="mlcoach-bench-") as folder:
        large = large_tree(Path(folder))
        if args.only != "large":
            typical = typical_tree(Path(folder), large)
            compare("typical", typical, mlcoach, ("import textual.app", textual), args.rounds)
        if args.only != "typical":
            compare("large", large, mlcoach, ("ruff F401", ruff), args.rounds)


def large_tree(folder: Path) -> Path:
    wheels, tree = folder / "wheels", folder / "large"
    fetch = [
        sys.executable,
        "-m",
        "pip",
        "download",
        "-q",
        "--no-deps",
        "--only-binary=:all:",
        "-d",
        str(wheels),
        *PACKAGES,
    ]
    subprocess.run(fetch, check=True)
    for wheel in wheels.iterdir():
        zipfile.ZipFile(wheel).extractall(tree)
    return committed(tree)


def typical_tree(folder: Path, large: Path) -> Path:
    tree, size, count = folder / "typical", 0, 0
    for source in sorted((large / "sklearn").rglob("*.py"), key=lambda path: path.name):
        if count == 300 or size + source.stat().st_size > 2_000_000:
            break
        target = tree / source.relative_to(large)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, target)
        size, count = size + source.stat().st_size, count + 1
    (tree / "README.md").write_text("# A project\n\nThis project predicts churn from the usage of a service.\n")
    return committed(tree)


def committed(tree: Path) -> Path:
    git = ["git", "-c", "user.name=bench", "-c", "user.email=bench@example.org"]
    for words in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "all"]):
        subprocess.run([*git, *words], cwd=tree, check=True, capture_output=True)
    return tree


def compare(name: str, tree: Path, scan: list[str], other: tuple[str, list[str]], rounds: int) -> None:
    """The two commands in turn, so that a change of the machine's speed meets both."""
    files = list(tree.rglob("*.py"))
    print(f"{name}: {len(files):,} Python files, {sum(path.stat().st_size for path in files) / 1e6:.1f} MB")
    timed(other[1], tree)
    timed(scan, tree)
    cold, warm, reference = [], [], []
    for _ in range(rounds):
        shutil.rmtree(tree / ".mlcoach", ignore_errors=True)
        cold.append(timed(scan, tree))
        warm.append(timed(scan, tree))
        reference.append(timed(other[1], tree))
    base = statistics.median(reference)
    print(f"  {other[0]:20} {base:6.3f} s")
    for label, times in (("check, cold cache", cold), ("check, warm cache", warm)):
        print(f"  {label:20} {statistics.median(times):6.3f} s   {statistics.median(times) / base:5.2f} x")
    print(
        f"  peak memory          {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024:6.0f} MB (the largest process)"
    )


def timed(command: list[str], folder: Path) -> float:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    started = time.perf_counter()
    subprocess.run(
        command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False
    )
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
