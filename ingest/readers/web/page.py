"""One article a page of the web; nothing that the page points to is followed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ingest.errors import Reason, UnreadableArticle
from ingest.readers.composing import composed, story
from ingest.readers.doubled import repair
from ingest.readers.encoding import NotText
from ingest.readers.limits import whole
from ingest.readers.source import Note, Part, Source
from ingest.readers.web.body import article_paragraphs
from ingest.readers.web.charset import decode_page
from ingest.readers.web.metadata import read_metadata
from ingest.readers.web.tree import TooManyTags, parse

# "Page not found. It may have moved: go to our home page or search." has some 100; the shortest news in brief has 150,
# and says that it is an article.
LEAST_TEXT, LEAST_OF_AN_ARTICLE = 200, 60


def read(source: Source) -> Iterator[Part]:
    """Yield the article of a page, or why there is none."""
    with source.open() as stream:
        content = whole(stream, source.options.limits.file_bytes)
    yield from read_page(source, content)


def read_page(source: Source, content: bytes, title: str | None = None) -> Iterator[Part]:
    """The article of a page that is in memory; the title is one known from elsewhere, where the page has none."""
    try:
        markup, loss = decode_page(content, source.charset)
        markup, repairs = repair(markup)
        tree, cut = parse(markup)
    except NotText as refusal:
        yield UnreadableArticle(source.name, str(refusal), reason=Reason.NOT_TEXT)
        return
    except TooManyTags as refusal:
        yield UnreadableArticle(source.name, str(refusal), reason=Reason.TOO_LONG)
        return
    if tree is None:
        yield UnreadableArticle(source.name, "there is nothing on this page", reason=Reason.NO_ARTICLE)
        return
    metadata = read_metadata(tree, source.url, source.fetched)
    if title and not metadata.imprint.title:
        metadata = replace(metadata, imprint=replace(metadata.imprint, title=title))
    paragraphs = story(article_paragraphs(tree, metadata), metadata.imprint.title or "")
    least = LEAST_OF_AN_ARTICLE if metadata.is_article else LEAST_TEXT
    if sum(map(len, set(paragraphs))) < least:
        problem = "next to no text on this page: a list, an error, or what only a browser shows"
        yield UnreadableArticle(source.name, problem, reason=Reason.NO_ARTICLE)
        return
    for note in filter(None, (loss, repairs, cut)):
        yield Note(path=source.name, text=note)
    yield composed(source, metadata.imprint, paragraphs, metadata.language)
