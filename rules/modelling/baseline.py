"""A simple model is trained beside the main one, so that its worth can be seen.

What counts
    Dummy estimators, linear or logistic regression or naive Bayes as the comparison, naive forecasts, popularity
    as a recommender, a model, run or configuration named as the baseline.

What does not
    A single model with nothing to compare with; a linear regression that is the only and final model; a linear
    model that only stacks, calibrates or selects for others. Stable Baselines is a library's name.

Known problems
    Whether one of several equal candidates is meant as the reference, only their author knows.

Next step
    Press the key for training: a dummy and a linear model are scored with the same split and metrics as yours.
"""

from __future__ import annotations

from mlcoach.rule import Evidence, Facts, Finding, Hit, Item, Regex, done, evidence_of, missing

from . import _simple
from ._models import NETWORKS, SIMPLE, TABLE_LEARNERS
from ._notes import with_names

ITEM = Item(
    id="modelling/baseline",
    title="Baseline model",
    bullet="Create a baseline model",
    stage="poc",
    why="Without a simple reference nobody knows whether the complex model is worth its cost.",
    how=(
        "`DummyClassifier(strategy='most_frequent')` and `LogisticRegression()` on the same split",
        "`mlcoach train` trains both on a table and writes metrics.json",
        "report both rows beside the main model's",
    ),
    references=(
        "https://blog.ml.cmu.edu/2020/08/31/3-baselines/",
        "https://scikit-learn.org/stable/modules/model_evaluation.html#dummy-estimators",
    ),
    actions=("train",),
)

LEARNER = Regex(
    r"(?:Net|CNN|RNN|LSTM|GRU|MLP|SVM|Model|Classifier|Regressor|Transformer|Forest|Tree|Boost\w*|ResNet\w*|VGG\w*"
    r"|BERT)\d*$"
)
HELPER = Regex(
    r"(?i)stack|meta|blend|ensembl|final_estimator|calibrat|probe|imput|SelectFromModel|RFE|selector|feature_?selection"
    r"|submission"
)
MODEL = Regex(
    r"(?i)model|classif|regress|clf|estimator|predict|forecast|score|accura|acc\b|auc|f1|rmse|mae\b|loss|metric|result"
    r"|performance|train|fit|\brun|experiment|policy|network|mean|major"
)
OTHER_SENSE = Regex(
    r"(?i)stable[_-]?baselines|baselines3\b|text_?baseline|dominant|vertical|va=|coverage"
    r"|baseline_?(?:correct|shift|y\b|height|align|date|period|year|data|df|visit|stat|window|distrib)"
    r"|drift|monitor|reference|alembic|migration|changelog"
)


def infer(facts: Facts) -> Finding:
    code = facts.code
    reinforcement = code.imported("stable_baselines3", "stable_baselines", "baselines")
    files = [Evidence(path, note="named baseline") for path in facts.any_case_paths(*_simple.FILES)]
    lines = facts.docs.find(r"base-?line", "*.md", "*.rst", "*.ipynb", limit=100)
    said = [hit for hit in lines if _simple.SAID.search(hit.text) and not OTHER_SENSE.search(f"{hit.path} {hit.text}")]
    compared = code.find(TABLE_LEARNERS) or code.find(NETWORKS)
    simple = [hit for hit in code.ranked(SIMPLE) if not HELPER.search(f"{hit.path} {hit.inside} {hit.text}")]
    found = evidence_of(
        with_names(code.find(_simple.DUMMIES, _simple.NAIVE)),
        () if reinforcement else (*with_names(named(facts)), *files),
        facts.docs.find(_simple.HEADING, "*.ipynb"),
        () if reinforcement else said,
        with_names(retrieval(facts)),
        with_names(simple) if compared else (),
        with_names(own_simple(facts)),
    )
    if found:
        return done(found[0].note, found)
    looked = ("dummy and linear models in code", "baselines named in code, configs and docs")
    return missing("no simple model beside the main one", looked=looked)


def named(facts: Facts) -> list[Hit]:
    """Code that calls something a baseline, and speaks of a model in the same breath."""
    return [
        hit
        for hit in facts.code.find(*_simple.NAMED)
        if MODEL.search(f"{hit.name} {hit.text}") and not OTHER_SENSE.search(f"{hit.path} {hit.name} {hit.text}")
    ]


def own_simple(facts: Facts) -> list[Hit]:
    """Simple models that the project writes itself, where it writes or uses others as well."""
    simple = facts.code.find(_simple.OWN_SIMPLE)
    names = {hit.name for hit in simple}
    classes = [made for made in facts.code.definitions() if made.kind == "class" and not made.test]
    others = [made for made in classes if LEARNER.search(made.name) and made.last not in names]
    return simple if others or facts.code.find(TABLE_LEARNERS) else []


def retrieval(facts: Facts) -> list[Hit]:
    """Search by words, measured beside search by meaning."""
    words = facts.code.find(_simple.WORD_SEARCH)
    return words if facts.code.find(_simple.VECTOR_SEARCH) and facts.code.find(_simple.SEARCH_METRICS) else []
