"""The ladder: what is fitted, from a constant to the vote. Every fitted step lies inside one scikit-learn pipeline.

Only steps that were seen to convert to ONNX with equal predictions are used: trees take numbers as they are (never
scaled, no `categorical_features`), words are single ones, split outside, without sublinear counts.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from sklearn.compose import ColumnTransformer
from sklearn.decomposition import TruncatedSVD
from sklearn.dummy import DummyClassifier, DummyRegressor
from sklearn.ensemble import (
    HistGradientBoostingClassifier,
    HistGradientBoostingRegressor,
    VotingClassifier,
    VotingRegressor,
)
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.frozen import FrozenEstimator
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import LabelEncoder, OneHotEncoder, OrdinalEncoder, StandardScaler, TargetEncoder
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

from mlcoach.actions.train.setup import Setup

TEXT_ROWS = 20_000  # a vocabulary and its decomposition are learned from so many rows at most
WORDS = 10_000
COMPONENTS = 30

TITLES = {
    "dummy": "dummy (a constant)",
    "last_value": "last value",
    "one_rule": "one rule (best single column)",
    "linear": "linear",
    "hgb": "gradient boosting",
    "vote": "vote of linear and boosting",
}
WITHOUT_ML = ("dummy", "last_value", "one_rule")


def ladder(setup: Setup) -> tuple[str, ...]:
    last = ("last_value",) if setup.time and setup.task == "regression" else ()
    return ("dummy", *last, "one_rule", "linear", "hgb")


def fit(rung: str, setup: Setup, matrix: Any, y: Any) -> Any:
    """The fitted estimator of a rung, on a matrix as `prepare` makes it."""
    regression = setup.task == "regression"
    match rung:
        case "dummy":
            dummy = DummyRegressor() if regression else DummyClassifier(strategy="prior")
            return dummy.fit(matrix, y)
        case "last_value":
            return DummyRegressor(strategy="constant", constant=y[-1]).fit(matrix, y)
        case "one_rule":
            tree = DecisionTreeRegressor if regression else DecisionTreeClassifier
            model, columns = tree(max_depth=1, random_state=setup.seed), _for_trees(setup, matrix, texts=False)
        case "linear":
            model = Ridge() if regression else LogisticRegression(max_iter=1000)
            columns = _for_linear(setup, matrix)
        case "hgb":
            boosting = HistGradientBoostingRegressor if regression else HistGradientBoostingClassifier
            model, columns = boosting(random_state=setup.seed), _for_trees(setup, matrix)
        case other:
            raise ValueError(other)
    pipeline = make_pipeline(columns, model).fit(matrix, y)
    _thaw(pipeline[0])
    return pipeline


def vote(setup: Setup, linear: Any, hgb: Any, y: Any) -> Any:
    """The vote of two rungs that are fitted already."""
    named = [("linear", linear), ("hgb", hgb)]
    if setup.task == "regression":
        voting = VotingRegressor(named)
    else:
        voting = VotingClassifier(named, voting="soft", flatten_transform=False)
        voting.le_ = LabelEncoder().fit(y)
        voting.classes_ = voting.le_.classes_
    voting.estimators_ = [linear, hgb]
    return voting


def predict(setup: Setup, model: Any, matrix: Any) -> Any:
    """Probabilities of the classes (n, classes), or the numbers (n,)."""
    return model.predict(matrix) if setup.task == "regression" else model.predict_proba(matrix)


def _places(setup: Setup, part: str) -> list[int]:
    return [place for place, output in enumerate(setup.spec["outputs"]) if output["part"] == part]


def _for_trees(setup: Setup, matrix: Any, texts: bool = True) -> Any:
    steps: list[tuple[str, Any, Any]] = []
    if numbers := _places(setup, "numbers"):
        steps.append(("numbers", "passthrough", numbers))
    codes = _places(setup, "codes")
    categories = _places(setup, "categories")
    if setup.task == "multiclass":  # there the target encoder has no converter
        categories, codes = sorted(categories + codes), []
    if categories:
        steps.append(("categories", OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1), categories))
    if codes:
        kind = "continuous" if setup.task == "regression" else "binary"
        steps.append(("codes", TargetEncoder(target_type=kind, random_state=setup.seed), codes))
    if texts or not steps:
        for place in _places(setup, "texts"):
            size = min(COMPONENTS, max(1, setup.spec["outputs"][place]["vocabulary"] // 2))
            text = make_pipeline(_tfidf(), TruncatedSVD(size, random_state=setup.seed))
            steps.append((f"text_{place}", _sampled(text, matrix[:, place], setup.seed), place))
    return ColumnTransformer(steps, sparse_threshold=0)


def _for_linear(setup: Setup, matrix: Any) -> Any:
    steps: list[tuple[str, Any, Any]] = []
    if numbers := _places(setup, "numbers"):
        filled = SimpleImputer(strategy="median", keep_empty_features=True)
        steps.append(("numbers", make_pipeline(filled, StandardScaler()), numbers))
    if flags := _places(setup, "flags"):
        steps.append(("flags", SimpleImputer(strategy="constant", fill_value=0.0), flags))
    if levels := sorted(_places(setup, "categories") + _places(setup, "codes")):
        encoder = OneHotEncoder(handle_unknown="infrequent_if_exist", min_frequency=5, max_categories=100)
        steps.append(("levels", encoder, levels))
    steps += [
        (f"text_{place}", _sampled(_tfidf(), matrix[:, place], setup.seed), place) for place in _places(setup, "texts")
    ]
    return ColumnTransformer(steps)


def _tfidf() -> Any:
    return TfidfVectorizer(lowercase=False, token_pattern=r"[^ ]+", max_features=WORDS)


def _sampled(text: Any, values: Any, seed: int) -> Any:
    """A step for text that is learned from a sample when there are many rows: the cost stays bounded."""
    if len(values) <= TEXT_ROWS:
        return text
    rows = np.sort(np.random.default_rng(seed).choice(len(values), TEXT_ROWS, replace=False))
    return FrozenEstimator(text.fit(values[rows]))


def _thaw(columns: Any) -> None:
    """Put the fitted steps themselves where they were frozen: exporters know them."""
    columns.transformers_ = [
        (name, step.estimator if isinstance(step, FrozenEstimator) else step, places)
        for name, step, places in columns.transformers_
    ]
