RULES = ("versioning", "cleaning", "labeling", "schema", "storage", "transformation", "eda")
