RULES = ("release", "versioning", "optimisation", "testing", "obfuscation", "shipping")
