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
