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

from mlcoach.rule import (
    Evidence,
    Facts,
    Finding,
    Hit,
    Item,
    Regex,
    calls,
    defines,
    done,
    evidence_of,
    imports,
    missing,
    strings,
    uses,
)

from ._models import SIMPLE, TABLE_LEARNERS
from ._words import told

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

TRANSFORMERS = uses(
    "PCA", "IncrementalPCA", "KernelPCA", "SparsePCA", "TruncatedSVD", "NMF", "LatentDirichletAllocation", "FastICA",
    "LinearDiscriminantAnalysis", "TfidfVectorizer", "TfidfTransformer", "CountVectorizer", "HashingVectorizer",
    "HashingTF", "IDF", "FeatureHasher", "PolynomialFeatures", "SplineTransformer", "KBinsDiscretizer",
    "QuantileDiscretizer", "Bucketizer", "TargetEncoder", "WOEEncoder", "CatBoostEncoder", "CountFrequencyEncoder",
    "LeaveOneOutEncoder", "RBFSampler", "Nystroem", "VectorSlicer", "NGram", "featuretools.dfs", "ft.dfs",
    "tsfresh.*", "extract_features_from_*", "feature_engine.creation.*", "feature_engine.timeseries.*",
    "feature_engine.datetime.*", "AddDatepart", "add_datepart", "RandomTreesEmbedding", "AutoFeat*",
    "tfidfvectorizer",
    note="a transformer that derives features",
)  # fmt: skip
SIGNALS = calls(
    "librosa.feature.*", "melspectrogram", "MelSpectrogram", "mfcc", "MFCC", "logfbank", "chroma_stft", "stft", "cwt",
    "wavedec", "welch", "spectrogram", "hog", "HOGDescriptor", "SIFT_create", "ORB_create", "local_binary_pattern",
    "graycomatrix", "greycomatrix", "rfft", "zero_crossing_rate", "GetMorganFingerprint*", "AllChem.*",
    "Descriptors.*", "CalcMolDescriptors", "periodogram", "find_peaks", "haralick", "neurokit2.*", "gabor*",
    "*fourier_feature*", "*fourier_encod*",
    note="spectral or handcrafted features",
)  # fmt: skip
WINDOWS = calls(
    "rolling", "ewm", "expanding", "shift", "diff", "pct_change", "cumcount", "cumsum", "lag", "agg", "aggregate",
    note="lags, windows, group aggregates",
)  # fmt: skip
GROUPS = calls("transform", note="group aggregates")
ASSIGNED = calls("assign", "withColumn", "withColumns", "with_columns", "eval", note="derives a column")
QUERIES = strings(
    "*group by*", "*GROUP BY*", "*over (*", "*OVER (*", "*partition by*", "*PARTITION BY*", note="aggregates in SQL"
)
BINS = calls("pd.cut", "pd.qcut", "pandas.cut", "pandas.qcut", "np.digitize", "numpy.digitize", note="bins")
DATES = uses(
    "dt.*", "dayofweek", "day_of_week", "dayofyear", "weekofyear", "isocalendar", "weekday", "is_month_end",
    "is_month_start", "date_part", "add_datepart", "total_seconds", "haversine*", "geodesic", "functions.hour",
    "functions.month", "functions.year", "functions.datediff",
    note="parts of dates, distances",
)  # fmt: skip
EMBEDDINGS = calls(
    "SentenceTransformer", "Word2Vec", "Doc2Vec", "word2vec", "FastText", "load_facebook_model",
    "load_word2vec_format", "ElmoEmbedder", "node2vec", "TfidfModel", "get_sentence_vector", "get_word_vector",
    "sent2vec.*", "fasttext.load_model", "UniversalSentenceEncoder*",
    note="vectors as features",
)  # fmt: skip
FRAMES = imports("pandas", "polars", "dask", "pyspark", "cudf", "modin", "vaex")
FORECASTERS = uses(
    "Prophet", "NeuralProphet", "ARIMA", "SARIMAX", "AutoARIMA", "auto_arima", "ExponentialSmoothing", "ThetaModel",
)  # fmt: skip
FUNCTIONS = defines(
    "*feature_engineering*", "engineer_*", "add_*_feature*", "add_features", "create_*feature*", "make_*feature*", "build_*feature*",
    "generate_*feature*", "gen_*feature*", "compute_*feature*", "calculate_*feature*", "calc_*feature*", "extract_*feature*",
    "get_*_features", "derive_*", "*lag_feature*", "extract_date*", "extract_time*", "*FeatureEngineer*", "*FeatureExtractor",
    "*FeatureGenerator*", "*FeatureBuilder*", "*ratio_feature*", "add_date_*", "add_time_*", "*featurize*", "*Featurizer*",
    note="a function that derives features",
)  # fmt: skip
COMPUTES = calls(
    "map", "apply", "groupby", "groupBy", "group_by", "mean", "std", "var", "sum", "numpy.log", "np.log", "log1p", "sqrt", "exp", "sin",
    "cos", "dot", "norm", "cdist", "cosine*", "*distance*", "*similarity*", "percentile", "histogram", "count", "Counter", "where", "when",
    "split", "polyfit", "ratio",
)  # fmt: skip
TRACKED = uses("MlflowClient", "search_runs", "search_experiments", "wandb.Api", "comet_ml.API")

FILES = (
    "*feature*engineer*.py", "*feature*engineer*.ipynb", "*featuriz*.py", "*make*features*.py", "*build*features*.py",
    "*create*features*.py", "*add*features*.py", "*gen*feat*.py", "*extract*features*.py", "*feature*generat*/*.py",
    "*feature*engineer*/*.py", "*features/*.py",
)  # fmt: skip
SQL_FILES = ("*feature*.sql", "*features/*.sql", "*mart*/*.sql")
SQL = r"\b(?:avg|sum|count|lag|lead|stddev\w*)[ \t]*\(.{0,200}\b(?:over|as)\b|\bdate_?(?:part|diff|trunc)\b|\bextract[ \t]*\("
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
    return bool(facts.code.find(FORECASTERS)) or ("deep" in facts.kind and bool(media))


def named(facts: Facts) -> list[Evidence]:
    """Functions and files that say by their names that they derive features, and compute something.

    A template's empty build_features.py derives nothing, nor does one that only scales and encodes.
    """
    hits = [hit for hit in facts.code.find(COMPUTES) if not OTHER.search(hit.path)]
    computing = {hit.path for hit in hits if not NO_DERIVATION.search(hit.text)}
    functions = [
        hit for hit in facts.code.find(FUNCTIONS) if hit.path in computing and not NOT_DERIVED.search(hit.name)
    ]
    files = [Evidence(path, note="a file of that name") for path in facts.any_case_paths(*FILES) if path in computing]
    return [*told(functions), *files]


def queried(facts: Facts) -> list[Evidence]:
    """Features that SQL derives, in files that speak of features."""
    queries = [hit for hit in facts.code.find(QUERIES) if FEATURES.search(hit.path)]
    return [
        *(hit.evidence() for hit in queries),
        *(hit.evidence("derived in SQL") for hit in facts.texts.find(SQL, *SQL_FILES, limit=20)),
    ]


def derived(facts: Facts) -> list[Evidence]:
    """New columns, parts of dates, windows and aggregates in files that handle tables."""
    code = facts.code
    tracked = code.files_with(TRACKED)
    tables = {hit.path for hit in code.find(FRAMES) if not OTHER.search(hit.path) and hit.path not in tracked}
    grouped = [hit for hit in code.find(GROUPS) if "group" in hit.text]
    places = [*(hit for hit in code.ranked(DATES, BINS, WINDOWS) if of_column(hit)), *grouped]
    places += [hit for hit in code.find(ASSIGNED) if EXPRESSION.search(hit.args)]
    columns = [hit for hit in code.columns() if hit.path in tables and new_feature(hit)]
    return [
        *told(hit for hit in places if hit.path in tables),
        *(hit.evidence(f"derives {hit.name[:50]}") for hit in columns),
    ]


def infer(facts: Facts) -> Finding:
    found = told(facts.code.ranked(TRANSFORMERS, SIGNALS, EMBEDDINGS))
    if not raw_input(facts):
        found += [*queried(facts), *derived(facts), *named(facts)]
    if found:
        places = evidence_of(sorted(found, key=lambda place: not FEATURES.search(place.path or "")))
        return done(places[0].note, places)
    looked = ("code: transformers, new columns, windows, aggregates, date parts, signals", "SQL of features")
    return missing("no feature is derived", looked)
