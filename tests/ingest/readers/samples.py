"""One good source of every kind, made of given words: what the contract of readers is tried on."""

from __future__ import annotations

import bz2
import csv
import gzip
import io
import json
import lzma
import tarfile
import zipfile
from collections.abc import Callable, Sequence

import pyarrow as pa
from pyarrow import parquet as pq

from tests.ingest.readers import documents, pages

# For each kind: a title and paragraphs in, the bytes of a source with exactly that article out.
Sample = Callable[[str, Sequence[str]], bytes]


def _text(title: str, paragraphs: Sequence[str]) -> bytes:
    return "\n\n".join([title, *paragraphs]).encode()


def _json_lines(title: str, paragraphs: Sequence[str]) -> bytes:
    return json.dumps({"title": title, "text": "\n\n".join(paragraphs)}).encode() + b"\n"


def _json(title: str, paragraphs: Sequence[str]) -> bytes:
    articles = [{"title": title, "content": "\n\n".join(paragraphs)}]
    return json.dumps({"status": "ok", "articles": articles}, ensure_ascii=False).encode()


def _delimited(title: str, paragraphs: Sequence[str]) -> bytes:
    table = io.StringIO()
    csv.writer(table).writerows([["title", "text"], [title, "\n\n".join(paragraphs)]])
    return table.getvalue().encode()


def _parquet(title: str, paragraphs: Sequence[str]) -> bytes:
    file = io.BytesIO()
    pq.write_table(pa.table({"title": [title], "text": ["\n\n".join(paragraphs)]}), file)
    return file.getvalue()


def _gzip(title: str, paragraphs: Sequence[str]) -> bytes:
    packed = io.BytesIO()
    with gzip.GzipFile("a.txt", "wb", fileobj=packed, mtime=0) as file:
        file.write(_text(title, paragraphs))
    return packed.getvalue()


def _bzip2(title: str, paragraphs: Sequence[str]) -> bytes:
    return bz2.compress(_tar(title, paragraphs))


def _xz(title: str, paragraphs: Sequence[str]) -> bytes:
    return lzma.compress(_zip(title, paragraphs))


def _zip(title: str, paragraphs: Sequence[str]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("a/b.txt"), _text(title, paragraphs))
        archive.writestr(zipfile.ZipInfo("a/photo.png"), b"\x89PNG")
    return packed.getvalue()


def _tar(title: str, paragraphs: Sequence[str]) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        for name, content in (("a/b.txt", _text(title, paragraphs)), ("a/photo.png", b"\x89PNG")):
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return packed.getvalue()


def _warc(title: str, paragraphs: Sequence[str]) -> bytes:
    page = _text(title, paragraphs)
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + page
    kinds = (("warcinfo", "application/warc-fields", b"software: a\r\n"), ("response", "application/http", answer))
    return b"".join(warc_record(kind, media_type, content) for kind, media_type, content in kinds)


def warc_record(kind: str, media_type: str, content: bytes, *more: str, url: str = "https://example.org/a") -> bytes:
    """One record of a web archive."""
    lines = [
        "WARC/1.0",
        f"WARC-Type: {kind}",
        f"WARC-Target-URI: {url}",
        "WARC-Date: 2024-05-06T07:08:09Z",
        "WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000000>",
        f"Content-Type: {media_type}",
        *more,
        f"Content-Length: {len(content)}",
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + content + b"\r\n\r\n"


SAMPLES: dict[str, Sample] = {
    "text": _text,
    "jsonlines": _json_lines,
    "feed": documents.rss,
    "sitemap": documents.sitemap,
    "newsml": documents.newsml,
    "pdf": documents.printed,
    "mail": documents.mail,
    "html": pages.page,
    "mhtml": pages.saved,
    "json": _json,
    "delimited": _delimited,
    "parquet": _parquet,
    "gzip": _gzip,
    "bzip2": _bzip2,
    "xz": _xz,
    "zip": _zip,
    "tar": _tar,
    "warc": _warc,
}
LISTS = frozenset({"sitemap"})  # the kinds that hold no articles, only where they are
