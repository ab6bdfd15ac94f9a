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
    "rolling", "ewm", "expanding", "shift", "diff", "pct_change", "cumcount", "cumsum", "lag", "transform", "agg",
    "aggregate",
    note="lags, windows, group aggregates",
)  # fmt: skip
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
    "*feature_engineering*", "engineer_*", "*_feature_engineering", "add_*_feature*", "add_features",
    "create_*features*", "make_*features*", "build_*features*", "generate_*features*", "compute_*features*",
    "calculate_*features*", "get_*_features", "derive_*", "*_lag_features*", "*lag_feature*", "extract_date*",
    "extract_time*", "*FeatureEngineer*", "*FeatureExtractor", "*FeatureGenerator*", "*ratio_feature*", "add_date_*",
    "add_time_*", "create_feature", "*featurize*", "*Featurizer*",
    note="a function that derives features",
)  # fmt: skip

NOT_FEATURE = Regex(
    r"(?i)pred|error|resid|label|target|score|cluster|loss|accura|_id$|^id$|fold|metric|prob|weight$|colou?r|^y$|^y_"
    r"|importance|rank|missing|truth|actual|expected|count$|^\W*$"
)
DERIVED = Regex(
    r"\]\s*[-+*/]\s*\w+\S*\[|\.dt\.|\.str\.(?:len|count|extract|split|contains|get|slice)\b|groupby\(.*\)\."
    r"|\.rolling\(|\.shift\(|\.diff\(|np\.where\(|\.apply\(|pd\.q?cut\(|np\.(?:sin|cos|sqrt|hypot|arctan2)\("
    r"|\.sum\(axis|\.mean\(axis|\.isin\(|>\s*\d|PolynomialFeatures"
)


FILES = (
    "*feature*engineer*.py", "*feature*engineer*.ipynb", "*featuriz*.py", "*make*features*.py", "*build*features*.py",
    "*create*features*.py", "*add*features*.py", "*gen*features*.py", "*feature*generat*/*.py",
    "*feature*engineer*/*.py",
)  # fmt: skip
RESULTS = Regex(r"(?i)eval|result|report|plot|visual|dashboard|monitor|metric|submission")
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


def length(facts: Facts, path: str) -> int:
    """Lines of a code file: a template's empty build_features.py derives nothing."""
    return facts.code.files[path].lines if path in facts.code.files else 0


def infer(facts: Facts) -> Finding:
    code = facts.code
    derived: list[Evidence] = []
    if not raw_input(facts):
        frames = {hit.path for hit in code.find(FRAMES) if not RESULTS.search(hit.path)}
        places = code.ranked(DATES, BINS, WINDOWS)
        derived += told(hit for hit in places if hit.path in frames and of_column(hit))
        columns = [hit for hit in code.columns() if hit.path in frames and new_feature(hit)]
        derived += [hit.evidence(f"derives {hit.name[:50]}") for hit in columns]
        derived += told(code.find(FUNCTIONS))
        files = [path for path in facts.any_case_paths(*FILES) if length(facts, path) > 20]
        derived += [Evidence(path, note="a file of that name") for path in files]
    found = evidence_of(told(code.ranked(TRANSFORMERS, SIGNALS, EMBEDDINGS)), derived)
    if found:
        return done(found[0].note, found)
    looked = ("code: transformers, new columns, windows, aggregates, date parts, signals",)
    return missing("no feature is derived", looked)
