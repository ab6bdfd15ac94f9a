"""Work in child processes: what they say (events), how they are started and stopped (runner), and the scan itself.

A job is a command that writes one JSON object a line to its standard output. Nothing here imports the screen.
"""
