RULES = ("sourcing", "versioning", "cleaning", "labeling", "schema", "storage", "transformation", "eda", "etl")
