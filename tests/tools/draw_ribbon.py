"""Draw the pictures of the manual: ``python -m tests.tools.draw_ribbon [ribbon | marks]``.

``ribbon.png`` is drawn from customUI14.xml; ``danh-dau.png`` is a workbook marked by a click in the
in-memory Excel, printed by LibreOffice. Neither is a photograph of Excel.
"""

import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from html import escape
from itertools import batched
from os import killpg
from pathlib import Path
from xml.etree import ElementTree
