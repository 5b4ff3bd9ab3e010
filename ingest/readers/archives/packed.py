"""One file, packed by gzip, bzip2 or xz."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from ingest.errors import Reason, UnreadableArticle
from ingest.readers.archives.streams import Tally, Unpacking, buffered, unpackers_for
from ingest.readers.kinds import HEAD, kind_named
from ingest.readers.source import Part, Source

_SUFFIX = re.compile(r"\.(?:gz|bz2|xz)\Z", re.IGNORECASE)
_HAS_EXTRA, _HAS_NAME = 4, 8  # flags in the fourth byte of a gzip file


def read(source: Source) -> Iterator[Part]:
    """Yield the file, under its name without what tells of the packing."""
    with source.open() as stream:
        head = stream.read(HEAD)
    unpackers = unpackers_for(head)
    if unpackers is None:
        yield UnreadableArticle(source.name, "it is not packed, as its name says", reason=Reason.BROKEN)
        return
    tally = Tally(source.budget)

    def unpacked() -> BinaryIO:
        return buffered(Unpacking(source.open(), unpackers, tally))

    name = _SUFFIX.sub("", re.split("[/!]", source.name)[-1])
    yield source.part(name if kind_named(name) else _kept_name(head) or name, unpacked)


def _kept_name(head: bytes) -> str:
    """The name that a gzip file keeps of what it was made of, without folders; "" where there is none."""
    if not head.startswith(b"\x1f\x8b\x08") or not head[3:4] or not head[3] & _HAS_NAME:
        return ""
    start = 10 + (2 + int.from_bytes(head[10:12], "little") if head[3] & _HAS_EXTRA else 0)
    name = head[start : head.find(b"\0", start)].decode("latin-1") if b"\0" in head[start:] else ""
    return re.split(r"[/\\]", name)[-1]
