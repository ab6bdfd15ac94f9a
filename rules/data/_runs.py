"""What runs the project's scripts: Make targets, code that calls them, docs and CI that say how."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mlcoach.rule import Evidence, Facts, Regex, strings

from ._scripts import ENDINGS, is_step, last, words

COMMANDS = strings("*python* *.py*", "*bash *.sh*", "*sh *.sh*", note="runs scripts")
TARGET = Regex(r"^([^\s#:=][^\n:=]*):(?!=)[^\n]*\n((?:\t[^\n]*\n?)+)", re.MULTILINE)
RUNS = Regex(r"[\w./-]+\.(?:py|sh|R|r|sql)\b|-m\s+[\w.]+")
TOOLS = Regex(r"\b(?:snakemake|dvc repro|spark-submit|dbt|Rscript|psql|kedro run)\b")


def targets(facts: Facts, scripts: dict[str, Evidence]) -> Iterator[Evidence]:
    """Make targets that run a working script, or are named for preparing data and run a tool; a template's stub does neither."""
    for text in facts.texts:
        if not re.search(r"(?i)makefile$|\.mk$|justfile$", text.path):
            continue
        for match in TARGET.finditer(text.text):
            named = is_step(match[1]) or words(match[1]) in ("data", "dataset", "datasets")
            if any(is_there(run, facts, scripts) for run in RUNS.findall(match[2])) or (
                named and TOOLS.search(match[2])
            ):
                yield Evidence(text.path, text.place(match.start())[1], note=f"make {match[1][:40]}")


def is_there(run: str, facts: Facts, scripts: dict[str, Evidence]) -> bool:
    """Whether a command's script or module is a working script of the project, or one in another language that prepares data."""
    path = run.removeprefix("-m").strip().replace(".", "/") + ".py" if run.startswith("-m") else run.lstrip("./")
    listed = scripts if path.endswith(".py") else facts.paths if is_step(last(path)) else ()
    return any(known == path or known.endswith("/" + path) for known in listed)


def drivers(facts: Facts) -> Iterator[Evidence]:
    """Code that runs scripts of the project one after the other: `os.system("python preprocess.py")`."""
    for hit in facts.code.find(COMMANDS):
        steps = [last(run) for run in RUNS.findall(hit.name) if run.endswith(ENDINGS) and is_step(last(run))]
        if any(path.endswith(step) for step in steps for path in facts.paths):
            yield hit.evidence(f"runs {steps[0][:40]}")


def instructions(facts: Facts, scripts: list[str]) -> list[Evidence]:
    """Where the README, the docs, a shell script or CI say how to run the scripts."""
    if not scripts:
        return []
    names = rf"\b(?:{'|'.join(re.escape(last(path)) for path in scripts)})\b"
    lines = facts.docs.find(names, "README*", "*/docs/*", "docs/*", limit=1) + facts.texts.find(
        names, "*.sh", "*.y*ml", "Makefile", limit=1
    )
    return [hit.evidence() for hit in lines]
