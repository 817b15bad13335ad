"""Whole commands on whole folders."""
