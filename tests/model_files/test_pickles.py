"""pickle, joblib and their like: what is told of a model, from real files of scikit-learn and from pickles by hand."""

from __future__ import annotations

import io
import pickle
import pickletools
from typing import Any

import joblib
import numpy as np
import pytest
import sklearn

from mlcoach.facts.model_files import inspect_stream, model_format
from mlcoach.facts.model_files.opcodes import OPCODES


def dumped(value: Any, **options: Any) -> bytes:
    stream = io.BytesIO()
    joblib.dump(value, stream, **options)
    return stream.getvalue()


def assert_is_the_pipeline(found: Any) -> None:
    assert found.class_ == "sklearn.pipeline.Pipeline"
    assert found.versions == {"scikit-learn": sklearn.__version__}
    assert found.inputs == ("age", "calls")
    assert found.outputs == ("no", "yes")
    assert found.metadata["steps"] == "StandardScaler, LogisticRegression"
    assert found.metadata["features"] == "2"
    assert "sklearn.linear_model._logistic.LogisticRegression" in found.globals
    assert found.runs_code == ()
    assert not found.partly
    assert found.problem is None


@pytest.mark.parametrize("protocol", range(6))
def test_every_protocol_tells_class_versions_and_features(look, pipeline, protocol):
    found = look("model.pkl", pickle.dumps(pipeline, protocol=protocol))
    assert found.format == "pickle"
    assert_is_the_pipeline(found)


@pytest.mark.parametrize("protocol", range(6))
def test_the_names_are_those_that_loading_imports(look, pipeline, protocol):
    asked: dict[str, None] = {}

    class Listening(pickle.Unpickler):
        def find_class(self, module: str, name: str) -> Any:
            asked.setdefault(f"{module}.{name}")
            return super().find_class(module, name)

    data = pickle.dumps(pipeline, protocol=protocol)
    Listening(io.BytesIO(data)).load()
    assert list(look("model.pkl", data).globals) == list(asked)


def test_the_machine_knows_every_opcode():
    assert {ord(opcode.code) for opcode in pickletools.opcodes} - {ord(pickle.STOP)} == set(OPCODES)


@pytest.mark.parametrize("compress", [0, ("zlib", 3), ("gzip", 3), ("bz2", 3), ("xz", 3), ("lzma", 3)])
def test_joblib_is_read_past_its_arrays_compressed_or_not(look, pipeline, compress):
    stream = io.BytesIO()
    joblib.dump(pipeline, stream, compress=compress)
    found = look("model.joblib", stream.getvalue())
    assert found.format == "joblib"
    assert found.metadata.get("compression") == (compress[0] if compress else None)
    assert_is_the_pipeline(found)


def test_joblib_is_told_by_its_arrays_whatever_its_name(look, pipeline):
    assert look("model.pkl", dumped(pipeline)).format == "joblib"


def test_a_forest_is_read_to_its_end(look):
    from sklearn.ensemble import RandomForestClassifier

    forest = RandomForestClassifier(3, random_state=0).fit([[0, 1], [1, 0], [1, 1], [0, 0]], [0, 1, 1, 0])
    forest.note = "the last attribute"
    found = look("forest.joblib", dumped(forest))
    assert found.class_ == "sklearn.ensemble.RandomForestClassifier"
    assert "sklearn.tree._tree.Tree" in found.globals
    assert found.outputs == ("0", "1")
    assert found.problem is None


def test_the_model_inside_a_dict_is_told_with_its_key(look, pipeline):
    found = look("model.pkl", pickle.dumps({"threshold": 0.5, "model": pipeline}))
    assert found.class_ == "sklearn.pipeline.Pipeline"
    assert found.metadata["found under"] == "model"
    assert found.metadata["keys"] == "threshold, model"


@pytest.mark.parametrize(
    ("value", "kind"), [({"a": 1}, "dict"), ([1, 2], "list"), ("text", "str"), (None, "NoneType"), (2.5, "float")]
)
def test_plain_data_is_told_as_such(look, value, kind):
    found = look("data.pkl", pickle.dumps(value))
    assert (found.class_, found.globals, found.problem) == (kind, (), None)


def test_a_class_of_the_project_is_shown_among_what_runs(look, op):
    found = look("net.pkl", op.file(op.instance("project.models", "Net", op.mapping(layers=op.number(3)))))
    assert found.class_ == "project.models.Net"
    assert found.runs_code == ("project.models.Net",)


def test_a_cloudpickled_function_is_told_to_run_code(look, op):
    found = look("f.pkl", op.file(op.call("cloudpickle.cloudpickle", "_make_function", op.text("code"))))
    assert found.format == "cloudpickle"
    assert found.runs_code == ("cloudpickle.cloudpickle._make_function",)


def test_dill_is_told_by_its_names(look, op):
    assert look("f.pkl", op.file(op.call("dill._dill", "_create_function"))).format == "dill"


@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("importlib", "import_module"),
        ("marshal", "loads"),
        ("os", "spawnv_passfds"),
        ("linecache", "getlines"),
        ("pandas", "read_csv"),
        ("pandas.io.parsers.readers", "read_csv"),
        ("joblib", "load"),
        ("joblib.numpy_pickle", "load"),
        ("torch.utils.collect_env", "run"),
        ("torch", "load"),
        ("torch.storage", "_load_from_bytes"),
        ("numpy.testing._private.utils", "runstring"),
        ("sklearn.datasets._base", "load_files"),
        ("sklearn.pipeline", "os.system"),
        ("sklearn.tree", "_tree.os"),
        ("builtins", "eval"),
        ("__builtin__", "exec"),
        ("builtins", "getattr"),
        ("functools", "partial"),
        ("operator", "attrgetter"),
        ("types", "CodeType"),
        ("subprocess", "Popen"),
        ("joblib.externals.loky.backend.popen_loky_posix", "Popen"),
    ],
)
def test_names_off_the_list_are_shown_though_their_package_is_known(look, op, module, name):
    found = look("model.pkl", op.file(op.call(module, name, op.text("x"))))
    assert found.runs_code == (f"{module}.{name}",)
    assert found.globals == (f"{module}.{name}",)


def test_large_strings_are_stepped_over(look):
    found = look("model.pkl", pickle.dumps({"weights": b"x" * 300_000, "name": "resnet"}))
    assert found.metadata["keys"] == "weights, name"
    assert found.problem is None


def test_arrays_of_objects_and_large_arrays_in_joblib(look):
    value = {"names": np.array(["a", None], dtype=object), "big": np.zeros((50, 50)), "few": np.arange(3), "end": 1}
    found = look("data.joblib", dumped(value))
    assert found.metadata["keys"] == "names, big, few, end"
    assert found.problem is None


def test_structured_and_text_arrays_in_joblib(look):
    table = np.array([(1, "a")], dtype=[("n", "i4"), ("s", "U5")])
    found = look("data.joblib", dumped({"table": table, "words": np.array(["one", "three"]), "last": 2}))
    assert found.metadata["keys"] == "table, words, last"
    assert found.runs_code == ()


def test_several_pickles_in_one_file_are_counted_and_read(look, op):
    data = pickle.dumps([1]) + pickle.dumps([2]) + op.file(op.call("os", "system", op.text("true")))
    found = look("many.pkl", data)
    assert found.metadata["pickles"] == "3, one after the other"
    assert found.runs_code == ("os.system",)


def test_bytes_after_the_pickle_are_told(look):
    found = look("model.pkl", pickle.dumps([1]) + b"\x00\x01\x02")
    assert found.class_ == "list"
    assert found.partly
    assert "3 bytes after the end of the pickle" in found.problem


def test_a_stream_of_a_git_blob_serves_as_well(pipeline):
    data = pickle.dumps(pipeline)
    found = inspect_stream("models/model.pkl", io.BytesIO(data), len(data))
    assert found.file == "models/model.pkl"
    assert found.size == len(data)
    assert found.class_ == "sklearn.pipeline.Pipeline"


def test_the_beginning_of_a_large_file_is_told_to_be_that(pipeline):
    data = pickle.dumps([pipeline, "x" * 10_000])
    found = inspect_stream("model.pkl", io.BytesIO(data[:-5_000]), len(data))
    assert found.size == len(data)
    assert "sklearn.pipeline.Pipeline" in found.globals
    assert found.partly
    assert found.problem.startswith("only the first ")


@pytest.mark.parametrize("protocol", range(6))
def test_model_format_knows_a_pickle_from_its_first_bytes(pipeline, protocol):
    assert model_format("model.pkl", pickle.dumps(pipeline, protocol=protocol)[:512]) == "pickle"


@pytest.mark.parametrize("method", ["zlib", "gzip", "bz2", "xz", "lzma"])
def test_model_format_knows_compressed_joblib(pipeline, method):
    assert model_format("model.joblib", dumped(pipeline, compress=(method, 3))[:512]) == "joblib"


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("notes.pkl", b"just some text\n"),
        ("model.pkl", b"\x00" * 512),
        ("model.pkl", b""),
        ("image.pkl", b"\x89PNG\r\n\x1a\n" + b"\0" * 500),
        ("data.csv.gz", b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03" + b"\x01" * 20),
        ("readme.txt", b"(dp0\n"),
        ("data.bin", b"\x80\x02\xff\xff\xff\xff"),
    ],
)
def test_model_format_leaves_other_files_alone(name, head):
    assert model_format(name, head) is None


def test_an_array_that_pickle_load_would_run_is_seen(look, op):
    """joblib.load takes the array's bytes for numbers; pickle.load takes them for opcodes."""
    payload = op.call("os", "system", op.text("true")) + b"."
    dtype = op.call("numpy", "dtype", op.text("u1"), b"\x89", b"\x88")
    state = op.mapping(shape=op.pack(op.number(len(payload))), dtype=dtype)
    wrapped = op.instance("joblib.numpy_pickle", "NumpyArrayWrapper", state)
    found = look("model.pkl", b"\x80\x02" + wrapped + payload + b".")
    assert "os.system" in found.runs_code
