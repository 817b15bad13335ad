"""Write Unicode Vietnamese the way it was typed before Unicode, for books and properties of the tests."""

from tdkt_xl.tasks.manual import MANUAL
from tdkt_xl.vietnamese.legacy import TCVN3, VNI, Encoding
from tdkt_xl.vietnamese.text import nfc

_EXAMPLES = ("ma-loi.md", "chuyen-ma-chu.md", "thu-tren-windows.md")
_TO_TCVN3 = {letter: chr(code) for code, letter in TCVN3.items()}


def typed(text: str, encoding: Encoding) -> str:
    """The characters a clerk's keyboard left in the cell; TCVN3 has no capitals with a tone."""
    if encoding is Encoding.VNI:
        return "".join(VNI.get(letter, letter) for letter in text)
    return "".join(_TO_TCVN3.get(letter, _TO_TCVN3.get(letter.lower(), letter)) for letter in text)


def misread(text: str) -> str:
    """UTF-8 read as Windows-1252, its five unused bytes as controls."""
    return "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in text.encode("utf-8"))


def real_lines() -> list[str]:
    """Lines people really wrote: the manual, starting master data, layouts and law of the product.

    The pages that show examples of old encodings are left out.
    """
    package = MANUAL.parent
    kinds = ("manual/**/*.md", "tables/**/*.csv", "tables/**/*.toml", "rules/**/*.toml")
    files = {file for kind in kinds for file in package.glob(kind)} - {MANUAL / page for page in _EXAMPLES}
    lines = {nfc(line.strip()) for file in files for line in file.read_text("utf-8").splitlines()}
    return sorted(lines - {""})


def fragments(lines: list[str], *, longest: int = 4) -> list[str]:
    """Every run of up to ``longest`` words: short texts, as cells hold them, are the hard ones."""
    found = set(lines)
    for line in lines:
        words = line.split()
        for length in range(1, longest + 1):
            found |= {" ".join(words[at : at + length]) for at in range(len(words) - length + 1)}
    return sorted(found)
