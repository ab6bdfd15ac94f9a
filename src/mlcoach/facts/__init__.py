"""What is read out of a project's files: the facts that rules ask by name. `project` gathers them."""
