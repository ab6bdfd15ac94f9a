"""Names that code and configuration give to a model's input and to its target."""

from __future__ import annotations

from mlcoach.rule import assigns, calls, defines, keywords, strings, uses

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
ANY_CONFIG = ("*.y*ml", "*.toml", "*.cfg", "*.ini")
