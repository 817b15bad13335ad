"""``python -m tdkt_xl.cli``."""

from tdkt_xl.cli import main

main()
