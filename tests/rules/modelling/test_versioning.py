"""modelling/versioning: what counts and what does not."""

import pytest

from mlcoach.snapshot.base import GitMeta, Tag

ID = "modelling/versioning"
POINTER = "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n"


def home(*tags):
    listed = tuple(Tag(name, True, "c" * 40) for name in tags)
    return GitMeta(head="c" * 40, branch="main", tags=listed, remotes={"origin": "https://github.com/a/ocr.git"})


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("dvc.yaml", "stages:\n  train:\n    cmd: python t.py\n    outs:\n    - model.pkl\n"),
        ("train.dvc", "cmd: python t.py\nouts:\n- path: models\n"),
        ("models/net.pt.dvc", "outs:\n- path: net.pt\n"),
        ("dvc.yaml", "artifacts:\n  churn:\n    path: churn.bin\n    type: model\n"),
        ("train.py", "import mlflow\n\nmlflow.register_model(uri, 'churn')\n"),
        ("train.py", "mlflow.sklearn.log_model(model, 'model', registered_model_name='churn')\n"),
        ("serve.py", "model = mlflow.pyfunc.load_model('models:/churn/Production')\n"),
        ("train.py", "import wandb\n\na = wandb.Artifact('net', type='model')\n"),
        ("train.py", "from pytorch_lightning.loggers import WandbLogger\n\nlogger = WandbLogger(log_model=True)\n"),
        ("train.py", "model.push_to_hub('a/b')\n"),
        ("train.py", "TrainingArguments('out', push_to_hub=True)\n"),
        ("load.py", "AutoModel.from_pretrained('a/b', revision='1a2b3c4d')\n"),
        ("deploy.py", "from google.cloud import aiplatform\n\naiplatform.Model.upload(artifact_uri=uri)\n"),
        ("train.py", "import bentoml\n\nbentoml.sklearn.save_model('churn', model)\n"),
        ("k8s/serve.yaml", "env:\n  - value: models:/churn/3\n"),
        ("fetch.py", "URL = 'https://github.com/a/ocr/releases/download/v1.0/weights.pth'\n"),
        ("README.md", "wget https://github.com/a/ocr/releases/download/v0.9.3/ocr-models.tar.gz\n"),
        ("README.md", "Make a release at https://github.com/a/ocr-models/releases and attach the file.\n"),
        ("get.py", "NETS = ['https://host.net/x1/large-v1.pt', 'https://host.net/x2/large-v2.pt']\n"),
        ("registry.py", "class ModelRegistry:\n    def promote_to_production(self, version): pass\n"),
        ("store.py", "import pickle\n\ndef load(name, version):\n    return pickle.load(f)\n"),
        ("models/registry.json", '{"models": []}'),
        ("paths.py", "path = os.path.join(root, MODEL_VERSION)\n"),
        ("paths.py", "path = f'models/churn_v{version}.pkl'\n"),
        ("serving/churn/2/saved_model.pb", b"\x08\x01"),
    ],
)
def test_versions_of_a_model_count(infer, path, text):
    found = infer(ID, {path: text}, git=home())
    assert found.state == "done"
    assert found.evidence[0].path == path


def test_models_in_a_store_with_an_entry_in_a_table_count(infer):
    upload = "pickle.dump(clf, open(f, 'wb'))\ns3.upload_file(f, bucket, f)\n"
    entry = "db.execute(insert, {'file': f, 'git_hash': h})\n"
    assert infer(ID, {"train.py": "import pickle\n" + upload + entry}).state == "done"
    assert infer(ID, {"train.py": "import pickle\n" + upload}).state == "missing"


def test_tags_of_gto_count(infer):
    found = infer(ID, {"train.py": ""}, git=home("churn@v1.0.0"))
    assert found.evidence[0].ref == "churn@v1.0.0"


def test_git_lfs_counts_where_it_keeps_a_model(infer):
    patterns = {".gitattributes": "*.pt filter=lfs diff=lfs merge=lfs -text\n"}
    assert infer(ID, {**patterns, "models/net.pt": POINTER}).evidence[0].path == ".gitattributes"
    assert infer(ID, patterns).state == "missing"


def test_two_numbered_files_of_one_model_count_and_one_does_not(infer):
    assert infer(ID, {"models/net_v1.pt": b"", "models/net_v2.pt": b""}).state == "done"
    assert infer(ID, {"models/net_v1.pt": b"", "models/other_v2.pt": b""}).state == "missing"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("model.pkl", b"\x80\x04N."),
        ("train.py", "torch.save(model.state_dict(), 'model.pt')\n"),
        ("train.py", "torch.save(model, f'model_{epoch}.pt')\n"),
        ("train.py", "import mlflow\n\nmlflow.sklearn.log_model(model, 'model')\nmlflow.log_artifact('model.pkl')\n"),
        ("train.py", "wandb.Artifact('rows', type='dataset')\n"),
        ("train.py", "TrainingArguments('out', push_to_hub=False)\n"),
        ("data.py", "dataset.push_to_hub('a/rows')\ntokenizer.push_to_hub('a/b')\n"),
        ("upload.py", "s3.upload_file('model.pkl', bucket, key)\n"),
        ("load.py", "AutoModel.from_pretrained('a/b', revision='main')\n"),
        ("fetch.py", "URL = 'https://github.com/other/zoo/releases/download/v1.0/resnet50.pth'\n"),
        ("get.py", "NETS = ['https://host.net/mobilenet_v1.pth', 'https://host.net/mobilenet_v2.pth']\n"),
        ("get.py", "NET = 'https://host.net/large-v1.pt'\n"),
        ("README.md", "Weights are on the [releases page](https://github.com/a/ocr/releases).\n"),
        ("models/__init__.py", "def register_model(fn): return fn\n\nMODEL_REGISTRY = {}\n"),
        ("api.py", "return {'model_version': model_version}\n"),
        (".gitignore", "models/\n"),
        ("dvc.yaml", "stages:\n  a:\n    cmd: x\n    outs:\n    - data/features.pkl\n    - model_scores.json\n"),
        ("docker-compose.yml", "services:\n  a:\n    volumes:\n      - ./models:/app/models\n"),
    ],
)
def test_what_gives_a_model_no_version_does_not(infer, path, text):
    assert infer(ID, {path: text}, git=home()).state == "missing"
