"""Finding paths by glob."""

import pytest

from mlcoach.facts.paths import PathIndex

PATHS = (
    "Makefile",
    "README.md",
    "data/A.PKL",
    "data/a.pkl",
    "data/raw/b.pkl",
    "docs/index.md",
    "docs/old/c.tar.gz",
    "lib/Readme.md",
)


@pytest.mark.parametrize(
    ("globs", "found"),
    [
        (["*.md"], ["README.md", "docs/index.md", "lib/Readme.md"]),
        (["README.md", "Makefile"], ["Makefile", "README.md"]),
        (["docs/*"], ["docs/index.md", "docs/old/c.tar.gz"]),
        (["*/*.pkl"], ["data/a.pkl", "data/raw/b.pkl"]),
        (["*.tar.gz"], ["docs/old/c.tar.gz"]),
        (["*akefile*", "[ab].pkl"], ["Makefile", "data/a.pkl", "data/raw/b.pkl"]),
        (["*.py"], []),
    ],
)
def test_globs(globs, found):
    assert PathIndex(PATHS).find(globs) == found


def test_case_can_be_ignored():
    index = PathIndex(PATHS, fold=True)
    assert index.find(["a.pkl"]) == ["data/A.PKL", "data/a.pkl"]
    assert index.find(["readme*"]) == ["README.md", "lib/Readme.md"]
