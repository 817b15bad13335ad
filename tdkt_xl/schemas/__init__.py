"""Typed frames to findings; the only place that imports pandera."""
