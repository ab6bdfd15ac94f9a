"""facts/texts.py: finding lines in docs and configuration."""

from mlcoach.facts.texts import Text, Texts

TEXTS = Texts(
    [Text("conf/b.yaml", "Augment: true\nseed: 1\n"), Text("a.yaml", "seed: 2\n"), Text("README.md", "augment: no\n")]
)


def test_hits_come_with_path_line_and_text_readmes_first():
    assert [(hit.path, hit.line, hit.text) for hit in TEXTS.find(r"^augment")] == [
        ("README.md", 1, "augment: no"),
        ("conf/b.yaml", 1, "Augment: true"),
    ]


def test_globs_restrict_the_files():
    assert [hit.path for hit in TEXTS.find("augment", "*.yaml")] == ["conf/b.yaml"]


def test_files_without_any_of_the_words_are_not_searched():
    assert [hit.path for hit in TEXTS.find("seed", words=("augment", "mixup"))] == ["conf/b.yaml"]


def test_words_are_found_in_any_case():
    assert [hit.path for hit in TEXTS.find("augment: true", words=("augment",))] == ["conf/b.yaml"]
