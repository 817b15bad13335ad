"""From a received file to grids of raw cells, behind a gate that no hostile file passes."""

from tdkt_xl.readers.folder import ReceivedFile, find_workbooks
from tdkt_xl.readers.received import open_received

__all__ = ["ReceivedFile", "find_workbooks", "open_received"]
