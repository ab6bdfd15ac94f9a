"""scoping/objective: which sentence of the docs is the purpose, and what is none."""

import pytest

ID = "scoping/objective"


@pytest.mark.parametrize(
    "sentence",
    [
        "The goal of this project is to find loans that will default.",
        "This repository contains code to classify vessels by their tracks.",
        "We built a pipeline that predicts which bikes will be missing tomorrow.",
        "Whale is a command line tool that counts whales in aerial photographs.",
        "A PyTorch implementation of image segmentation with few labels.",
        "The lake rises twice a year, and each time somebody has to decide whether to open the dam.",
        "Este proyecto predice la demanda de energía de los hogares de la ciudad.",
        "本项目旨在预测用户流失，帮助运营团队提前干预。",
    ],
)
def test_a_sentence_that_tells_the_purpose_counts(infer, sentence):
    found = infer(ID, {"README.md": f"# Name\n\n{sentence}\n"})
    assert found.state == "ask"
    assert found.draft == sentence
    assert [(e.path, e.line) for e in found.evidence] == [("README.md", 3)]


@pytest.mark.parametrize(
    "title", ["Can the sound of an engine predict when it fails?", "Train small agents to steer a sailing boat"]
)
def test_a_title_that_is_a_question_or_a_task_counts(infer, title):
    assert infer(ID, {"README.md": f"# {title}\n\n## Setup\n\nRun it.\n"}).draft == title


def test_the_outspoken_goal_wins_over_what_stands_first(infer):
    text = "# Name\n\nSeismograms are records of the ground.\n\n## Objective\n\nThe goal is to detect a quake early.\n"
    assert infer(ID, {"README.md": text}).draft == "The goal is to detect a quake early."


def test_the_rest_of_the_paragraph_comes_along_without_markup(infer):
    text = "# N\n\n[![b](x.svg)](y)\n\n**This project** predicts [prices](http://x). It serves sellers.\n\nNot this paragraph.\n"
    assert infer(ID, {"README.md": text}).draft == "This project predicts prices. It serves sellers."


def test_a_list_that_follows_a_colon_comes_along(infer):
    text = "# N\n\nThis project implements a system that:\n\n- scrapes cars\n- predicts prices\n"
    assert (
        infer(ID, {"README.md": text}).draft == "This project implements a system that: scrapes cars; predicts prices"
    )


def test_a_doc_counts_when_the_readme_says_nothing(infer):
    found = infer(
        ID, {"README.md": "# Name\n", "docs/index.md": "# Docs\n\nThe aim of the project is to predict floods.\n"}
    )
    assert found.evidence[0].path == "docs/index.md"


def test_a_notebook_counts_when_it_states_an_aim(infer, notebook):
    book = notebook(("markdown", "# Title\nThe goal is to predict the age of a tree."), "1 + 1")
    found = infer(ID, {"study.ipynb": book})
    assert (found.evidence[0].path, found.evidence[0].cell) == ("study.ipynb", 1)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# Customer churn pipeline\n",
        "# Name\n\nA short description of the project.\n",
        "# fast-fraud\n\nhttps://www.kaggle.com/c/fast-fraud\n",
        "# Name\n\nA repository for [Boat Rental](http://x) competition\n",
        "# Name\n\nThird place solution for the Great Harvest competition on Kaggle\n",
        "# Name\n\n## Installation\n\nThis project requires Python 3.8 and a lot of patience to install.\n",
        "# Name\n\nInstall the requirements before you run the training script, please.\n",
        "# Name\n\n- Tracking: MLflow\n- Serving: FastAPI\n",
        "# Name\n\nThis repository is now unsupported and we do not recommend its use any more.\n",
        "# Name\n\nMore information can be found in the documentation of the course.\n",
    ],
)
def test_what_tells_no_purpose_gives_no_draft(infer, text):
    found = infer(ID, {"README.md": text})
    assert (found.state, found.draft) == ("ask", None)
    assert found.looked


def test_a_notebook_without_an_aim_does_not(infer, notebook):
    book = notebook(("markdown", "# Models\nThe best model is an SVM, which reaches 99 %."), "1 + 1")
    assert infer(ID, {"README.md": "# Name\n", "study.ipynb": book}).draft is None
