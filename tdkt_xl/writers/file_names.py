"""File names from received text: legal on Windows, readable, never two for one file.

Source: Microsoft Learn, "Naming Files, Paths, and Namespaces"; Microsoft support, "File path limit in Excel".
"""

import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

_FORBIDDEN = re.compile(r'[<>:"/\\|?*\[\]\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]')
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]")
_DEVICES = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?:\.|$)", re.IGNORECASE)
_LONGEST = 80
"""UTF-16 units of a name without its ending: several fit into what Excel accepts as a path."""
LONGEST_PATH = 218
"""UTF-16 units of the longest path Excel opens."""


def safe_file_name(text: str, extension: str = ".xlsx", taken: Iterable[str] = ()) -> str:
    """A file name close to the text, different from the ``taken`` ones whatever their case.

    Vietnamese letters stay (NFC). Characters Windows or Excel refuse become spaces, invisible ones go;
    names of devices (CON, LPT1 …) get an underscore; a text without a usable letter becomes "tep".
    """
    kept = _FORBIDDEN.sub(" ", _INVISIBLE.sub("", unicodedata.normalize("NFC", text)))
    base = _cut(" ".join(kept.split()).strip(" ."), _LONGEST)
    base = base.lstrip("~$-. ") or "tep"
    if _DEVICES.match(base):
        base = f"_{base}"
    used = {_as_windows_sees(name) for name in taken}
    name, number = base + extension, 2
    while _as_windows_sees(name) in used:
        suffix = f" ({number})"
        name, number = _cut(base, _LONGEST - len(suffix)) + suffix + extension, number + 1
    return name


def _cut(text: str, longest: int) -> str:
    """The longest start of a text within so many UTF-16 units, without a space or full stop at its end."""
    return text.encode("utf-16-le")[: 2 * longest].decode("utf-16-le", "ignore").rstrip(" .")


def _as_windows_sees(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def path_length(path: Path) -> int:
    """Length of the whole path as Windows and Excel count it."""
    return len(str(path.absolute()).encode("utf-16-le", "surrogatepass")) // 2
