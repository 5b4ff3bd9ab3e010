"""Pages saved with all that they show, in one file like a mail: the page itself is read, its pictures are not."""

from __future__ import annotations

import binascii
import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesHeaderParser
from email.policy import compat32

from ingest.errors import Reason, UnreadableArticle
from ingest.readers.addresses import page_address
from ingest.readers.cleaning import plain_lines
from ingest.readers.limits import whole
from ingest.readers.source import Part, Source
from ingest.readers.web.page import read_page

_PAGES = ("text/html", "application/xhtml+xml")
_END_OF_HEADERS = re.compile(rb"\r?\n\r?\n")
_LONGEST_HEADERS = 100_000  # bytes
_MOST_PARTS = 10_000
_DEEPEST = 5  # parts within parts


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    headers: Message
    content: bytes


def read(source: Source) -> Iterator[Part]:
    """Yield the article of the saved page, or why there is none."""
    with source.open() as stream:
        content = whole(stream, source.options.limits.file_bytes)
    top = _piece(content.lstrip())
    pages = list(_pages(top, 0))
    if not pages:
        yield UnreadableArticle(source.name, "there is no page in it, or it is cut off", reason=Reason.BROKEN)
        return
    start = _told(top.headers.get_param("start"))
    page = next((each for each in pages if start and _told(each.headers.get("Content-ID")) == start), pages[0])
    addresses = (page.headers.get("Content-Location"), top.headers.get("Snapshot-Content-Location"), source.url)
    yield from read_page(
        replace(
            source,
            url=next((address for each in addresses if (address := page_address(str(each or "")))), None),
            charset=_told(page.headers.get_param("charset")) or source.charset,
        ),
        _decoded(page),
        _subject(top),
    )


def _pages(piece: _Piece, depth: int) -> Iterator[_Piece]:
    """The pages in a piece, itself or what it holds."""
    kind = piece.headers.get_content_type()
    if kind in _PAGES:
        yield piece
    elif (
        kind.startswith("multipart/") and depth < _DEEPEST and (boundary := _told(piece.headers.get_param("boundary")))
    ):
        line = re.compile(
            rb"(?:\A|\r?\n)--" + re.escape(boundary.encode("utf-8", "replace")) + rb"(?:--)?[ \t]*(?=\r?\n|\Z)"
        )
        for part in line.split(piece.content, _MOST_PARTS)[1:]:
            yield from _pages(_piece(part.lstrip(b"\r\n")), depth + 1)


def _piece(content: bytes) -> _Piece:
    end = _END_OF_HEADERS.search(content, 0, _LONGEST_HEADERS)
    # Of the newer policies, the parser of headers takes quadratic time on some broken ones.
    headers = BytesHeaderParser(policy=compat32).parsebytes(content[: end.start()] if end else b"")
    return _Piece(headers=headers, content=content[end.end() :] if end else b"")


def _decoded(piece: _Piece) -> bytes:
    encoding = str(piece.headers.get("Content-Transfer-Encoding") or "").strip().lower()
    if encoding == "quoted-printable":
        return quopri.decodestring(piece.content)
    if encoding == "base64":
        letters = re.sub(rb"[^A-Za-z0-9+/]", b"", piece.content)
        return binascii.a2b_base64(letters[: len(letters) // 4 * 4] if len(letters) % 4 == 1 else letters + b"==")
    return piece.content


def _told(value: object) -> str | None:
    """A header or its parameter, without its quotation marks; one in another encoding is a tuple that ends in it."""
    words = str(value[-1] if isinstance(value, tuple) else value or "").strip().strip('"<>').strip()
    return words or None


def _subject(top: _Piece) -> str | None:
    """The title of the page, which whatever saved it wrote where a mail has its subject."""
    given = str(top.headers.get("Subject") or "")[:2000]
    try:
        given = str(make_header(decode_header(given)))
    except (ValueError, LookupError):
        return None
    return " ".join(" ".join(plain_lines(given)).split()) or None
