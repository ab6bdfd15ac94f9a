"""How code, SQL and file names say that features are derived."""

from __future__ import annotations

from mlcoach.rule import calls, defines, imports, strings, uses

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
