"""Packed bodies come out whole, in bounded pieces, or are refused."""

from __future__ import annotations

import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.web.guard import Refused
from ingest.web.unpacking import Unpacker


def raw_deflate(content: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(content) + packer.flush()


PACKED = {"gzip": gzip.compress, "deflate": zlib.compress, "raw deflate": raw_deflate, "": bytes, "identity": bytes}


def unpack(packed: bytes, encoding: str, step: int) -> bytes:
    unpacker = Unpacker(encoding)
    out = [part for at in range(0, len(packed), step) for part in unpacker.unpacked(packed[at : at + step])]
    assert all(len(part) <= 1 << 16 for part in out)
    unpacker.end()
    return b"".join(out)


@pytest.mark.parametrize("packing", PACKED)
@given(content=st.binary(max_size=3000), times=st.integers(1, 200), step=st.integers(1, 5000))
def test_what_was_packed_comes_out(packing: str, content: bytes, times: int, step: int) -> None:
    encoding = packing.removeprefix("raw ")
    assert unpack(PACKED[packing](content * times), encoding, min(step, 1 << 16)) == content * times


def test_members_of_gzip_follow_each_other_and_zeros_do_not_count() -> None:
    assert unpack(gzip.compress(b"one ") + gzip.compress(b"two") + b"\0\0", "gzip", 7) == b"one two"


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, gzip", "gzip;q=1"])
def test_what_was_not_asked_for_is_refused(encoding: str) -> None:
    with pytest.raises(Refused, match="not asked for"):
        Unpacker(encoding)


def test_what_is_cut_off_or_no_packing_is_refused() -> None:
    packed = gzip.compress(b"news " * 1000)
    with pytest.raises(Refused, match="cut off"):
        unpack(packed[:-9], "gzip", 10)
    with pytest.raises(Refused, match="not packed"):
        unpack(b"<html></html>", "gzip", 100)
