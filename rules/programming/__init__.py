RULES = ("release", "versioning", "testing", "obfuscation", "shipping")
