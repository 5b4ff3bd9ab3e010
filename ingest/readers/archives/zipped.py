"""Zip archives, zip64 included."""

from __future__ import annotations

import bz2
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from typing import BinaryIO

from ingest.errors import Reason, UnreadableArticle
from ingest.readers.archives.directory import Directory, Entry, is_special, packed_bytes
from ingest.readers.archives.members import Member, parts
from ingest.readers.archives.streams import Checked, Tally, Unpacking, buffered, copy, inflate, kept
from ingest.readers.limits import Budget, Damaged, Refusal
from ingest.readers.source import Part, Source

_CONTENTS = "[Content_Types].xml"
_STORED, _DEFLATED, _BZIP2 = 0, 8, 12
_UNPACKERS = {_DEFLATED: inflate, _BZIP2: bz2.BZ2Decompressor}


def read(source: Source) -> Iterator[Part]:
    """Yield the members of an archive."""
    with ExitStack() as stack:
        stream = stack.enter_context(closing(source.open()))
        if not stream.seekable():
            file = stack.enter_context(kept())
            copy(stream, file)
            stream = file
        directory = Directory.of(stream)
        if _is_document(directory, stream):
            yield UnreadableArticle(
                source.name,
                "it is a document of an office program, or an e-book",
                reason=Reason.NO_READER,
                next_step="save it as PDF, HTML or text to have it read",
            )
        elif directory.overlaps(stream):
            raise Damaged("its members overlap, as those of zip bombs do")
        else:
            yield from parts(source, members(directory, stream, source.budget))


def members(directory: Directory, stream: BinaryIO, budget: Budget) -> Iterator[Member]:
    """Yield the files of an archive; raises Damaged where its list is."""
    for entry in directory.entries(stream):
        if entry.name.endswith(("/", "\\")):
            budget.member()
        else:
            opened = _opener(stream, entry, directory.start, Tally(budget))
            yield Member(name=entry.name, open=opened, size=entry.size, refusal=_refusal(entry))


def _refusal(entry: Entry) -> Refusal | None:
    if is_special(entry):
        return Refusal("it is a link, a device or a pipe", Reason.LINK)
    if entry.is_encrypted:
        return Refusal("it is encrypted", Reason.ENCRYPTED)
    if entry.method != _STORED and entry.method not in _UNPACKERS:
        return Refusal(f"it is packed in a way that is not read (method {entry.method})", Reason.NO_READER)
    return None


def _opener(stream: BinaryIO, entry: Entry, end: int, tally: Tally) -> Callable[[], BinaryIO]:
    def opened() -> BinaryIO:
        packed = buffered(packed_bytes(stream, entry, end))
        if unpackers := _UNPACKERS.get(entry.method):
            packed = buffered(Unpacking(packed, unpackers, tally, one=True))
        return buffered(Checked(packed, entry.size, entry.crc))

    return opened


def _is_document(directory: Directory, stream: BinaryIO) -> bool:
    """Whether the archive is one of Office Open XML, OpenDocument or EPUB, by the members that these must have."""
    names = (entry.name for entry in directory.entries(stream))
    first = next(names, "")
    return first in {"mimetype", _CONTENTS} or _CONTENTS in names
