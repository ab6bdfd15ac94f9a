"""Models in a framework's own format: who saves and who loads them."""

from __future__ import annotations

from mlcoach.rule import Evidence, Facts, Hit, Regex, TextHit, calls, keywords

from ._saved import holds_model, is_model_path

TORCH_SAVES = calls("torch.save", "paddle.save", note="torch saves a model")
TORCH_LOADS = calls("torch.load", "paddle.load", note="torch loads a model")
STATE = calls("load_state_dict")
SAVES = calls(
    "save_model", "save_weights", "save_checkpoint", "save_pretrained", "save_lora_weights", "ModelCheckpoint", "CheckpointCallback",
    "CheckpointManager", "tensorflow.saved_model.save", "saved_model.simple_save",
    "SavedModelBuilder", "export_saved_model", "export_savedmodel", "freeze_graph", "convert_variables_to_constants", "jit.save",
    "safetensors.*.save_file", "log_model", "save_parameters", "save_params", "do_checkpoint", "serializers.save_npz",
    "serializers.save_hdf5", "sklearn2pmml", "coremltools.convert", "coremltools.converters.*.convert", "TFLiteConverter",
    "from_keras_model", "model_to_json", "download_mojo", "PyTreeCheckpointer", "StandardCheckpointer", "accelerator.save_state",
    "to_disk", "DVCLiveCallback", "DvcLiveCallback", "WandbModelCheckpoint", "SaveModelCallback",
    "SaveCheckpointHandler", "CheckpointHandler", "CheckpointHook", "CheckpointSaverHook", "MonitoredTrainingSession", "TorchCheckpoint",
    "write_model", "store_model", "dump_model", note="saves a model",
)  # fmt: skip
SAVERS = calls("Saver", "tensorflow.train.Checkpoint", note="saves and restores checkpoints")
LOADS = calls(
    "load_model", "load_weights", "load_from_checkpoint", "load_learner", "load_checkpoint", "latest_checkpoint", "*saver*.restore",
    "saved_model.load", "saved_model.loader.load", "import_graph_def", "lite.Interpreter", "tflite.Interpreter", "jit.load", "caffe.Net",
    "PipelineModel.load", "CrossValidatorModel.load", "PPO.load", "A2C.load", "DQN.load", "SAC.load", "TD3.load", "DDPG.load",
    "load_params", "load_parameters", "model_from_json", "import_mojo", "safetensors.*.load_file", note="loads a model",
)  # fmt: skip
METHODS = calls("save", "export", note="saves a model")
SWITCHES = keywords(
    "save_strategy", "save_steps", "save_total_limit", "save_checkpoints_steps", "save_checkpoints_secs", "checkpoint_freq",
    "enable_checkpointing", "checkpoint_callback", "model_file", "save_best_only", "load_best_model_at_end",
    "ckpt_path", "resume_from_checkpoint",
    note="the trainer saves checkpoints",
)  # fmt: skip
CONFIGURED = r"_target_:[ \t]*\S*(?:ModelCheckpoint|Checkpointer)\b"  # Hydra builds the callback
OFF = Regex(r"(?:save_strategy|enable_checkpointing|checkpoint_callback|model_file)\s*=\s*(?:[\"']no[\"']|False|None)")

HUBS = Regex(r"(?:whisper|spacy|gensim|clip|easyocr|fasttext\.util)\b")
FILE = Regex(r"\.(?:h5|hdf5|keras|pth?|ckpt|pkl|bin|model|cbm|onnx|mar|pdparams|params|caffemodel|tflite|pmml)[\"']")
BESIDE = Regex(r"(?i)tok\w*\.|processor\.|extractor\.|vocab\w*\.|config\.")  # what is saved beside a model
DJANGO = ("update_fields", "using", "commit", "force_")  # `model.save(...)` of a web framework
ENDINGS = (
    "*.pkl", "*.pickle", "*.joblib", "*.sav", "*.skops", "*.onnx", "*.pt", "*.pth", "*.ckpt", "*.h5", "*.hdf5", "*.keras", "*.tflite",
    "*.safetensors", "*.gguf", "*.cbm", "*.bst", "*.pb", "*.pmml", "*.caffemodel", "*.mlmodel", "*.pdparams",
)  # fmt: skip
CONTAINERS = Regex(
    r"^(?:dict|list|tuple|set)$|preprocessing|feature_extraction|DataFrame|ndarray|numpy|optuna|cloudpickle|KFold|Split|^pandas|^scipy"
    r"|^collections|Tokenizer"
)
FORMATS = frozenset(
    {
        "safetensors",
        "PyTorch",
        "Keras",
        "SavedModel",
        "TFLite",
        "GGUF",
        "CatBoost",
        "CatBoost JSON",
        "LightGBM text",
        "Core ML",
        "PMML",
    }
    | {"LightGBM JSON", "XGBoost JSON", "XGBoost UBJSON", "XGBoost binary", "TensorFlow graph", "ONNX", "skops"}
)


def saving(facts: Facts) -> list[Hit | TextHit]:
    """Where a framework saves a model, or is told to."""
    code = facts.code
    return [
        *(hit for hit in code.ranked(TORCH_SAVES) if torch_saves_model(hit)),
        *(hit for hit in code.ranked(SAVES, SAVERS) if not BESIDE.search(hit.name)),
        *(hit for hit in code.ranked(METHODS) if saves_model(hit)),
        *(hit for hit in code.find(SWITCHES) if not OFF.search(hit.text)),
        *facts.texts.find(CONFIGURED, "*.y*ml", words=("_target_",)),
    ]


def loading(facts: Facts) -> list[Hit]:
    """Where a framework loads a model of the project's: not one that a hub keeps."""
    code = facts.code
    filled = code.files_with(STATE)
    own = {definition.last for definition in code.definitions()}  # what these call is found inside them
    return [
        *(
            hit
            for hit in code.ranked(TORCH_LOADS)
            if loads_model(hit) or (loads_model(hit) is None and hit.path in filled)
        ),
        *(hit for hit in code.ranked(LOADS) if not HUBS.match(hit.name) and hit.last not in own),
    ]


def torch_saves_model(hit: Hit) -> bool:
    """torch.save is for models unless the names say otherwise."""
    said = holds_model(hit.first_argument)
    return holds_model(hit.args) is not False if said is None else said


def loads_model(hit: Hit) -> bool | None:
    """By the variable that it is loaded into, or by the file; None where neither says."""
    return holds_model(hit.text.partition("=")[0]) or holds_model(hit.first_argument)


def saves_model(hit: Hit) -> bool:
    """`model.save(path)`, or `anything.save("x.h5")`."""
    owner, _, method = hit.name.rpartition(".")
    if not hit.args or hit.args.startswith(DJANGO) or owner in ("torch", "paddle", "numpy"):
        return False
    named = holds_model(owner.rpartition(".")[2]) is True
    return named or (method == "save" and bool(owner) and FILE.search(hit.args) is not None)


def model_files(facts: Facts) -> list[Evidence]:
    """Files in the tree that are models: by their bytes, or by their names where git-lfs keeps the bytes elsewhere."""
    read = {model.file: model for model in facts.models if model.format not in (None, "git-lfs pointer")}
    found = [
        Evidence(model.file, note=f"a model: {model.class_ or model.format}"[:60])
        for model in read.values()
        if (model.class_ is not None and not CONTAINERS.search(model.class_))
        or model.format in FORMATS
        or is_model_path(model.file)
    ]
    unread = [path for path in facts.any_case_paths(*ENDINGS) if path not in read and is_model_path(path)]
    return [*found, *(Evidence(path, note="a model file by its name", confidence=0.5) for path in unread)]
