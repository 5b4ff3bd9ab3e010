"""The list at the end of a zip archive that says what lies where in it, zip64 included."""

from __future__ import annotations

import stat
import struct
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import BinaryIO

from ingest.readers.archives.streams import Window, buffered
from ingest.readers.limits import Damaged

_END = struct.Struct("<4sHHHHIIH")
_END_64 = struct.Struct("<4sQHHIIQQQQ")
_LOCATOR = struct.Struct("<4sIQI")
_ENTRY = struct.Struct("<4sHHHHHHIIIHHHHHII")
_LOCAL = struct.Struct("<4s22xHH")
_LONGEST_COMMENT = 0xFFFF
_IN_ZIP64 = 0xFFFFFFFF  # where the number stands in a field of its own
_UNIX = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One file of the list."""

    name: str
    method: int  # how it is packed; 0: it is not
    packed: int  # bytes
    size: int  # bytes, unpacked
    crc: int
    start: int  # of its own header in the archive
    is_encrypted: bool
    mode: int  # as Unix has it; 0: not known


@dataclass(frozen=True, slots=True, kw_only=True)
class Directory:
    """Where the list of an archive lies."""

    start: int
    size: int
    shift: int  # bytes in front of the archive that its own places do not count

    @classmethod
    def of(cls, stream: BinaryIO) -> Directory:
        """Find the list of an archive; raises Damaged."""
        length = stream.seek(0, 2)
        first = max(0, length - _END.size - _LONGEST_COMMENT)
        tail = _bytes(stream, first, length - first)
        at = tail.rfind(b"PK\x05\x06")
        while at >= 0 and (len(tail) - at < _END.size or at + _END.size + _END.unpack_from(tail, at)[7] > len(tail)):
            at = tail.rfind(b"PK\x05\x06", 0, at)
        if at < 0:
            raise Damaged("its list of members is missing: it is cut off, or no zip archive")
        _, disk, first_disk, _, _, size, start, _ = _END.unpack_from(tail, at)
        end = first + at
        if found := _end_64(stream, end):
            end, disk, first_disk, size, start = found
        if disk or first_disk:
            raise Damaged("it is one of several pieces of an archive")
        shift = end - size - start
        if shift < 0 or start + shift < 0:
            raise Damaged("its list of members is cut off")
        return cls(start=start + shift, size=size, shift=shift)

    def entries(self, stream: BinaryIO) -> Iterator[Entry]:
        """Yield what the list holds; raises Damaged."""
        lines = buffered(Window(stream, self.start, self.size))
        left = self.size
        while left > 0:
            fixed = lines.read(min(_ENTRY.size, left))
            if len(fixed) < _ENTRY.size or not fixed.startswith(b"PK\x01\x02"):
                raise Damaged("its list of members is damaged")
            (_, made_by, _, flags, method, _, _, crc, packed, size,
             name_length, extra_length, comment_length, _, _, attributes, start) = _ENTRY.unpack(fixed)  # fmt: skip
            lengths = name_length + extra_length + comment_length
            left -= _ENTRY.size + lengths
            if left < 0:
                raise Damaged("its list of members is damaged")
            rest = lines.read(lengths)
            extra = rest[name_length : name_length + extra_length]
            size, packed, start = _wide(extra, size, packed, start)
            yield Entry(
                name=_name(rest[:name_length]),
                method=method,
                packed=packed,
                size=size,
                crc=crc,
                start=start + self.shift,
                is_encrypted=bool(flags & 0x2041),
                mode=attributes >> 16 if made_by >> 8 == _UNIX else 0,
            )

    def overlaps(self, stream: BinaryIO) -> bool:
        """Whether any bytes belong to two entries, which is how a small archive holds more than it could."""
        starts, ends = array("Q"), array("Q")
        for entry in self.entries(stream):
            end = entry.start + _LOCAL.size + entry.packed
            if end <= self.start:  # what lies beyond is refused when it is met
                starts.append(entry.start)
                ends.append(end)
        if any(following <= start for start, following in pairwise(starts)):
            order = sorted(range(len(starts)), key=starts.__getitem__)
            starts, ends = array("Q", map(starts.__getitem__, order)), array("Q", map(ends.__getitem__, order))
        return any(following < end for end, following in zip(ends, starts[1:], strict=False))


def packed_bytes(stream: BinaryIO, entry: Entry, end: int) -> Window:
    """The bytes of an entry, which must lie before the list; raises Damaged."""
    if entry.start + _LOCAL.size + entry.packed > end:
        raise Damaged("it lies outside of its archive")
    header = _bytes(stream, entry.start, _LOCAL.size)
    if len(header) < _LOCAL.size or not header.startswith(b"PK\x03\x04"):
        raise Damaged("its header is damaged")
    _, name_length, extra_length = _LOCAL.unpack(header)
    start = entry.start + _LOCAL.size + name_length + extra_length
    if start + entry.packed > end:
        raise Damaged("it lies outside of its archive")
    return Window(stream, start, entry.packed)


def is_special(entry: Entry) -> bool:
    """Whether an entry is a link, a device or a pipe."""
    return stat.S_IFMT(entry.mode) not in {0, stat.S_IFREG, stat.S_IFDIR}


def _end_64(stream: BinaryIO, end: int) -> tuple[int, int, int, int, int] | None:
    """Place, number of this and of the first piece, size and start of the list by the wide form of the end."""
    if end < _LOCATOR.size:
        return None
    locator = _bytes(stream, end - _LOCATOR.size, _LOCATOR.size)
    if not locator.startswith(b"PK\x06\x07"):
        return None
    stated = _LOCATOR.unpack(locator)[2]
    for at in (stated, end - _LOCATOR.size - _END_64.size):
        if 0 <= at <= end - _LOCATOR.size - _END_64.size:
            wide = _bytes(stream, at, _END_64.size)
            if wide.startswith(b"PK\x06\x06"):
                _, _, _, _, disk, first_disk, _, _, size, start = _END_64.unpack(wide)
                return at, disk, first_disk, size, start
    raise Damaged("its list of members is missing: it is cut off")


def _wide(extra: bytes, *numbers: int) -> list[int]:
    """Numbers of which those that did not fit stand in the zip64 field; raises Damaged where it is not there."""
    if _IN_ZIP64 not in numbers:
        return list(numbers)
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, at)
        if kind == 1:
            field = extra[at + 4 : at + 4 + length]
            wide = iter(struct.unpack(f"<{len(field) // 8}Q", field[: len(field) // 8 * 8]))
            return [next(wide, number) if number == _IN_ZIP64 else number for number in numbers]
        at += 4 + length
    return list(numbers)  # just that large, or a lie that is found when it is read


def _name(name: bytes) -> str:
    """UTF-8, which many write without saying so, else what DOS had."""
    try:
        return name.decode()
    except UnicodeDecodeError:
        return name.decode("cp437")


def _bytes(stream: BinaryIO, start: int, length: int) -> bytes:
    stream.seek(start)
    return stream.read(length)
