"""Train an honest baseline on a table: what is detected (detect), what runs (rungs, evaluate), what is left (leave).

The parent process imports `setup` alone; `worker` and what it imports run in a child process.
"""
