"""Code or configuration says what goes into the model and what it has to tell.

What counts
    X and y, feature and label columns, input and label keys, a data set class that returns a sample and its label, a loader
    of labelled folders.

What does not
    Unsupervised and generative projects, and agents that learn from rewards, have no target: not applicable.

Known problems
    A list of columns without a telling name is not seen.

Next step
    Name both in one place: `TARGET = "price"`, `FEATURES = [...]`, and use these names everywhere.
"""

from __future__ import annotations

from collections.abc import Iterator

from mlcoach.rule import (
    Evidence,
    Facts,
    Finding,
    Item,
    Regex,
    assigns,
    calls,
    defines,
    done,
    evidence_of,
    keywords,
    missing,
    na,
    strings,
    uses,
)

ITEM = Item(
    id="modelling/features-targets",
    title="Features and target",
    bullet="Feature(s) vs. target(s)",
    stage="poc",
    why="A target that hides among the features is the commonest leak; and nobody can use a model whose input is not named.",
    how=(
        'name the target: `TARGET = "price"`',
        "name the features: `FEATURES = [...]`, or `X = frame.drop(columns=[TARGET])`",
        "leave out of the features what is known only after the target is",
    ),
    references=("https://developers.google.com/machine-learning/glossary#label",),
    actions=("train",),
)

CLEAR = (
    calls("train_test_split", note="splits X and y"),
    assigns(
        "X_train", "x_train", "y_train", "Y_train", "X_tr", "y_tr", "train_X", "train_x", "train_y", "train_Y", "trainX", "trainY",
        "xtrain", "ytrain", "Xtrain", "Ytrain", "X_test", "x_test", "y_test", "train_labels", "train_targets", "train_features", "X_all",
        "y_all", "y_valid", "y_val", "X_val", "X_valid", note="arrays of input and target",
    ),
    assigns(
        "target", "target_col*", "target_name*", "target_var*", "label_col*", "y_col*", "x_col*", "feature_col*", "feature_names",
        "features", "TARGET", "TARGETS", "features_list", "feature_list", "input_cols", "predictors", "num_cols", "cat_cols",
        "numeric_features", "categorical_features", "numerical_features", "cat_features", "train_cols", "target_data*", "target_df",
        "feature_data*", "feature_df", "features_df", "label_df", "dependent_var*", "independent_var*", "response_var*", "gt_boxes",
        "gt_labels", note="names of features or target",
    ),
    keywords(
        "x_col", "y_col", "label_col", "labelCol", "featuresCol", "target_col", "target_column", "label_column", "targetCol", "dep_var",
        "y_names", "cont_names", "cat_names", "feature_names", "categorical_feature", "return_X_y", "class_mode", "label_mode",
        "target_transform", "get_y", "dataset_text_field", note="features and target as arguments",
    ),
    uses("ImageDataBunch", "ImageDataLoaders", "TabularDataLoaders", "TextDataLoaders", "DataBlock", note="a loader of input and label"),
    calls(
        "flow_from_directory", "flow_from_dataframe", "image_dataset_from_directory", "TensorDataset", "DMatrix", "lightgbm.Dataset",
        "Pool", "VectorAssembler", "label_from_*", "load_iris", "load_breast_cancer", "make_classification", "make_regression",
        "TimeSeriesDataSet", "LabelField", "one_hot_label*", note="a loader of input and label",
    ),
    strings("input_ids", "labels", note="keys of input and label"),
)  # fmt: skip
HINTS = (
    assigns(
        "y", "Y", "targets", "labels", "label", "LABEL", "LABELS", "y_true", "y_batch", "batch_y", "yb", "gold", "trg*", "tgt*", "masks",
        "true_masks", "ground_truth*", "gt", "gt_*", "bboxes", "captions", note="a target",
    ),
    keywords("label", "labels", "targets", "target", "features", "label_names", note="a label as an argument"),
    calls(
        "ImageFolder", "DatasetFolder", "from_tensor_slices", "mnist.load_data", "cifar10.load_data", "imdb.load_data", "fetch_openml",
        "get_batch", note="a labelled data set",
    ),
    strings("label", "target", "targets", note="a label's key"),
)  # fmt: skip
CLUSTERS = calls(
    "KMeans", "MiniBatchKMeans", "DBSCAN", "HDBSCAN", "AgglomerativeClustering", "GaussianMixture", "LatentDirichletAllocation",
    "KElbowVisualizer", "IsolationForest", note="clusters",
)  # fmt: skip
FITS = calls("fit", note="fits X to y")
RENAMES = calls("rename", "withColumnRenamed", note="a column becomes y")
ADVERSARIAL = defines("*Discriminator*", "*Critic*", "*discriminator*", note="a discriminator")

CONFIGS = (
    "params*.y*ml", "*config*.y*ml", "*conf/*.y*ml", "schema*.y*ml", "*model*.y*ml", "*feature*.y*ml", "*config*.toml", "*.cfg", "*.ini",
)  # fmt: skip
CONFIG = (
    r"^\s*[\"']?(?:target|targets|features|label_name|input_(?:cols|features)|"
    r"(?:numerical|numeric|categorical|cat|num)_(?:features|cols|columns))[\"']?\s*[:=]"
)
CLEAR_CONFIG = r"^\s*[\"']?(?:target_(?:col|var)\w*|label_col\w*|y_col|feature_(?:col|name|list)\w*)[\"']?\s*[:=]"
DATA_CLASS = Regex(r"(?i)dataset|sequence|datagenerator|dataloader|datamodule|reader")
SUPERVISED = Regex(r"^\s*(?:[\w.\[\]'\",: ]+?|\([^()]*\))\s*,\s*[\w.]*(?:y|Y|label|target|class)\w*")
ANY_CONFIG = ("*.y*ml", "*.toml", "*.cfg", "*.ini")
WITHOUT = {
    "a generator is trained against a discriminator: there is no target": ADVERSARIAL,
    "records are grouped, not predicted: there is no target": CLUSTERS,
}
TO_Y = Regex(r"[\"'](?:y|label|target)[\"']")
NETWORK = Regex(r"\bnn\.|\bself\.|Sequential|Conv|slim\.|layers?\.|Dense\(|forward")
LEARNING = Regex(r"(?i)train|fit|prepar|pre_?proc|data|feature|classif|regress|loader|minibatch|run")
ASIDE = Regex(
    r"(?i)plot|visuali|eval|metric|util|helper|calibrat|app\b|api|web|\bui\b|predict|infer|demo|constants|layers|deprecated|legacy"
    r"|\bold\b|examples?/|benchmark|/test"
)
LOOKED = ("X and y", "feature and label columns", "data set classes", "configuration")
HINTED = {pattern.note for pattern in HINTS}
ARRAYS = {"splits X and y", "arrays of input and target", "fits X to y"}


def infer(facts: Facts) -> Finding:
    fits = [hit for hit in facts.code.find(FITS) if SUPERVISED.search(hit.args)]
    renames = [hit for hit in facts.code.find(RENAMES) if TO_Y.search(hit.args)]
    clear = [*fits, *renames, *(hit for hit in facts.code.find(*CLEAR) if not NETWORK.search(hit.text))]
    hints = facts.code.find(*HINTS)
    labelled = [hit for hit in hints if hit.note == "a labelled data set" and not hit.name.endswith("get_batch")]
    if "agents" in facts.kind and not labelled and not any(hit.note in ARRAYS for hit in clear):
        return na("an agent learns from rewards: there is no target")
    settings = facts.texts.find(CLEAR_CONFIG, *ANY_CONFIG, limit=3) + facts.texts.find(CONFIG, *CONFIGS, limit=3)
    classes = list(data_classes(facts))
    if not clear and not settings and not classes:
        for reason, pattern in WITHOUT.items():
            if facts.code.find(pattern):
                return na(reason, evidence=evidence_of(facts.code.find(pattern)))
        if "llm" in facts.kind and len({hit.note for hit in hints}) < 2:
            return na("models that others have trained are used: there is no target")
    places = telling([hit.evidence() for hit in [*clear, *hints]] + classes)
    found = evidence_of(places[:4], (hit.evidence("named in the configuration") for hit in settings), places)
    if found:
        return done(found[0].note, found)
    return missing("neither features nor a target are named", looked=LOOKED)


def telling(found: list[Evidence]) -> list[Evidence]:
    """The places of the files that say most of input and target first: in training and data code rather than in plots and helpers."""
    kinds: dict[str, set[str]] = {}
    for place in found:
        kinds.setdefault(place.path or "", set()).add(place.note)

    def weight(place: Evidence) -> tuple[float, bool]:
        path, notes = place.path or "", kinds[place.path or ""]
        named = 2 * bool(LEARNING.search(path)) - 3 * bool(ASIDE.search(path))
        return (
            -named - len(notes - HINTED) - 2 * len(notes & ARRAYS) - 0.3 * len(notes & HINTED),
            place.note not in ARRAYS,
        )

    ordered: list[Evidence] = sorted(found, key=weight)
    return list(evidence_of(ordered, limit=len(ordered)))


def data_classes(facts: Facts) -> Iterator[Evidence]:
    """Classes of samples, by their own name or by what they extend, that give one by number or one after the other."""
    made = [definition for definition in facts.code.definitions() if not definition.test]
    extended = {(one.path, one.name) for one in made if one.kind == "class" and DATA_CLASS.search(one.given)}
    for one in made:
        owner, _, name = one.name.rpartition(".")
        if name in ("__getitem__", "__iter__", "__next__") and (
            (one.path, owner) in extended or DATA_CLASS.search(owner)
        ):
            yield Evidence(one.path, one.line, one.cell, note="a data set class returns samples")
