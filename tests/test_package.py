"""What holds the package together: the list of its parts, the shape of a rule, what a start loads."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from mlcoach import __version__
from mlcoach.checklist.report import SECTIONS
from mlcoach.checklist.rules import load

ROOT = Path(__file__).parents[1]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
HEADINGS = ("What counts", "What does not", "Known problems", "Next step")


def test_every_package_is_installed():
    source = {path.parent.relative_to(ROOT / "src") for path in (ROOT / "src").rglob("__init__.py")}
    top = {Path("mlcoach") / path.parent.relative_to(ROOT) for path in (ROOT / "rules").rglob("__init__.py")}
    expected = {".".join(path.parts) for path in source | top}
    assert set(PYPROJECT["tool"]["setuptools"]["packages"]) == expected


def test_the_version_is_told_once():
    assert PYPROJECT["project"]["version"] == __version__


def test_ci_runs_the_readmes_test_command():
    commands = [line.strip() for line in (ROOT / "README.md").read_text().splitlines() if "pytest" in line]
    assert len(commands) == 1
    assert "grep -m1 -F 'pytest' README.md" in (ROOT / ".ci" / "run").read_text()


def test_constraints_carry_no_address():
    for line in (ROOT / "constraints.txt").read_text().splitlines():
        assert line.startswith("#") or re.fullmatch(r"[\w.-]+==[\w.!+-]+", line), line


@pytest.mark.parametrize("id", load())
def test_a_rule_has_the_shape_of_one(id):
    rule = load()[id]
    section, _, name = id.partition("/")
    assert section in SECTIONS
    assert rule.module == f"mlcoach.rules.{section}.{name.replace('-', '_')}"
    for heading in HEADINGS:
        assert re.search(rf"^{heading}\n    \S", rule.doc, re.MULTILINE), f"{id}: {heading}"
    assert rule.item.why.endswith(".")
    assert rule.item.how
    assert all(link.startswith("https://") for link in rule.item.references)


def loaded_by(*arguments: str) -> set[str]:
    """The top-level modules that `mlcoach ARGUMENTS` loads in a fresh interpreter."""
    script = (
        "import sys; from mlcoach.cli import main\n"
        "try: main(sys.argv[1:])\n"
        "except SystemExit: pass\n"
        "print('LOADED', *sorted(name.partition('.')[0] for name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", script, *arguments], capture_output=True, text=True, check=True)
    return set(done.stdout.rpartition("LOADED")[2].split())


HEAVY = {"textual", "numpy", "sklearn", "dvc", "optuna", "onnxruntime", "git", "pandas", "asyncio"}


def test_looking_loads_nothing_heavy(tmp_path):
    (tmp_path / "a.py").write_text("import torch\n")
    assert not loaded_by("check", str(tmp_path)) & HEAVY


def test_the_version_loads_next_to_nothing():
    assert not loaded_by("--version") & (HEAVY | {"rich", "yaml", "msgspec", "subprocess", "sqlite3"})
