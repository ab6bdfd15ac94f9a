"""Whether what is saved or loaded is a model: read from the names around it."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable

from mlcoach.rule import Facts, Hit, Pattern, Regex, calls, strings

MODEL = frozenset(
    "model models clf clfs classifier classifiers regressor regressors regression estimator estimators predictor predictors pipeline "
    "pipelines pipe lr logreg logistic linear rf forest svm svc svr xgb xgboost xgbc xgbr lgb lgbm lightgbm gbm gbdt gbc gbr catboost "
    "knn tree trees dtree dtc rfc adaboost booster boosters bst net nets network networks nn cnn rnn lstm gru mlp resnet unet bert "
    "transformer reg regr learn learner learners ensemble stack stacking nb bayes kmeans dbscan gmm hmm crf lda nmf svd als prophet "
    "arima sarima sarimax automl agent policy actor critic weights checkpoint checkpoints ckpt ckpts state autoencoder vae gan "
    "generator discriminator bias biases coef coefs coefficients recommender detector recognizer ranker ml grid".split()
)
OTHER = frozenset(
    "data dataset datasets df dfs frame x y train test val valid features feature index indices idx ids vocab vocabulary word words "
    "tokenizer tokenizers tok processor vectorizer tfidf vec vectors vector embedding embeddings scaler scalers encoder encoders le ohe "
    "labels label mapping mappings map maps dict dictionary meta metadata roidb boxes cache cached results result res scores score "
    "history histories columns cols names study studies trials matrix images image config cfg preds predictions prediction pred "
    "samples sample tensor tensors array arrays batch graph graphs text texts corpus tokens stats metrics metric report log logs losses "
    "loss imputer preprocessor list lists info schema similarity queue buffer memory replay splits split folds user users item "
    "items".split()
)
STATE = Regex(r"state_?dict")
WORD = Regex(r"[A-Z]{2,}(?=[A-Z][a-z]|[^A-Za-z]|$)|[A-Z]?[a-z]+|[A-Z]")
LITERAL = Regex(r"[\"']([^\"']+)[\"']")
TARGET = Regex(r"([\w.\[\]\"', ]+?)\s*=[^=]")
NEAR = 3  # lines between `open(path)` and what is done with the file

JOBLIB = (calls("joblib.dump", note="joblib saves a model"), calls("joblib.load", note="joblib loads a model"))
PICKLE = (
    calls(
        "pickle.dump", "pickle.dumps", "cPickle.dump", "cPickle.dumps", "_pickle.dump", "cloudpickle.dump", "cloudpickle.dumps",
        "dill.dump", "dill.dumps", "pkl.dump", "pickle5.dump", "save_pickle", "dump_pickle", note="a model is pickled",
    ),
    calls(
        "pickle.load", "pickle.loads", "cPickle.load", "cPickle.loads", "_pickle.load", "cloudpickle.load", "cloudpickle.loads",
        "dill.load", "dill.loads", "pkl.load", "pickle5.load", "load_pickle", note="a pickled model is loaded",
    ),
)  # fmt: skip
PREDICTS = calls("predict", "predict_proba")
PATHS = strings("*.pkl", "*.pickle", "*.p", "*.joblib", "*.sav", "*.pck", "*.pkl.gz", "*.model", note="a model file")


def holds_model(text: str) -> bool | None:
    """Whether an expression names a model; None where it says nothing.

    The last word that is known decides, as in English: `model_columns` are columns, `data_model` is a model. Of a list or
    a dictionary any part may be the model.
    """
    if STATE.search(text):
        return True
    words = [word.lower() for word in WORD.findall(text)]
    if text.lstrip().startswith(("{", "[", "(")) and not MODEL.isdisjoint(words):
        return True
    return next((word in MODEL for word in reversed(words) if word in MODEL or word in OTHER), None)


def is_model_path(path: str) -> bool | None:
    """The same of a path: the file's own name decides first, then its folders' from the inside out."""
    folder, name = posixpath.split(path)
    stem = name.rpartition(".")[0] or name
    return first_said(holds_model(part) for part in (stem, *reversed(folder.split("/"))))


def first_said(said: Iterable[bool | None]) -> bool | None:
    return next((answer for answer in said if answer is not None), None)


def model_hits(facts: Facts, *patterns: Pattern) -> list[Hit]:
    """Those places among calls that save or load any object where the object is a model.

    Asked in this order: the object or the variable that it is loaded into, the file's path, the functions and classes
    around it; and at last whether the same file calls `predict` on that variable.
    """
    predicts = {(hit.path, hit.name.rpartition(".")[0]) for hit in facts.code.find(PREDICTS)}
    paths: dict[tuple[str, int | None, str], list[Hit]] = {}
    for hit in facts.code.find(PATHS):
        paths.setdefault((hit.path, hit.cell, hit.inside), []).append(hit)
    found = []
    for hit in facts.code.ranked(*patterns):
        target = TARGET.match(hit.text)
        subject = (target[1] if target else "") if "load" in hit.last else hit.first_argument
        near = [
            path.name for path in paths.get((hit.path, hit.cell, hit.inside), ()) if 0 <= hit.line - path.line <= NEAR
        ]
        said = first_said(
            [
                holds_model(subject),
                *map(is_model_path, [*LITERAL.findall(hit.args), *near]),
                holds_model(hit.args),
                *map(holds_model, reversed(hit.inside.split("."))),
            ]
        )
        if said or (said is None and (hit.path, subject.strip()) in predicts):
            found.append(hit)
    return found
