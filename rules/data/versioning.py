"""Data files are under a tool that keeps every version of them.

What counts
    DVC (`.dvc` files, or outputs in `dvc.lock`), git-lfs patterns that cover data, lakeFS, Pachyderm, Quilt, DataLad, Delta
    or Iceberg tables, DagsHub, versioned data artifacts of W&B, MLflow, ClearML or Comet, Kedro's versioned data sets.

What does not
    Data committed to plain git; dvc in the requirements with nothing tracked; a tool that tracks models only.

Known problems
    A store that keeps versions by itself (a bucket with versioning switched on) leaves no trace in the repository.

Next step
    `dvc init`, then `dvc add` the raw data and commit the small .dvc file that it writes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mlcoach.rule import (
    Evidence,
    Facts,
    Finding,
    Hit,
    Item,
    Regex,
    calls,
    done,
    evidence_of,
    imports,
    keywords,
    missing,
    strings,
)

from ._names import is_data, is_surely_data

ITEM = Item(
    id="data/versioning",
    title="Data versioning",
    bullet="Data versioning",
    stage="mvp",
    why="Two runs on different data cannot be told apart, so no result can be repeated.",
    how=("`dvc init`", "`dvc add data/`", "`git add data.dvc .gitignore .dvc` and commit"),
    references=("https://dvc.org/doc/start", "https://git-lfs.com"),
    actions=("track-data",),
)

TABLES = imports(
    "lakefs", "lakefs_client", "lakefs_sdk", "python_pachyderm", "pachyderm_sdk", "deltalake", "delta", "pyiceberg", "quilt3",
    "datalad", "dagshub.data_engine", "dagshub.streaming", "doltcli", "oxen", "pins", "deeplake", "hangar", "datachain",
    "hopsworks", "hsfs", note="versioned data sets or tables",
)  # fmt: skip
FORMATS = strings("delta", "iceberg", note="a Delta or Iceberg table")
TABLE_SQL = strings(
    "*using delta*", "*using iceberg*", "*io.delta.*", "*iceberg.spark*", note="a Delta or Iceberg table"
)
NEW_VERSION = keywords("create_new_version", note="a version of a registered data set")
DVC_CODE = calls(
    "dvc.api.read", "dvc.api.open", "dvc.api.get_url", "dvc.api.DVCFileSystem", note="reads data that DVC tracks"
)
INPUTS = calls(
    "mlflow.log_input",
    "mlflow.data.*",
    "clearml.Dataset.create",
    "clearml.Dataset.get",
    "track_files",
    note="a versioned data set of the tracker",
)
ARTIFACTS = calls("Artifact", "use_artifact", "log_artifact", "get_artifact", note="a versioned data artifact")

VERSIONED = (
    ".datalad/config",
    "*/.datalad/config",
    "*.lakefs_ref.yaml",
    ".avc/config",
    ".oxen/config*",
    "*.xvc/config*",
)

DATA_ARTIFACT = Regex(r"(?i)(?<!meta)data|corpus|\bsplits?\b|\braw|table|images")
OTHER_ARTIFACT = Regex(r"(?i)\bmodel\b|result|prediction|metric|config|report|validation_")


def infer(facts: Facts) -> Finding:
    tracked = [out for out in facts.dvc.outs if is_data(out.path)]
    kept = [out for out in tracked if not out.file.endswith("dvc.yaml")]  # in .dvc files and dvc.lock
    declared = [out for out in tracked if out.file.endswith("dvc.yaml")]  # tracked once the stage has run
    catalog = facts.texts.find(r"^[ \t]+versioned:[ \t]*true\b", "*.yml", "*.yaml", words=("versioned",))
    found = evidence_of(
        [Evidence(out.file, out.line, note=f"DVC tracks {out.path}") for out in [*kept, *declared] if kept],
        tracked_by_lfs(facts),
        facts.code.find(TABLES, DVC_CODE, INPUTS, NEW_VERSION, TABLE_SQL),
        [hit for hit in facts.code.find(ARTIFACTS) if names_data(hit)],
        [hit for hit in facts.code.find(FORMATS) if re.search(r"(?i)\b(?:format|using|provider)\b", hit.text)],
        [hit.evidence("a versioned data set of Kedro") for hit in catalog],
        facts.texts.find(r"\bannex\.", ".gitattributes"),
        [Evidence(path, note="a versioned data set") for path in facts.find_paths(*VERSIONED)],
    )
    if found:
        return done(found[0].note, found)
    unrun = [Evidence(out.file, out.line, note=f"names {out.path}, but there is no dvc.lock") for out in declared[:2]]
    looked = ("*.dvc, dvc.yaml, dvc.lock", ".gitattributes", "artifacts and tables in code", "data catalogs")
    return missing("no data under a versioning tool", looked=looked, evidence=unrun)


def tracked_by_lfs(facts: Facts) -> Iterator[Evidence]:
    """git-lfs patterns that a data file of the tree matches: a template's patterns for files that are not there do not count."""
    for kept in facts.lfs:
        if any(map(is_surely_data, kept.files)):
            yield Evidence(kept.path, kept.line, note=f"git-lfs keeps {kept.pattern}")


def names_data(hit: Hit) -> bool:
    """An artifact whose name or type says that it is data."""
    return DATA_ARTIFACT.search(hit.args) is not None and not OTHER_ARTIFACT.search(hit.args)
