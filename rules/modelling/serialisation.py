"""Trained models are written to files and read back.

What counts
    joblib, pickle, skops or ONNX, for a model; or a framework's own format: torch.save, safetensors, SavedModel, .h5,
    .keras, checkpoints, a booster's save_model, TorchScript, TFLite, Core ML, PMML. Saving with nothing that loads is
    enough.

What does not
    Pickling data, vectors, rankings, encoders or a tokenizer only; loading somebody else's model from a hub; a state
    dict that only stays in memory.

Known problems
    What a pickle holds is read from names: of the variable, the file, the function around it. A model under a name
    that says nothing is not recognised, unless the same file calls its predict, or the model file lies in the tree.

Next step
    Save the fitted pipeline as a whole, preprocessing included: `joblib.dump(pipeline, "model.joblib")`; export it to
    ONNX or skops where it must be loaded without running code.
"""

from __future__ import annotations

import re

from mlcoach.rule import Evidence, Facts, Finding, Hit, Item, Option, Regex, calls, done, evidence_of, imports, missing

from . import _formats, _saved
from ._saved import is_model_path

ITEM = Item(
    id="modelling/serialisation",
    title="Model serialisation",
    bullet="Model serialisation (aka model persistence) / deserialisation",
    stage="poc",
    why="A model that exists only while the training script runs can be neither used, nor compared, nor given to anybody.",
    how=(
        '`joblib.dump(pipeline, "model.joblib")` after training, `joblib.load("model.joblib")` to predict',
        "keep the versions of the libraries with it: a pickle loads only under similar ones",
        "export to ONNX or skops for use elsewhere: neither runs code when it is loaded",
    ),
    references=(
        "https://scikit-learn.org/stable/model_persistence.html",
        "https://onnx.ai",
        "https://skops.readthedocs.io",
    ),
    options=(Option("joblib", "joblib"), Option("pickle", "pickle"), Option("skops", "skops"), Option("onnx", "ONNX")),
    actions=("train", "export"),
)

SKOPS = (calls("skops.io.*", note="skops saves or loads a model"), imports("skops.io", note="skops"))
ONNX = (
    calls("torch.onnx.export", "torch.onnx.*export", "onnx.export", "to_onnx", "convert_sklearn", "InferenceSession", "readNetFromONNX",
          "onnx.load", "onnx.save", note="ONNX export or load"),
    imports("onnx", "onnxruntime", "skl2onnx", "tf2onnx", "onnxmltools", "keras2onnx", "optimum.onnxruntime", "torch.onnx", "onnx_tf",
            "hummingbird.ml", note="ONNX"),
)  # fmt: skip

COMMAND = r"^(?![ \t]*#).*(?:-m[ \t]+tf2onnx|optimum-cli[ \t]+export[ \t]+onnx|\bformat=onnx\b)"
PICKLED = Regex(r"\.(?:pkl|pickle|p|pck|cpkl|dill)(?:\.gz)?$", re.IGNORECASE)


def infer(facts: Facts) -> Finding:
    joblib, pickled, saves, loads = (
        _saved.model_hits(facts, *_saved.JOBLIB),
        _saved.model_hits(facts, *_saved.PICKLE),
        _formats.saving(facts),
        _formats.loading(facts),
    )
    files = _formats.model_files(facts)
    exports = [hit for hit in saves if isinstance(hit, Hit) and "onnx" in hit.args.lower()]
    options = {
        "joblib": evidence_of(joblib, [file for file in files if ended(file, ".joblib")]),
        "pickle": evidence_of(
            pickled, [file for file in files if PICKLED.search(file.path or "")], pickle_paths(facts, bool(joblib))
        ),
        "skops": evidence_of(facts.code.find(*SKOPS), [file for file in files if ended(file, ".skops")]),
        "onnx": evidence_of(
            facts.code.find(*ONNX),
            exports,
            facts.texts.find(COMMAND, "*.sh", "*akefile", "*.y*ml", words=("onnx",)),
            [file for file in files if ended(file, ".onnx")],
        ),
    }
    found = evidence_of(joblib, pickled, saves, options["skops"], options["onnx"], loads, files, limit=8)
    if found:
        used = [name for name, places in options.items() if places]
        first = f"{found[0].note} ({found[0].place})"
        return done(f"{', '.join(used)}; {first}" if used else first, found, options=options)
    looked = ("joblib, pickle, skops, ONNX in code", "frameworks' own calls in code", "model files")
    return missing("no model is saved or loaded", looked=looked)


def ended(file: Evidence, ending: str) -> bool:
    return (file.path or "").lower().endswith(ending)


def pickle_paths(facts: Facts, joblib: bool) -> list[Evidence]:
    """Paths of .pkl models that joblib writes, or that DVC tracks."""
    outs = [Evidence(out.file, out.line, note=f"DVC tracks {out.path}"[:60]) for out in facts.dvc.outs]
    tracked = [
        place
        for place, out in zip(outs, facts.dvc.outs, strict=True)
        if PICKLED.search(out.path) and is_model_path(out.path)
    ]
    paths = [
        hit for hit in facts.code.find(_saved.PATHS) if joblib and PICKLED.search(hit.name) and is_model_path(hit.name)
    ]
    return [*tracked, *(hit.evidence() for hit in paths)]
