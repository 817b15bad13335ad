"""Ratios of the product to a floor or to what a user would write: ``python -m tests.benchmarks``."""
