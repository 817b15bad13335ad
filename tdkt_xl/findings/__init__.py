"""What can be said about data, and where: the language every other layer speaks."""

from tdkt_xl.findings.code import Code, Finding, Severity
from tdkt_xl.findings.errors import TdktError
from tdkt_xl.findings.outcome import Outcome, has_errors, in_reading_order, severities_by_file
from tdkt_xl.findings.place import NOWHERE, Place, column_letters

__all__ = [
    "NOWHERE",
    "Code",
    "Finding",
    "Outcome",
    "Place",
    "Severity",
    "TdktError",
    "column_letters",
    "has_errors",
    "in_reading_order",
    "severities_by_file",
]
