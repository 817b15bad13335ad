"""The corpus of received workbooks: each a clean one with one thing wrong, and what must be found."""
