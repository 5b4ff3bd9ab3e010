"""One good source of every kind, made of given words: what the contract of readers is tried on."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

from tests.ingest.readers import documents, pages

# For each kind: a title and paragraphs in, the bytes of a source with exactly that article out.
Sample = Callable[[str, Sequence[str]], bytes]


def _text(title: str, paragraphs: Sequence[str]) -> bytes:
    return "\n\n".join([title, *paragraphs]).encode()


def _json_lines(title: str, paragraphs: Sequence[str]) -> bytes:
    return json.dumps({"title": title, "text": "\n\n".join(paragraphs)}).encode() + b"\n"


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
}
LISTS = frozenset({"sitemap"})  # the kinds that hold no articles, only where they are
