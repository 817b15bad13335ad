"""Hostile and odd workbooks: one table, each with what must be found in it, or what must be read from it."""

from tests.faults.vectors.of_containers import CONTAINERS
from tests.faults.vectors.of_geometry import GEOMETRY
from tests.faults.vectors.of_kinds import KINDS
from tests.faults.vectors.of_values import VALUES
from tests.faults.vectors.of_xml import XML

VECTORS = (*CONTAINERS, *XML, *GEOMETRY, *VALUES, *KINDS)
