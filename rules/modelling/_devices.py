"""What tells that code can run on a GPU, on a CPU where there is no GPU, or on a TPU."""

from __future__ import annotations

from mlcoach.rule import Evidence, Facts, Regex, calls, evidence_of, imports, keywords, strings, uses

from ._models import LOADS, PREDICTS, of_model
from ._notes import with_names

GPU = (
    calls("cuda", "set_mode_gpu", "mx.gpu", "set_device", note="uses a GPU"),
    strings(
        "cuda", "cuda:*", "*CUDAExecutionProvider", "TensorrtExecutionProvider", "*/gpu:*", "/device:GPU*", "gpu",
        "GPU", "--gpu*", "CUDA_VISIBLE_DEVICES",
        note="uses a GPU",
    ),
    uses(
        "cuda.is_available", "is_gpu_available", "gpu_options", "gpu_id", "use_gpu", "gpu_nms", "GPUOptions",
        note="uses a GPU if there is one",
    ),
    keywords("device_map", "use_gpu", "gpu_id", "use_cuda", note="uses a GPU if there is one"),
    imports("tensorrt", "torch_tensorrt", "pycuda", "vllm", "cupy", "trt_pose", note="TensorRT or CUDA"),
    calls(
        "PPO.load", "A2C.load", "DQN.load", "SAC.load", "TD3.load", "DDPG.load",
        note="takes a GPU if there is one",
    ),
)  # fmt: skip
CPU = (
    strings(
        "cpu", "cpu:*", "*CPUExecutionProvider", "/cpu:0", "--cpu*", "--no-cuda", "--no_cuda", "--use_cpu",
        "--device", "auto",
        note="on a CPU",
    ),
    uses("is_available", "cpu_nms", "is_gpu_available", "set_mode_cpu", note="on a CPU where there is no GPU"),
    keywords("map_location", "no_cuda", note="loads on a CPU"),
)  # fmt: skip
TPU = (
    imports("torch_xla", "pycoral", "edgetpu", "tflite_runtime.edgetpu", note="TPU"),
    uses(
        "TPUStrategy",
        "TPUClusterResolver",
        "TPUEstimator",
        "TPUDistributionStrategy",
        "initialize_tpu_system",
        "tpu.RunConfig",
        "load_edgetpu_delegate",
        note="TPU",
    ),
    keywords("tpu_cores", "use_tpu", note="TPU"),
    strings("tpu", "TPU", "*libedgetpu*", "--tpu*", "--use_tpu", note="TPU"),
)

GPU_IMAGE = (
    r"^\s*(?:FROM|image:)\s*\S*(?:nvidia|cuda|-gpu|tensorrt)\S*|^\s*(?:runtime|driver|- driver):\s*nvidia|--gpus\b"
    r"|nvidia\.com/gpu"
    r"|^\s*(?:export\s+)?CUDA_VISIBLE_DEVICES=\d"
)
ON_GPU = r"[-_]gpu\b|\bgpus?\b"
ON_CPU = r"\bcpus?\b|\b(?:without|no) (?:an? )?gpus?\b"
CPU_IMAGE = r"^\s*FROM\s+(?:\S*/)?(?:python|continuumio|ubuntu|debian|\S*-cpu)\b"
GUIDES = ("README*", "readme*", "*INSTALL*", "*install*", "*USING*", "*usage*", "*USAGE*", "*[Gg]etting*[Ss]tarted*")
IMAGE_FILES = ("*ockerfile*", "*.y*ml", "*.sh", "Makefile", "*.mk")
CPU_FILES = ("*ockerfile*cpu*", "*requirements*cpu*", "*compose*cpu*", "*environment*cpu*")
GPU_PACKAGES = (
    "tensorflow-gpu", "onnxruntime-gpu", "paddlepaddle-gpu", "mxnet-cu92", "mxnet-cu101", "tensorrt",
    "torch-tensorrt", "vllm",
)  # fmt: skip

RESULT = Regex(r"(?<!model)(?<!net)\.to\(\s*(?:device\s*=\s*)?[\"']cpu")  # results are brought back
FIXED = Regex(r"^(?!.*(?:avail|\bif\b|argument)).*\bcuda\b")
DEVICE = Regex(r"(?i)\bdevice\w*\s*[:=]\s*(?:torch\.device\()?[\"']cuda")
CHOICE = Regex(r"(?i)cpu.*(?:cuda|gpu|avail|else)|(?:cuda|gpu|avail|else).*cpu|map_location")


def on_cpu(facts: Facts, files: frozenset[str], near: frozenset[str], found: list[Evidence]) -> tuple[Evidence, ...]:
    """Where inference runs on a CPU, as most libraries do unless the code fixes a GPU.

    `files` predict; `near` are these and what they import.
    """
    code = facts.code
    cpu, gpu, loads = ([hit for hit in code.find(*patterns) if hit.path in near] for patterns in (CPU, GPU, (LOADS,)))
    cpu = [hit for hit in cpu if not RESULT.search(hit.text)]
    cuda = [hit for hit in gpu if FIXED.search(hit.text)]
    if not cpu and cuda and (files <= {hit.path for hit in cuda} or any(DEVICE.search(hit.text) for hit in cuda)):
        return ()
    loads = [hit for hit in loads if of_model(hit)]
    loaded = {hit.path for hit in loads}
    return evidence_of(
        [Evidence(path, note="for the CPU") for path in facts.any_case_paths(*CPU_FILES)[:1]],
        with_names(([hit for hit in cpu if CHOICE.search(hit.text)] or cpu)[:1]),
        with_names(loads[:1]),
        with_names([hit for hit in code.find(PREDICTS) if hit.path in loaded and "." in hit.name][:1]),
        found,
        facts.texts.find(CPU_IMAGE, "*ockerfile*", limit=1),
        facts.docs.find(ON_CPU, *GUIDES, limit=1),
    )


def on_gpu(facts: Facts, near: frozenset[str]) -> tuple[Evidence, ...]:
    """Where inference can use a GPU: in the code, its image or its packages; the docs only say so too."""
    gpu = with_names(hit for hit in facts.code.find(*GPU) if hit.path in near)
    packages = [Evidence(need.path, need.line, note=need.name) for need in facts.dependencies.find(*GPU_PACKAGES)]
    able = evidence_of(gpu, facts.texts.find(GPU_IMAGE, *IMAGE_FILES, limit=20), packages)
    return evidence_of(able[:1], facts.docs.find(ON_GPU, *GUIDES, limit=1), able) if able else ()
