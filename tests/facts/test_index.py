"""The code of the whole project, asked by pattern: which places come first."""

from __future__ import annotations

from mlcoach.facts.code import read_code
from mlcoach.facts.index import Code
from mlcoach.facts.vocabulary import Vocabulary
from mlcoach.rule import calls

SCALERS = calls("StandardScaler", "MinMaxScaler")


def code_of(files: dict[str, str]) -> Code:
    vocabulary = Vocabulary([SCALERS])
    return Code({path: read_code(text.encode(), vocabulary) for path, text in files.items()}, vocabulary)


def test_the_file_with_the_most_names_is_ranked_first_and_examples_last():
    code = code_of(
        {
            "a.py": "StandardScaler()\nStandardScaler()\nStandardScaler()\n",
            "deep/down/prepare.py": "StandardScaler()\nMinMaxScaler()\n",
            "examples/show.py": "StandardScaler()\nMinMaxScaler()\n",
        }
    )
    ranked = [hit.path for hit in code.ranked(SCALERS)]
    assert list(dict.fromkeys(ranked)) == ["deep/down/prepare.py", "a.py", "examples/show.py"]


def test_ranked_leaves_tests_out():
    assert code_of({"tests/test_scale.py": "StandardScaler()\n"}).ranked(SCALERS) == []


def test_the_files_that_a_file_imports_are_reachable_through_others():
    code = code_of(
        {
            "api/main.py": "from service.predictor import Predictor\nimport numpy\n",
            "src/service/predictor.py": "from . import loading\nfrom .loading import load\n",
            "src/service/loading.py": "",
            "src/other.py": "",
        }
    )
    assert code.reachable("api/main.py") == {"src/service/predictor.py", "src/service/loading.py"}


def test_of_two_files_of_one_name_the_nearest_is_meant():
    code = code_of({"a/run.py": "import utils\n", "a/utils.py": "", "b/utils.py": ""})
    assert code.reachable("a/run.py") == {"a/utils.py"}


def test_a_package_is_its_init_file_and_a_circle_ends():
    code = code_of(
        {"pkg/__init__.py": "from pkg.core import f\n", "pkg/core.py": "import pkg\n", "run.py": "import pkg\n"}
    )
    assert code.reachable("run.py") == {"pkg/__init__.py", "pkg/core.py"}


def test_a_name_that_the_package_itself_defines_leads_to_its_init_file():
    code = code_of(
        {
            "pkg/__init__.py": "def load(): pass\n",
            "pkg/run.py": "from . import load\n",
            "run.py": "from . import load\n",
        }
    )
    assert code.reachable("pkg/run.py") == {"pkg/__init__.py"}
    assert code.reachable("run.py") == frozenset()


def test_web_addresses_are_told_wherever_they_stand_tests_left_out():
    code = code_of(
        {
            "a.py": '"""See https://example.org/doc."""\n# from https://example.org/data (CSV)\nURL = "http://example.org/x?y=1"\n',
            "tests/test_a.py": "# https://example.org/test\n",
        }
    )
    assert [(hit.path, hit.line, hit.name) for hit in code.links()] == [
        ("a.py", 1, "https://example.org/doc"),
        ("a.py", 2, "https://example.org/data"),
        ("a.py", 3, "http://example.org/x?y=1"),
    ]


def test_files_with_leaves_tests_out_unless_asked():
    code = code_of({"a.py": "StandardScaler()\n", "b.py": "x()\n", "tests/test_a.py": "MinMaxScaler()\n"})
    assert code.files_with(SCALERS) == {"a.py"}
    assert code.files_with(SCALERS, tests=True) == {"a.py", "tests/test_a.py"}
