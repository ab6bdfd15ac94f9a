RULES = ("versioning",)
