RULES = (
    "features_targets",
    "versioning",
    "baseline",
    "dependencies",
    "feature_selection",
    "feature_engineering",
    "metrics",
    "cv",
    "hyperparameters",
    "inference",
    "serialisation",
)
