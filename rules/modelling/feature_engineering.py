"""New features are derived from the raw ones.

What counts
    Date parts, ratios, lags, rolling windows, group aggregates, bins, TF-IDF or embeddings as features, PCA,
    polynomial terms, spectral or handcrafted features.

What does not
    Only scaling or one-hot encoding; raw pixels or tokens into a network; the target transformed; columns of
    results.

Known problems
    Features that a feature store or a warehouse computes elsewhere are not seen.

Next step
    Ask what a person would look at to decide, and compute that: time since the last event, a share of the total,
    a trend. Keep each feature in a function with a test.
"""

from __future__ import annotations

import re

from mlcoach.rule import Evidence, Facts, Finding, Hit, Item, Regex, done, evidence_of, missing

from . import _derivations
from ._models import SIMPLE, TABLE_LEARNERS
from ._notes import with_names

ITEM = Item(
    id="modelling/feature-engineering",
    title="Feature engineering",
    bullet="Feature engineering",
    stage="mvp",
    why="On tables and signals, a feature that says what an expert looks at often helps more than a larger model.",
    how=(
        "derive one feature at a time: parts of dates, ratios of amounts, lags, windows and group aggregates of events",
        "fit whatever learns from data (PCA, TF-IDF, target encoding) on the training part only, in the pipeline",
        "keep a feature only if the cross-validated score rises",
    ),
    references=("https://scikit-learn.org/stable/modules/feature_extraction.html",),
)

FEATURES = Regex(r"(?i)feat")

NOT_FEATURE = Regex(
    r"(?i)pred|error|resid|label|target|score|cluster|loss|accura|_id$|^id$|fold|metric|prob|weight$|colou?r|^y$|^y_"
    r"|importance|rank|missing|truth|actual|expected|count$|action|decision|direction|verdict|alert|^\W*$"
)
DERIVED = Regex(
    r"\]\s*[-+*/]\s*\w+\S*\[|\w\.\w+\s*[-+*/]\s*\w+\.\w|\.dt\.|\.str\.(?:len|count|extract|split|contains|get|slice)\b"
    r"|groupby\(.*\)\.|\.rolling\(|\.shift\(|\.diff\(|np\.where\(|\.apply\(|pd\.q?cut\("
    r"|np\.(?:sin|cos|sqrt|hypot|arctan2)\(|\.sum\(axis|\.mean\(axis|\.isin\(|>\s*\d|PolynomialFeatures"
)
EXPRESSION = Regex(
    r"\bcol\([^()]*\)\s*[-+*/]|[-+*/]\s*(?:\w+\.)?col\(|\bwhen\(|\.over\(|\.dt\.|\.str\.(?:len|count|extract|split|contains)"
    r"|\b(?:hour|month|year|dayofweek|datediff|months_between|lag|window|size|length|concat_ws|hypot)\("
    r"|lambda\s+\w+\s*:.*[-+*/]"
)
OTHER = Regex(
    r"(?i)eval|result|report|plot|visual|dashboard|monitor|metric|submission|explain|shap|decision|indicator|kpi"
)
NO_DERIVATION = Regex(r"(?i)fillna|imput|scal|names|columns|import")
NOT_DERIVED = Regex(r"(?i)top_|important|select|names|columns|label|_sets?$|numeric|categor|schema|config")
OF_COLUMN = Regex(r"groupby|partitionBy|over\(|\[[\"'].*[\"']\]|\.apply\(|\.map\(|col\(|withColumn")


def infer(facts: Facts) -> Finding:
    found = with_names(facts.code.ranked(_derivations.TRANSFORMERS, _derivations.SIGNALS, _derivations.EMBEDDINGS))
    if not raw_input(facts):
        found += [*queried(facts), *derived(facts), *named(facts)]
    if found:
        places = evidence_of(sorted(found, key=lambda place: not FEATURES.search(place.path or "")))
        return done(places[0].note, places)
    looked = ("transformers, new columns, windows, aggregates, date parts and signals in code", "SQL of features")
    return missing("no feature is derived", looked=looked)


def of_column(hit: Hit) -> bool:
    """Done to a column of a table, not to a clock or an array."""
    return hit.name.startswith("pandas.") or ".dt." in hit.name or OF_COLUMN.search(hit.text) is not None


def new_feature(hit: Hit) -> bool:
    """`frame["rate"] = frame["a"] / frame["b"]`: computed, and of another name than the column it comes from."""
    same = re.match(rf"[\w.]+\[[\"']{re.escape(hit.name)}[\"']\]\.(?!dt\.)", hit.args)
    return not same and not NOT_FEATURE.search(hit.name) and DERIVED.search(hit.args) is not None


def raw_input(facts: Facts) -> bool:
    """Nothing learns from a table: pixels, sound or text go into a network, or one series into a forecaster."""
    if facts.code.find(TABLE_LEARNERS, SIMPLE):
        return False
    media = facts.kind & {"vision", "sound", "language"}
    return bool(facts.code.find(_derivations.FORECASTERS)) or ("deep" in facts.kind and bool(media))


def named(facts: Facts) -> list[Evidence]:
    """Functions and files that say by their names that they derive features, and compute something.

    A template's empty build_features.py derives nothing, nor does one that only scales and encodes.
    """
    hits = [hit for hit in facts.code.find(_derivations.COMPUTES) if not OTHER.search(hit.path)]
    computing = {hit.path for hit in hits if not NO_DERIVATION.search(hit.text)}
    functions = [
        hit
        for hit in facts.code.find(_derivations.FUNCTIONS)
        if hit.path in computing and not NOT_DERIVED.search(hit.name)
    ]
    files = [
        Evidence(path, note="a file of that name")
        for path in facts.any_case_paths(*_derivations.FILES)
        if path in computing
    ]
    return [*with_names(functions), *files]


def queried(facts: Facts) -> list[Evidence]:
    """Features that SQL derives, in files that speak of features."""
    queries = [hit for hit in facts.code.find(_derivations.QUERIES) if FEATURES.search(hit.path)]
    return [
        *(hit.evidence() for hit in queries),
        *(
            hit.evidence("derived in SQL")
            for hit in facts.texts.find(_derivations.SQL, *_derivations.SQL_FILES, limit=20)
        ),
    ]


def derived(facts: Facts) -> list[Evidence]:
    """New columns, parts of dates, windows and aggregates in files that handle tables."""
    code = facts.code
    tracked = code.files_with(_derivations.TRACKED)
    tables = {
        hit.path for hit in code.find(_derivations.FRAMES) if not OTHER.search(hit.path) and hit.path not in tracked
    }
    grouped = [hit for hit in code.find(_derivations.GROUPS) if "group" in hit.text]
    places = [
        *(hit for hit in code.ranked(_derivations.DATES, _derivations.BINS, _derivations.WINDOWS) if of_column(hit)),
        *grouped,
    ]
    places += [hit for hit in code.find(_derivations.ASSIGNED) if EXPRESSION.search(hit.args)]
    columns = [hit for hit in code.columns() if hit.path in tables and new_feature(hit)]
    return [
        *with_names(hit for hit in places if hit.path in tables),
        *(hit.evidence(f"derives {hit.name[:50]}") for hit in columns),
    ]
