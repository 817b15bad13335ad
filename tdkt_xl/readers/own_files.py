"""What runs leave in a results folder beside the results: not received files, not worth a finding."""

RECORDS = "ho-so-chay"
"""The folder of the records of runs."""
JOURNAL = "nhat-ky.jsonl"
