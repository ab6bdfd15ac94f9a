"""Hyperparameters are searched for, not set by hand.

What counts
    Grid, random, Bayesian or evolutionary search run by code or configuration: GridSearchCV and its kin, Optuna,
    Hyperopt, Ray Tune, Keras Tuner, W&B sweeps, Katib, AutoML, estimators that search their own penalty
    (RidgeCV), loops over values with the best kept.

What does not
    Values in a configuration that nothing searches, variants tried by hand, a search that is commented out.

Known problems
    A search that only a person's shell history or a cluster's queue shows is not seen.

Next step
    Press the key for tuning, or: `study = optuna.create_study(); study.optimize(objective, n_trials=50)`; write
    the best values into params.yaml and keep the study.
"""

from __future__ import annotations

import re

from mlcoach.rule import Evidence, Facts, Finding, Item, Option, TextHit, done, evidence_of, missing

from . import _searches
from ._notes import with_names

ITEM = Item(
    id="modelling/hyperparameters",
    title="Hyperparameter search",
    bullet="Model hyperparameters",
    stage="mvp",
    why="Default values are tuned for nobody's data, and values tried by hand leave no record of what was tried.",
    how=(
        "choose three to six parameters and their ranges",
        "`optuna.create_study(pruner=HyperbandPruner()).optimize(objective, n_trials=50)`",
        "score on validation folds, never on the test set; write the best values to params.yaml",
    ),
    references=("https://scikit-learn.org/stable/modules/grid_search.html", "https://arxiv.org/abs/1807.01774"),
    options=(Option("grid", "Grid search"), Option("halving", "Successive halving"), Option("bohb", "BOHB")),
    actions=("tune",),
)


def infer(facts: Facts) -> Finding:
    code = facts.code
    own = own_searches(facts)
    loops = [hit for hit in code.find(*_searches.LOOPED) if _searches.LOOP.search(hit.text)]
    products = [hit for hit in code.find(_searches.PRODUCT) if _searches.COMBINED.search(f"{hit.inside} {hit.args}")]
    methods = [hit for hit in code.find(_searches.METHOD) if re.search(_searches.SWEEP_METHOD, hit.text)]
    multirun = multiruns(facts)
    shell = facts.texts.find(_searches.SHELL_LOOP, "*.sh", "*.bash", "Makefile")
    grid = evidence_of(
        with_names(code.find(_searches.GRID, _searches.GRID_CALLS)),
        (place for place in own if "grid" in place.note.lower()),
        products,
        [hit for hit in methods if hit.name == "grid"],
        sweeps(facts, _searches.GRID_SWEEP),
        multirun,
        [hit for hit in shell if sum(other.path == hit.path for other in shell) > 1],  # one loop in another
        [hit for hit in loops if hit.loops],
        [hit.evidence("values to try") for hit in listed(facts)],
        facts.texts.find(_searches.IN_R, "*.[Rr]", "*.Rmd"),
    )
    halving = evidence_of(
        with_names(code.find(_searches.HALVING, _searches.HALVING_NAMES)),
        facts.texts.find(_searches.HALVING_CONFIG, *_searches.SWEEP_FILES),
    )
    bohb = with_bohb(facts)
    options = {"grid": grid, "halving": halving, "bohb": bohb}
    found = evidence_of(
        with_names(
            code.find(_searches.GRID, _searches.GRID_CALLS, _searches.HALVING, _searches.BOHB, _searches.SEARCHES)
        ),
        own,
        [hit for hit in code.find(_searches.BEST) if hit.loops],
        products,
        methods,
        sweeps(facts, _searches.SWEEP),
        halving,
        bohb,
        multirun,
        facts.texts.find(_searches.CLUSTER, "*.y*ml"),
        loops,
        shell,
        grid,
    )
    if found:
        return done(found[0].note, found, options=options)
    looked = ("searches, tuners and loops over values in code", "sweep files", "commands in docs")
    return missing("nothing searches hyperparameters", looked=looked)


def with_bohb(facts: Facts) -> tuple[Evidence, ...]:
    """BOHB by its name, or what it is made of: Hyperband together with a search that learns from the trials before."""
    code = facts.code
    stopped = {hit.path for hit in facts.texts.find(_searches.HYPERBAND_SWEEP, *_searches.SWEEP_FILES)}
    return evidence_of(
        with_names(code.find(_searches.BOHB)),
        with_names(code.find(_searches.HYPERBAND)) if not code.find(_searches.OTHER_SAMPLERS) else (),
        with_names(code.find(_searches.TUNE_HYPERBAND)) if code.find(_searches.MODEL_BASED) else (),
        [hit for hit in sweeps(facts, _searches.BAYES_SWEEP) if hit.path in stopped],
        facts.texts.find(_searches.BOHB_CONFIG, *_searches.SWEEP_FILES),
    )


def multiruns(facts: Facts) -> list[TextHit]:
    """Commands that run Hydra once for each combination of values."""
    if not facts.code.imported("hydra"):
        return []
    in_docs = facts.docs.find(_searches.MULTIRUN, "*.md", "*.rst")
    return [*in_docs, *facts.texts.find(_searches.MULTIRUN, "*.sh", "Makefile", "*.mk")]


def sweeps(facts: Facts, expression: str) -> list[TextHit]:
    """Sweep files: a search method beside the parameters' ranges."""
    files = {hit.path for hit in facts.texts.find(r"^\s*[\"']?parameters[\"']?\s*:", *_searches.SWEEP_FILES)}
    return [hit for hit in facts.texts.find(expression, *_searches.SWEEP_FILES) if hit.path in files]


def listed(facts: Facts) -> list[TextHit]:
    """Files that list values to try of two hyperparameters at least."""
    hits = facts.texts.find(_searches.LISTED, *_searches.GRID_FILES, limit=200)
    names: dict[str, set[str]] = {}
    for hit in hits:
        names.setdefault(hit.path, set()).add(hit.text.partition(":")[0].strip(" \t-\"'"))
    return [hit for hit in hits if len(names[hit.path]) > 1]


def own_searches(facts: Facts) -> list[Evidence]:
    """Searches that the project writes itself and calls: where they are written, then where they are called."""
    made = {definition.last: definition for definition in facts.code.definitions() if not definition.test}
    hits = [hit for hit in facts.code.find(_searches.OWN) if hit.last in made]
    written = [made[hit.last] for hit in hits]
    notes = [
        Evidence(one.path, one.line, one.cell, note=f"the project's own search: {one.name[:30]}") for one in written
    ]
    return [*notes, *with_names(hits)]
