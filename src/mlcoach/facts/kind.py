"""What sort of project this is, from what it imports and holds. Rules use it to say "not applicable", with the reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mlcoach.facts.project import Facts

NAMES = {
    "sklearn": "scikit-learn", "torch": "PyTorch", "tensorflow": "TensorFlow", "keras": "Keras", "jax": "JAX", "flax": "Flax",
    "xgboost": "XGBoost", "lightgbm": "LightGBM", "catboost": "CatBoost", "transformers": "Transformers", "fastai": "fastai",
    "pytorch_lightning": "Lightning", "lightning": "Lightning", "statsmodels": "statsmodels", "prophet": "Prophet", "spacy": "spaCy",
    "mxnet": "MXNet", "chainer": "Chainer", "theano": "Theano", "caffe": "Caffe", "pyspark": "Spark",
    "stable_baselines3": "Stable-Baselines3",
    "langchain": "LangChain", "openai": "OpenAI", "anthropic": "Anthropic", "ollama": "Ollama",
    "sentence_transformers": "Sentence Transformers", "peft": "PEFT", "vllm": "vLLM", "airflow": "Airflow", "prefect": "Prefect",
    "mlflow": "MLflow", "wandb": "W&B", "optuna": "Optuna", "gensim": "gensim", "h2o": "H2O",
}  # fmt: skip
DEEP = frozenset(
    "torch tensorflow keras tf_keras jax flax mxnet chainer theano caffe caffe2 paddle fastai pytorch_lightning lightning torchvision "
    "tflearn lasagne transformers timm ultralytics onnxruntime".split()
)
CLASSIC = frozenset(
    "sklearn xgboost lightgbm catboost statsmodels h2o pycaret imblearn prophet pyspark surprise".split()
)
VISION = frozenset(
    "cv2 PIL torchvision albumentations skimage imgaug timm detectron2 ultralytics mmcv mmdet face_recognition".split()
)
LANGUAGE = frozenset(
    "nltk spacy transformers gensim tokenizers sentencepiece torchtext stanza allennlp fasttext langchain openai".split()
)
SOUND = frozenset("librosa torchaudio soundfile pyaudio webrtcvad kaldi_io speechbrain python_speech_features".split())
AGENTS = frozenset("gym gymnasium stable_baselines3 stable_baselines pettingzoo rllib pyboy ale_py".split())
LLM = frozenset("openai langchain llama_index anthropic peft trl vllm litellm haystack".split())


def project_kind(facts: Facts) -> frozenset[str]:
    """Any of: deep, classic, tabular, vision, language, sound, agents, llm."""
    modules = facts.code.modules()
    kind = set()
    for word, names in (
        ("deep", DEEP), ("classic", CLASSIC), ("vision", VISION), ("language", LANGUAGE),
        ("sound", SOUND), ("agents", AGENTS), ("llm", LLM),
    ):  # fmt: skip
        if modules & names:
            kind.add(word)
    if (
        "pandas" in modules
        or "polars" in modules
        or any(file.format in ("csv", "tsv", "parquet") for file in facts.data)
    ):
        kind.add("tabular")
    return frozenset(kind)


def detected(facts: Facts) -> tuple[str, ...]:
    modules = facts.code.modules()
    scripts = sum(path.endswith(".py") for path in facts.code.files)
    notebooks = len(facts.code.files) - scripts
    words = []
    if facts.dvc.stages:
        words.append(f"DVC pipeline, {plural(len({stage.name for stage in facts.dvc.stages}), 'stage')}")
    elif facts.dvc.outs:
        words.append(f"DVC, {plural(len(facts.dvc.outs), 'output')}")
    if scripts:
        words.append(plural(scripts, "Python file"))
    if notebooks:
        words.append(plural(notebooks, "notebook"))
    words.extend(dict.fromkeys(name for module, name in NAMES.items() if module in modules))
    if facts.models:
        words.append(plural(len(facts.models), "model file"))
    if facts.data:
        words.append(plural(len(facts.data), "data file"))
    return tuple(words)


def plural(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
