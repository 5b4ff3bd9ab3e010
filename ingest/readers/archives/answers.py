"""What a web server answered: a page in the wrappings of HTTP."""

from __future__ import annotations

import re
from dataclasses import dataclass
from io import BytesIO

from ingest.errors import Reason
from ingest.readers.archives.streams import Inflater, Tally, Unpacking, buffered, gunzip, inflate
from ingest.readers.limits import Damaged, Refusal, too_large, whole
from ingest.readers.source import Source

_CHUNK = re.compile(rb"([0-9A-Fa-f]{1,15})[ \t]*(?:;[^\r\n]{0,1000})?\r?\n")
_PLAIN = re.compile(rb"\s*[<{\[]|%PDF")
MOST_PACKINGS = 3  # one around another


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the head of an answer says of its body."""

    media_type: str | None
    charset: str | None
    packings: tuple[str, ...] = ()  # in the order in which they were put on
    is_chunked: bool = False

    def content(self, body: bytes, source: Source) -> bytes:
        """The page itself. Crawlers take wrappings off and leave the head as it was; raises OverLimit, Damaged."""
        if self.is_chunked and _CHUNK.match(body):
            body = _joined(body)
        if len(self.packings) > MOST_PACKINGS:
            raise Refusal("it is packed too many times over", Reason.TOO_DEEP)
        for packing in reversed(self.packings):
            try:
                body = _unpacked(body, packing, source)
            except Damaged:
                if not _PLAIN.match(body):
                    raise
        return body


def _joined(body: bytes) -> bytes:
    """The chunks of a body as one; raises Damaged."""
    chunks, at = list[bytes](), 0
    while found := _CHUNK.match(body, at):
        length = int(found[1], 16)
        if not length:
            return b"".join(chunks)
        at = found.end() + length
        if at > len(body):
            break
        chunks.append(body[found.end() : at])
        at += 2 if body.startswith(b"\r\n", at) else body.startswith(b"\n", at)
    raise Damaged("it is cut off")


def _unpacked(body: bytes, packing: str, source: Source) -> bytes:
    limit = source.options.limits.file_bytes
    if packing in {"gzip", "x-gzip"}:
        unpackers = gunzip
    elif packing == "deflate":  # with zlib's frame by the standard, without it by many servers
        is_framed = len(body) > 1 and body[0] & 15 == 8 and int.from_bytes(body[:2], "big") % 31 == 0
        unpackers = (lambda: Inflater(15)) if is_framed else inflate
    elif packing == "br":
        return _unbrotlied(body, limit)
    else:
        raise Refusal("it is packed in a way that is not read", Reason.NO_READER)
    with buffered(Unpacking(BytesIO(body), unpackers, Tally(source.budget), one=packing == "deflate")) as stream:
        return whole(stream, limit)


def _unbrotlied(body: bytes, limit: int) -> bytes:
    from fastwarc.stream_io import BrotliReader  # noqa: PLC0415 - there already where a web archive is read

    reader = BrotliReader(BytesIO(body))
    content = b""
    try:
        while more := reader.read(limit + 1 - len(content)):
            content += more
    except OSError as error:
        raise Damaged("its packed bytes are damaged") from error
    if len(content) > limit:
        raise too_large(limit)
    return content
