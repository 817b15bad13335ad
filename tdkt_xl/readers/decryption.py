"""Open a workbook that has a password, with one that a person typed for this run.

Needs the extra ``tdkt-xl[matkhau]`` (msoffcrypto-tool). What comes out goes through the same gate.
"""

import io
from collections.abc import Sequence

from tdkt_xl.findings.codes import intake
from tdkt_xl.readers import limits
from tdkt_xl.readers.refusal import RefusedError
from tdkt_xl.readers.xls_gate import Compound
from tdkt_xl.readers.xml_scan import Attributes, PartScan, attributes

_VERSION_BYTES = 8


class _SpinScan(PartScan):
    """Find how many rounds of computing one try of a password takes."""

    part = "phần mã hoá"

    def __init__(self) -> None:
        super().__init__()
        self.rounds = 0

    def element(self, name: str, pairs: Attributes) -> None:
        """Take the largest count."""
        given = attributes(pairs).get("spinCount", "0")
        if given.isascii() and given.isdecimal() and len(given) <= 12:
            self.rounds = max(self.rounds, int(given))


def decrypt(data: bytes, compound: Compound, passwords: Sequence[str]) -> bytes:
    """Decrypt with the first password that fits; raise RefusedError KT-168, KT-170 or KT-171."""
    _check_rounds(compound)
    try:
        import msoffcrypto
        from msoffcrypto.exceptions import DecryptionError, FileFormatError, InvalidKeyError, ParseError
    except ImportError:
        raise RefusedError(intake.DECRYPTION_MISSING) from None
    for password in passwords:
        target = io.BytesIO()
        try:
            file = msoffcrypto.OfficeFile(io.BytesIO(data))
            file.load_key(password=password, verify_password=True)
            file.decrypt(target)
        except (InvalidKeyError, DecryptionError, FileFormatError, ParseError):
            continue
        return target.getvalue()
    raise RefusedError(intake.WRONG_PASSWORD)


def _check_rounds(compound: Compound) -> None:
    """Refuse a file that asks for minutes of computing: the count is written by whoever made it."""
    info = compound.stream("encryptioninfo")
    xml = info[_VERSION_BYTES:].rstrip(b"\0")
    if xml.lstrip().startswith(b"<"):
        scan = _SpinScan()
        scan.scan(xml)
        if scan.rounds > limits.PASSWORD_ROUNDS:
            raise RefusedError(intake.PASSWORD_TOO_COSTLY, count=f"{scan.rounds:,}".replace(",", "."))
