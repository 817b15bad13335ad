"""Planted faults found, false alarms, exact places: ``python -m tests.rates --books 2000``."""
