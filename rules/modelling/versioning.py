"""Every trained model that matters has a version, and an old one can be had again.

What counts
    Models that DVC or git-lfs tracks; a model registry (MLflow, W&B artifacts, SageMaker, Vertex, Azure, Comet,
    Neptune, BentoML, pushes to the Hugging Face Hub or pinned revisions there), GTO tags, a download address with a
    version in it (a release of the project's, several versions of one model), a registry of one's own making: numbered
    versions, or an object store and a table with an entry for each model.

What does not
    Checkpoints that are overwritten in place, or named by epoch or time only; weights in plain git; artifacts of an
    experiment tracker that nothing registers; models in .gitignore; other people's pretrained models.

Known problems
    A registry that is filled by hand on a website leaves no trace here. Whether a tracked file is a model is read
    from its name.

Next step
    `dvc add models/model.joblib`, or `mlflow.register_model(uri, name)`; give the version that is in use a tag: `gto
    register NAME`.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from mlcoach.rule import Evidence, Facts, Finding, Hit, Item, Regex, calls, done, evidence_of, missing, strings

from . import _numbered, _registries, _saved
from ._saved import JOBLIB, PICKLE, is_model_path

ITEM = Item(
    id="modelling/versioning",
    title="Model versioning",
    bullet="Model versioning",
    stage="production",
    why="When the new model does worse in use, somebody must be able to say which one ran before, and bring it back.",
    how=(
        "`dvc add models/model.joblib` and commit the .dvc file",
        'or register it: `mlflow.register_model(uri, name)`, `run.log_artifact(wandb.Artifact(name, type="model"))`',
        "tag the version in use: `gto register NAME`",
    ),
    references=("https://dvc.org/doc/use-cases/model-registry", "https://mlflow.org/docs/latest/ml/model-registry/"),
    actions=("train", "release"),
)

UPLOADS = calls(
    "upload_file", "upload_fileobj", "put_object", "fput_object", "upload_blob", "upload_from_filename", "set_contents_from_filename",
    "upload_file_to_*", "upload_to_*", "*upload_model*", note="each model has a time stamp and an entry in a table",
)  # fmt: skip
ENTRIES = calls("to_sql", "execute", "executemany", "insert_one", "insert_many", "copy_from", "copy_expert", "put_item")
STAMPS = strings("*timestamp*", "*time_stamp*", "*git_hash*", "*head_hash*", "*commit_hash*", "*model_hash*")

ANYTHING = frozenset(  # endings of models and of much else
    {"pkl", "pickle", "bin", "h5", "hdf5", "joblib", "json", "txt", "zip", "gz", ""}
)
STRONG = Regex(
    r"(?i)(?:^|[/_.=-])(?:models?|weights|checkpoints?|ckpts?|saved_?model|classifiers?|regressors?|estimators?)(?=$|[/_.=-])"
)
STORING = ("save", "load", "store", "fetch", "get", "publish", "upload", "download")
STORES = Regex(rf"(?:{'|'.join(STORING)})(?:_\w*model\w*)?")
TAKES_VERSION = Regex(r"\b(?:model_)?version\b")
REGISTRY = Regex(
    r"(?i)(?:\.|^)(?:\w*model_?registry|\w*model_?versions?|register_model|promote_model|rollback_model)(?:$|\.)"
)
VERSIONED = Regex(r"(?i)version|promote|rollback|production|stage|latest")


def infer(facts: Facts) -> Finding:
    found = evidence_of(
        _registries.registered(facts),
        tracked_by_dvc(facts),
        tracked_by_lfs(facts),
        _registries.declared(facts),
        own_registry(facts),
        _numbered.downloads(facts),
        _numbered.in_paths(facts),
        entered(facts),
    )
    if found:
        return done(f"{found[0].note}: {found[0].place}"[:120], found)
    looked = (
        "DVC files",
        ".gitattributes",
        "model registries and hubs in code",
        "GTO tags",
        "versions in paths and addresses",
    )
    return missing("trained models have no versions", looked=looked)


def is_tracked_model(path: str) -> bool:
    """Whether what a tool tracks under this path is a model; for endings that hold anything the name must say so."""
    name = posixpath.basename(path)
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    if ending in ANYTHING:
        return STRONG.search(name if ending in ("json", "txt") else path) is not None and is_model_path(path) is True
    return ending in _numbered.MODEL_ENDINGS and is_model_path(path) is not False


def tracked_by_dvc(facts: Facts) -> Iterator[Evidence]:
    """Outputs that are models, where they are declared before where they are locked."""
    for out in sorted(facts.dvc.outs, key=lambda out: out.file.endswith("dvc.lock")):
        if is_tracked_model(out.path):
            yield Evidence(out.file, out.line, note=f"DVC tracks {out.path}"[:60])


def tracked_by_lfs(facts: Facts) -> Iterator[Evidence]:
    """Patterns that a model of the tree matches: a template's patterns for files that are not there do not count."""
    for kept in facts.lfs:
        if any(map(is_tracked_model, kept.files)):
            yield Evidence(kept.path, kept.line, note=f"git-lfs keeps {kept.pattern}"[:60])


def own_registry(facts: Facts) -> Iterator[Evidence]:
    """Classes and functions of the project's own that keep numbered versions; `register_model` for architectures is none."""
    pickles = facts.code.files_with(*JOBLIB, *PICKLE)
    for definition in facts.code.definitions():
        name = definition.last
        named = REGISTRY.search(definition.name) and (
            VERSIONED.search(name) or re.search(r"metrics|path|version", definition.given)
        )
        stores = name.startswith(STORING) and STORES.fullmatch(name) and TAKES_VERSION.search(definition.given)
        if (named or (stores and (definition.path in pickles or "model" in name))) and not definition.test:
            yield Evidence(definition.path, definition.line, definition.cell, note=f"{name} keeps versions")
    for path in facts.any_case_paths("*registry.json", "*model_versions.json", "*model_registry.y*ml"):
        yield Evidence(path, note="a list of model versions")


def entered(facts: Facts) -> list[Hit]:
    """Models that go to an object store under a name of their own, and into a table that says which is which."""
    signs = (_saved.model_hits(facts, JOBLIB[0], PICKLE[0]), facts.code.find(ENTRIES), facts.code.find(STAMPS))
    files = frozenset.intersection(*(frozenset(hit.path for hit in hits) for hits in signs))
    return [hit for hit in facts.code.find(UPLOADS) if hit.path in files]
