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

from mlcoach.rule import (
    Evidence,
    Facts,
    Finding,
    Hit,
    Item,
    Regex,
    assigns,
    calls,
    done,
    evidence_of,
    missing,
    strings,
    uses,
)

from ._words import told

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
COMPUTED = Regex(r"(?<![=!<>+])=\s*(?!(?:0|0\.0|\[\]|None|\{\}|float|\[)\s*$)\S|\+=")


def counted(hit: Hit) -> bool:
    """`correct += ...`, `accuracy = right / all`; not `accuracy = 0`, nor a metric's own body: that must be called."""
    if hit.text.startswith(("def ", "return")) or METRIC.search(hit.inside.rpartition(".")[2]):
        return False
    return COMPUTED.search(hit.text) is not None


def judged(hit: Hit) -> bool:
    """Overlap is a metric where something is evaluated; elsewhere it is geometry."""
    return re.search(r"(?i)eval|metric|valid|test|score", f"{hit.path} {hit.inside}") is not None


def infer(facts: Facts) -> Finding:
    code = facts.code
    files = [Evidence(out.file, out.line, note=f"DVC metrics {out.path}") for out in facts.dvc.metrics]
    files += [Evidence(path, note="a metrics file") for path in facts.any_case_paths(*METRIC_FILE)]
    found = evidence_of(
        told(hit for hit in code.ranked(LIBRARY) if ".pairwise." not in hit.name),  # distances
        told(hit for hit in code.find(COMPILED) if "metrics" in hit.args),
        told(code.ranked(OWN)),
        told(hit for hit in code.find(LOGGED) if LOGGED_METRIC.search(hit.args)),
        told(hit for hit in code.find(SCORED) if "," in hit.args),
        told(hit for hit in code.find(OVERLAP) if judged(hit)),
        told(hit for hit in code.find(*COUNTED) if counted(hit)),
        files,
        told(code.find(NAMED)),
    )
    found = found or evidence_of(
        facts.texts.find(CONFIGURED, "*.y*ml", "*.json", "*.toml", "*.cfg", "*.ini"),
        facts.docs.find(REPORTED, *RESULTS),
        facts.docs.find(TABLE, *RESULTS),
    )
    if found:
        return done(found[0].note, found)
    looked = ("code: metric functions, counted right answers", "metrics files", "the docs")
    return missing("nothing beside the loss", looked)
