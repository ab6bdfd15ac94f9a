"""A whole scan, on real repositories."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from mlcoach.checklist import rules
from mlcoach.checklist.report import STATES
from mlcoach.checklist.run import scan
from mlcoach.facts import reading


def git(folder: Path, *words: str) -> None:
    command = ["git", "-c", "user.name=Ana", "-c", "user.email=ana@example.org", "-c", "commit.gpgSign=false", *words]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A small project under git, of two commits; the first has the tag v1.0.0."""
    folder = tmp_path / "wine"
    (folder / "src").mkdir(parents=True)
    (folder / "README.md").write_text("# Wine\n\nThis project predicts the quality of a wine from its chemistry.\n")
    (folder / "src" / "train.py").write_text(
        "from sklearn.model_selection import KFold, cross_val_score\ncross_val_score(m, X, y, cv=KFold(5))\n"
    )
    git(folder, "init", "-q", "-b", "main")
    git(folder, "remote", "add", "origin", "https://github.com/ana/wine-quality.git")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "feat: first")
    git(folder, "tag", "v1.0.0")
    (folder / "data.csv.dvc").write_text("outs:\n- path: data.csv\n  md5: 1\n")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "fix: track the data")
    return folder


def test_the_whole_checklist_is_reported(project):
    report = scan(project)
    assert len(report.items) == 33
    assert sum(len(item.options) for item in report.items) == 24
    assert report.counts["of"] == sum(report.counts[state] for state in STATES) == 33
    assert report.project == "wine-quality"
    assert not report.warnings


def test_states_come_with_their_places(project):
    report = scan(project)
    folds = report.item("modelling/cv")
    assert folds.state == "done"
    assert folds.evidence[0].path == "src/train.py"
    assert report.item("data/versioning").evidence[0].place == "data.csv.dvc:2"
    assert report.item("programming/testing").state == "missing"
    assert report.item("programming/testing").looked
    objective = report.item("scoping/objective")
    assert objective.state == "ask"
    assert "quality of a wine" in (objective.draft or "")


def test_an_older_commit_is_reported_as_it_was(project):
    report = scan(project, ref="v1.0.0")
    assert report.item("data/versioning").state == "missing"
    assert not (project / ".mlcoach").exists()


def test_only_some_items(project):
    assert [item.id for item in scan(project, only=("modelling/cv",)).items] == ["modelling/cv"]


def test_the_cache_changes_nothing_and_git_does_not_see_it(project):
    cold, warm, without = scan(project), scan(project), scan(project, cache=False)
    assert (project / ".mlcoach" / "cache" / "facts.sqlite").exists()
    assert cold.items == warm.items == without.items
    assert warm.changed == 0


def test_a_spoilt_cache_is_no_cache(project):
    expected = scan(project).items
    (project / ".mlcoach" / "cache" / "facts.sqlite").write_bytes(b"not a database" * 100)
    assert scan(project).items == expected


def test_nothing_is_written_through_a_link(project, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (project / ".mlcoach").symlink_to(tmp_path / "elsewhere")
    scan(project)
    assert not list((tmp_path / "elsewhere").iterdir())


def test_the_next_versions(project):
    version = scan(project).version
    assert (version.current, version.tag, version.commits_since) == ("1.0.0", "v1.0.0", 1)
    assert (version.patch, version.minor, version.major) == ("1.0.1", "1.1.0", "2.0.0")
    assert version.suggested == "patch"


def test_a_large_tree_gives_the_same_verdicts(project, monkeypatch):
    for number in range(40):
        (project / "src" / f"step_{number}.py").write_text("import pandas as pd\ndf = pd.read_csv('x').dropna()\n")
    small = scan(project, cache=False)
    monkeypatch.setattr(reading, "LARGE", 0)
    monkeypatch.setattr(reading, "PARALLEL", 0)
    large = scan(project, cache=False)
    assert [(item.id, item.state) for item in large.items] == [(item.id, item.state) for item in small.items]
    assert any("large tree" in warning for warning in large.warnings)


def test_an_empty_folder(tmp_path):
    report = scan(tmp_path)
    assert report.counts["done"] == 0
    assert report.detected == ()
    assert report.version is None


def test_a_rule_that_crashes_costs_its_item(project, monkeypatch):
    known = rules.load()
    broken = {**known, "data/eda": rules.Rule(known["data/eda"].item, "", lambda _: 1 / 0, (), "broken")}
    monkeypatch.setattr("mlcoach.checklist.run.load", lambda: broken)
    report = scan(project)
    assert report.item("data/eda").state == "ask"
    assert report.warnings == ("rule broken failed: ZeroDivisionError: division by zero",)
    assert report.item("modelling/cv").state == "done"


@pytest.mark.parametrize("name", [".gitignore", "cache/facts.sqlite"])
def test_the_cache_is_not_written_through_a_link(project, tmp_path, name):
    link = project / ".mlcoach" / name
    link.parent.mkdir(parents=True)
    link.symlink_to(tmp_path / "elsewhere")
    scan(project)
    assert not (tmp_path / "elsewhere").exists()


def test_long_lines_take_no_long_time(project):
    for name in ("README.md", "Dockerfile", ".gitattributes", "setup.cfg", "config.yaml", "run.sh"):
        (project / name).write_text("a" * 200_000)
    assert scan(project, cache=False).seconds < 10


def test_only_conventional_kinds_of_commits_are_counted(project):
    git(project, "commit", "-q", "--allow-empty", "-m", "gitignore: the data")
    git(project, "commit", "-q", "--allow-empty", "-m", "feat(api)!: another input")
    version = scan(project).version
    assert version.kinds == {"fix": 1, "feat": 1, "other": 1}
    assert version.suggested == "major"


def test_a_heavy_paper_makes_no_large_tree(project):
    (project / "paper.pdf").write_bytes(b"%PDF-1.5\n" + b"0" * (reading.LARGE + 1))
    assert not any("large tree" in warning for warning in scan(project, cache=False).warnings)
