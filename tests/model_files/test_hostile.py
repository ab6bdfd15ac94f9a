"""Hostile and broken files: each is made here, described without an exception, in bounded time and memory, and told for
what it is. The payloads are real: loading one of these files would create a file named `pwned`.
"""

from __future__ import annotations

import gzip
import io
import json
import lzma
import os
import pickle
import random
import struct
import time
import tracemalloc
import zipfile
import zlib
from pathlib import Path

import joblib
import numpy as np
import pytest

from mlcoach.facts.model_files import inspect_path, inspect_stream
from mlcoach.facts.model_files.reader import MOST_INFLATED
from mlcoach.reports.inspect import as_text


class Payload:
    """Unpickled, it touches a file."""

    def __init__(self, place: Path) -> None:
        self.place = place

    def __reduce__(self) -> tuple[object, ...]:
        return os.system, (f"touch {self.place}",)


SYSTEM = f"{os.system.__module__}.system"  # posix.system or nt.system


@pytest.fixture
def pwned(tmp_path):
    """Where a payload would leave its file; at the end it must not be there."""
    place = tmp_path / "pwned"
    yield place
    assert not place.exists()


def test_01_a_call_of_os_system_is_named_and_not_made(look, pwned):
    found = look("model.pkl", pickle.dumps(Payload(pwned)))
    assert found.runs_code == (SYSTEM,)
    assert found.problem is None


def test_02_a_zip_in_a_zip_is_told_and_left(look, zipped):
    inner = zipped({"inner.zip": zipped({"net/data.pkl": b"."})})
    found = look("model.zip", zipped({"net.pt": inner}))
    assert (found.format, found.partly) == (None, True)
    assert "archives inside the archive were not read: net.pt" in found.problem


def test_03_a_zip_bomb_is_called_one(look):
    """A member that says it is 1 GB and is 1 MB packed; its content is inflated up to a limit at most."""
    stream = io.BytesIO()
    piece = bytes(1024 * 1024)
    with (
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("net/data.pkl", "w", force_zip64=True) as member,
    ):
        for _ in range(600):
            member.write(piece)
    started = time.monotonic()
    found = look("model.pt", stream.getvalue())
    assert found.problem.startswith("a zip bomb: 629.1 MB out of 2.7 MB")
    assert found.partly
    assert time.monotonic() - started < 3


def test_04_safetensors_cut_short(look):
    header = json.dumps({"w": {"dtype": "F32", "shape": [100], "data_offsets": [0, 400]}}).encode()
    found = look("model.safetensors", struct.pack("<Q", len(header)) + header + bytes(100))
    assert (found.problem, found.partly) == ("cut short: 300 bytes are missing", True)


@pytest.mark.parametrize(
    "name", ["model.pkl", "model.pt", "model.joblib", "model.safetensors", "model.onnx", "model.h5"]
)
def test_05_a_sparse_file_of_2_gb_costs_nothing(tmp_path, name):
    path = tmp_path / name
    with path.open("wb") as stream:
        stream.truncate(2 * 1024**3)
    started = time.monotonic()
    found = inspect_path(path)
    assert found.problem is not None
    assert found.size == 2 * 1024**3
    assert time.monotonic() - started < 1


def test_06_a_link_out_of_the_root_is_named_and_not_followed(tmp_path):
    outside = tmp_path / "secret.pkl"
    outside.write_bytes(pickle.dumps([1]))
    root = tmp_path / "project"
    root.mkdir()
    (root / "model.pkl").symlink_to(outside)
    found = inspect_path(root / "model.pkl", root=root)
    assert found.problem == f"a link out of the project, not followed: {outside}"
    assert (found.file, found.format) == ("model.pkl", None)


def test_06b_a_folder_that_is_a_link_out_of_the_root_is_not_followed(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "model.pkl").write_bytes(pickle.dumps([1]))
    root = tmp_path / "project"
    root.mkdir()
    (root / "models").symlink_to(tmp_path / "elsewhere")
    assert "not followed" in inspect_path(root / "models" / "model.pkl", root=root).problem


def test_06c_a_link_that_stays_inside_is_followed(tmp_path):
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / "abc").write_bytes(pickle.dumps([1]))
    (tmp_path / "model.pkl").symlink_to(Path("store") / "abc")
    found = inspect_path(tmp_path / "model.pkl", root=tmp_path)
    assert (found.file, found.class_) == ("model.pkl", "list")


def test_07_a_loop_of_links_leads_nowhere(tmp_path):
    (tmp_path / "a.pkl").symlink_to("b.pkl")
    (tmp_path / "b.pkl").symlink_to("a.pkl")
    assert inspect_path(tmp_path / "a.pkl", root=tmp_path).problem == "a loop of links that leads nowhere"


def test_07b_a_link_to_nothing(tmp_path):
    (tmp_path / "a.pkl").symlink_to("gone.pkl")
    assert inspect_path(tmp_path / "a.pkl", root=tmp_path).problem == "a link that leads nowhere"


def test_07c_no_file_at_all(tmp_path):
    assert inspect_path(tmp_path / "a.pkl", root=tmp_path).problem == "no such file"


def test_08_a_named_pipe_is_not_opened(tmp_path):
    os.mkfifo(tmp_path / "model.pkl")
    assert inspect_path(tmp_path / "model.pkl").problem == "a named pipe, not opened"


def test_08b_a_device_is_not_opened():
    assert inspect_path(Path("/dev/zero")).problem == "a device, not opened"


def test_09_a_pickle_is_told_by_its_content(look, pwned):
    found = look("model.safetensors", pickle.dumps(Payload(pwned)))
    assert (found.format, found.runs_code) == ("pickle", (SYSTEM,))


def test_09b_an_image_is_not_a_pickle(look):
    found = look("model.pkl", b"\x89PNG\r\n\x1a\n" + bytes(100))
    assert (found.format, found.problem) == (None, "not a pickle: a PNG image")


def test_10_an_empty_file(look):
    assert look("model.pkl", b"").problem == "empty"


def test_11_a_name_with_control_characters_is_shown_escaped(look):
    found = look("a\n\x1b[31m[bold]\u202e.pkl", pickle.dumps([1]))
    shown = as_text(found)
    assert shown.splitlines()[0] == "a\\n\\x1b[31m[bold]\\u202e.pkl"
    assert found.class_ == "list"


def test_11b_what_a_file_says_is_shown_escaped(look, op):
    found = look("model.pkl", op.file(op.call("os\x1b[2J", "sys\rtem")))
    assert "os\\x1b[2J.sys\\rtem" in as_text(found)
    assert "\x1b" not in as_text(found)


def test_12_a_file_without_permission_is_told(tmp_path):
    """Root reads every file, so the look is taken by a child that has given up root."""
    (tmp_path / "model.pkl").write_bytes(pickle.dumps([1]))
    (tmp_path / "model.pkl").chmod(0)
    tmp_path.chmod(0o755)
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.chdir(tmp_path)
            if os.geteuid() == 0:
                os.setresuid(65534, 65534, 65534)
            os.write(write, str(inspect_path(Path("model.pkl")).problem).encode())
        finally:
            os._exit(0)
    os.close(write)
    with open(read, "rb") as told:
        assert told.read() == b"no permission to read it"
    os.waitpid(child, 0)


def test_13_names_that_come_out_of_the_memo_are_found(look):
    data = b"\x80\x04\x8c\x06system\x94\x8c\x02os\x940" + b"0h\x01h\x00\x93\x8c\x04true\x85R."
    found = look("model.pkl", data)
    assert found.runs_code == ("os.system",)


def test_13b_names_that_are_made_while_loading_are_said_to_be_so(look, op):
    made = op.call("_codecs", "encode", op.text("os"))
    found = look("model.pkl", op.file(made + op.text("system") + b"\x93)R"))
    assert "a name that is only known while it loads" in found.runs_code


def test_13c_a_call_of_a_computed_thing_is_said_to_be_so(look, op):
    found = look("model.pkl", op.file(op.call("builtins", "getattr", op.name("os", "path"), op.text("x")) + b")R"))
    assert "a call of something that is only known while it loads" in found.runs_code


def test_13d_escapes_in_old_strings_are_undone(look):
    found = look("model.pkl", b"S'\\x6f\\x73'\nV\\u0073ystem\n\x93)R.")
    assert found.runs_code == ("os.system",)


def test_13e_extension_codes_are_told(look):
    assert look("model.pkl", b"\x80\x02\x82\x07)R.").runs_code[0] == "copyreg extension 7"


def test_13f_changing_a_class_itself_is_told(look, op):
    change = op.name("sklearn.pipeline", "Pipeline") + op.mapping(predict=op.number(1)) + b"b"
    assert look("model.pkl", op.file(change)).runs_code == ("changes sklearn.pipeline.Pipeline itself",)


def test_14_a_payload_in_a_second_pickle_is_told(look, pwned):
    found = look("model.pkl", pickle.dumps([1]) + pickle.dumps(Payload(pwned)))
    assert found.runs_code == (SYSTEM,)
    assert found.metadata["pickles"] == "2, one after the other"


@pytest.mark.parametrize("compress", [0, 3])
@pytest.mark.parametrize("array", [np.zeros(5000), np.array(["a", 1], dtype=object), np.zeros(3, dtype="S7")])
def test_15_a_payload_behind_a_joblib_array_is_found(look, pwned, array, compress):
    stream = io.BytesIO()
    joblib.dump([array, Payload(pwned)], stream, compress=compress)
    found = look("model.joblib", stream.getvalue())
    assert found.runs_code == (SYSTEM,)
    assert found.problem is None


def test_15b_a_payload_inside_an_array_of_objects_is_found(look, pwned):
    stream = io.BytesIO()
    joblib.dump({"a": np.array([Payload(pwned)], dtype=object)}, stream)
    assert look("model.joblib", stream.getvalue()).runs_code == (SYSTEM,)


def test_16_a_torch_zip_with_a_wrong_checksum_is_read_and_told(look, zipped, pwned):
    payload = pickle.dumps(Payload(pwned), protocol=2)
    data = zipped({"net/data.pkl": payload, "net/version": "3"})
    wrong = data.replace(struct.pack("<I", zlib.crc32(payload)), b"\0\0\0\0")
    found = look("model.pt", wrong)
    assert found.runs_code == (SYSTEM,)
    assert "wrong checksum of net/data.pkl" in found.problem


def test_16b_every_pickle_of_a_torch_zip_is_looked_at(look, zipped, pwned):
    found = look("model.pt", zipped({"net/data.pkl": b"\x80\x02}.", "net/other.pkl": pickle.dumps(Payload(pwned))}))
    assert found.runs_code == (SYSTEM,)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.pkl", b"\x80\x04}\x8c\x01a\x8d" + struct.pack("<Q", 2**62) + b"abc"),
        ("a.pkl", b"\x80\x04}\x8c\x01aB" + struct.pack("<I", 2**31) + b"abc"),
        ("a.safetensors", struct.pack("<Q", 2**39) + b'{"a":1}'),
        ("a.onnx", b"\x08\x0a\x12\x01x\x3a\xff\xff\xff\xff\x7f\x0a\x01"),
        ("a.gguf", struct.pack("<4sIQQ", b"GGUF", 3, 2**60, 2**60)),
        ("a.cbm", b"CBM1" + struct.pack("<I", 2**31)),
        ("a.ubj", b"{L\0\0\0\0\0\0\0\x07learner{L\x7f\xff\xff\xff\xff\xff\xff\xff"),
        ("a.npy", b"\x93NUMPY\x01\0\xff\xff{"),
    ],
)
def test_17_lengths_that_lie_are_told_and_take_no_memory(look, name, data):
    tracemalloc.start()
    found = look(name, data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "cut short" in found.problem
    assert found.partly
    assert peak < 20_000_000


@pytest.mark.parametrize("opening", ["[", '{"a":'])
def test_18_json_nested_too_deep_is_told(look, opening):
    header = ('{"a":' + opening * 200_000).encode()
    found = look("model.safetensors", struct.pack("<Q", len(header)) + header)
    assert found.problem == "nested too deep or too large to read"


def test_19_a_pickle_that_doubles_is_bounded(look):
    found = look("model.pkl", b"\x80\x04]" + b"2\x86" * 200_000 + b".")
    assert (found.class_, found.problem) == ("tuple", None)


def test_19b_too_many_opcodes_stop_the_walk(look):
    started = time.monotonic()
    found = look("model.pkl", b"\x80\x04" + b"N0" * 2_000_000 + b".")
    assert found.partly
    assert found.problem.startswith("reading stopped")
    assert time.monotonic() - started < 6


def test_19c_many_objects_stop_the_walk_before_the_memory_does(look):
    found = look("model.pkl", b"\x80\x04(" + b"}" * 1_000_000 + b"t.")
    assert found.partly
    assert found.problem == "reading stopped after 67.1 MB of text and numbers"


@pytest.mark.parametrize("place", ["../../outside", "/etc/passwd", "..\\outside", "C:\\weights"])
def test_20_onnx_weights_out_of_the_folder_are_named(look, proto, place):
    outside = proto.field(13, proto.field(1, "location") + proto.field(2, place))
    graph = proto.field(1, proto.field(4, "Relu")) + proto.field(5, proto.field(1, 3) + outside)
    found = look("model.onnx", proto.field(1, 10) + proto.field(2, "x") + proto.field(7, graph))
    assert place in found.problem
    assert place in found.metadata["weights in"]


def test_21_a_keras_lambda_is_named(look, zipped):
    layer = {"module": "keras.layers", "class_name": "Lambda", "config": {"function": {"class_name": "__lambda__"}}}
    config = {"module": "keras", "class_name": "Sequential", "config": {"layers": [layer]}}
    data = zipped({"metadata.json": "{}", "config.json": json.dumps(config)})
    assert "Lambda layer: code of its own" in look("model.keras", data).runs_code


def test_22_a_folder_named_as_a_pickle(tmp_path):
    (tmp_path / "model.pkl").mkdir()
    assert inspect_path(tmp_path / "model.pkl").problem == "a folder, not a file"


def test_22b_a_git_lfs_pointer_is_told_with_the_real_size(look):
    text = "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a214614ab\nsize 123456789\n"
    found = look("model.pt", text.encode())
    assert found.format == "git-lfs pointer"
    assert found.problem == "a git-lfs pointer: the file itself, 123.5 MB, is not here"
    assert found.metadata["real size"] == "123456789"


def test_23_members_that_climb_are_named_and_nothing_is_unpacked(look, zipped, tmp_path):
    found = look("model.pt", zipped({"net/data.pkl": b"\x80\x02}.", "../../x\x1b.txt": "x", "/etc/x": "x"}))
    assert "members that climb out of the folder: ../../x\x1b.txt, /etc/x" in found.problem
    assert "\x1b" not in as_text(found)
    assert [path.name for path in tmp_path.iterdir()] == ["model.pt"]


def test_24_a_gzip_bomb_stops_at_a_limit(look):
    head = b"\x80\x04\x8e" + struct.pack("<Q", 2 * MOST_INFLATED)
    packer = zlib.compressobj(1, zlib.DEFLATED, 31)
    piece = bytes(1024 * 1024)
    data = packer.compress(head) + b"".join(packer.compress(piece) for _ in range(600)) + packer.flush()
    found = look("model.joblib", data)
    assert found.partly
    assert found.problem.startswith("inflates to more than 536.9 MB")


def test_24b_a_gzip_of_zeros_is_not_a_pickle(look):
    assert look("model.joblib", gzip.compress(bytes(10_000_000))).problem == "not a pickle"


# --- beyond the table ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["zlib", "gzip", "bz2", "xz", "lzma"])
def test_a_compressed_file_cut_short(look, method):
    stream = io.BytesIO()
    joblib.dump(list(map(str, range(2000))), stream, compress=(method, 3))
    found = look("model.joblib", stream.getvalue()[:-400])
    assert found.partly
    assert "cut short" in found.problem


def test_an_xz_file_that_asks_for_gigabytes(look):
    data = bytearray(lzma.compress(b"\x80\x04N."))
    data[16] = 40  # the size of the dictionary: 4 GB
    data[20:24] = struct.pack("<I", zlib.crc32(data[12:20]))
    found = look("model.joblib", bytes(data))
    assert found.problem == "the compressed data is broken (Memory usage limit exceeded)"


@pytest.mark.parametrize(
    ("format", "head"),
    [
        ("GGUF", b"GGUF\x03\0\0\0\0"),
        ("CatBoost", b"CBM1" + bytes(64)),
        ("TFLite", b"N0N0TFL3\0" + bytes(0x334C46)),
    ],
    ids=["gguf", "catboost", "tflite"],
)
def test_a_pickle_that_begins_as_another_format_is_seen(look, format, head):
    found = look("model.pkl", head + b"cos\nsystem\n)R.")
    assert found.format == format
    assert found.runs_code == ("os.system",)
    assert "it is also a pickle" in found.problem


@pytest.mark.parametrize("start", [b"", b"\x80\x04"])
def test_a_call_before_the_pickle_breaks_is_seen(look, start):
    """pickle.load runs each opcode as it comes: what follows the call may be anything."""
    found = look("model.pkl", start + b"cos\nsystem\n(X\x01\0\0\0xtR\xff\xfe")
    assert found.runs_code == ("os.system",)
    assert found.partly


def test_lz4_is_said_to_be_unreadable(look):
    found = look("model.joblib", b"\x04\x22\x4d\x18" + bytes(50))
    assert (found.format, found.problem) == ("joblib", "lz4 cannot be read here")


def test_two_members_of_one_name(look):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("net/data.pkl", b"\x80\x02}.")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("net/data.pkl", b"\x80\x02cos\nsystem\n)R.")
    found = look("model.pt", stream.getvalue())
    assert found.runs_code == ("os.system",)
    assert "several members of the zip have the same name" in found.problem


def test_a_zip_of_too_many_members(look):
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 60_000, 60_000, 0, 0, 0)
    assert look("model.pt", b"PK\x03\x04" + bytes(100) + end).problem == "a zip of 60000 members was not read"


def test_a_number_of_parameters_that_no_file_has(look):
    entry = {"dtype": "F32", "shape": [2**62, 2**62], "data_offsets": [0, 4]}
    header = json.dumps({"a": entry}).encode()
    assert look("model.safetensors", struct.pack("<Q", len(header)) + header + bytes(4)).parameters is None


def test_no_words_of_comfort(look, pipeline):
    """What was not seen is not vouched for."""
    shown = as_text(look("model.pkl", pickle.dumps(pipeline))).lower()
    assert not [word for word in ("safe", "clean", "no issues", "harmless", "trusted") if word in shown]


def test_mutated_files_never_raise(pipeline, zipped, proto, op):
    """Cut, changed and lengthened bytes of many formats."""
    stream = io.BytesIO()
    joblib.dump(pipeline, stream)
    layers = {"class_name": "Sequential", "config": {"layers": [{"class_name": "Dense", "config": {}}]}}
    originals = {
        "a.pkl": pickle.dumps(pipeline),
        "a.joblib": stream.getvalue(),
        "b.joblib": zlib.compress(stream.getvalue()),
        "a.pt": zipped({"net/data.pkl": op.file(op.ordered({"w": op.tensor(2, 3)})), "net/version": "3"}),
        "a.keras": zipped({"metadata.json": "{}", "config.json": json.dumps(layers)}, zipfile.ZIP_DEFLATED),
        "a.onnx": proto.field(1, 10) + proto.field(2, "x") + proto.field(7, proto.field(1, proto.field(4, "Relu"))),
        "a.ubj": b"{L" + struct.pack(">q", 7) + b"learner{U\x04name[$l#U\x02" + bytes(8) + b"}}",
    }
    chance = random.Random(0)
    for name, original in originals.items():
        for _ in range(60):
            data = bytearray(original)
            for _ in range(chance.choice([1, 2, 8])):
                place = chance.randrange(len(data))
                match chance.randrange(4):
                    case 0 if place:
                        del data[place:]
                    case 1:
                        data[place:place] = chance.randbytes(3)
                    case 2:
                        data[place : place + 4] = b"\xff\xff\xff\x7f"
                    case _:
                        data[place] = chance.randrange(256)
            found = inspect_stream(name, io.BytesIO(bytes(data)), len(data))
            assert found.size == len(data)
