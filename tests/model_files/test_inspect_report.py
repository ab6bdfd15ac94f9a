"""The text and the JSON of `mlcoach inspect`."""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys

from mlcoach.facts.model_files import ModelFile
from mlcoach.reports.inspect import as_json, as_text

NET = ModelFile(
    file="models/net.pkl",
    format="pickle",
    class_="project.Net",
    versions={"scikit-learn": "1.9.1"},
    inputs=("age", "calls"),
    parameters=1234567,
    size=2048,
    globals=("project.Net", "numpy.ndarray"),
    runs_code=("project.Net",),
    metadata={"steps": "A, B"},
    partly=True,
    problem="cut short",
)


def test_text_has_a_line_for_each_thing_that_is_known():
    assert as_text(NET).splitlines() == [
        "models/net.pkl",
        "  format       pickle",
        "  class        project.Net",
        "  versions     scikit-learn 1.9.1",
        "  inputs       2: age, calls",
        "  parameters   1,234,567",
        "  size         2,048 bytes",
        "  metadata     steps: A, B",
        "  imports      2: project.Net, numpy.ndarray",
        "  runs code    1: project.Net",
        "  read         in part: what was not read is not described",
        "  problem      cut short",
    ]


def test_a_key_of_the_file_cannot_pose_as_a_line_of_the_report():
    lines = as_text(ModelFile(file="a.onnx", metadata={"runs code": "0", "x\n  problem": "none"})).splitlines()
    assert lines[-2:] == ["  metadata     runs code: 0", "  metadata     x\\n  problem: none"]


def test_text_of_a_file_that_is_no_model():
    lines = as_text(ModelFile(file="a.pkl", size=3, problem="not a pickle")).splitlines()
    assert lines == ["a.pkl", "  format       unknown", "  size         3 bytes", "  problem      not a pickle"]


def test_json_has_the_documented_keys():
    (found,) = json.loads(as_json([NET]))
    assert found == {
        "file": "models/net.pkl",
        "format": "pickle",
        "class": "project.Net",
        "versions": {"scikit-learn": "1.9.1"},
        "inputs": ["age", "calls"],
        "outputs": [],
        "parameters": 1234567,
        "size": 2048,
        "globals": ["project.Net", "numpy.ndarray"],
        "runs_code": ["project.Net"],
        "partly": True,
        "problem": "cut short",
    }


def test_json_takes_a_name_that_is_no_utf8(look):
    found = look(os.fsdecode(b"\xff.pkl"), pickle.dumps("\ud800"))
    assert json.loads(as_json([found]))[0]["file"] == "\\udcff.pkl"


def test_looking_imports_no_library_of_machine_learning(tmp_path, pipeline):
    path = tmp_path / "model.pkl"
    path.write_bytes(pickle.dumps(pipeline))
    code = (
        "import sys, pathlib\n"
        "from mlcoach.facts.model_files import inspect_path\n"
        f"assert inspect_path(pathlib.Path({str(path)!r})).class_ == 'sklearn.pipeline.Pipeline'\n"
        "print([m for m in ('numpy', 'sklearn', 'joblib', 'onnxruntime', 'pickle') if m in sys.modules])\n"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"
