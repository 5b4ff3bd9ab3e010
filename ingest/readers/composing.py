"""Articles made of a title and paragraphs that somebody has already told apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.article import Article, DateSource, content_id
from ingest.errors import Reason, UnreadableArticle
from ingest.readers.boilerplate import boilerplate
from ingest.readers.imprint import Imprint, split_imprint
from ingest.readers.source import Source


def story(paragraphs: Sequence[str], title: str | None = None) -> list[str]:
    """The paragraphs without those that only stand beside a story; all of them, where nothing would be left.

    A title, also an empty one, stands above them; without one the first of them is taken for it.
    """
    above = [] if title is None else [title]
    dropped = boilerplate([*above, *paragraphs])
    return [each for place, each in enumerate(paragraphs, len(above)) if place not in dropped] or list(paragraphs)


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
    if imprint.published:
        imprint = replace(imprint, dated_by=DateSource.METADATA)
    tag = (language or "en").replace("_", "-").partition("-")[0].strip().lower()
    article = made(source, imprint.filled_by(found), title, parts, tag or "en")
    return article if len(article.text) <= source.options.limits.text_characters else too_long(source)


def made(source: Source, imprint: Imprint, title: str, parts: Sequence[str], language: str = "en") -> Article:
    """The article of a title, where it has one, and of what stands below it."""
    parts = [title, *parts] if title else parts
    text = "\n\n".join(parts)
    return Article(
        id=content_id("article", text),
        title=title,
        text=text,
        paragraphs=_ranges(parts),
        published=imprint.published,
        dated_by=imprint.dated_by,
        publisher=imprint.publisher,
        byline=imprint.byline,
        url=imprint.url,
        language=language,
        path=source.name,
    )


def too_long(source: Source, line: int | None = None) -> UnreadableArticle:
    """The refusal of a text that cannot be one article."""
    problem = f"more than {source.options.limits.text_characters:,} characters are not one article"
    return UnreadableArticle(
        source.name, problem, reason=Reason.TOO_LONG, line=line, next_step="split it, or make it JSON lines"
    )


def _ranges(parts: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """Start and end of each paragraph in a text that joins them by a blank line."""
    found, start = [], 0
    for part in parts:
        found.append((start, start + len(part)))
        start += len(part) + 2  # the blank line
    return tuple(found)
