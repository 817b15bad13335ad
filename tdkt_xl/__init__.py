"""Emulation and commendation (thi đua – khen thưởng) work in standard Excel workbooks."""

__version__ = "0.4.0"
