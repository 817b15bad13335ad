"""The law as dated, cited data, and the judging of candidates by it."""
