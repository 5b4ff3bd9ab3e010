"""Web archives (WARC), packed or not: the pages that a crawler saved, each with its address and its day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import urlsplit

from ingest.errors import UnreadableArticle
from ingest.readers.archives.answers import Answer
from ingest.readers.archives.members import broken_off, nothing_in
from ingest.readers.archives.streams import CHUNK, Tally, Unpacking, buffered, unpackers_for
from ingest.readers.kinds import is_page
from ingest.readers.limits import Damaged, Refusal, too_large
from ingest.readers.source import Note, Part, Source

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord

_PAGES = frozenset({"response", "resource", "conversion"})
_CHARSET = re.compile(r"charset=[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_GOOD = range(200, 300)  # answers that hold what was asked for


class _Tape:
    """A stream as fastwarc takes it, which asks every other one to seek and ends the process where it cannot."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._at = 0

    def read(self, size: int = CHUNK) -> bytes:
        # One step at a time: what was read before an error is lost where several are put together.
        content = getattr(self._stream, "read1", self._stream.read)(size)
        self._at += len(content)
        return content

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = 0) -> int:
        raise OSError(0, "a web archive is read from front to end")

    def close(self) -> None:
        """Left to who opened the stream."""


def read(source: Source) -> Iterator[Part]:
    """Yield the pages of an archive, and a note that counts the other records."""
    with source.open() as stream:
        unpackers = unpackers_for(stream.read(6))
    stream = source.open()
    if unpackers:
        stream = buffered(Unpacking(stream, unpackers, Tally(source.budget)))
    held_any = False
    passed_over = 0
    with closing(stream):
        try:
            for record in _records(stream):
                part = _part(source, record)
                if part is None:
                    passed_over += 1
                    source.budget.member()
                    continue
                held_any = True
                yield part
        except Refusal as end:
            if source.budget.is_spent:
                raise
            held_any = True
            yield broken_off(source, end)
    if passed_over:
        text = f"requests, errors, pictures and the like in it: {passed_over:,}"
        yield Note(path=source.name, text=text)
    if not held_any:
        yield nothing_in(source)


def _records(stream: BinaryIO) -> Iterator[WarcRecord]:
    from fastwarc.warc import ArchiveIterator  # noqa: PLC0415 - only who reads web archives waits for it

    records = iter(ArchiveIterator(_Tape(stream), stream_detect=False))
    while True:
        try:
            record = next(records)
        except StopIteration:
            return
        except OSError as error:
            if error.errno is not None:
                raise
            raise Damaged("a record of it is damaged, or it is no web archive") from error
        yield record


def _part(source: Source, record: WarcRecord) -> Part | None:
    """The page of a record, or why it cannot be read; None where it holds none."""
    if str(record.record_type) not in _PAGES:
        return None
    address = (record.headers.get("WARC-Target-URI") or "").strip("<>")  # which some write around it
    answer = _answer(record)
    if answer is None or _is_for_robots(address) or not is_page(address, answer.media_type):
        return None
    try:
        content = answer.content(_payload(record, source.options.limits.file_bytes), source)
    except Refusal as refusal:
        name = source.holding(address, b"").name
        return UnreadableArticle(name, refusal.problem, reason=refusal.reason)
    return replace(
        source.holding(address, content),
        url=address if address.startswith(("http://", "https://")) else None,
        media_type=answer.media_type,
        charset=answer.charset,
        fetched=_day(record),
    )


def _answer(record: WarcRecord) -> Answer | None:
    """What a record says of its page; None where the server had none to give."""
    if not record.is_http:
        media_type, _, parameters = (record.headers.get("Content-Type") or "").partition(";")
        charset = _CHARSET.search(parameters)
        return Answer(media_type=media_type.strip().lower() or None, charset=charset and charset[1].lower())
    headers = record.http_headers
    if headers is None or headers.status_code not in _GOOD:
        return None
    media_type = (record.http_content_type or "").strip().lower()
    packings = (headers.get("Content-Encoding") or "").lower().replace(" ", "").split(",")
    return Answer(
        media_type=media_type or None,
        charset=record.http_charset,
        packings=tuple(packing for packing in packings if packing not in {"", "identity"}),
        is_chunked="chunked" in (headers.get("Transfer-Encoding") or "").lower(),
    )


def _payload(record: WarcRecord, limit: int) -> bytes:
    """The bytes of a page as they were sent; raises OverLimit, Damaged."""
    length = record.content_length
    if length > limit:
        raise too_large(limit)
    content = b""
    while more := record.reader.read(length - len(content)):
        content += more
    if len(content) < length:
        raise Damaged("it is cut off")
    return content


def _day(record: WarcRecord) -> date | None:
    day = record.record_date
    return day.date() if day else None


def _is_for_robots(address: str) -> bool:
    """Whether it is what a crawler asks of a site before it begins."""
    try:
        return urlsplit(address).path == "/robots.txt"
    except ValueError:
        return False
