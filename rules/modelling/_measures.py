"""Names of metrics, in code, configuration, files and docs."""

from __future__ import annotations

from mlcoach.rule import Regex, assigns, calls, strings, uses

LIBRARY = calls(
    "accuracy_score", "balanced_accuracy_score", "f1_score", "fbeta_score", "precision_score", "recall_score",
    "precision_recall_fscore_support", "classification_report", "confusion_matrix", "ConfusionMatrixDisplay*",
    "roc_auc_score", "roc_curve", "precision_recall_curve", "average_precision_score", "auc", "mean_absolute_error",
    "mean_squared_error", "root_mean_squared_error", "mean_squared_log_error", "mean_absolute_percentage_error",
    "median_absolute_error", "r2_score", "explained_variance_score", "log_loss", "brier_score_loss",
    "cohen_kappa_score", "matthews_corrcoef", "hamming_loss", "jaccard_score", "ndcg_score", "top_k_accuracy_score",
    "silhouette_score", "adjusted_rand_score", "normalized_mutual_info_score", "sklearn.metrics.*", "torchmetrics.*",
    "keras.metrics.*", "tensorflow.keras.metrics.*", "tensorflow.metrics.*", "evaluate.load", "load_metric",
    "ignite.metrics.*", "COCOeval", "jiwer.*", "corpus_bleu", "sentence_bleu", "sacrebleu.*", "rouge_scorer.*",
    "seqeval.metrics.*", "*ClassificationEvaluator", "RegressionEvaluator", "plot_confusion_matrix",
    "scikitplot.metrics.*", "structural_similarity", "peak_signal_noise_ratio", "evaluate_policy",
    "concordance_index", "get_classification_metrics", "surprise.accuracy.*", "calculate_fid*", "bert_score.*",
    "ragas.*", "cross_val_score", "cross_validate",
    note="metrics on predictions",
)  # fmt: skip
OWN = calls(
    "*accuracy*", "*mean_iou*", "miou", "dice*", "*_dice", "bleu*", "*_bleu", "*_wer", "wer", "cer", "*_cer", "psnr",
    "ssim", "compute_metrics", "calc_metrics", "calculate_metrics", "get_metrics", "evaluate_metrics", "eval_metrics",
    "*_metrics", "rmse*", "*rmse", "rmsle*", "mape", "smape", "*_mape", "precision_at*", "recall_at*", "ndcg*",
    "*hit_rate*", "mrr*", "*_mrr", "average_precision*", "*_f1", "*_auc", "kappa*", "edit_distance", "levenshtein*",
    "pearsonr", "spearmanr", "quadratic_weighted_kappa", "rank_metric*", "perplexity", "ClassificationMetric*",
    note="the project's own metric",
)  # fmt: skip
OVERLAP = calls("*_iou", "iou*", "*compute_iou*", "jaccard*", note="overlap of prediction and truth")
LOGGED = calls(
    "self.log", "log_metric", "log_metrics", "wandb.log", "add_scalar", "add_scalars", "logger.record", "logger.log",
    "run.log", "log_dict", "mlflow.log_metric*",
    note="a metric is logged",
)  # fmt: skip
COMPILED = calls("compile", note="Keras metrics")
SCORED = calls("score", note="the estimator's score on data")
COUNTED = (
    uses(
        "correct",
        "num_correct",
        "n_correct",
        "*_correct",
        "corrects",
        "running_corrects",
        note="right predictions are counted",
    ),
    assigns(
        "accuracy",
        "*_accuracy",
        "*_acc",
        "acc",
        "accuracies",
        "mean_iou",
        "miou",
        "map50",
        "f1",
        "rmse",
        "mae",
        "mape",
        note="computed by hand",
    ),
)
NAMED = strings(
    "auc", "AUC", "accuracy", "*/accuracy", "*_accuracy", "f1", "f1_macro", "rmse", "mae", "mrr", "ndcg*",
    "error_rate", "neg_*_error", "roc_auc", "ErrorRate", "*_auc", "*_f1", "*_rmse", "*_mae",
    note="a metric by name",
)  # fmt: skip
CONFIGURED = (
    r"^\s*[\"']?(?:\w+_)?metrics?[\"']?\s*[:=]\s*\[?\s*[\"']?"
    r"(?:auc|accuracy|f1|rmse|mae|mape|map|ndcg|iou|bleu|error|roc_auc|precision|recall)\b"
)
WORDS = (
    "accuracy|acc|f1(?:[- ]score)?|auc|auroc|rmse|mae|mape|mAP|m?iou|bleu|wer|cer|precision|recall|r2|srcc|lcc|plcc"
    "|psnr|ssim|dice|fid|ndcg"
)
REPORTED = rf"\b(?:{WORDS})\b.{{0,60}}?\d+(?:\.\d+|\s?%)"
RESULTS = (
    "README*", "readme*", "*.ipynb", "*result*.md", "*eval*.md", "*perform*.md", "*benchmark*.md", "*[Mm]odel*card*",
)  # fmt: skip
METRIC_FILE = ("*metrics*.json", "*metrics*.y*ml", "*metrics*.csv", "*scores*.json", "*.metric")
TABLE = rf"^[^\n]{{0,200}}?\b(?:{WORDS})\b[^\n|]{{0,40}}\|[^\n]{{0,300}}\n\s*\|?[ :|-]+\n[^\n]{{0,300}}\d"
METRIC = Regex(rf"(?i)(?:^|_)(?:{WORDS})(?:_|$)")
LOGGED_METRIC = Regex(rf"(?i)(?:\b|_)(?:{WORDS}|reward|return|score|metrics?|stats|error)(?:\b|_|/)")
