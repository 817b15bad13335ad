"""Processes of the product's own beside the main one: how they are started, spoken to, bounded and ended."""
