"""modelling/serialisation: what counts and what does not, option by option."""

import pickle

import pytest
from mlcoach.rules.modelling._saved import holds_model, is_model_path

ID = "modelling/serialisation"


@pytest.mark.parametrize(
    ("text", "option"),
    [
        ("import joblib\n\njoblib.dump(model, 'churn.joblib')\n", "joblib"),
        ("import joblib\n\ndef load_model():\n    return joblib.load(path)\n", "joblib"),
        ("from sklearn.externals import joblib\n\njoblib.dump(clf, p)\n", "joblib"),
        ("import pickle\n\nwith open('model.pkl', 'wb') as f:\n    pickle.dump(thing, f)\n", "pickle"),
        ("import pickle\n\npickle.dump(abc, f)\nabc.predict(x)\n", "pickle"),
        ("import cPickle as pk\n\nmodel = pk.load(f)\n", "pickle"),
        ("import dill\n\nclass BaseModel:\n    def save(self, f):\n        dill.dump(self.core, f)\n", "pickle"),
        ("pickle.dump({'model': m, 'scaler': s}, f)\n", "pickle"),
        ("import skops.io as sio\n\nsio.dump(pipe, 'p.skops')\n", "skops"),
        ("import torch\n\ntorch.onnx.export(net, x, 'net.onnx')\n", "onnx"),
        ("import onnxruntime as ort\n\ns = ort.InferenceSession('net.onnx')\n", "onnx"),
        ("from skl2onnx import to_onnx\n", "onnx"),
        ("model.export(format='onnx')\n", "onnx"),
    ],
)
def test_options(infer, text, option):
    found = infer(ID, {"a.py": text})
    assert found.state == "done"
    assert set(found.options) == {option}


@pytest.mark.parametrize(
    "text",
    [
        "torch.save(net.state_dict(), path)\n",
        "net = torch.load('net.pt')\n",
        "model.save('net.keras')\n",
        "self.save('net.h5')\n",
        "model.load_weights(path)\n",
        "saver = tf.train.Saver()\n",
        "ModelCheckpoint(dirpath='out')\n",
        "model.save_pretrained(out)\n",
        "TrainingArguments(out, save_strategy='epoch')\n",
        "TrainingArguments(out, save_steps=500)\n",
        "model.fit(x, callbacks=[DVCLiveCallback(model_file='model.h5')])\n",
        "Trainer(enable_checkpointing=True)\n",
        "booster.save_model('b.json')\n",
        "tf.saved_model.save(m, out)\n",
        "learn.export('net.pkl')\n",
        "from safetensors.torch import save_file\nsave_file(weights, 'a.safetensors')\n",
        "mlflow.sklearn.log_model(m, 'model')\n",
        "model = PPO.load('agent')\n",
    ],
)
def test_formats_of_frameworks_count(infer, text):
    found = infer(ID, {"a.py": f"import tensorflow as tf, torch, mlflow\n{text}"})
    assert found.state == "done"
    assert found.evidence[0].path == "a.py"
    assert "joblib" not in found.options


def test_a_callback_that_a_configuration_names_counts(infer):
    text = "ckpt:\n  _target_: lightning.pytorch.callbacks.ModelCheckpoint\n"
    assert infer(ID, {"configs/callbacks.yaml": text}).evidence[0].path == "configs/callbacks.yaml"


def test_a_pickled_file_of_a_model_counts_whoever_wrote_it(infer):
    files = {"train.py": "import joblib\n\njoblib.dump(model, 'model.pkl')\n"}
    assert set(infer(ID, files).options) == {"joblib", "pickle"}
    assert set(infer(ID, {"best_model.pkl": b""}).options) == {"pickle"}


def test_what_a_pickle_holds_decides(infer):
    found = infer(ID, {"a.pkl": pickle.dumps({"a": 1}), "encoder.pkl": pickle.dumps([1])})
    assert found.state == "missing"


def test_a_model_that_dvc_tracks_is_a_pickle(infer):
    files = {"dvc.yaml": "stages:\n  t:\n    cmd: x\n    outs:\n    - model.pkl\n    - data/rows.pkl\n"}
    files["t.py"] = "torch.save(model, p)\n"
    assert [e.path for e in infer(ID, files).options["pickle"]] == ["dvc.yaml"]


@pytest.mark.parametrize(
    "text",
    [
        "import pickle\n\npickle.dump(vocab, open('vocab.pkl', 'wb'))\n",
        "import pickle\n\npickle.dump((x, y), f)\ndata = pickle.load(f)\n",
        "import joblib\n\njoblib.dump(scaler, 'models/scaler.joblib')\n",
        "import joblib\n\njoblib.dump(model_columns, 'model_columns.pkl')\n",
        "torch.save(dataset, 'train.pt')\nrows = torch.load(cache_path)\n",
        "model.load_state_dict(best_state)\n",
        "tokenizer.save_pretrained(out)\n",
        "plt.figure().save('model.png')\n",
        "user.model.save()\nmovie_model.save(update_fields=['a'])\n",
        "import whisper\n\nm = whisper.load_model('base')\n",
        "def load_model():\n    return ChatOpenAI()\n\nllm = load_model()\n",
        "# pickle.dump(model, f)\n",
        "nlp = spacy.load('en_core_web_sm')\nm = AutoModel.from_pretrained('a/b')\n",
    ],
)
def test_what_saves_no_model_does_not(infer, text):
    assert infer(ID, {"a.py": text}).state == "missing"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("best_model", True),
        ("model_columns", False),
        ("data_model", True),
        ("RandomForestClassifier", True),
        ("LGBMClassifier", True),
        ("net.state_dict()", True),
        ("X_train", False),
        ("thing", None),
        ("(model, vectorizer)", True),
    ],
)
def test_the_last_word_of_a_name_decides(text, said):
    assert holds_model(text) is said


def test_a_file_s_own_name_goes_before_its_folder_s():
    assert is_model_path("models/encoder.joblib") is False
    assert is_model_path("models/2024.joblib") is True
    assert is_model_path("out/2024.joblib") is None
