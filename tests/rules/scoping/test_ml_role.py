"""scoping/ml-role: what the model predicts, classifies, generates, ranks or detects."""

import pytest

ID = "scoping/ml-role"


@pytest.mark.parametrize(
    "sentence",
    [
        "The model predicts whether a loan will be approved from the customer's history.",
        "A network classifies faces into seven emotions.",
        "The system uses reinforcement learning to suggest services to researchers.",
        "The second network generates a caption for each picture.",
        "Predict gene expression from pictures of tissue.",
        "We fine-tune a 7B language model on instructions.",
        "An end-to-end system for text detection in natural scenes.",
        "让大模型判断两段文本哪一段是真的。",
    ],
)
def test_a_task_counts(infer, sentence):
    found = infer(ID, {"README.md": f"# Name\n\n{sentence}\n"})
    assert found.draft == sentence
    assert found.evidence[0].path == "README.md"


def test_a_doc_counts(infer):
    found = infer(
        ID, {"README.md": "# Name\n", "docs/model.md": "# M\n\nThe classifier predicts whether a patient returns.\n"}
    )
    assert found.evidence[0].path == "docs/model.md"


def test_an_api_that_describes_itself_counts(infer):
    code = 'from fastapi import FastAPI\napp = FastAPI(title="API", description="Predict customer churn probability")\n'
    found = infer(ID, {"README.md": "# Name\n", "api.py": code})
    assert found.draft == "Predict customer churn probability"
    assert (found.evidence[0].path, found.evidence[0].line) == ("api.py", 2)


@pytest.mark.parametrize(
    "sentence",
    [
        "A random forest with 500 trees and default settings is used here.",
        "One side of the first place solution for the Fraud Detection Challenge.",
        "I recommend the first option, as it is faster and needs less setup.",
        "This website accompanies a book on databases and the people who run them.",
        "Run predict.py to predict on the test set.",
    ],
)
def test_no_task_gives_no_draft(infer, sentence):
    found = infer(ID, {"README.md": f"# Name\n\n{sentence}\n"})
    assert (found.state, found.draft) == ("ask", None)


def test_a_bare_title_does_not(infer):
    assert infer(ID, {"README.md": "# Customer Churn Prediction\n\n- MLflow\n"}).draft is None
