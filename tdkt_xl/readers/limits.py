"""Limits of the gate, each with the reason for its size.

They sit far above what people send (the largest honest parts of some 3,600 public workbooks) and
below what hurts a small office computer.
"""

MEBIBYTE = 1 << 20

FILE_BYTES = 25 * MEBIBYTE
"""One received file; the largest honest one seen was 2.7 MB."""
MEMBERS = 2_000
"""Parts of one package; honest files reached 340."""
MEMBER_BYTES = 200 * MEBIBYTE
"""One part, inflated; a stress test reached 112 MB."""
PACKAGE_BYTES = 400 * MEBIBYTE
"""All parts together, inflated, so that many large parts do not add up."""
INFLATE_RATIO = 200
"""Inflated bytes per stored byte beyond the first ``RATIO_FREE_BYTES``; honest sheets stay under 140."""
RATIO_FREE_BYTES = MEBIBYTE
"""Small parts of many equal rows compress better than any honest large part."""

SHEETS = 256
"""Sheets of one workbook: a district has about 120 units, and 10,000 empty sheets stall readers."""
CELLS = 1_000_000
"""Cells of one workbook, with content or only style; honest files reached 175,095."""
BOX_CELLS = 5_000_000
"""Rectangle from A1 to the last filled cell of a sheet: two far cells make readers allocate it whole."""
ROWS = 1_048_576
COLUMNS = 16_384
"""The size of an Excel sheet."""
CELL_TEXT = 32_767
"""Characters Excel can hold in one cell."""
STRINGS = 500_000
"""Entries of the table of shared strings."""
STRING_CHARACTERS = 50_000_000
"""Characters of the table of shared strings."""
DECLARED_STRINGS_FACTOR = 10
DECLARED_STRINGS_FREE = 1_000
"""Readers reserve memory for the declared count, so it may exceed the true one only by this."""
TEXT_CHARACTERS = 100_000_000
"""Text of all cells: one legal string shown in 200,000 cells is copied 200,000 times."""
MERGES = 50_000
"""Merged ranges of a sheet."""
RANGE_CELLS = 5_000_000
"""Cells covered by the merges and links of a sheet: openpyxl visits each of them, for hours."""
COLUMN_RECORDS = 20_000
"""Column definitions of a sheet; there are only 16,384 columns."""
STYLE_RECORDS = 4 * 65_490
"""Formats, fonts, fills and borders; Excel allows 65,490 cell formats."""
NAMES = 20_000
"""Defined names of a workbook."""

XML_DEPTH = 64
"""Nested elements; a workbook needs about 10."""
XML_ATTRIBUTES = 64
"""Attributes of one element."""
XML_TOKEN_BYTES = MEBIBYTE
"""One tag: the parser starts an unfinished tag again with each slice it is given."""
XML_SLICE_BYTES = 256 * 1024
"""Bytes given to the parser at once."""
PLAIN_TAGS = 6_000_000
"""Tags of a part taken in bulk; its nesting, 150 bytes a level in the parser, is bounded only by them."""

FILE_SECONDS = 30
"""Wall and processor time for one file; the slowest vector of the tests takes 4 s, a cluster book 0.02 s."""
WORKER_BYTES = 2_048 * MEBIBYTE
"""Address space of the reading process; a workbook of a million cells needs about 1 GB of it."""
ANSWER_BYTES = 400 * MEBIBYTE
"""One answer of the reading process; a million cells take about 30 MB."""
START_SECONDS = 30
"""Until a new reading process is ready: 0.1 s here, several seconds under a slow virus scanner."""
PASSWORD_ROUNDS = 1_000_000
"""Rounds of one try of a password: about a second; Excel writes 100,000, a file may ask for 80 minutes."""
LARGEST_FACTOR = 10
"""How far a person may ask the limits of a run to be widened."""
_WIDENED = (
    "FILE_BYTES",
    "MEMBERS",
    "MEMBER_BYTES",
    "PACKAGE_BYTES",
    "SHEETS",
    "CELLS",
    "BOX_CELLS",
    "RANGE_CELLS",
    "STRINGS",
    "STRING_CHARACTERS",
    "TEXT_CHARACTERS",
    "MERGES",
    "NAMES",
    "STYLE_RECORDS",
    "PLAIN_TAGS",
    "FILE_SECONDS",
    "WORKER_BYTES",
    "ANSWER_BYTES",
)


def widen(times: int) -> None:
    """Multiply the limits of size and time in this process: a reading process, for its whole life."""
    for name in _WIDENED:
        globals()[name] *= times
