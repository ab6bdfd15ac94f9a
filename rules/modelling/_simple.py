"""Models that are simple on purpose, and what is called a baseline."""

from __future__ import annotations

from mlcoach.rule import Regex, assigns, calls, defines, strings, uses

DUMMIES = uses(
    "DummyClassifier", "DummyRegressor", "NaiveForecaster", "NaiveSeasonal", "NaiveMean", "NaiveDrift",
    "SeasonalNaive", "BaselineOnly", "NormalPredictor", "MajorityClassifier", "ZeroR", "HistoricAverage",
    "PopularityRecommender", "MostPopular", "Popularity", "RandomRecommender",
    note="a dummy model",
)  # fmt: skip
OWN_SIMPLE = defines(
    "SimpleCNN*", "SimpleNN*", "SimpleMLP*", "SimpleRNN*", "SimpleLSTM*", "Simple*Net", "Simple*Model",
    "Simple*Classifier", "simple_cnn*", "simple_model*", "*Linear*Classifier*", "linear_classifier*", "LinearSVM*",
    "LogisticRegression*", "logistic_regression*", "SoftmaxRegression*", "NaiveBayes*", "naive_bayes*",
    "*majority_class*", "majority_vote*", "*random_guess*", "*persistence_model*", "persistence_forecast*",
    "naive_forecast*", "seasonal_naive*", "*popularity*", "most_popular*", "*MostPopular*", "vanilla_*", "Vanilla*",
    note="a simple model of the project's own",
)  # fmt: skip
NAIVE = assigns(
    "naive_pred*", "naive_forecast*", "*pred*_naive", "forecast_naive", "rmse_naive", "mae_naive", "majority_class*",
    "mean_prediction*", "dummy_clf*", "dummy_model*", "dummy_reg*", "dummy_pred*", "dummy_score*", "persistence_pred*",
    "most_frequent_class",
    note="a naive prediction",
)  # fmt: skip
NAMED = (
    defines("*baseline*", note="named baseline"),
    assigns("*baseline*", note="named baseline"),
    calls("*baseline*", note="named baseline"),
    strings("*baseline*", note="named baseline"),
)
WORD_SEARCH = uses(
    "keyword_search", "text_search", "lexical_search", "bm25*", "BM25*", "minsearch.*", "tfidf_search",
    note="search by words",
)  # fmt: skip
VECTOR_SEARCH = uses(
    "vector_search*", "semantic_search*", "hybrid_search*", "knn_search*", "dense_search*", "similarity_search*",
)  # fmt: skip
SEARCH_METRICS = calls("*hit_rate*", "mrr*", "*_mrr", "*evaluate_retriev*", "ndcg*", "recall_at*", "precision_at*")
FILES = (
    "*baseline*.py", "*baseline*.ipynb", "*baseline*.y*ml", "*baseline*.json", "*baseline*.toml", "*baseline*.sh",
    "*baseline*/*.py", "*baseline*/*.ipynb",
)  # fmt: skip
HEADING = (
    r"^#+.*\bbase-?line (?:model|classifier|regress|approach|method|predict|algorithm)"
    r"|^#+\s*(?:\d[\d.]*\s*)?base-?lines?\s*$"
)
SAID = Regex(
    rf"(?i){HEADING}|\bas (?:a|an|our|the) (?:\w+ )?base-?line\b"
    r"|\bbase-?lines?[ -](?:models?|classifiers?|regress\w+|networks?|cnn|lstm|approach|method|algorithms?"
    r"|experiments?|runs?)\b"
    r"|\b(?:simple|na[iï]ve|dummy|random|majority|popularity|linear) base-?lines?\b"
)
