"""A trained model is loaded and predicts on input that it has not seen.

What counts
    A predict or inference script, a demo, an API endpoint, an application, a serving configuration. On which hardware: CPUs (the default
    of most libraries), GPUs (the code can use one), TPUs (torch_xla, TPUStrategy, JAX on a TPU, Edge TPU).

What does not
    predict on the test split, or on a competition's test file, within the run that trained the model; an evaluation script.

Known problems
    A service in another language, or a script without an ending, is not read. Whether TensorFlow finds a GPU is decided where it runs:
    only code, packages or images that ask for one count.

Next step
    Press the key for inference, or write predict.py: load the model, read a file of rows, write a file of predictions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from mlcoach.rule import (
    Evidence, Facts, Finding, Hit, Item, Option, calls, defines, done, evidence_of, imports, keywords, missing, strings, uses,
)  # fmt: skip
from mlcoach.rules.modelling._models import FITS, LOADS

ITEM = Item(
    id="modelling/inference",
    title="Model inference",
    bullet="Model inference",
    stage="mvp",
    why="A model that nobody can ask anything is a number in a report.",
    how=(
        "write predict.py: load the model, check the input's columns, predict, write the result",
        "or an endpoint: FastAPI with one POST /predict that takes the features by name",
        "choose the device in one place: `device = 'cuda' if torch.cuda.is_available() else 'cpu'`",
    ),
    references=("https://fastapi.tiangolo.com", "https://onnxruntime.ai/docs/"),
    options=(Option("cpu", "on CPUs"), Option("gpu", "on GPUs"), Option("tpu", "on TPUs")),
    actions=("infer", "export"),
)

APPS = imports(
    "fastapi", "flask", "streamlit", "gradio", "dash", "django", "bottle", "falcon", "sanic", "tornado.web", "aiohttp.web", "starlette", "chainlit",
    "flask_restful", "flask_restx", "quart", "shiny", "nicegui", "connexion", "telegram", "telebot", "aiogram", "discord", "PyQt5", "tkinter", "kivy",
    "robyn", "grpc", "zmq", "hug", "web",
    note="an application",
)  # fmt: skip
SERVERS = (
    imports(
        "bentoml", "cog", "litserve", "mlserver", "kserve", "seldon_core", "ray.serve", "tritonclient", "triton_python_backend_utils", "tensorflow_serving",
        "ts.torch_handler", "vllm", "truss",
        note="a model server",
    ),
    defines("model_fn", "predict_fn", note="a SageMaker entry point"),
)  # fmt: skip
PREDICTS = calls(
    "predict", "predict_proba", "predict_*", "*_predict", "inference", "infer", "infer_*", "*_inference", "generate", "transcribe", "translate", "sess.run",
    "session.run", "*session*.run", "invoke", "recommend*", "detect", "detect_*", "recognize*", "ocr", "forward", "model", "net", "generator", "classify*",
    "pipe", "pipeline", "get_prediction*", "make_prediction*", "act", "sample", "stt", "inference_mode", "no_grad", "segment", "self.model", "extract_text",
    note="predicts",
)  # fmt: skip
ROUTES = strings("/predict*", "*/predict", "*/predictions", "/infer*", "/recommend*", "/classify*", "/detect*", "/generate*", "/score", "/invocations", note="an endpoint")
GPU = (
    calls("cuda", "set_mode_gpu", "mx.gpu", "set_device", note="uses a GPU"),
    strings("cuda", "cuda:*", "*CUDAExecutionProvider", "TensorrtExecutionProvider", "*/gpu:*", "/device:GPU*", "gpu", "GPU", "--gpu*", "CUDA_VISIBLE_DEVICES", note="uses a GPU"),
    uses("cuda.is_available", "is_gpu_available", "gpu_options", "gpu_id", "use_gpu", "gpu_nms", "GPUOptions", note="uses a GPU if there is one"),
    keywords("device_map", "use_gpu", "gpu_id", "use_cuda", note="uses a GPU if there is one"),
    imports("tensorrt", "torch_tensorrt", "pycuda", "vllm", "cupy", "trt_pose", note="TensorRT or CUDA"),
    calls("PPO.load", "A2C.load", "DQN.load", "SAC.load", "TD3.load", "DDPG.load", note="takes a GPU if there is one"),
)  # fmt: skip
CPU = (
    strings("cpu", "cpu:*", "*CPUExecutionProvider", "/cpu:0", "--cpu*", "--no-cuda", "--no_cuda", "--use_cpu", "--device", "auto", note="on a CPU"),
    uses("is_available", "cpu_nms", "is_gpu_available", "set_mode_cpu", note="on a CPU where there is no GPU"),
    keywords("map_location", "no_cuda", note="loads on a CPU"),
)  # fmt: skip
TPU = (
    imports("torch_xla", "pycoral", "edgetpu", "tflite_runtime.edgetpu", note="TPU"),
    uses("TPUStrategy", "TPUClusterResolver", "TPUEstimator", "TPUDistributionStrategy", "initialize_tpu_system", "tpu.RunConfig", "load_edgetpu_delegate", note="TPU"),
    keywords("tpu_cores", "use_tpu", note="TPU"),
    strings("tpu", "TPU", "*libedgetpu*", "--tpu*", "--use_tpu", note="TPU"),
)

SCRIPT = re.compile(
    r"(?i)(?:predict|infer|demo|serv(?:e|er|ing)|detect|recogni|transcri|translat|generat|sampl|app|api|deploy|pretrained|play|enjoy|classify|chat|webcam|live|"
    r"interactive|caption|synth|upscale|segment|scor(?:e|ing)|recommend|endpoint|submission|bot|ocr|tagger|cli|run)[^/]*\.(?:py|ipynb)$"
)
NO_SCRIPT = re.compile(r"(?i)(?:^|/)[^/]*(?:train|eval|valid|bench|metric|plot|loss|dataset|preprocess|fit)[^/]*$|(?:^|/)test[^/]*$")
WITHIN = re.compile(r"(?i)(?:^|\.)_?(?:predict|infer|inference|demo|serve|recommend|classify|detect|generate|translate|transcribe)(?:_\w*)?$")
SPLIT = re.compile(r"(?i)test|valid|\bval|train|dev|\bX\b|x_|_x\b|oof|fold|holdout|eval")
SERVING_FILES = ("*config.pbtxt", "cog.yaml", "bentofile.y*ml", "*torchserve*.properties", "*.mar", "*seldon*.y*ml", "*inferenceservice*.y*ml", "truss.yaml")
SERVING = r"kind:\s*[\"']?(?:InferenceService|SeldonDeployment|RayService)\b|tensorflow/serving|pytorch/torchserve|tritonserver|\bmlflow models serve\b|\btorchserve --start|vllm serve"
GPU_IMAGE = r"^\s*FROM\s+\S*(?:nvidia|cuda|-gpu|tensorrt)\S*|^\s*image:\s*\S*(?:nvidia|cuda|-gpu)\S*|^\s*runtime:\s*nvidia|--gpus\b|nvidia\.com/gpu|driver:\s*nvidia"
GPU_PACKAGES = ("tensorflow-gpu", "onnxruntime-gpu", "paddlepaddle-gpu", "mxnet-cu101", "mxnet-cu92", "tensorrt", "vllm", "torch-tensorrt")


def by_path(hits: Iterable[Hit]) -> dict[str, list[Hit]]:
    grouped: dict[str, list[Hit]] = {}
    for hit in hits:
        grouped.setdefault(hit.path, []).append(hit)
    return grouped


def places(facts: Facts) -> dict[str, list[Hit]]:
    """The files that predict with a loaded model, and where they do it, applications first."""
    loads, predicts, fits = (by_path(facts.code.find(pattern)) for pattern in (LOADS, PREDICTS, FITS))
    found: dict[str, list[Hit]] = {}
    apps = by_path(facts.code.find(APPS, *SERVERS, ROUTES))
    for path in [*apps, *(path for path in {**predicts, **loads} if path not in apps)]:
        within = [hit for hit in loads.get(path, []) if WITHIN.search(hit.inside)]
        if NO_SCRIPT.search(path) and not within:
            continue
        if path in fits and path not in apps:
            later = within or fresh(path, loads, predicts)
            if later:
                found[path] = later
            continue
        near = {path, *facts.code.reachable(path)} if path in apps or SCRIPT.search(path) else {path}
        if near & loads.keys() and near & predicts.keys():
            found[path] = [*predicts.get(path, []), *loads.get(path, []), *apps.get(path, [])]
    return found


def fresh(path: str, loads: dict[str, list[Hit]], predicts: dict[str, list[Hit]]) -> list[Hit]:
    """In a notebook or script that trains: predictions after the model was loaded again, on what is no split of the data."""
    if path not in loads:
        return []
    first = min((hit.cell or 0, hit.line) for hit in loads[path])
    return [
        hit for hit in predicts.get(path, [])
        if (hit.cell or 0, hit.line) > first and hit.args and not SPLIT.search(hit.args) and "predict" in hit.name
    ]  # fmt: skip


def infer(facts: Facts) -> Finding:
    files = places(facts)
    configured = [*(Evidence(path, note="a serving configuration") for path in facts.find_paths(*SERVING_FILES)), *facts.texts.find(SERVING, limit=5)]
    found = evidence_of((hit for hits in files.values() for hit in hits[:2]), configured)
    if not found:
        return missing("nothing loads a trained model and predicts on new input", looked=("code: predict scripts, demos, applications", "serving configurations"))
    near = {*files, *(other for path in files for other in facts.code.reachable(path))}
    gpu = [hit for hit in facts.code.find(*GPU) if hit.path in near]
    cpu = [hit for hit in facts.code.find(*CPU) if hit.path in near]
    hard = [hit for hit in gpu if hit.kind in ("call", "string") and hit.path in files and hit.name.rpartition(".")[2].startswith(("cuda", "set_device"))]
    declared = [Evidence(need.path, need.line, note=need.name) for need in facts.dependencies.find(*GPU_PACKAGES)]
    options = {
        "cpu": evidence_of(cpu, found) if cpu or not hard else (),
        "gpu": evidence_of(gpu, facts.texts.find(GPU_IMAGE, limit=5), declared),
        "tpu": evidence_of(facts.code.find(*TPU)),
    }
    return done(found[0].note, found, options=options)
