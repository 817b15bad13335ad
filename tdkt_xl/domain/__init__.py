"""Meaning: units, clusters, criteria, scores, ranking, awards; pure, exact decimals."""
