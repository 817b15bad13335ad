"""ZIP containers: their directory is judged before anything is inflated, each part while it is."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

from tdkt_xl.findings.codes.files import PASSWORD
from tdkt_xl.readers import limits
from tdkt_xl.readers.refusal import RefusedError, broken, unsafe

_LOCAL_HEADER = struct.Struct("<4s22xHH")
_LOCAL_MAGIC = b"PK\x03\x04"
_END_MAGIC = b"PK\x05\x06"
_END_SIZE = 22
_ENCRYPTED, _UTF8 = 0x1, 0x800
_TRUNCATED = "tệp thiếu phần cuối, có thể tải về hoặc chép dở dang"
_DAMAGED = "nội dung nén bên trong bị hỏng"
_FIXED_DAY = (1980, 1, 1, 0, 0, 0)


def member_key(name: str) -> str:
    """The form in which part names are compared: readers ignore case and the kind of slash."""
    return name.replace("\\", "/").lower()


class Package:
    """The parts of a ZIP container, found by ``member_key``; they are inflated one by one on demand."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                self._members = archive.infolist()
                comment = archive.comment
        except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error, OverflowError) as fault:
            raise broken(reason=_TRUNCATED) from fault
        # Any other end record would let two readers see two different packages.
        end = len(data) - len(comment) - _END_SIZE
        if data[end : end + 4] != _END_MAGIC or _END_MAGIC in comment:
            raise broken(reason="cuối tệp có dữ liệu lạ")
        self._by_key = {member_key(member.filename): member for member in self._members}

    @property
    def names(self) -> frozenset[str]:
        """Keys of all parts."""
        return frozenset(self._by_key)

    def check(self) -> None:
        """Refuse the container if its directory is unsafe, ambiguous or encrypted."""
        if len(self._members) > limits.MEMBERS:
            raise unsafe(reason=f"tệp nén chứa quá nhiều phần ({len(self._members)})")
        if len(self._by_key) != len(self._members):
            raise unsafe(reason="hai phần bên trong tệp trùng tên nhau")
        for key, member in self._by_key.items():
            _check_member(key, member)
        if sum(member.file_size for member in self._members) > limits.PACKAGE_BYTES:
            raise unsafe(reason="nội dung giãn ra quá lớn khi mở")
        self._check_layout()

    def _check_layout(self) -> None:
        """Refuse parts that overlap or are named differently in the directory and in place."""
        end = 0
        for member in sorted(self._members, key=lambda member: member.header_offset):
            start = member.header_offset
            header = self._data[start : start + _LOCAL_HEADER.size]
            if len(header) < _LOCAL_HEADER.size or header[:4] != _LOCAL_MAGIC:
                raise broken(reason=_DAMAGED)
            if start < end or (not end and start):
                raise unsafe(reason="các phần bên trong tệp chồng lên nhau")
            name_size, extra_size = _LOCAL_HEADER.unpack(header)[1:]
            name_end = start + _LOCAL_HEADER.size + name_size
            name = self._data[name_end - name_size : name_end]
            encoding = "utf-8" if member.flag_bits & _UTF8 else "cp437"
            if name.decode(encoding, "replace") != member.orig_filename:
                raise unsafe(reason="tên các phần bên trong tệp không khớp nhau")
            end = name_end + extra_size + member.compress_size
        if end > len(self._data):
            raise broken(reason=_TRUNCATED)

    def read(self, key: str) -> bytes | None:
        """Inflate a part, its size and checksum proven; None when there is no such part."""
        member = self._by_key.get(key)
        if member is None:
            return None
        start = member.header_offset
        name_size, extra_size = _LOCAL_HEADER.unpack_from(self._data, start)[1:]
        start += _LOCAL_HEADER.size + name_size + extra_size
        packed = self._data[start : start + member.compress_size]
        size = member.file_size
        if size > limits.RATIO_FREE_BYTES and size > limits.INFLATE_RATIO * max(1, len(packed)):
            raise unsafe(reason="nội dung giãn ra gấp hàng trăm lần khi mở")
        content = packed if member.compress_type == zipfile.ZIP_STORED else _inflate(packed, size)
        if len(content) > size:
            raise unsafe(reason="kích thước ghi trong tệp không đúng thực tế")
        if len(content) != size or zlib.crc32(content) != member.CRC:
            raise broken(reason=_DAMAGED)
        return content


def _check_member(key: str, member: zipfile.ZipInfo) -> None:
    if key.startswith("/") or ":" in key or "\0" in member.orig_filename or ".." in key.split("/"):
        raise unsafe(reason="tên phần bên trong tệp trỏ ra ngoài")
    if member.flag_bits & _ENCRYPTED:
        raise RefusedError(PASSWORD)
    if member.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise broken(reason="tệp dùng kiểu nén mà Excel không dùng")
    if member.file_size > limits.MEMBER_BYTES:
        raise unsafe(reason="nội dung giãn ra quá lớn khi mở")


def _inflate(packed: bytes, size: int) -> bytes:
    """Inflate at most one byte more than declared, so that a lying size is seen, never followed."""
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        return inflater.decompress(packed, size + 1)
    except zlib.error as fault:
        raise broken(reason=_DAMAGED) from fault


def pack(parts: Mapping[str, bytes]) -> bytes:
    """Store parts, uncompressed, in a new container: what is read is then exactly what was checked."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, _FIXED_DAY), content)
    return target.getvalue()
