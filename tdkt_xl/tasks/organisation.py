"""Who issues the workbooks."""

from tdkt_xl.domain.master import Master
from tdkt_xl.writers.book import Organisation


def organisation_of(master: Master) -> Organisation:
    """Who issues the workbooks, from the parameters."""
    get = master.parameters.get
    return Organisation(get("organisation"), get("office"), get("place_name"))
