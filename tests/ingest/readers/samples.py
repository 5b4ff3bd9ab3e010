"""One good source of every kind, made of given words: what the contract of readers is tried on."""

from __future__ import annotations

import csv
import io
import json
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
}
LISTS = frozenset({"sitemap"})  # the kinds that hold no articles, only where they are
