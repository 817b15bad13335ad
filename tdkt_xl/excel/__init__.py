"""The Excel face: the only package that imports xlwings (built by its own issue)."""
