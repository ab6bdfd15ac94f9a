"""Docs as sentences: markup, badges, code and boilerplate left out, places kept."""

from mlcoach.facts.code import Cells
from mlcoach.facts.prose import documents, is_prose, read_sentences
from mlcoach.facts.texts import Text
from mlcoach.rule import Sentence


def read(text: str, path: str = "README.md") -> list[Sentence]:
    return list(read_sentences(Text(path, text)))


def said(text: str, path: str = "README.md") -> list[str]:
    return [sentence.text for sentence in read(text, path)]


def test_a_paragraph_is_split_into_sentences_with_their_lines():
    found = read("# Title\n\nThe first one is\nlong. The second, e.g. this\none, ends here.\n")
    assert [(s.line, s.kind, s.text) for s in found] == [
        (1, "heading", "Title"),
        (3, "text", "The first one is long."),
        (4, "text", "The second, e.g. this one, ends here."),
    ]
    assert found[1].headings == ("Title",)


def test_headings_nest():
    found = read("# A\n## B\ntext one\n## C\ntext two\n")
    assert [(s.text, s.headings) for s in found if s.kind == "text"] == [
        ("text one", ("A", "B")),
        ("text two", ("A", "C")),
    ]


def test_badges_pictures_links_and_emphasis_lose_their_markup():
    text = "[![build](https://x/b.svg)](https://x)\n![](plot.png)\n\n**We** _predict_ [prices](https://x/y) with `sklearn` :rocket: 🚀\n"
    assert said(text) == ["We predict prices with sklearn"]


def test_html_is_taken_out():
    assert said(
        '<h1 align="center"> Big title </h1>\n<!-- a\ncomment -->\n<p align="center">It finds <b>cats</b>.</p>\n'
    ) == [
        "Big title",
        "It finds cats.",
    ]


def test_code_trees_front_matter_and_rules_are_left_out():
    text = (
        "---\nlicense: mit\n---\nBefore.\n\n```bash\npip install x\n```\n\n    indented code\n\n├── src\n---\nAfter.\n"
    )
    assert said(text) == ["Before.", "After."]


def test_list_items_and_table_rows():
    found = read("- one\n  goes on\n- two\n\n| Model | F1 |\n|---|---|\n| Ours | 0.9 |\n")
    assert [(s.kind, s.text) for s in found] == [
        ("item", "one goes on"),
        ("item", "two"),
        ("row", "Model | F1"),
        ("row", "Ours | 0.9"),
    ]


def test_restructured_text():
    text = "Title\n=====\n\n.. image:: x.png\n   :alt: no\n\nIt uses `TensorFlow <https://x>`_ and :ref:`other <o>`.\n"
    assert said(text, "README.rst") == ["Title", "It uses TensorFlow and other."]


def test_a_hard_break_ends_a_statement_but_not_a_running_one():
    assert said("**Partner**: City  \n**Mentor**: Ann  \n") == ["Partner: City", "Mentor: Ann"]
    assert said("It helps people to write  \nfaster.\n") == ["It helps people to write faster."]


def test_full_stops_of_chinese():
    assert said("这是一个工具。它很快。") == ["这是一个工具。", "它很快。"]


def test_a_notebook_gives_cells():
    found = list(read_sentences(Text("a.ipynb", "# One\nHere it is.", Cells([1, 2], [1, 4]))))
    assert [(s.cell, s.line) for s in found] == [(1, 1), (4, 1)]


def test_boilerplate_is_no_prose():
    paths = [
        "README.md",
        "docs/index.rst",
        "notes.txt",
        "CONTRIBUTING.md",
        ".github/x.md",
        "tests/README.md",
        "docs/a.txt",
    ]
    assert [path for path in paths if is_prose(path)] == ["README.md", "docs/index.rst", "docs/a.txt"]


def test_all_documents_together_are_limited():
    texts = [Text(f"docs/{number}.md", "word " * 30_000) for number in range(10)]
    assert len(documents(texts)) == 7
