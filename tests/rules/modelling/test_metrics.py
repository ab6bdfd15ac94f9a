"""modelling/metrics: what counts and what does not."""

import pytest

ID = "modelling/metrics"


@pytest.mark.parametrize(
    "code",
    [
        "from sklearn.metrics import f1_score\nf1_score(y, p)\n",
        "from sklearn import metrics\nmetrics.matthews_corrcoef(y, p)\n",
        "import torchmetrics\ntorchmetrics.Accuracy()\n",
        "model.compile(optimizer='adam', metrics=['accuracy'])\n",
        "import evaluate\nevaluate.load('bleu')\n",
        "acc = compute_accuracy(y, p)\n",
        "correct += (pred == y).sum().item()\n",
        "accuracy = right / total\n",
        "print(model.score(X_test, y_test))\n",
        "print(f'{accuracy_score(y, p):.3f}')\n",
        "writer.add_scalar('valid/acc', value, epoch)\n",
        "self.logger.record('rollout/mean_reward', r)\n",
        "def evaluate(model):\n    return box_iou(pred, truth)\n",
        "lgb.train({'metric': 'auc'}, data)\n",
    ],
)
def test_metrics_beside_the_loss_count(infer, code):
    found = infer(ID, {"train.py": code})
    assert found.state == "done"
    assert found.evidence[0].path == "train.py"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("metrics.json", '{"f1": 0.9}'),
        ("dvc.yaml", "stages:\n  train:\n    cmd: python train.py\n    metrics:\n    - out.json\n"),
        ("config.yaml", "model:\n  metric: auc\n"),
        ("README.md", "The model reaches an accuracy of 93.1%.\n"),
        ("README.md", "| Model | F1 |\n|---|---|\n| ours | 0.91 |\n"),
    ],
)
def test_files_and_docs_with_metrics_count(infer, path, text):
    found = infer(ID, {path: text})
    assert found.state == "done"
    assert found.evidence[0].path == path


@pytest.mark.parametrize(
    "code",
    [
        "loss.backward()\nprint(loss.item())\nwriter.add_scalar('loss', loss)\n",
        "def binary_accuracy(p, y):\n    acc = (p == y).mean()\n    return acc\n",
        "# accuracy_score(y, p)\n",
        "from sklearn.metrics import accuracy_score\n",
        "model.compile(optimizer='adam', loss='mse')\n",
        "accuracy = 0\n",
        "def suppress(boxes):\n    return boxes[box_iou(boxes, boxes) < 0.5]\n",
        "from sklearn.metrics.pairwise import cosine_similarity\ncosine_similarity(x)\n",
    ],
)
def test_the_loss_alone_does_not(infer, code):
    assert infer(ID, {"train.py": code}).state == "missing"
