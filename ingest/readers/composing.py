"""Articles made of a title and paragraphs that somebody has already told apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.article import Article, DateSource, content_id
from ingest.errors import Reason, UnreadableArticle
from ingest.readers.boilerplate import boilerplate
from ingest.readers.imprint import Imprint, split_imprint
from ingest.readers.source import Source
from ingest.readers.text import ranges, too_long


def story(paragraphs: Sequence[str]) -> list[str]:
    """The paragraphs without those that only stand beside a story; all of them, where nothing would be left."""
    dropped = boilerplate(paragraphs)
    return [each for place, each in enumerate(paragraphs) if place not in dropped] or list(paragraphs)


def composed(
    source: Source, imprint: Imprint, paragraphs: Sequence[str], language: str | None = None
) -> Article | UnreadableArticle:
    """The article of these paragraphs, each said once, without what only tells of the article; or why it is none.

    What the imprint says counts for more than what lines of the text say. The language is a tag such as "en-GB".
    """
    title = imprint.title or ""
    parts = list(dict.fromkeys(part for part in paragraphs if part != title))
    found, spent = split_imprint(parts)
    parts = [part for place, part in enumerate(parts) if place not in spent]
    if not parts:
        return UnreadableArticle(source.name, "it holds no text of an article", reason=Reason.NO_ARTICLE)
    if title:
        parts.insert(0, title)
    text = "\n\n".join(parts)
    if len(text) > source.options.limits.text_characters:
        return too_long(source)
    if imprint.published:
        imprint = replace(imprint, dated_by=DateSource.METADATA)
    imprint = imprint.filled_by(found)
    return Article(
        id=content_id("article", text),
        title=title,
        text=text,
        paragraphs=ranges(parts),
        published=imprint.published,
        dated_by=imprint.dated_by,
        publisher=imprint.publisher,
        byline=imprint.byline,
        url=imprint.url,
        language=(language or "en").replace("_", "-").partition("-")[0].strip().lower() or "en",
        path=source.name,
    )
