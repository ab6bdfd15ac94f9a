RULES = ("release", "versioning", "obfuscation", "shipping")
