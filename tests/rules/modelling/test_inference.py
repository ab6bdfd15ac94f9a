"""modelling/inference: what counts, the hardware, and what does not."""

import pytest

ID = "modelling/inference"
LOAD = "import joblib\nmodel = joblib.load('model.pkl')\n"
CLASS = """
class Classifier:
    def __init__(self, path):
        self.model = load_model(path)

    def run(self, x):
        return self.model.predict(x)
"""
TORCH = "import torch\nmodel = torch.load('model.pt')\nmodel.eval()\n"


@pytest.mark.parametrize(
    "files",
    [
        {"predict.py": LOAD + "model.predict(rows)\n"},
        {"demo.py": TORCH + "with torch.no_grad():\n    model(image)\n"},
        {
            "api/main.py": "from fastapi import FastAPI\n"
            + LOAD
            + "@app.post('/predict')\ndef f(x):\n    return model.predict(x)\n"
        },
        {
            "app.py": "import streamlit as st\nfrom src.service import answer\nst.write(answer(text))\n",
            "src/service.py": LOAD + "def answer(x):\n    return model.predict(x)\n",
        },
        {"classifier.py": CLASS},
        {
            "main.py": "model.fit(X, y)\ndef predict(x):\n    model = joblib.load('model.pkl')\n    return model.predict(x)\n"
        },
        {"app.py": "import streamlit\nclient.chat.completions.create(model='m', messages=[])\n"},
        {
            "code/serve.py": "def model_fn(folder):\n    return torch.load(folder)\ndef predict_fn(x, model):\n    return model(x)\n"
        },
        {"cog.yaml": "predict: predict.py:Predictor\n"},
        {"deploy/iris.yaml": "apiVersion: serving.kserve.io/v1beta1\nkind: InferenceService\n"},
        {"run_inference.py": "estimator = build()\nestimator.predict(rows)\n"},
        {"main.py": "import net\nparser.add_argument('--mode', choices=['train', 'predict'])\n", "net.py": TORCH},
        {
            "main.py": "import gan\nflags.DEFINE_boolean('train', False, 'train or sample')\n",
            "gan.py": "def generator(z): pass\nsaver.restore(sess, path)\n",
        },
        {"web/app.js": "const model = await tf.loadLayersModel('model.json');\n"},
    ],
)
def test_prediction_on_new_input_counts(infer, files):
    found = infer(ID, files)
    assert found.state == "done"
    assert found.evidence[0].path in files


def test_a_notebook_that_loads_and_predicts_counts(infer, notebook):
    found = infer(ID, {"try.ipynb": notebook("import joblib", "model = joblib.load('m.joblib')", "model.predict(new)")})
    assert (found.state, found.evidence[0].cell) == ("done", 3)


def test_a_notebook_that_trains_counts_only_with_new_input(infer, notebook):
    train, load = "model.fit(X, y)", "model = pickle.load(open('model.pkl', 'rb'))"
    assert infer(ID, {"a.ipynb": notebook(train, load, "model.predict([[5, 3]])")}).state == "done"
    assert infer(ID, {"a.ipynb": notebook(train, load, "model.predict(X_test)")}).state == "missing"


@pytest.mark.parametrize(
    "files",
    [
        {"train.py": "model.fit(X, y)\nmodel.predict(X_test)\n"},
        {"evaluate.py": LOAD + "accuracy_score(y_test, model.predict(X_test))\n"},
        {"predict_model.py": ""},
        {"app.py": "import flask\n"},
        {"index.py": "index = joblib.load('cache.pkl')\npredict(index)\n"},
        {"lr.py": "from sklearn.pipeline import Pipeline\nPipeline(steps).predict(x)\n"},
        {
            "models/encoder.py": "self.net = AutoModel.from_pretrained(n)\ndef forward(self, x):\n    return self.net(x)\n"
        },
        {"main.py": "import net\nparser.add_argument('--mode', choices=['train', 'test'])\n", "net.py": TORCH},
        {"main.py": "import net\nparser.add_argument('--train', action='store_true')\n", "net.py": TORCH},
        {
            "main.py": "import net\nparser.add_argument('--train', action='store_true')\n",
            "net.py": "def data_generator(): pass\nsaver.restore(sess, path)\n",
        },
        {"main.py": "parser.add_argument('--mode', choices=['train', 'predict'])\n"},
        {"generate_data.py": "client.chat.completions.create(model='m', messages=[])\n"},
    ],
)
def test_training_and_evaluation_do_not(infer, files):
    assert infer(ID, files).state == "missing"


@pytest.mark.parametrize(
    ("files", "options"),
    [
        ({"predict.py": LOAD + "model.predict(x)\n"}, {"cpu"}),
        ({"predict.py": TORCH + "model.to('cuda')\nmodel(x)\n"}, {"gpu"}),
        ({"predict.py": TORCH + "model.cuda()\nmodel(x)\n"}, {"gpu"}),
        (
            {"predict.py": TORCH + "d = 'cuda' if torch.cuda.is_available() else 'cpu'\nmodel.to(d)(x)\n"},
            {"cpu", "gpu"},
        ),
        ({"predict.py": LOAD + "model.predict(x)\n", "requirements.txt": "tensorflow-gpu==1.4\n"}, {"cpu", "gpu"}),
        ({"predict.py": LOAD + "model.predict(x)\n", "Dockerfile": "FROM nvidia/cuda:12.1-base\n"}, {"cpu", "gpu"}),
        ({"predict.py": LOAD + "model.predict(x)\n", "train.py": "model.cuda()\n"}, {"cpu"}),
        (
            {"predict.py": "import config\n" + TORCH + "y = model(x).to('cpu')\n", "config.py": "device = 'cuda:0'\n"},
            {"gpu"},
        ),
        (
            {"predict.py": "import net\n" + TORCH + "model(x)\n", "net.py": "def train(m):\n    m.cuda()\n"},
            {"cpu", "gpu"},
        ),
        ({"predict.py": LOAD + "import torch_xla\nmodel.predict(x)\n"}, {"cpu", "tpu"}),
        ({"predict.py": LOAD + "tf.distribute.TPUStrategy(r)\nmodel.predict(x)\n"}, {"cpu", "tpu"}),
    ],
)
def test_hardware(infer, files, options):
    assert set(infer(ID, files).options) == options


def test_the_module_that_a_script_imports_chooses_the_device(infer):
    files = {
        "predict.py": "from device import pick\n" + TORCH + "model(x)\n",
        "device.py": "def pick():\n    return 'cuda' if torch.cuda.is_available() else 'cpu'\n",
    }
    found = infer(ID, files)
    assert found.options["gpu"][0].path == "device.py"
    assert found.options["cpu"][0].path == "device.py"
