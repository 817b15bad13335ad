"""Scoring rules: what a criterion's score must be when its target and result are known. Pure and exact."""
