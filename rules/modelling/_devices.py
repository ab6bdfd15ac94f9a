"""What tells that code can run on a GPU, on a CPU where there is no GPU, or on a TPU."""

from __future__ import annotations

from mlcoach.rule import calls, imports, keywords, strings, uses

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
