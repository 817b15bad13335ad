"""Vietnamese text and numbers as clerks type them: matching, ordering, reading."""

from tdkt_xl.vietnamese.collation import sort_key
from tdkt_xl.vietnamese.numbers import NumberReading, exact, format_number, read_number
from tdkt_xl.vietnamese.text import comparison_key, fold_tone_placement, has_decomposed, nfc, plain, tidy

__all__ = [
    "NumberReading",
    "comparison_key",
    "exact",
    "fold_tone_placement",
    "format_number",
    "has_decomposed",
    "nfc",
    "plain",
    "read_number",
    "sort_key",
    "tidy",
]
