"""modelling/dependencies: what counts and what does not."""

import pytest

ID = "modelling/dependencies"
CODE = {"train.py": "import pandas\nimport sklearn\nimport cv2\n"}


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("requirements.txt", "scikit-learn==1.6\npandas\nopencv-python-headless\n"),
        ("service/requirements-train.txt", "pandas\n"),
        ("environment.yml", "name: x\ndependencies:\n  - python=3.11\n  - pandas\n"),
        ("pyproject.toml", '[project]\nname = "x"\ndependencies = ["pandas", "scikit-learn"]\n'),
        ("Pipfile", '[packages]\npandas = "*"\n'),
        ("setup.py", "from setuptools import setup\nsetup(install_requires=['pandas'])\n"),
        ("uv.lock", 'version = 1\n\n[[package]]\nname = "pandas"\nversion = "2.2.0"\n'),
        ("Pipfile.lock", "{}\n"),
        ("packages.txt", "numpy==1.26.0\npandas==2.2.0\nscikit-learn==1.6.0\n"),
        ("spec-file.txt", "numpy=1.26.0=py311_0\npandas=2.2.0=py311_0\nscikit-learn=1.6.0=py311_0\n"),
    ],
)
def test_a_file_that_declares_packages_counts(infer, path, text):
    found = infer(ID, CODE | {path: text})
    assert found.state in ("done", "partial")
    assert found.evidence[0].path == path


def test_packages_of_another_language_count(infer):
    assert infer(ID, {"renv.lock": "{}\n", "train.R": "library(ranger)\n"}).state == "done"


@pytest.mark.parametrize("name", ["opencv-python", "scikit-learn", "Pillow", "tensorflow-gpu", "PyYAML"])
def test_a_package_may_be_named_otherwise_than_its_module(infer, name):
    code = {"train.py": "import cv2\n", "b.py": "import sklearn\nimport PIL\nimport yaml\nimport tensorflow\n"}
    assert infer(ID, code | {"requirements.txt": f"{name}\n"}).state == "partial"


def test_few_of_many_is_partial_and_says_what_is_missing(infer):
    code = {"train.py": "import pandas, sklearn, torch, xgboost\n"}
    found = infer(ID, code | {"requirements.txt": "pandas\n"})
    assert found.state == "partial"
    assert "torch" in found.summary


def test_a_templates_list_without_the_libraries_does_not(infer):
    found = infer(ID, CODE | {"requirements.txt": "click\nSphinx\ncoverage\nflake8\npython-dotenv\n"})
    assert found.state == "missing"
    assert found.evidence[0].path == "requirements.txt"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("README.md", "Run `pip install pandas scikit-learn`.\n"),
        ("setup.py", "from setuptools import setup\nsetup(name='x')\n"),
        ("pyproject.toml", "[tool.black]\nline-length = 100\n"),
    ],
)
def test_a_pip_line_or_an_empty_declaration_does_not(infer, path, text):
    assert infer(ID, CODE | {path: text}).state == "missing"


def test_pip_in_a_notebook_does_not(infer, notebook):
    assert infer(ID, {"train.ipynb": notebook("!pip install pandas\nimport pandas")}).state == "missing"


def test_the_projects_own_modules_and_python_need_no_declaration(infer):
    code = {
        "train.py": "import os, helpers\nfrom lib import x\nimport pandas\n",
        "helpers.py": "",
        "lib/__init__.py": "",
    }
    assert infer(ID, code | {"requirements.txt": "pandas\n"}).state == "done"
