"""scoping/baseline: a reference result that is reported."""

import zlib

import pytest

from mlcoach.snapshot import GitMeta
from mlcoach.snapshot.base import Tag

ID = "scoping/baseline"


@pytest.mark.parametrize(
    "text",
    [
        "The baseline reaches an accuracy of 0.71, the network 0.84.",
        "| Model | F1 |\n|---|---|\n| Baseline | 0.61 |\n| Ours | 0.72 |",
        "| Model | Paper (AP) | Ours (AP) |\n|---|---|---|\n| tiny | 33.1 | 33.9 |",
        "## baselines\n\n| model | val loss |\n|---|---|\n| gpt2 | 3.12 |",
        "The network reduces the MAE by 25% compared to Smith et al.",
        "Human performance is 65.0% accuracy, which the model exceeds.",
        "| search | hit rate |\n|---|---|\n| keyword (default) | 0.600 |\n| optimised | 0.820 |",
    ],
)
def test_a_reference_with_a_number_in_the_docs_counts(infer, text):
    found = infer(ID, {"README.md": f"# Name\n\n{text}\n"})
    assert found.state == "done"
    assert found.evidence[0].path == "README.md"


def test_results_beside_a_named_baseline_count(infer):
    text = "# Name\n\n## Results\n\n- SVM: 37.3% test accuracy\n- CNN: 50.8%\n\n## Files\n\n- a.py: Baseline CNN\n"
    assert infer(ID, {"README.md": text}).state == "done"


def test_an_output_that_names_it_counts(infer, notebook):
    found = infer(ID, {"a.ipynb": notebook(("code", "table", "Base Model   0.90   0.81\nOurs 0.92 0.85"))})
    assert (found.state, found.evidence[0].cell) == ("done", 1)


def test_an_output_under_a_heading_that_names_it_counts(infer, notebook):
    book = notebook(
        ("markdown", "## Baseline models"), ("code", "score()", "Ridge: RMSE = 0.1664"), ("markdown", "## Tuned"), "1"
    )
    found = infer(ID, {"a.ipynb": book})
    assert [e.cell for e in found.evidence] == [2]


def test_an_output_of_the_cell_that_fits_it_counts(infer, notebook):
    book = notebook(("code", "baseline = Ridge().fit(X, y)\nprint(score(baseline))", "score 0.71"))
    assert infer(ID, {"a.ipynb": book}).state == "done"


def test_a_metrics_file_of_it_counts(infer):
    assert (
        infer(ID, {"results/baseline_metrics.json": '{"f1": 0.6}'}).evidence[0].path == "results/baseline_metrics.json"
    )


def test_a_key_of_a_metrics_file_counts(infer):
    found = infer(ID, {"metrics.json": '{\n "baseline_f1": 0.61,\n "f1": 0.7\n}'})
    assert [(e.path, e.line) for e in found.evidence] == [("metrics.json", 2)]


def test_a_tag_counts_with_the_doc_that_tells_of_it(infer):
    git = GitMeta(head="1" * 40, branch="main", tags=(Tag("baseline-run", True, "1" * 40),))
    found = infer(ID, {"README.md": "# N\n\n- `baseline-run`: the first run\n"}, git=git)
    assert found.state == "done"
    assert {e.ref or e.path for e in found.evidence} == {"baseline-run", "README.md"}


@pytest.mark.parametrize(
    "text",
    [
        "Change into the `baselines/` folder and run `baseline_small.py`, version 2.0.1.",
        "| Model | Accuracy |\n|---|---|\n| XGBoost | 0.84 |\n| CatBoost | 0.85 |",
        "- Accuracy: X.XX\n- F1: 0.XX",
        "| parameter | default |\n|---|---|\n| learning_rate | 0.001 |",
        "The next version should beat the baseline accuracy of 0.80.",
        "A CNN for baseline performance (target: 98% accuracy).",
        "![before](a.png) ![after](b.png)",
    ],
)
def test_no_reference_result_does_not(infer, text):
    found = infer(ID, {"README.md": f"# Name\n\n{text}\n"})
    assert found.state == "missing"
    assert found.looked


def test_a_config_of_that_name_does_not(infer):
    assert (
        infer(ID, {"configs/eval/baseline.json": '{"lr": 0.1}', "tests/out/baseline_results.json": "{}"}).state
        == "missing"
    )


def test_a_papers_comparison_counts(infer):
    page = b"BT (Our baseline was outperformed by the expanded representation.)Tj ET"
    paper = b"%PDF pdfTeX\nstream\n" + zlib.compress(page) + b"\nendstream"
    found = infer(ID, {"paper.pdf": paper, "1706.03762.pdf": paper, "references/other.pdf": paper})
    assert [(e.path, e.line) for e in found.evidence] == [("paper.pdf", None)]
