"""Scoping: what the project is for, and how its success is told."""

RULES = ("objective", "ml_role", "baseline", "non_ml", "kpis", "monitoring", "domain_experts")
