"""Takes the packing off what a server sends, never more at once than is asked for."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from ingest.errors import Reason
from ingest.web.guard import Refused

ACCEPTED = "gzip, deflate"
_STEP = 1 << 16  # bytes that come out at once
_GZIP, _ZLIB, _RAW = 31, 15, -15  # what zlib calls them


class Unpacker:
    """Unpacks one body piece by piece; raises Refused where it is none of what was asked for."""

    def __init__(self, encoding: str) -> None:
        packings = [each for name in encoding.lower().split(",") if (each := name.strip()) not in ("", "identity")]
        if len(packings) > 1 or not set(packings) <= {"gzip", "x-gzip", "deflate"}:
            raise Refused(f"it is packed as {encoding[:40]!r}, which was not asked for")
        self._packing = packings[0] if packings else ""
        self._inner = None if self._packing in ("", "deflate") else zlib.decompressobj(_GZIP)
        self._opening = b""  # the first byte of a deflated body, before the second tells how it is packed

    def unpacked(self, piece: bytes) -> Iterator[bytes]:
        """Yield what a piece holds, some 64 kB at a time."""
        if not self._packing:
            yield piece
            return
        if self._inner is None:
            piece = self._opening + piece
            if len(piece) < 2:
                self._opening = piece
                return
            is_marked = piece[0] & 15 == 8 and int.from_bytes(piece[:2]) % 31 == 0
            self._inner = zlib.decompressobj(_ZLIB if is_marked else _RAW)  # some servers leave the mark out
        try:
            is_full = False  # then more may come out although nothing is left to go in
            while piece or is_full:
                if self._inner.eof:
                    if not piece.startswith(b"\x1f\x8b"):
                        return  # some servers fill up with zeros
                    self._inner = zlib.decompressobj(_GZIP)
                out = self._inner.decompress(piece, _STEP)
                yield out
                is_full = len(out) == _STEP
                piece = self._inner.unconsumed_tail or self._inner.unused_data
        except zlib.error as error:
            raise Refused("what came is not packed as its server says", Reason.BROKEN) from error

    def end(self) -> None:
        """Raise Refused where the body was cut off."""
        if self._inner is not None and not self._inner.eof:
            raise Refused("what came was cut off", Reason.BROKEN)
