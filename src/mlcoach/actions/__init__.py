"""What changes a project: each action makes a Plan, which is shown before it is run in a child process."""
