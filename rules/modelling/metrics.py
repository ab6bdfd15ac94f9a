"""The model is judged by metrics that a person can read, not by its loss alone.

What counts
    Metrics from a library (sklearn.metrics, torchmetrics, Keras metrics, evaluate) or of the project's own
    (accuracy, IoU, BLEU, mAP, an agent's return or progress), computed on the model's predictions; a metrics
    file; results in the docs.

What does not
    The training loss alone; a metric that is defined and never called; code that is commented out.

Known problems
    A loss that is also the reported metric (mean squared error) counts only where it is called a metric.

Next step
    Choose two or three metrics that fit the objective, compute them on held-out data after training and write
    them to metrics.json.
"""

from __future__ import annotations

import re

from mlcoach.rule import Evidence, Facts, Finding, Hit, Item, Regex, done, evidence_of, missing

from . import _measures
from ._notes import with_names

ITEM = Item(
    id="modelling/metrics",
    title="Model metrics",
    bullet="Model metrics (Not model objective function and not necessarily KPIs!)",
    stage="poc",
    why="A loss tells the optimiser where to go; it does not tell a person how often the model is right.",
    how=(
        "choose metrics before training: F1 or average precision for rare classes, MAE for amounts",
        "`sklearn.metrics.classification_report(y_test, model.predict(X_test))`",
        "write them to metrics.json and name it under `metrics:` in dvc.yaml",
    ),
    references=("https://scikit-learn.org/stable/modules/model_evaluation.html",),
    actions=("train",),
)

COMPUTED = Regex(r"(?<![=!<>+])=\s*(?!(?:0|0\.0|\[\]|None|\{\}|float|\[)\s*$)\S|\+=")


def infer(facts: Facts) -> Finding:
    code = facts.code
    files = [Evidence(out.file, out.line, note=f"DVC metrics {out.path}") for out in facts.dvc.metrics]
    files += [Evidence(path, note="a metrics file") for path in facts.any_case_paths(*_measures.METRIC_FILE)]
    found = evidence_of(
        with_names(hit for hit in code.ranked(_measures.LIBRARY) if ".pairwise." not in hit.name),  # distances
        with_names(hit for hit in code.find(_measures.COMPILED) if "metrics" in hit.args),
        with_names(code.ranked(_measures.OWN)),
        with_names(hit for hit in code.find(_measures.LOGGED) if _measures.LOGGED_METRIC.search(hit.args)),
        with_names(hit for hit in code.find(_measures.SCORED) if "," in hit.args),
        with_names(hit for hit in code.find(_measures.OVERLAP) if judged(hit)),
        with_names(hit for hit in code.find(*_measures.COUNTED) if counted(hit)),
        files,
        with_names(code.find(_measures.NAMED)),
    )
    found = found or evidence_of(
        facts.texts.find(_measures.CONFIGURED, "*.y*ml", "*.json", "*.toml", "*.cfg", "*.ini"),
        facts.docs.find(_measures.REPORTED, *_measures.RESULTS),
        facts.docs.find(_measures.TABLE, *_measures.RESULTS),
    )
    if found:
        return done(found[0].note, found)
    looked = ("metric functions and counted right answers in code", "metrics files", "docs")
    return missing("nothing beside the loss", looked=looked)


def counted(hit: Hit) -> bool:
    """`correct += ...`, `accuracy = right / all`; not `accuracy = 0`, nor a metric's own body: that must be called."""
    if hit.text.startswith(("def ", "return")) or _measures.METRIC.search(hit.inside.rpartition(".")[2]):
        return False
    return COMPUTED.search(hit.text) is not None


def judged(hit: Hit) -> bool:
    """Overlap is a metric where something is evaluated; elsewhere it is geometry."""
    return re.search(r"(?i)eval|metric|valid|test|score", f"{hit.path} {hit.inside}") is not None
