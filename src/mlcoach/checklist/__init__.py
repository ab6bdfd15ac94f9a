"""Running the rules, merging what people answered, and counting."""
