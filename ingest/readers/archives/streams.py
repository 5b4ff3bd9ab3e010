"""Streams over parts of a stream and over packed bytes, none of which gives more than it may."""

from __future__ import annotations

import bz2
import io
import lzma
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, Protocol, cast

from ingest.readers.limits import MB, Budget, Damaged

CHUNK = 1 << 16
MOST_AT_ONCE = 1 << 20  # that one step unpacks before it is counted
IN_MEMORY = 8 * MB  # of a member that must be kept while it is read; a larger one goes to a temporary file
XZ_MEMORY = 128 * MB  # the strongest packing (xz -9) needs 65 MB to unpack; a header may ask for 4 GB


class Unpacker(Protocol):
    """What the decompressors of `bz2` and `lzma` are."""

    @property
    def eof(self) -> bool:
        """Whether what it unpacks has come to its end."""
        ...

    @property
    def needs_input(self) -> bool:
        """Whether it can give nothing more before it is given more."""
        ...

    @property
    def unused_data(self) -> bytes:
        """What was given to it beyond the end."""
        ...

    def decompress(self, data: bytes, max_length: int) -> bytes:
        """Unpack at most so many bytes."""
        ...


class Inflater:
    """zlib's decompressor in the form of the others."""

    def __init__(self, wbits: int) -> None:
        self._inner = zlib.decompressobj(wbits)
        self._is_full = False

    @property
    def eof(self) -> bool:
        """As in Unpacker."""
        return self._inner.eof

    @property
    def needs_input(self) -> bool:
        """As in Unpacker."""
        return not self._inner.unconsumed_tail and not self._is_full

    @property
    def unused_data(self) -> bytes:
        """As in Unpacker."""
        return self._inner.unused_data

    def decompress(self, data: bytes, max_length: int) -> bytes:
        """As in Unpacker."""
        content = self._inner.decompress(self._inner.unconsumed_tail + data, max_length)
        self._is_full = len(content) == max_length
        return content


Unpackers = Callable[[], Unpacker]


def gunzip() -> Unpacker:
    """Of one member of a gzip file."""
    return Inflater(31)


def inflate() -> Unpacker:
    """Of bare DEFLATE, as zip files have it."""
    return Inflater(-15)


def unxz() -> Unpacker:
    """Of one stream of an xz file."""
    return lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=XZ_MEMORY)


def unpackers_for(head: bytes) -> Unpackers | None:
    """What unpacks a file that begins so; None where it is not packed."""
    if head.startswith(b"\x1f\x8b"):
        return gunzip
    if head.startswith(b"BZh"):
        return bz2.BZ2Decompressor
    return unxz if head.startswith(b"\xfd7zXZ\0") else None


class Tally:
    """The bytes that came out of one packed thing, each counted once however often it is opened."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self._most = 0

    def reached(self, unpacked: int, packed: int) -> None:
        """So many have come out of so many; raises OverLimit."""
        self._budget.check_ratio(unpacked, packed)
        if unpacked > self._most:
            self._budget.unpacked(unpacked - self._most)
            self._most = unpacked


class _Reading(io.RawIOBase):
    """A stream that is only read, once, from its start."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        content = self._next(min(len(buffer), MOST_AT_ONCE))
        buffer[: len(content)] = content
        return len(content)

    def _next(self, most: int) -> bytes:
        raise NotImplementedError


class Window(_Reading):
    """So many bytes from a place in a stream that others move about in too; leaves that stream open."""

    def __init__(self, stream: BinaryIO, start: int, length: int) -> None:
        super().__init__(stream)
        self._at, self._end = start, start + length

    def _next(self, most: int) -> bytes:
        if self._at >= self._end:
            return b""
        try:
            self._stream.seek(self._at)
        except (OverflowError, ValueError) as error:
            raise Damaged("it lies outside of its archive") from error
        content = self._stream.read(min(most, self._end - self._at))
        if not content:
            raise Damaged("it is cut off")
        self._at += len(content)
        return content


class Unpacking(_Reading):
    """The bytes of a packed stream, or of several that follow each other."""

    def __init__(self, stream: BinaryIO, unpackers: Unpackers, tally: Tally, *, one: bool = False) -> None:
        super().__init__(stream)
        self._unpackers, self._tally, self._is_one = unpackers, tally, one
        self._unpacker: Unpacker | None = unpackers()
        self._given = b""  # read, and not yet given to the unpacker
        self._packed = self._unpacked = 0
        self._damage: Damaged | None = None

    def _next(self, most: int) -> bytes:
        if self._damage:
            raise self._damage
        try:
            content = self._unpack(most)
        except Damaged as damage:
            self._damage = damage
            raise
        self._unpacked += len(content)
        self._tally.reached(self._unpacked, self._packed)
        return content

    def _unpack(self, most: int) -> bytes:
        content = b""
        while self._unpacker and not content:
            if self._unpacker.needs_input and not self._given:
                self._given = self._more()
                if not self._given:
                    raise Damaged("it is cut off")
            given, self._given = self._given, b""
            try:
                content = self._unpacker.decompress(given, most)
            except (zlib.error, lzma.LZMAError, OSError, EOFError, ValueError) as error:
                raise Damaged("its packed bytes are damaged") from error
            if self._unpacker.eof:
                self._unpacker = self._following(self._unpacker.unused_data)
        return content

    def _following(self, rest: bytes) -> Unpacker | None:
        """The unpacker of what follows, behind any padding; None at the end."""
        while not self._is_one:
            rest = rest.lstrip(b"\0")
            if rest:
                self._given = rest
                return self._unpackers()
            rest = self._more()
            if not rest:
                break
        return None

    def _more(self) -> bytes:
        more = self._stream.read(CHUNK)
        self._packed += len(more)
        return more

    def close(self) -> None:
        """Close the packed stream too."""
        self._stream.close()
        super().close()


class Checked(_Reading):
    """A stream that must hold what its archive says: so many bytes, of this CRC-32."""

    def __init__(self, stream: BinaryIO, size: int, crc: int) -> None:
        super().__init__(stream)
        self._left, self._wanted, self._crc = size, crc, 0

    def _next(self, most: int) -> bytes:
        content = self._stream.read(most)
        self._left -= len(content)
        self._crc = zlib.crc32(content, self._crc)
        if self._left < 0:
            raise Damaged("it is longer than its archive says")
        if not content and self._left:
            raise Damaged("it is shorter than its archive says")
        if not content and self._crc != self._wanted:
            raise Damaged("its checksum is wrong")
        return content


def buffered(stream: io.RawIOBase) -> BinaryIO:
    """The stream that readers are given."""
    return io.BufferedReader(stream, CHUNK)


@contextmanager
def kept() -> Iterator[BinaryIO]:
    """A file in memory, or where it grows in a temporary one, that is gone afterwards."""
    with SpooledTemporaryFile(IN_MEMORY) as file:
        yield cast(BinaryIO, file)


def copy(stream: BinaryIO, file: BinaryIO, length: int | None = None) -> None:
    """Append so many bytes of a stream, or all of them, to a file; raises Damaged where there are fewer."""
    left = length
    while left is None or left:
        content = stream.read(CHUNK if left is None else min(CHUNK, left))
        if not content:
            if left:
                raise Damaged("it is cut off")
            return
        file.write(content)
        left = None if left is None else left - len(content)
