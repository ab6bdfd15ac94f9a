"""Small tables with a known answer, and one project that is trained once for all tests that look at what is left."""

from __future__ import annotations

import csv
import os
import random
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

from mlcoach import cli

os.environ.setdefault("OMP_NUM_THREADS", "1")  # as in the worker: threads that wait for a core cost more than they give

Columns = Mapping[str, Sequence[object]]


def write_csv(path: Path, columns: Columns) -> Path:
    with path.open("w", newline="") as file:
        out = csv.writer(file)
        out.writerow(columns)
        out.writerows(zip(*columns.values(), strict=True))
    return path


@pytest.fixture(scope="session")
def table() -> Callable[[Path, Columns], Path]:
    return write_csv


@pytest.fixture(scope="session")
def churn() -> dict[str, list[object]]:
    """240 customers: who pays much and calls support often leaves."""
    draw = random.Random(0)
    rows = 240
    fee = [round(draw.uniform(10, 120), 2) for _ in range(rows)]
    calls = [draw.randrange(6) for _ in range(rows)]
    plans = [draw.choice(["basic", "plus", "pro"]) for _ in range(rows)]
    left = [
        "yes" if f / 40 + c + (p == "basic") + draw.gauss(0, 0.8) > 5 else "no"
        for f, c, p in zip(fee, calls, plans, strict=True)
    ]
    notes = {"yes": ["too expensive for me", "slow support again"], "no": ["all is well", "happy with the price"]}
    return {
        "customer_id": [f"C{number:04}" for number in range(rows)],
        "fee": [f"${f}" if number % 9 else " " for number, f in enumerate(fee)],
        "calls": calls,
        "plan": plans,
        "since": [f"{draw.randrange(1, 13):02}/{draw.randrange(1, 28):02}/20{draw.randrange(10, 24)}" for _ in fee],
        "note": [
            f"{draw.choice(notes[draw.choice(['yes', 'no', label])])} {draw.choice('abcdefghij') * 3} ref{number % 70}"
            for number, label in enumerate(left)
        ],
        "churn": left,
    }


def git(root: Path, *arguments: str) -> str:
    identity = ("-c", "user.name=A", "-c", "user.email=a@example.org")
    return subprocess.run(["git", "-C", root, *identity, *arguments], check=True, capture_output=True, text=True).stdout


def project_of(root: Path, columns: Columns) -> Path:
    root.mkdir(exist_ok=True)
    write_csv(root / "customers.csv", columns)
    (root / "params.yaml").write_text("# ours\nlr: 0.1  # tuned by hand\n")
    (root / "metrics.json").write_text('{"old": {"auc": 0.5}}\n')
    git(root, "init", "-q")
    git(root, "add", ".")
    git(root, "commit", "-qm", "Data")
    return root


@pytest.fixture
def project(tmp_path: Path, churn: Columns) -> Path:
    return project_of(tmp_path / "project", churn)


@pytest.fixture(scope="session")
def trained(tmp_path_factory: pytest.TempPathFactory, churn: Columns) -> Path:
    """A project after `mlcoach train --yes`; nobody changes it."""
    root = project_of(tmp_path_factory.mktemp("trained") / "project", churn)
    assert cli.main(["train", str(root), "--budget", "1", "--yes"]) == 0
    return root
