"""Data files are under a tool that keeps every version of them.

What counts
    DVC (`.dvc` files, or outputs in `dvc.yaml` and `dvc.lock`), git-lfs patterns that cover data, lakeFS, Pachyderm, Delta or
    Iceberg tables, DagsHub, versioned data artifacts of W&B or MLflow, Kedro's versioned data sets.

What does not
    Data committed to plain git; dvc in the requirements with nothing tracked; a tool that tracks models only.

Known problems
    A store that keeps versions by itself (a bucket with versioning switched on) leaves no trace in the repository.

Next step
    `dvc init`, then `dvc add` the raw data and commit the small .dvc file that it writes.
"""

from __future__ import annotations

from mlcoach.rule import Evidence, Facts, Finding, Item, calls, done, evidence_of, imports, missing

ITEM = Item(
    id="data/versioning",
    title="Data versioning",
    bullet="Data versioning",
    why="Two runs on different data cannot be told apart, so no result can be repeated.",
    how=("`dvc init`", "`dvc add data/`", "`git add data.dvc .gitignore .dvc` and commit"),
    references=("https://dvc.org/doc/start", "https://git-lfs.com"),
    actions=("track-data",),
)

LIBRARIES = imports("lakefs", "lakefs_client", "python_pachyderm", "pachyderm_sdk", "deltalake", "pyiceberg", note="versioned tables")
ARTIFACTS = calls("use_artifact", "log_artifact", note="a versioned data artifact")


def infer(facts: Facts) -> Finding:
    outs = [Evidence(out.file, out.line, note=f"DVC tracks {out.path}") for out in facts.dvc.outs]
    lfs = [Evidence(path, line, note=f"git-lfs keeps {pattern}") for pattern, path, line in facts.lfs]
    found = evidence_of(outs, lfs, facts.code.find(LIBRARIES))
    if found:
        return done(found[0].note, found)
    return missing("no data under a versioning tool", looked=("*.dvc, dvc.yaml, dvc.lock", ".gitattributes", "imports"))
