"""Results to workbooks: official look, safe text, whole files or none."""
