"""A person's journey in a real terminal (tmux): look, filter, answer, waive, undo, leave, come back. Nothing is faked."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from mlcoach.checklist.rules import load

pytestmark = pytest.mark.skipif(shutil.which("tmux") is None, reason="needs tmux, the real terminal of this test")

TRAIN = """
import joblib
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_score
from sklearn.metrics import f1_score

frame = pd.read_csv("data/raw/wine.csv").dropna()
X, y = frame.drop(columns="quality"), frame["quality"]
model = LogisticRegression()
print(cross_val_score(model, X, y, cv=5).mean())
model.fit(X, y)
print(f1_score(y, model.predict(X), average="macro"))
joblib.dump(model, "models/model.joblib")
"""
README = """# Wine quality

The goal of this project is to predict the quality of a wine from its chemistry, so that buyers taste fewer bottles.

The model predicts the grade of a wine, from three to nine, from eleven measurements.
"""
DVC_YAML = """stages:
  train:
    cmd: python src/train.py
    deps: [src/train.py, data/raw/wine.csv]
    outs: [models/model.joblib]
"""
WINE_DVC = "outs:\n- md5: d41d8cd98f00b204e9800998ecf8427e\n  size: 12\n  hash: md5\n  path: wine.csv\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A small project as people have them: git, DVC, a notebook, tests, a Dockerfile, a trained model."""
    root = tmp_path / "wine-quality"
    files = {
        "README.md": README,
        "src/train.py": TRAIN,
        "tests/test_train.py": "from src import train\n\ndef test_columns():\n    assert train.X.shape[1] == 11\n",
        "Dockerfile": "FROM python:3.11-slim\nCOPY . /app\n",
        "requirements.txt": "scikit-learn==1.6.0\npandas==2.2.3\njoblib==1.4.2\ndvc==3.55.2\n",
        "dvc.yaml": DVC_YAML,
        "data/raw/wine.csv.dvc": WINE_DVC,
        "data/raw/.gitignore": "/wine.csv\n",
        "models/.gitignore": "/model.joblib\n",
        "data/raw/wine.csv": "a,quality\n1,3\n",
        "notebooks/eda.ipynb": json.dumps(
            {
                "cells": [
                    {"cell_type": "code", "metadata": {}, "outputs": [], "source": "frame.describe()", "id": "a"},
                    {"cell_type": "code", "metadata": {}, "outputs": [], "source": "frame.hist()", "id": "b"},
                ],
                "metadata": {},
                "nbformat": 4,
                "nbformat_minor": 5,
            }
        ),
    }
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    joblib = pytest.importorskip("joblib")
    from sklearn.linear_model import LogisticRegression

    joblib.dump(LogisticRegression().fit([[0.0], [1.0]], [0, 1]), root / "models" / "model.joblib")
    git(root, "init", "-q", "-b", "main")
    git(root, "config", "user.name", "Ana Lima")
    git(root, "config", "user.email", "ana@example.org")
    git(root, "remote", "add", "origin", "https://github.com/ana/wine-quality.git")
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "feat: predict the quality of a wine")
    git(root, "tag", "v0.1.0")
    return root


def git(root: Path, *words: str) -> str:
    return subprocess.run(["git", "-C", str(root), *words], check=True, capture_output=True, text=True).stdout


class Terminal:
    """A tmux of its own, with one window."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self._socket = str(folder / "tmux.sock")
        self._environment = environment

    def tmux(self, *words: str) -> str:
        # Python's readline leaves COLUMNS and LINES behind in the process's environment, which os.environ does not show;
        # and where CI is set, mlcoach prints its report instead of opening its screen.
        return subprocess.run(
            ["tmux", "-S", self._socket, "-f", "/dev/null", *words],
            check=True,
            capture_output=True,
            text=True,
            env={name: value for name, value in os.environ.items() if name != "CI"},
        ).stdout

    def start(self, root: Path, columns: int, lines: int) -> None:
        self.run(columns, lines, "sh", "-c", f"{sys.executable} -m mlcoach {root}; echo ended with $?; sleep 600")

    def run(self, columns: int, lines: int, *command: str) -> None:
        settings = [word for key, value in self._environment.items() for word in ("-e", f"{key}={value}")]
        self.tmux("new-session", "-d", "-s", "x", "-x", str(columns), "-y", str(lines), *settings, *command)

    def stop(self) -> None:
        subprocess.run(["tmux", "-S", self._socket, "kill-server"], capture_output=True, check=False)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.tmux("send-keys", "-t", "x", key)
            time.sleep(0.2 if key == "Escape" else 0.05)  # a letter right after escape would be alt and that letter

    def write(self, text: str) -> None:
        self.tmux("send-keys", "-t", "x", "-l", text)

    def text(self) -> str:
        return self.tmux("capture-pane", "-p", "-t", "x")

    def see(self, *words: str) -> None:
        """Wait until all of it is on the screen."""
        self._wait(lambda text: all(word in text for word in words), f"never saw {words}")

    def miss(self, word: str) -> None:
        """Wait until it is on the screen no more."""
        self._wait(lambda text: word not in text, f"always saw {word}")

    def _wait(self, fits: Callable[[str], bool], complaint: str) -> None:
        for _ in range(300):
            if fits(self.text()):
                return
            time.sleep(0.05)
        raise AssertionError(f"{complaint} in\n{self.text()}")


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    environment = {
        "TERM": "xterm-256color",
        "LANG": "C.UTF-8",
        "XDG_STATE_HOME": str(tmp_path / "state"),
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
        "PATH": os.environ["PATH"],
    }
    terminal = Terminal(tmp_path, environment)
    yield terminal
    terminal.stop()


def test_a_review_from_the_first_start_to_the_second(project: Path, terminal: Terminal) -> None:
    terminal.start(project, 120, 36)
    count = len(load())
    terminal.see("1 Checklist", f"{count} to review", "v0.1.0")

    # Look around: an item, its evidence, the help.
    terminal.press("/")
    terminal.write("data versioning")
    terminal.press("Enter")
    terminal.see("2 Item  Data versioning", "data/raw/wine.csv.dvc")
    terminal.press("Escape", "?")
    terminal.see("Keys of the checklist", "Agree with what was found")
    terminal.press("Escape")

    # Agree with it; answer a question, in a file that git shows and a person can read.
    terminal.press("c")
    terminal.see(f"{count - 1} to review", "You agreed")
    terminal.press("/")
    terminal.write("solutions without")
    terminal.press("Enter", "a")
    terminal.see("Answer: Solutions without ML")
    terminal.press("C-a")
    terminal.write("The mean grade is the rule to beat. ")
    terminal.press("C-j")
    terminal.see(f"{count - 2} to review", "You answered", "The mean grade is the rule to beat.")

    # Waive one, then take it back.
    terminal.press("Escape", "/")
    terminal.write("obfuscation")
    terminal.press("Enter", "w")
    terminal.see("Waive: Code obfuscation")
    terminal.write("it stays in the house")
    terminal.press("Enter")
    terminal.see(f"{count - 3} to review", "1 waived")
    terminal.press("z")
    terminal.see(f"{count - 2} to review")
    terminal.press("Z")
    terminal.see(f"{count - 3} to review", "You waived it")
    terminal.press("Escape", "q")
    terminal.see("ended with 0")
    terminal.stop()

    saved = tomllib.loads((project / "mlcoach.toml").read_text())["answers"]
    assert saved["data/versioning"]["kind"] == "agree"
    assert saved["scoping/non-ml"]["text"].startswith("The mean grade is the rule to beat.")
    assert saved["programming/obfuscation"]["text"] == "it stays in the house"
    assert {answer["by"] for answer in saved.values()} == {"Ana Lima <ana@example.org>"}
    assert git(project, "status", "--porcelain") == "?? mlcoach.toml\n"

    # Come back, in a small terminal: cursor and answers are there, at once and after the scan.
    terminal.start(project, 80, 24)
    terminal.see(f"{count - 3} to review", "> ·⊘ waived   Code obfuscation", "you: it stays in the house")
    terminal.press("Enter")
    terminal.see("You waived it", "it stays in the house", "Ana Lima")
    terminal.press("q")
    terminal.see("ended with 0")
    assert git(project, "status", "--porcelain") == "?? mlcoach.toml\n"


def test_the_editor_and_the_shell_give_the_screen_back(project: Path, terminal: Terminal, tmp_path: Path) -> None:
    said, editor = tmp_path / "said", tmp_path / "vim"
    editor.write_text(f"#!/bin/sh\necho $@ > {said}\necho in the editor\nread line\n")
    editor.chmod(0o755)
    terminal.run(120, 36, "bash", "--norc", "--noprofile")
    terminal.write(f"cd {project}; clear; EDITOR={editor} {sys.executable} -m mlcoach --readonly")
    terminal.press("Enter")
    terminal.see("READ-ONLY", "to review", "v0.1.0")
    terminal.press("/")
    terminal.write("code shipping")
    terminal.press("Enter", "e")
    terminal.see("in the editor")
    terminal.press("Enter")
    terminal.see("2 Item  Code shipping")
    assert said.read_text().split() == ["+1", str(project / "Dockerfile")]
    terminal.press("C-z")
    terminal.see("Stopped")
    terminal.write("fg")
    terminal.press("Enter")
    terminal.see("1 Checklist", "2 Item  Code shipping")
    terminal.press("c")
    terminal.see("Read-only: started with --readonly")
    terminal.press("q")
    terminal.miss("1 Checklist")
    terminal.write("echo $? is the status")
    terminal.press("Enter")
    terminal.see("0 is the status")
    assert git(project, "status", "--porcelain") == ""
