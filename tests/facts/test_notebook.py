"""Notebooks: cells are counted as a person sees them, magics are no Python."""

import pytest

from mlcoach.rule import calls


def test_a_hit_names_its_cell_and_the_line_in_it(notebook, facts_with):
    pattern = calls("fit")
    facts = facts_with({"a.ipynb": notebook(("markdown", "# T"), ("code", "x = 1"), ("code", "\nm.fit(x)"))}, pattern)
    (hit,) = facts.code.find(pattern)
    assert (hit.path, hit.cell, hit.line) == ("a.ipynb", 3, 2)
    assert hit.evidence().place == "a.ipynb#cell 3"


@pytest.mark.parametrize("cell", ["# m.fit(x)", "%%bash\nm.fit(x)", "!m.fit(x)", "%run m.fit(x)"])
def test_comments_shell_and_magics_are_no_code(notebook, facts_with, cell):
    pattern = calls("fit")
    assert not facts_with({"a.ipynb": notebook(cell)}, pattern).code.find(pattern)


def test_a_timed_cell_is_code(notebook, facts_with):
    pattern = calls("fit")
    assert facts_with({"a.ipynb": notebook("%%time\nm.fit(x)")}, pattern).code.find(pattern)


def test_markdown_and_output_are_searched_apart(notebook, facts_with):
    facts = facts_with({"a.ipynb": notebook(("markdown", "We predict churn"), ("code", "1", "accuracy: 0.9"))})
    assert [hit.cell for hit in facts.docs.find("churn")] == [1]
    assert [hit.cell for hit in facts.outputs.find("accuracy")] == [2]


def test_magics_are_told(notebook, facts_with):
    facts = facts_with({"a.ipynb": notebook("!pip install x\nfiles = !ls")})
    assert [hit.text for hit in facts.code.magics()] == ["!pip install x", "!ls"]


@pytest.mark.parametrize(("text", "said"), [("{", "not a notebook"), ("", "empty"), ("[]", "not a notebook")])
def test_a_broken_notebook_is_a_warning(warnings_of, text, said):
    (warning,) = warnings_of({"a.ipynb": text})
    assert warning.startswith("a.ipynb: ")
    assert said in warning


def test_the_old_format_is_read(facts_with):
    pattern = calls("fit")
    old = '{"worksheets": [{"cells": [{"cell_type": "code", "input": ["m.fit(x)"], "outputs": []}]}], "nbformat": 3}'
    assert facts_with({"a.ipynb": old}, pattern).code.find(pattern)


def test_a_cell_without_source_costs_only_itself(facts_with):
    pattern = calls("fit")
    book = '{"cells": [{"cell_type": "code", "source": null}, {"cell_type": "code", "source": "m.fit(x)"}]}'
    (hit,) = facts_with({"a.ipynb": book}, pattern).code.find(pattern)
    assert hit.cell == 2
