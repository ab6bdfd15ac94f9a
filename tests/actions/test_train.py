"""`mlcoach train` from end to end: what it shows, what it leaves, how it is stopped."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import joblib
import msgspec
import pytest
import yaml

from mlcoach import cli
from mlcoach.actions.plan import Plan
from mlcoach.actions.train import job, leave, prepare, tables
from mlcoach.actions.train.detect import detect
from mlcoach.actions.train.setup import Options, TrainError
from mlcoach.jobs.runner import Runner

FOLDER = "models/churn"
FILES = {f"{FOLDER}/{name}" for name in ("prepare.py", "model.joblib", "README.md", "requirements.txt", "model.json")}


def status(root: Path) -> set[str]:
    said = subprocess.run(
        ["git", "-C", root, "status", "--porcelain", "-uall"], check=True, capture_output=True, text=True
    )
    return {line[3:] for line in said.stdout.splitlines()}


def model_json(root: Path):
    return json.loads((root / FOLDER / "model.json").read_text())


def test_a_dry_run_shows_the_plan_changes_nothing_and_computes_in_the_child(project):
    script = (
        "import sys; from mlcoach.cli import main; main(sys.argv[1:])\n"
        "print('LOADED', *sorted({name.partition('.')[0] for name in sys.modules}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, "train", str(project), "--dry-run"], check=True, capture_output=True, text=True
    )
    shown, _, loaded = done.stdout.rpartition("LOADED")
    for part in (
        "churn (its name is that of a target)",
        "customer_id: not used",
        "change  params.yaml",
        "Nothing leaves this machine",
    ):
        assert part in shown
    assert not set(loaded.split()) & {"numpy", "sklearn", "scipy", "joblib", "textual"}
    assert status(project) == set()
    assert not (project / ".mlcoach").exists()


def test_without_a_terminal_nothing_runs_unasked(project, capsys):
    assert cli.main(["train", str(project)]) == 2
    assert "add --yes" in capsys.readouterr().err
    assert status(project) == set()


def test_what_cannot_be_done_is_one_line(project, capsys):
    assert cli.main(["train", str(project), "--target", "churm", "--yes"]) == 2
    assert (
        capsys.readouterr().err.splitlines()[-1]
        == "mlcoach: no target column 'churm' in the data; did you mean 'churn'?"
    )
    assert status(project) == set()


def test_git_status_shows_what_the_plan_said(trained):
    (record,) = (trained / ".mlcoach" / "runs").iterdir()
    plan = msgspec.json.decode((record / "plan.json").read_bytes(), type=Plan)
    assert status(trained) == set(plan.writes) == FILES | {"params.yaml", "metrics.json"}
    assert json.loads((record / "result.json").read_bytes())["event"] == "result"


def test_other_parts_of_shared_files_stay(trained):
    text = (trained / "params.yaml").read_text()
    assert text.startswith("# ours\nlr: 0.1  # tuned by hand\n")
    assert yaml.safe_load(text)["mlcoach_train"]["target"] == "churn"
    metrics = json.loads((trained / "metrics.json").read_text())
    assert metrics["old"] == {"auc": 0.5}
    assert set(metrics["churn"]["cv"]) == {"dummy", "one_rule", "linear", "hgb", "vote"}


def test_the_model_is_better_than_no_ml_and_says_how_it_was_made(trained):
    described = model_json(trained)
    test = described["metrics"]["test"]["roc_auc"]
    assert 0.75 < test["value"] <= 1
    assert test["low"] < test["value"] < test["high"]
    assert described["metrics"]["gain"][described["model"]["rung"]]["better"]
    assert described["split"]["train_rows"] == 192
    assert described["data"]["rows"] == 240
    assert re.fullmatch(r"[0-9a-f]{40}", described["git"]["commit"])
    assert described["git"]["dirty"] is False
    assert described["versions"]["scikit-learn"]
    assert len(described["metrics"]["folds"]["hgb"]) % 5 == 0


LOAD = """
import csv, json, sys
import joblib
assert not any(name.partition(".")[0] in ("mlcoach", "msgspec") for name in sys.modules)
sys.path.insert(0, "models/churn")
from prepare import prepare
model = joblib.load("models/churn/model.joblib")
spec = json.load(open("models/churn/model.json"))["input"]
rows = list(csv.DictReader(open("customers.csv")))
matrix = prepare({name: [row[name] for row in rows] for name in rows[0]}, spec)
right = sum(a == row["churn"] for a, row in zip(model.predict(matrix), rows)) / len(rows)
empty = {name: ["", None] for name in rows[0]}
assert not any(name.partition(".")[0] == "mlcoach" for name in sys.modules)
print(right, model.predict_proba(prepare(empty, spec)).shape)
"""


def test_the_model_works_without_mlcoach(trained):
    done = subprocess.run([sys.executable, "-c", LOAD], cwd=trained, check=True, capture_output=True, text=True)
    right, shape = done.stdout.split(" ", 1)
    assert float(right) > 0.8
    assert shape.strip() == "(2, 2)"


def test_the_card_holds_code_that_runs(trained):
    card = (trained / FOLDER / "README.md").read_text()
    (code,) = re.findall(r"```python\n(.*?)```", card, re.DOTALL)
    done = subprocess.run([sys.executable, "-c", code], cwd=trained, check=True, capture_output=True, text=True)
    assert re.search(r"yes|no", done.stdout)
    assert "| linear |" in card
    assert "SHA-256" in card


def test_a_scan_finds_what_was_left(trained):
    from mlcoach.checklist.run import scan

    report = scan(trained, cache=False)
    for id in (
        "modelling/baseline",
        "modelling/metrics",
        "modelling/cv",
        "modelling/serialisation",
        "scoping/baseline",
    ):
        item = report.item(id)
        assert item.state == "done", id
        assert any(place.path in FILES | {"params.yaml", "metrics.json"} for place in item.evidence), id


def test_the_same_command_gives_the_same_model(trained, project, monkeypatch):
    import shlex

    described = model_json(trained)
    words = shlex.split(described["command"])[1:]
    monkeypatch.chdir(project)
    assert cli.main(words) == 0
    again = model_json(project)
    assert again["columns"] == described["columns"]
    assert again["metrics"]["folds"]["linear"][:5] == described["metrics"]["folds"]["linear"][:5]
    assert again["model"] == described["model"]
    first, second = (joblib.load(root / FOLDER / "model.joblib") for root in (trained, project))
    columns = tables.read(project / "customers.csv").columns
    matrix = prepare.prepare(columns, again["input"])
    assert (first.predict_proba(matrix) == second.predict_proba(matrix)).all()
    assert (project / "params.yaml").read_text().count("mlcoach_train:") == 1


def planned(project: Path) -> Plan:
    detected = job.detect(project, Options())
    asyncio.run(finished(detected))
    assert detected.result is not None, list(detected.log)
    return msgspec.json.decode(bytes(detected.result.data), type=Plan)


def kill(running) -> None:
    """SIGKILL to the worker, as the kernel would when memory runs out."""
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            if running.argv[-1].encode() in entry.read_bytes() and int(entry.parent.name) != os.getpid():
                os.kill(int(entry.parent.name), signal.SIGKILL)


async def finished(running, stop_at: str = "", kill_at: str = "") -> None:
    queue = Runner(lambda job, batch: None)
    queue.submit(running)
    async with asyncio.timeout(60):
        while not running.over:
            if stop_at and running.phase.startswith(stop_at):
                running.stop()
            if kill_at and running.phase.startswith(kill_at):
                kill(running)
            await asyncio.sleep(0.01)
    await queue.close()


@pytest.fixture(scope="module")
def base(tmp_path_factory, churn):
    """A project that is planned for, and never trained in."""
    from .conftest import project_of

    root = project_of(tmp_path_factory.mktemp("base") / "project", churn)
    return root, planned(root)


def test_a_stopped_run_leaves_the_project_as_it_was(base):
    root, plan = base
    running = job.run(plan)
    asyncio.run(finished(running, stop_at="cross-validation"))
    assert running.state == "stopped"
    assert status(root) == set()
    record = Path(running.argv[-1])
    assert "nothing was written" in json.loads((record / "result.json").read_bytes())["message"]


def test_a_killed_run_leaves_the_project_as_it_was_and_a_record(base):
    root, plan = base
    running = job.run(plan)
    asyncio.run(finished(running, kill_at="cross-validation"))
    job.conclude(running)
    assert running.state == "failed"
    assert status(root) == set()
    record = Path(running.argv[-1])
    assert "SIGKILL" in json.loads((record / "result.json").read_bytes())["message"]


def test_data_that_changed_since_the_plan_is_refused(base):
    root, plan = base
    data = root / "customers.csv"
    kept = data.read_bytes()
    try:
        data.write_bytes(kept + kept.splitlines(keepends=True)[1])
        running = job.run(plan)
        asyncio.run(finished(running))
    finally:
        data.write_bytes(kept)
    assert running.state == "failed"
    assert running.error is not None
    assert "has changed since the plan was made" in running.error.message
    assert status(root) == set()


@pytest.mark.parametrize("name", ["metrics.json", "params.yaml"])
def test_a_broken_file_of_the_project_is_found_before_anything_runs(project, name):
    (project / name).write_text("{")
    with pytest.raises(TrainError, match=f"{name} is not valid"):
        leave.plan(project, detect(project, Options()).setup, ())


def test_a_link_out_of_the_project_is_not_followed(project, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (project / "models").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(TrainError, match="link out of the project"):
        leave.plan(project, detect(project, Options()).setup, ())
