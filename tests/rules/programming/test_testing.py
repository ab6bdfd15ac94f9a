"""programming/testing: what counts and what does not."""

import pytest

ID = "programming/testing"
CI = {
    ".github/workflows/ci.yml": "jobs:\n  a:\n    steps:\n      - run: pip install -r dev.txt && python -m pytest -q\n"
}
TEST = "from features import clean\n\n\ndef test_clean():\n    assert clean(' a ') == 'a'\n"


@pytest.mark.parametrize(
    ("path", "text", "line"),
    [
        ("tests/test_features.py", TEST, 4),
        ("features_test.py", TEST, 4),
        ("tests/test_api.py", "import pytest\nimport app\n\n\nclass TestApi:\n    def test_root(self): app.get()\n", 6),
        ("tests/test_api.py", "import pytest\n\n\ndef test_root(client):\n    assert client.get('/').ok\n", 4),
        (
            "checks/demo-test.py",
            "import unittest, demo\nclass A(unittest.TestCase):\n    def test_a(self): demo.a()\n",
            3,
        ),
        (
            "shop/tests.py",
            "from django.test import TestCase\nfrom shop import m\nclass A(TestCase):\n  def test_a(s): m.a()\n",
            4,
        ),
        (
            "tests/test_layers.py",
            "import tensorflow as tf\nimport layers\nclass T(tf.test.TestCase):\n  def test_a(s): layers\n",
            4,
        ),
        ("src/text.py", "import doctest\n\nif __name__ == '__main__':\n    doctest.testmod()\n", 4),
        ("Makefile", "test:\n\tpytest --doctest-modules src\n", 2),
        ("tests/testthat/test-a.R", "test_that('a', {\n  expect_equal(1, 1)\n})\n", 1),
    ],
)
def test_what_a_runner_collects_counts(infer, path, text, line):
    found = infer(ID, {path: text})
    assert found.state == "partial"
    assert [(e.path, e.line) for e in found.evidence] == [(path, line)]


def test_tests_in_a_notebook_count(infer, notebook):
    cell = "import unittest, model\nclass A(unittest.TestCase):\n    def test_a(self):\n        model.a()\nunittest.main(argv=[''])"
    found = infer(ID, {"model.ipynb": notebook("x = 1", cell)})
    assert [(e.path, e.cell) for e in found.evidence] == [("model.ipynb", 2)]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (".github/workflows/a.yml", "jobs:\n  a:\n    steps:\n      - run: pytest\n"),
        (".gitlab-ci.yml", "test:\n  script:\n    - pip install tox && tox -e py312\n"),
        (".travis.yml", "script:\n  - make test\n"),
        (".pipelines/ci.yml", "steps:\n- script: pytest tests\n"),
        ("Jenkinsfile", "sh 'python -m unittest discover'\n"),
    ],
)
def test_ci_makes_them_done(infer, path, text):
    found = infer(ID, {"tests/test_features.py": TEST, path: text})
    assert found.state == "done"
    assert [e.path for e in found.evidence] == ["tests/test_features.py", path]


@pytest.mark.parametrize("line", ["pip install pytest", "echo deploy", "# pytest", "docker build -t latest ."])
def test_ci_without_a_test_run_leaves_them_partial(infer, line):
    files = {"tests/test_features.py": TEST, ".gitlab-ci.yml": f"job:\n  script:\n    - {line}\n"}
    assert infer(ID, files).state == "partial"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("test.py", "import torch\n\ndef test(model, loader):\n    assert len(loader)\n\ntest(load(), data())\n"),
        ("tools/test_net.py", "import torch\n\ndef test_net(net, imdb, vis=False):\n    assert imdb\n"),
        (
            "test_model.py",
            "import torch\n\ndef test():\n    print(accuracy())\n\nif __name__ == '__main__':\n    test()\n",
        ),
        ("train.py", "class Net(LightningModule):\n    def test_step(self, batch):\n        assert batch\n"),
        (
            "src/data_test.py",
            "class TestData(Dataset):\n    def __init__(self): pass\n    def test_len(self): assert 1\n",
        ),
        ("tests/__init__.py", ""),
        ("shop/tests.py", "from django.test import TestCase\n\n# Create your tests here.\n"),
        ("test_environment.py", "import sys\n\ndef main():\n    assert sys.version_info.major == 3\n"),
        ("pyproject.toml", "[tool.pytest.ini_options]\naddopts = '--doctest-modules'\n"),
        ("requirements.txt", "pytest\n"),
    ],
)
def test_what_no_runner_collects_does_not(infer, path, text):
    assert infer(ID, {path: text, **CI}).state == "missing"


@pytest.mark.parametrize(
    "text",
    [
        "from pkg import __version__\n\n\ndef test_version():\n    assert __version__ == '0.1.0'\n",
        "import pytest\n\n\ndef test_code_is_tested():\n    assert False\n",
        "import unittest\n\nclass A(unittest.TestCase):\n    def test_something(self):\n        self.assertEqual(True, False)\n",
        "from pathlib import Path\nimport pytest\nfrom kedro.framework.context import KedroContext\n\n"
        "class TestContext:\n    def test_path(self):\n        assert Path.cwd()\n",
    ],
)
def test_a_template_s_sample_does_not(infer, text):
    found = infer(ID, {"tests/test_sample.py": text, **CI})
    assert found.state == "missing"
    assert [e.note for e in found.evidence] == ["a sample test"]
