"""Formats that are one file of their own: ONNX, tensors, boosters, TensorFlow, and the formats for other systems."""

from __future__ import annotations

import io
import json
import struct

import numpy as np
import pytest

from mlcoach.facts.model_files import inspect_stream, model_format


def value_info(proto, name: str, kind: int, *dims: int | str) -> bytes:
    shape = b"".join(proto.field(1, proto.field(2 if isinstance(d, str) else 1, d) if d != "" else b"") for d in dims)
    tensor = proto.field(1, kind) + proto.field(2, shape)
    return proto.field(1, name) + proto.field(2, proto.field(1, tensor))


def onnx_model(proto, *, weights: bytes = b"", extra: bytes = b"") -> bytes:
    node = proto.field(1, "X") + proto.field(1, "W") + proto.field(2, "Y") + proto.field(4, "MatMul")
    graph = proto.field(1, node) + proto.field(2, "g")
    graph += proto.field(5, weights or proto.field(1, 4) + proto.field(1, 3) + proto.field(2, 1) + proto.field(8, "W"))
    graph += proto.field(11, value_info(proto, "X", 1, "", 4)) + proto.field(11, value_info(proto, "W", 1, 4, 3))
    graph += proto.field(12, value_info(proto, "Y", 1, "batch", 3))
    head = proto.field(1, 10) + proto.field(2, "skl2onnx") + proto.field(3, "1.20.0")
    opset = proto.field(8, proto.field(1, "") + proto.field(2, 21))
    told = proto.field(14, proto.field(1, "trained_on") + proto.field(2, "2024-05-01"))
    return head + proto.field(7, graph) + opset + told + extra


def test_onnx_tells_producer_opsets_inputs_and_weights(look, proto):
    data = onnx_model(proto)
    found = look("model.onnx", data)
    assert (found.format, found.problem, found.partly) == ("ONNX", None, False)
    assert found.versions == {"IR": "10", "skl2onnx": "1.20.0", "opset ai.onnx": "21"}
    assert found.inputs == ("X: float32[?, 4]",)
    assert found.outputs == ("Y: float32[batch, 3]",)
    assert found.parameters == 12
    assert found.metadata["nodes"] == "MatMul 1"
    assert found.metadata["trained_on"] == "2024-05-01"
    assert model_format("model.onnx", data[:512]) == model_format("weights.bin", data[:512]) == "ONNX"


def test_onnx_agrees_with_onnxruntime(look, proto, tmp_path):
    import onnxruntime

    dims, kind, name = proto.field(1, 4) + proto.field(1, 3), proto.field(2, 1), proto.field(8, "W")
    data = onnx_model(proto, weights=dims + kind + name + proto.field(9, np.ones((4, 3), np.float32).tobytes()))
    found = look("model.onnx", data)
    session = onnxruntime.InferenceSession(str(tmp_path / "model.onnx"), providers=["CPUExecutionProvider"])
    (taken,) = session.get_inputs()
    (given,) = session.get_outputs()
    assert found.inputs == (f"{taken.name}: float32[?, 4]",)
    assert found.outputs == (f"{given.name}: float32[batch, 3]",)
    assert found.versions["skl2onnx"] == "1.20.0"
    assert session.get_modelmeta().producer_name == "skl2onnx"


def test_onnx_names_the_files_that_hold_its_weights(look, proto):
    place = proto.field(13, proto.field(1, "location") + proto.field(2, "model.data"))
    found = look("model.onnx", onnx_model(proto, weights=proto.field(1, 12) + proto.field(8, "W") + place))
    assert found.metadata["weights in"] == "model.data"
    assert found.problem is None


def test_onnx_cut_short_still_tells_what_came_before(look, proto):
    found = look("model.onnx", onnx_model(proto)[:-60])
    assert found.format == "ONNX"
    assert found.partly
    assert "cut short" in found.problem


def safetensors(header: object, numbers: int) -> bytes:
    text = json.dumps(header).encode()
    return struct.pack("<Q", len(text)) + text + bytes(numbers)


def test_safetensors_counts_numbers_from_its_header(look):
    header = {
        "__metadata__": {"format": "pt"},
        "a": {"dtype": "F32", "shape": [10, 20], "data_offsets": [0, 800]},
        "b": {"dtype": "F16", "shape": [], "data_offsets": [800, 802]},
    }
    found = look("model.safetensors", safetensors(header, 802))
    assert (found.format, found.parameters, found.problem) == ("safetensors", 201, None)
    assert found.metadata == {"format": "pt", "tensors": "2", "types": "F32 1, F16 1"}


def test_gguf_tells_architecture_and_steps_over_the_vocabulary(look):
    def text(value: str) -> bytes:
        return struct.pack("<Q", len(value)) + value.encode()

    words = struct.pack("<IIQ", 9, 8, 3) + text("a") + text("b") + text("c")
    pairs = [
        text("general.architecture") + struct.pack("<I", 8) + text("llama"),
        text("tokenizer.ggml.tokens") + words,
        text("tokenizer.ggml.scores") + struct.pack("<IIQ3f", 9, 6, 3, 1, 2, 3),
        text("llama.context_length") + struct.pack("<II", 4, 2048),
    ]
    tensor = text("output.weight") + struct.pack("<IQQIQ", 2, 4, 8, 0, 0)
    found = look("m.gguf", struct.pack("<4sIQQ", b"GGUF", 3, 1, len(pairs)) + b"".join(pairs) + tensor)
    assert (found.format, found.class_, found.parameters, found.problem) == ("GGUF", "llama", 32, None)
    assert found.metadata["llama.context_length"] == "2048"


@pytest.mark.parametrize(
    ("array", "told"),
    [
        (np.zeros((3, 4)), "float64[3, 4]"),
        (np.arange(3, dtype=np.int8), "int8[3]: 0, 1, 2"),
        (np.array(["no", "yes"]), "U3[2]: no, yes"),
        (np.array(7.0, dtype=np.float32), "float32[]: 7.0"),
    ],
)
def test_npy_tells_type_and_shape(look, array, told):
    stream = io.BytesIO()
    np.save(stream, array)
    found = look("a.npy", stream.getvalue())
    assert (found.format, found.metadata["array"], found.runs_code) == ("npy", told, ())


def test_npy_of_objects_is_told_to_be_a_pickle(look):
    stream = io.BytesIO()
    np.save(stream, np.array([{}, None], dtype=object))
    found = look("a.npy", stream.getvalue())
    assert found.runs_code == ("a pickle inside a NumPy array, loaded with allow_pickle",)
    assert "numpy.ndarray" in found.globals


LIGHTGBM = """tree
version=v4
num_class=1
objective=binary sigmoid:1
feature_names=age tenure
tree_sizes=20 22

Tree=0
num_leaves=2

Tree=1
num_leaves=31

end of trees
"""


def test_lightgbm_text(look):
    found = look("model.txt", LIGHTGBM.encode())
    assert (found.format, found.class_, found.problem) == ("LightGBM text", "lightgbm.Booster", None)
    assert found.versions == {"LightGBM model format": "v4"}
    assert found.inputs == ("age", "tenure")
    assert found.metadata == {"objective": "binary sigmoid:1", "num_class": "1", "trees": "2"}


def test_lightgbm_text_cut_short(look):
    assert "cut short" in look("model.txt", LIGHTGBM[:120].encode()).problem


def test_lightgbm_json(look):
    model = {"name": "tree", "version": "v4", "objective": "regression", "feature_names": ["a b", "c"]}
    found = look("model.json", json.dumps(model | {"tree_info": [{"tree_index": 0}, {"tree_index": 1}]}).encode())
    assert (found.format, found.inputs, found.metadata["trees"]) == ("LightGBM JSON", ("a b", "c"), "2")


def xgboost_model() -> dict[str, object]:
    return {
        "learner": {
            "attributes": {},
            "feature_names": ["age", "tenure"],
            "gradient_booster": {"model": {"gbtree_model_param": {"num_trees": "10"}}, "name": "gbtree"},
            "learner_model_param": {"num_feature": "2"},
            "objective": {"name": "binary:logistic", "reg_loss_param": {"scale_pos_weight": "1"}},
        },
        "version": [3, 2, 0],
    }


def ubjson(value: object) -> bytes:
    def text(word: str) -> bytes:
        return b"L" + struct.pack(">q", len(word)) + word.encode()

    match value:
        case dict():
            return b"{" + b"".join(text(key) + ubjson(inner) for key, inner in value.items()) + b"}"
        case list():
            return b"[$l#L" + struct.pack(">q", len(value)) + b"".join(struct.pack(">i", n) for n in value)
        case str():
            return b"S" + text(value)
        case _:
            raise TypeError(value)


def test_xgboost_json_and_ubjson_tell_the_same(look):
    model = xgboost_model()
    as_json = look("model.json", json.dumps(model, separators=(",", ":")).encode())
    learner = model["learner"] | {"feature_names": {}, "tree_values": list(range(1000))}
    as_ubjson = look("model.ubj", ubjson(model | {"learner": learner}))
    for found in (as_json, as_ubjson):
        assert found.class_ == "xgboost.Booster"
        assert found.versions == {"xgboost": "3.2.0"}
        assert found.metadata == {"objective": "binary:logistic", "trees": "10", "features": "2"}
        assert (found.problem, found.partly) == (None, False)
    assert as_json.inputs == ("age", "tenure")
    assert (as_json.format, as_ubjson.format) == ("XGBoost JSON", "XGBoost UBJSON")


def test_xgboost_json_cut_short(look):
    found = look("model.json", json.dumps(xgboost_model())[:-40].encode())
    assert found.problem == "cut short"
    assert found.inputs == ("age", "tenure")


def test_xgboost_json_of_which_only_the_beginning_is_at_hand():
    data = json.dumps(xgboost_model()).encode()
    found = inspect_stream("model.json", io.BytesIO(data), 50_000_000)
    assert (found.inputs, found.partly, found.problem) == (("age", "tenure"), True, None)


def catboost_info() -> dict[str, str]:
    return {
        "catboost_version_info": "Git info:\n    Branch: tags/v1.2.10\n",
        "params": json.dumps({"loss_function": {"type": "Logloss"}}),
        "class_params": json.dumps({"class_names": [0, 1]}),
        "train_finish_time": "2026-01-01T00:00:00Z",
    }


def test_catboost_binary(look, flat):
    pairs = [flat.table(flat.text(key), flat.text(value)) for key, value in catboost_info().items()]
    floats = flat.vector(flat.table(0, 0, 0, None, flat.text("age")), flat.table(0, 1, 2, None, flat.text("calls")))
    categories = flat.vector(flat.table(0, 1, flat.text("city")))
    trees = flat.table(1, None, flat.numbers(6, 6, 6), None, categories, floats)
    core = flat.file(flat.table(flat.text("FlabuffersModel_v1"), trees, flat.vector(*pairs)))
    found = look("model.cbm", b"CBM1" + struct.pack("<I", len(core)) + core)
    assert (found.format, found.class_, found.problem) == ("CatBoost", "catboost.CatBoost", None)
    assert found.versions == {"catboost": "1.2.10"}
    assert found.inputs == ("age", "city", "calls")
    assert found.outputs == ("0", "1")
    assert found.metadata["loss"] == "Logloss"
    assert found.metadata["trees"] == "3"


def test_catboost_json(look):
    features = [{"feature_id": "calls", "flat_feature_index": 1}, {"feature_id": "age", "flat_feature_index": 0}]
    model = {"features_info": {"float_features": features}, "model_info": catboost_info(), "oblivious_trees": [{}]}
    data = json.dumps(model, indent=2).encode()
    found = look("model.json", data)
    assert (found.format, found.inputs, found.metadata["trees"]) == ("CatBoost JSON", ("age", "calls"), "1")
    assert model_format("model.json", data[:512]) == "CatBoost JSON"


def saved_model(proto, *operations: str) -> bytes:
    shape = proto.field(2, proto.field(1, 2**64 - 1)) + proto.field(2, proto.field(1, 4))
    tensor = proto.field(1, "serving_default_x:0") + proto.field(2, 1) + proto.field(3, shape)
    signature = proto.field(1, proto.field(1, "x") + proto.field(2, tensor))
    signature += proto.field(2, proto.field(1, "y") + proto.field(2, proto.field(2, 9)))
    graph = b"".join(proto.field(1, proto.field(1, f"n{i}") + proto.field(2, op)) for i, op in enumerate(operations))
    meta = proto.field(1, proto.field(4, "serve") + proto.field(5, "2.15.0")) + proto.field(2, graph)
    meta += proto.field(5, proto.field(1, "serving_default") + proto.field(2, signature))
    return proto.field(1, 1) + proto.field(2, meta)


def test_saved_model_tells_signatures_and_what_calls_python(look, proto):
    found = look("saved_model.pb", saved_model(proto, "MatMul", "PyFunc", "MatMul"))
    assert (found.format, found.problem) == ("SavedModel", None)
    assert found.versions == {"tensorflow": "2.15.0"}
    assert found.inputs == ("x: float32[?, 4]",)
    assert found.outputs == ("y: int64",)
    assert found.metadata["operations"] == "MatMul 2, PyFunc 1"
    assert found.runs_code == ("PyFunc operation",)


def test_a_frozen_graph_tells_its_placeholders(look, proto):
    nodes = [("image", "Placeholder"), ("conv", "Conv2D")]
    graph = b"".join(proto.field(1, proto.field(1, name) + proto.field(2, op)) for name, op in nodes)
    found = look("frozen.pb", graph)
    assert (found.format, found.inputs) == ("TensorFlow graph", ("image",))


def test_tflite(look, flat):
    taken = flat.table(flat.numbers(1, 4), 0, 0, flat.text("x"))
    weight = flat.table(flat.numbers(4, 3), 0, 1, flat.text("w"))
    given = flat.table(flat.numbers(1, 3), 9, 0, flat.text("y"))
    graph = flat.table(flat.vector(taken, weight, given), flat.numbers(0), flat.numbers(2))
    buffers = flat.vector(flat.table(None), flat.table(flat.numbers(*range(12))))
    codes = flat.vector(flat.table(0, flat.text("FlexErf")))
    model = flat.table(3, codes, flat.vector(graph), flat.text("made by hand"), buffers)
    data = flat.file(model, b"TFL3")
    found = look("model.tflite", data)
    assert (found.format, found.problem) == ("TFLite", None)
    assert found.inputs == ("x: float32[1, 4]",)
    assert found.outputs == ("y: int8[1, 3]",)
    assert found.parameters == 12
    assert found.metadata == {"description": "made by hand", "custom operators": "FlexErf", "subgraphs": "1"}
    assert model_format("model.tflite", data[:512]) == "TFLite"


def test_core_ml(look, proto):
    told = proto.field(100, proto.field(1, "iris") + proto.field(3, "Ada"))
    sides = proto.field(1, proto.field(1, "petal")) + proto.field(10, proto.field(1, "species"))
    found = look("m.mlmodel", proto.field(1, 5) + proto.field(2, sides + told) + proto.field(402, b""))
    assert (found.format, found.class_) == ("Core ML", "tree ensemble classifier")
    assert (found.inputs, found.outputs) == (("petal",), ("species",))
    assert found.metadata == {"description": "iris", "author": "Ada"}


def test_pmml(look):
    text = """<?xml version="1.0"?><PMML xmlns="http://www.dmg.org/PMML-4_4" version="4.4">
    <Header><Application name="SkLearn2PMML" version="0.9"/></Header>
    <DataDictionary><DataField name="age &amp; more" optype="continuous"/><DataField name="y"/></DataDictionary>
    <TreeModel functionName="classification"><MiningSchema><MiningField name="y" usageType="target"/></MiningSchema>
    </TreeModel></PMML>"""
    found = look("model.pmml", text.encode())
    assert (found.format, found.class_, found.problem) == ("PMML", "TreeModel", None)
    assert found.versions == {"PMML": "4.4", "SkLearn2PMML": "0.9"}
    assert (found.inputs, found.outputs) == (("age & more",), ("y",))


def hdf5(*parts: bytes, length: int | None = None) -> bytes:
    body = b"".join(b"\0" * 8 + part for part in parts)
    head = b"\x89HDF\r\n\x1a\n" + bytes([0, 0, 0, 0, 0, 8, 8, 0]) + bytes(8) + bytes(16)
    return head + struct.pack("<Q", length or 48 + len(body)) + body


def test_keras_hdf5_is_searched_and_told_to_be_read_in_part(look):
    layer = {"class_name": "InputLayer", "config": {"batch_shape": [None, 4], "dtype": "float32", "name": "x"}}
    config = {"class_name": "Sequential", "config": {"layers": [layer, {"class_name": "Dense", "config": {}}]}}
    attributes = [b"keras_version\0\0\0\x063.15.1", b"backend\0\0jax", json.dumps(config).encode() + b"\0\0"]
    found = look("model.h5", hdf5(*attributes))
    assert (found.format, found.class_) == ("Keras HDF5", "keras.Sequential")
    assert found.versions == {"Keras": "3.15.1"}
    assert found.inputs == ("x: float32[?, 4]",)
    assert found.partly
    assert found.problem is None


def test_hdf5_shorter_than_it_says(look):
    assert look("model.h5", hdf5(b"weights", length=10_000)).problem == "cut short"


def test_hdf5_without_keras_is_just_hdf5(look):
    found = look("data.h5", hdf5(b"weights"))
    assert (found.format, found.class_, found.partly) == ("HDF5", None, True)


@pytest.mark.parametrize(
    ("name", "head", "told"),
    [
        ("model.h5", b"\x89HDF\r\n\x1a\n", "HDF5"),
        ("weights.bin", struct.pack("<Q", 80) + b'{"a":', "safetensors"),
        ("model.cbm", b"CBM1\0\0\0\0", "CatBoost"),
        ("model.bst", b"binf\0\0\0\0", "XGBoost binary"),
        ("model.pt", b"\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19.\x80\x02M\xe9\x03.", "PyTorch"),
        ("model.pkl", b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n", "git-lfs pointer"),
        ("photo.png", b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n", None),
        ("model.npz", b"PK\x03\x04" + bytes(22) + struct.pack("<HH", 5, 0) + b"a.npy", "npz"),
        ("book.xlsx", b"PK\x03\x04" + bytes(22) + struct.pack("<HH", 5, 0) + b"a.xml", None),
        ("model.zip", b"PK\x03\x04" + bytes(22) + struct.pack("<HH", 16, 0) + b"archive/data.pkl", "PyTorch"),
        ("model.model", b"\x0a\x07\x0a\x03<s>", None),
        ("config.json", b'{"name": "project"}', None),
        ("data.bin", bytes(range(256)), None),
        ("main.py", b"import os\n", None),
        ("", b"", None),
    ],
)
def test_model_format_tells_by_content_first(name, head, told):
    assert model_format(name, head) == told
