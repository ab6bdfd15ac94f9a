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

ITEM = Item(
    id="data/versioning",
    title="Data versioning",
    bullet="Data versioning",
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
DATA_FORMATS = frozenset(
    "csv tsv parquet feather arrow json jsonl ndjson txt xml npy npz h5 hdf5 hdf mat tfrecord tfrecords tfrec db sqlite xls xlsx pkl "
    "pickle zip gz tar tgz bz2 7z xz rar wav mp3 flac ogg mp4 avi mov png jpg jpeg tif tiff bmp gif dcm nii sql dta sav rds lmdb "
    "data dat arff geojson shp fasta fastq vcf bed root pcap las ply pcd".split()
)
PICTURES = frozenset("png jpg jpeg gif bmp tif tiff mp4 mov avi".split())
MODEL_FORMATS = frozenset(
    "pt pth onnx ckpt safetensors joblib keras tflite pb bin model gguf cbm bst skops mar nemo dill".split()
)
DATA_WORDS = Regex(
    r"(?i)(?:^|[/_.-])(?:data|datas?ets?|raw|interim|processed|prepared|external|corpus|corpora|samples|images|imgs|audio|videos|masks"
    r"|annotations|labels|features|featuri[sz]ed|train|training|test|valid|validation|input|inputs)(?=$|[/_.-])"
)
MODEL_WORDS = Regex(
    r"(?i)(?:^|[/_.-])(?:models?|weights|checkpoints?|ckpts?|pretrained|saved_model|classifier|metrics?|scores?|plots?|figures?|reports?"
    r"|evaluation|eval|results?|logs?|predictions?|submissions?|encoder|tokenizer|scaler|vocab|best_params|hyperparam\w*)(?=$|[/_.-])"
)

DATA_ARTIFACT = Regex(r"(?i)(?<!meta)data|corpus|\bsplits?\b|\braw|table|images")
OTHER_ARTIFACT = Regex(r"(?i)\bmodel\b|result|prediction|metric|config|report|validation_")


def is_data(path: str) -> bool:
    """Whether a tracked file or folder is data rather than a model, a metric or a plot, as far as its name tells."""
    folders, _, name = path.rpartition("/")
    suffix = name.rpartition(".")[2].lower() if "." in name else ""
    if suffix in MODEL_FORMATS:
        return False
    if DATA_WORDS.search(folders):
        return True
    if MODEL_WORDS.search(path):
        return False
    return bool(DATA_WORDS.search(name)) or suffix in DATA_FORMATS or not suffix


def lfs_data(facts: Facts) -> Iterator[Evidence]:
    """git-lfs patterns that a data file of the tree matches: those of a template, for files that are not there, do not count."""
    for kept in facts.lfs:
        if any(is_data(path) and (is_table_or_sound(path) or DATA_WORDS.search(path)) for path in kept.files):
            yield Evidence(kept.path, kept.line, note=f"git-lfs keeps {kept.pattern}")


def is_table_or_sound(path: str) -> bool:
    """By its ending; pictures are as often figures of the docs."""
    return path.rpartition(".")[2].lower() in DATA_FORMATS - PICTURES


def names_data(hit: Hit) -> bool:
    """An artifact whose name or type says that it is data."""
    return DATA_ARTIFACT.search(hit.args) is not None and not OTHER_ARTIFACT.search(hit.args)


def infer(facts: Facts) -> Finding:
    tracked = [out for out in facts.dvc.outs if is_data(out.path)]
    locked = [out for out in tracked if not out.file.endswith("dvc.yaml")]
    declared = [out for out in tracked if out.file.endswith("dvc.yaml")]
    outs = (
        [Evidence(out.file, out.line, note=f"DVC tracks {out.path}") for out in [*locked, *declared]] if locked else []
    )
    tables = [hit for hit in facts.code.find(FORMATS) if re.search(r"(?i)\b(?:format|using|provider)\b", hit.text)]
    catalog = facts.texts.find(r"^[ \t]+versioned:[ \t]*true\b", "*.yml", "*.yaml", words=("versioned",))
    found = evidence_of(
        outs,
        lfs_data(facts),
        facts.code.find(TABLES, DVC_CODE, INPUTS, NEW_VERSION, TABLE_SQL),
        [hit for hit in facts.code.find(ARTIFACTS) if names_data(hit)],
        tables,
        [hit.evidence("a versioned data set of Kedro") for hit in catalog],
        facts.texts.find(r"\bannex\.", ".gitattributes"),
        [Evidence(path, note="a versioned data set") for path in facts.find_paths(*VERSIONED)],
    )
    if found:
        return done(found[0].note, found)
    return missing(
        "no data under a versioning tool",
        looked=("*.dvc, dvc.yaml, dvc.lock", ".gitattributes", "artifacts and tables in code", "data catalogs"),
        evidence=[
            Evidence(out.file, out.line, note=f"names {out.path}, but there is no dvc.lock") for out in declared[:2]
        ],
    )
