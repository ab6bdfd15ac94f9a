RULES = ("versioning", "baseline", "feature_selection", "feature_engineering", "metrics", "cv", "hyperparameters", "inference", "serialisation")
