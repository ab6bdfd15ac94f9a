"""mlcoach shows where a machine-learning project stands on an end-to-end checklist, with the evidence."""

__version__ = "0.1.0"
