"""Models that are a zip (torch, Keras, skops, npz) or a folder."""

from __future__ import annotations

import io
import json
import pickle
import struct
import zipfile

import numpy as np
import pytest

from mlcoach.facts.model_files import inspect_path, model_format


def torch_zip(zipped, data: bytes, **members: bytes | str) -> bytes:
    inside = {"net/data.pkl": data, "net/byteorder": "little", "net/data/0": bytes(48), "net/version": "3\n"}
    return zipped(inside | {f"net/{name.replace('__', '.')}": content for name, content in members.items()})


def state_dict(op) -> bytes:
    numbers = op.tensor(4, 3), op.tensor(3), op.tensor(3)
    return op.ordered({"fc.weight": numbers[0], "fc.bias": numbers[1], "bn.running_mean": numbers[2]})


def test_torch_state_dict(look, op, zipped):
    data = torch_zip(zipped, op.file(state_dict(op)))
    found = look("net.pt", data)
    assert (found.format, found.class_, found.problem) == ("PyTorch", "collections.OrderedDict", None)
    assert found.metadata["kind"] == "state dict"
    assert found.versions == {"PyTorch file format": "3"}
    assert found.parameters == 15
    assert found.runs_code == ()
    assert model_format("net.pt", data[:512]) == "PyTorch"


def test_torch_checkpoint_counts_the_model_and_not_the_optimizer(look, op, zipped):
    optimizer = op.mapping(state=op.ordered({"exp_avg": op.tensor(4, 3)}))
    body = op.mapping(epoch=op.number(7), model=state_dict(op), optimizer=optimizer)
    found = look("last.ckpt", torch_zip(zipped, op.file(body)))
    assert found.metadata["keys"] == "epoch, model, optimizer"
    assert found.metadata["kind"] == "checkpoint"
    assert found.parameters == 15


def test_torch_whole_module_is_told_to_need_its_code(look, op, zipped):
    weight = op.call(
        "torch._utils", "_rebuild_parameter", op.tensor(4, 3), b"\x88", op.call("collections", "OrderedDict")
    )
    layer = op.instance("torch.nn.modules.linear", "Linear", op.mapping(_parameters=op.ordered({"weight": weight})))
    module = op.instance("project.nets", "Net", op.mapping(_modules=op.ordered({"fc": layer})))
    found = look("net.pth", torch_zip(zipped, op.file(module)))
    assert found.class_ == "project.nets.Net"
    assert found.metadata["kind"].startswith("whole module")
    assert found.parameters == 12
    assert found.runs_code == ("project.nets.Net",)


def test_torchscript(look, op, zipped):
    body = op.instance("__torch__.nets", "Net", op.mapping(w=op.tensor(2, 2)))
    data = torch_zip(zipped, op.file(body), constants__pkl=op.file(b")"), code="")
    found = look("net.pt", data)
    assert (found.format, found.class_) == ("TorchScript", "nets.Net")
    assert found.parameters == 4
    assert found.runs_code == ()


def test_torch_export(look, zipped):
    program = {"schema_version": {"major": 8, "minor": 2}, "torch_version": "2.9.0", "opset_version": {"aten": 10}}
    data = zipped({"net/archive_format": "pt2", "net/models/model.json": json.dumps(program), "net/data/w.pt": b""})
    found = look("net.pt2", data)
    assert found.format == "torch.export"
    assert found.versions == {"torch.export schema": "8.2", "torch": "2.9.0", "opset aten": "10"}
    assert "net/data/w.pt" in found.problem
    assert found.partly


def test_torch_before_1_6(look, op):
    magic = b"\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19."
    parts = [magic, op.file(op.number(1001)), op.file(b"}"), op.file(state_dict(op)), op.file(b"]"), bytes(100)]
    found = look("net.pth", b"".join(parts))
    assert (found.format, found.parameters, found.problem) == ("PyTorch", 15, None)
    assert found.metadata["layout"] == "before PyTorch 1.6"


def keras_zip(zipped, *layers: dict[str, object]) -> bytes:
    config = {"module": "keras", "class_name": "Sequential", "config": {"layers": list(layers)}}
    told = {"keras_version": "3.15.1", "date_saved": "2026-01-01@00:00:00"}
    return zipped(
        {"metadata.json": json.dumps(told), "config.json": json.dumps(config), "model.weights.h5": b"\x89HDF"}
    )


def keras_layer(module: str, kind: str, **config: object) -> dict[str, object]:
    return {"module": module, "class_name": kind, "config": config, "registered_name": None}


def test_keras_3(look, zipped):
    taken = keras_layer("keras.layers", "InputLayer", batch_shape=[None, 4], dtype="float32", name="x")
    dense = keras_layer("keras.layers", "Dense", activation="relu", kernel=keras_layer("keras.initializers", "Zeros"))
    found = look("model.keras", keras_zip(zipped, taken, dense))
    assert (found.format, found.class_, found.problem) == ("Keras", "keras.Sequential", None)
    assert found.versions == {"Keras": "3.15.1"}
    assert found.inputs == ("x: float32[?, 4]",)
    assert found.metadata["layers"] == "InputLayer, Dense"
    assert found.runs_code == ()


@pytest.mark.parametrize(
    ("layer", "told"),
    [
        (keras_layer("keras.layers", "Lambda"), "Lambda layer: code of its own"),
        (keras_layer("builtins", "__lambda__", value="4wEA"), "a pickled Python function"),
        (keras_layer("project.layers", "Gate"), "project.layers.Gate"),
        (keras_layer("os", "system"), "os.system"),
        (keras_layer("keras.utils", "get_file"), "keras.utils.get_file"),
        ({"module": "os", "class_name": "function", "config": "system"}, "os.system"),
        ({"module": None, "class_name": "Gate", "registered_name": "my>Gate", "config": {}}, "my>Gate"),
    ],
)
def test_keras_names_that_are_not_its_own_are_shown(look, zipped, layer, told):
    assert told in look("model.keras", keras_zip(zipped, layer)).runs_code


def node(module: str, name: str, loader: str, content: object = None, **more: object) -> dict[str, object]:
    return {"__class__": name, "__module__": module, "__loader__": loader, "content": content, **more}


def plain(value: object) -> dict[str, object]:
    return node("builtins", "str", "JsonNode", json.dumps(value), is_json=True)


def skops_zip(zipped, **attributes: object) -> bytes:
    stream = io.BytesIO()
    np.save(stream, np.array(["no", "yes"]))
    state = {
        "_sklearn_version": plain("1.9.1"),
        "n_features_in_": plain(2),
        "feature_names_in_": node("numpy", "ndarray", "NdArrayNode", [plain("age"), plain("calls")], type="json"),
        "classes_": node("numpy", "ndarray", "NdArrayNode", type="numpy", file="1.npy"),
    }
    content = node("builtins", "dict", "DictNode", state | attributes)
    schema = node("sklearn.linear_model._logistic", "LogisticRegression", "ObjectNode", content)
    return zipped(
        {"1.npy": stream.getvalue(), "schema.json": json.dumps(schema | {"_skops_version": "0.16.0", "protocol": 2})}
    )


def test_skops(look, zipped):
    found = look("model.skops", skops_zip(zipped))
    assert (found.format, found.class_) == ("skops", "sklearn.linear_model.LogisticRegression")
    assert found.versions == {"skops": "0.16.0", "scikit-learn": "1.9.1"}
    assert (found.inputs, found.outputs) == (("age", "calls"), ("no", "yes"))
    assert (found.runs_code, found.problem) == ((), None)


def test_skops_shows_the_types_that_are_not_known(look, zipped):
    found = look("model.skops", skops_zip(zipped, func=node("os", "system", "FunctionNode")))
    assert found.runs_code == ("os.system",)


def test_npz_lists_its_arrays(look):
    stream = io.BytesIO()
    np.savez_compressed(stream, a=np.zeros((3, 4)), b=np.arange(2))
    found = look("weights.npz", stream.getvalue())
    assert found.format == "npz"
    assert found.metadata == {"a": "float64[3, 4]", "b": "int64[2]: 0, 1"}


def test_another_zip_is_looked_into_one_level_deep(look, zipped, op):
    inner = zipped({"data.pkl": b""})
    found = look("bundle.zip", zipped({"model/x.pkl": op.file(op.call("os", "system")), "inner.zip": inner}))
    assert found.runs_code == ("os.system",)
    assert found.partly
    assert "inner.zip" in found.problem


@pytest.mark.parametrize("compression", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2])
def test_zip_members_are_read_compressed_or_not(look, zipped, op, compression):
    data = zipped({"net/data.pkl": op.file(state_dict(op)), "net/version": "3"}, compression)
    assert look("net.pt", data).parameters == 15


def test_a_large_zip_with_64_bit_places(look, op, tmp_path):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive, archive.open("net/data.pkl", "w", force_zip64=True) as member:
        member.write(op.file(state_dict(op)))
    assert look("net.pt", stream.getvalue()).parameters == 15


# --- folders -------------------------------------------------------------------------------------------------------


def test_a_saved_model_folder(tmp_path, proto):
    folder = tmp_path / "export" / "1"
    (folder / "variables").mkdir(parents=True)
    meta = proto.field(1, proto.field(4, "serve") + proto.field(5, "2.15.0"))
    (folder / "saved_model.pb").write_bytes(proto.field(1, 1) + proto.field(2, meta))
    (folder / "variables" / "variables.data-00000-of-00001").write_bytes(bytes(100))
    found = inspect_path(folder, root=tmp_path)
    assert (found.file, found.format, found.problem) == ("export/1", "SavedModel", None)
    assert found.versions == {"tensorflow": "2.15.0"}
    assert found.size == 100 + (folder / "saved_model.pb").stat().st_size


def test_a_hugging_face_folder(tmp_path, op, zipped):
    config = {"architectures": ["BertModel"], "model_type": "bert", "transformers_version": "4.50.0"}
    code = {"auto_map": {"AutoModel": "modeling_bert.BertModel"}}
    header = json.dumps({"w": {"dtype": "F32", "shape": [5], "data_offsets": [0, 20]}}).encode()
    (tmp_path / "config.json").write_text(json.dumps(config | code))
    (tmp_path / "model.safetensors").write_bytes(struct.pack("<Q", len(header)) + header + bytes(20))
    (tmp_path / "pytorch_model.bin").write_bytes(b"not looked at where there are safetensors")
    found = inspect_path(tmp_path)
    assert (found.format, found.class_, found.parameters) == ("Transformers", "BertModel", 5)
    assert found.versions == {"transformers": "4.50.0"}
    assert found.runs_code == ("modeling_bert.BertModel",)


def test_an_adapter_folder(tmp_path):
    (tmp_path / "adapter_config.json").write_text('{"peft_type": "LORA", "base_model_name_or_path": "base"}')
    found = inspect_path(tmp_path)
    assert (found.format, found.class_, found.metadata["base model"]) == ("PEFT adapter", "LORA", "base")


def test_links_in_a_folder_are_not_followed(tmp_path):
    outside = tmp_path / "outside.json"
    outside.write_text('{"model_type": "bert"}')
    folder = tmp_path / "model"
    folder.mkdir()
    (folder / "config.json").symlink_to(outside)
    assert inspect_path(folder, root=tmp_path).problem == "a folder, not a file"


def test_a_pickle_in_pytorch_model_bin_is_told(tmp_path):
    (tmp_path / "config.json").write_text('{"model_type": "bert"}')
    (tmp_path / "pytorch_model.bin").write_bytes(pickle.dumps(print))
    assert inspect_path(tmp_path).runs_code == ("builtins.print",)
