"""Model versioning: the services and conventions that number the versions of a model."""

from __future__ import annotations

from collections.abc import Iterator

from mlcoach.rule import Evidence, Facts, Hit, Regex, calls, imports, keywords, strings

from ._saved import holds_model

REGISTERS = calls(
    "mlflow.register_model", "create_registered_model", "create_model_version", "transition_model_version_stage",
    "set_registered_model_alias",
    "get_latest_versions", "get_model_version", "get_model_version_by_alias", "search_model_versions", "init_model_version", "OutputModel",
    "create_model_package", "create_model_package_group", "RegisterModel", "ModelPackage", "aiplatform.Model.upload", "Model.upload",
    "Model.register", "model.register", "get_model_registry", "link_model", "wandb.log_model", "bentoml.*.save_model",
    "PyTorchModelHubMixin", "push_to_hub_keras", "push_to_hub_fastai", "modelstore.*", "gto.api.*", note="a model registry",
)  # fmt: skip
NAMED = keywords("registered_model_name", "hub_model_id", note="a name in a model registry")
ADDRESSES = strings("models:/*", note="a version in the model registry")
PUSHES = calls("push_to_hub", "upload_folder", "upload_file", note="pushed to a hub")
PUSHED = keywords("push_to_hub", note="the trainer pushes to a hub")
ARTIFACTS = calls("Artifact", "log_artifact", "use_artifact", "link_artifact", note="a versioned model artifact")
LOGGERS = calls("WandbLogger")
LOGGED = keywords("log_model", note="a model artifact of W&B")
SWITCH = strings("WANDB_LOG_MODEL", note="model artifacts of W&B")
PINNED = keywords("revision", note="a pinned revision")
FETCHES = (calls("search_runs"), calls("download_artifacts", note="fetched from the tracked run"))
LIBRARIES = imports("gto", "modelstore", "mlem", "vetiver", "hsml", note="a model registry")

NOT_MODELS = Regex(r"repo_type\s*=\s*[\"'](?:dataset|space)")
MODEL_TYPE = Regex(r"[\"'](?:\w*[-_ ])?model\w*[\"']|\btype\s*=\s*[\"']model|models?/")
OFF = Regex(r"=\s*(?:False|None|\"\"|'')")
REVISION = Regex(r"\brevision\s*=\s*[\"'](?:[0-9a-f]{7,40}|v?\d[\d.]*)[\"']")


def registered(facts: Facts) -> list[Hit]:
    """Places in code that put a model into a registry, or take a version out of it."""
    code = facts.code
    wandb = code.files_with(LOGGERS)
    searched = code.files_with(FETCHES[0])
    return [
        *code.ranked(REGISTERS),
        *(hit for hit in code.find(NAMED) if not OFF.search(hit.text)),
        *code.find(ADDRESSES),
        *(hit for hit in code.find(PUSHES) if pushes_model(hit)),
        *(hit for hit in code.find(PUSHED) if not OFF.search(hit.text)),
        *(hit for hit in code.find(ARTIFACTS) if "mlflow" not in hit.name and MODEL_TYPE.search(hit.args)),
        *(hit for hit in code.find(LOGGED) if hit.path in wandb and not OFF.search(hit.text)),
        *code.find(SWITCH),
        *(hit for hit in code.find(PINNED) if REVISION.search(hit.text)),
        *(hit for hit in code.find(FETCHES[1]) if hit.path in searched),
        *code.find(LIBRARIES),
    ]


def pushes_model(hit: Hit) -> bool:
    """What is pushed is a model: neither a data set, nor a Space, nor a tokenizer alone; nor a file for a bucket."""
    owner = hit.name.rpartition(".")[0].rpartition(".")[2]
    if hit.name.endswith(("upload_folder", "upload_file")):
        return "repo_id" in hit.args and not NOT_MODELS.search(hit.args)
    return holds_model(owner) is not False


def declared(facts: Facts) -> Iterator[Evidence]:
    """Registries that files of configuration declare, and GTO's tags."""
    for tag in facts.git.model_tags:
        yield Evidence(ref=tag.name, note="a version of a model (GTO)", confidence=1.0)
    for hit in facts.texts.find(r"^[ \t]+type:[ \t]*[\"']?model\b", "dvc.yaml", "artifacts.yaml"):
        yield hit.evidence("a model among the artifacts of DVC")
    addresses = r"(?<![./\w-])models:/\w|\bazureml:[\w.-]+:\d|\bWANDB_LOG_MODEL\b"
    addresses += r"|huggingface-cli[ \t]+upload[ \t]+(?!.*--repo-type)|\bgto[ \t]+register\b"
    words = ("models:/", "azureml:", "wandb_log_model", "huggingface-cli", "gto")
    for hit in facts.texts.find(addresses, words=words):
        yield hit.evidence(f"a model registry: {hit.text.strip()[:40]}")
    for path in facts.find_paths("*/version-*/meta.yaml"):
        yield Evidence(path, note="a version in MLflow's registry")
