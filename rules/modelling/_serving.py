"""Applications, servers and scripts that predict, as imports, strings and file names tell them."""

from __future__ import annotations

from mlcoach.rule import Regex, defines, imports, strings

APPS = imports(
    "fastapi", "flask", "streamlit", "gradio", "dash", "django", "bottle", "falcon", "sanic", "tornado.web",
    "aiohttp.web", "starlette", "chainlit", "flask_restful", "flask_restx", "quart", "shiny", "nicegui", "connexion",
    "telegram", "telebot", "aiogram", "discord", "PyQt5", "tkinter", "kivy", "robyn", "langserve", "langgraph",
    "grpc", "zmq", "hug", "web",
    note="an application",
)  # fmt: skip
SERVERS = (
    imports(
        "bentoml", "cog", "litserve", "mlserver", "kserve", "seldon_core", "ray.serve", "tritonclient",
        "triton_python_backend_utils", "tensorflow_serving", "ts.torch_handler", "vllm", "truss",
        note="a model server",
    ),
    defines("model_fn", "predict_fn", note="a SageMaker entry point"),
)  # fmt: skip
ROUTES = strings(
    "/predict*", "*/predict", "*/predictions", "/infer*", "/recommend*", "/classify*", "/detect*", "/generate*",
    "/score", "/invocations",
    note="an endpoint",
)  # fmt: skip
MODES = strings(
    "--predict*", "--infer", "--inference*", "--demo", "--generate", "--sample", "--translate*", "--interactive", "--visualize",
    "predict", "infer", "inference", "demo", "sample", "generate", "translate", note="a mode that predicts",
)  # fmt: skip
SWITCH = strings("train", "is_train", "--train", "--is_train", "--training", note="a mode that does not train")
GENERATORS = defines("generator", "Generator*", "*Generator", "generator_*", "sampler", "*GAN", "*VAE")
IN_BROWSER = (
    r"\btf\.load(?:Layers|Graph)Model\(|\bort\.InferenceSession|\bonnx\.InferenceSession|\bnew convnetjs\.|@(?:xenova|huggingface)/"
    r"transformers|\bml5\.\w+\(|\btflite\.loadTFLiteModel\("
)
SCRIPT = Regex(
    r"(?i)(?:^|[/_\-. ])(?:predict|infer|demo|serv(?:e|er|ing|ice)|detect|recogni|transcri|translat|generat|sampl|app"
    r"|api|webapp|"
    r"deploy|pretrained|play|enjoy|classify|chat|webcam|live|interactive|caption|synth|upscale|segment|scor(?:e|ing)"
    r"|recommend|styli[sz]|colori[sz]|enhanc|denois|summari[sz]|forecast|"
    r"endpoint|bot|ocr|tagger|cli)[^/]*\.(?:py|ipynb)$"
)
PREDICTOR = Regex(r"(?i)(?:^|[/_])(?:predict|predictor|inference|infer)(?:_\w+)?\.py$")
NO_SCRIPT = Regex(
    r"(?i)(?:^|[/_\-. ])(?:train|viz|visual|eval|valid|bench|metric|plot|loss|dataset|preprocess|fit|feature"
    r"|embedding|test)[^/]*$"
    r"|(?:^|/)[^/]*generat\w*[_-](?:\w+[_-])?(?:data|dataset|instruction|question|truth)[^/]*$"
)
SERVING_FILES = (
    "*config.pbtxt", "cog.yaml", "bentofile.y*ml", "*torchserve*.properties", "*.mar", "*seldon*.y*ml",
    "*inferenceservice*.y*ml", "truss.yaml",
)  # fmt: skip
DEPLOYMENT = (
    "*ockerfile*", "*compose*.y*ml", "*deploy*", "*deploy*/*", "*serv*", "*serv*/*", "*k8s*/*", "*kube*", "*helm*/*",
    "*infer*", "*.sh", "Makefile", "*.mk",
)  # fmt: skip
SERVING = (
    r"kind:\s*[\"']?(?:InferenceService|SeldonDeployment|RayService)\b|tensorflow/serving|pytorch/torchserve"
    r"|tritonserver"
    r"|\bmlflow models serve\b|\btorchserve --start|vllm serve"
)
