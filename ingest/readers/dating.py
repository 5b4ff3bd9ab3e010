"""When an article was published and by whom, from whatever says so: metadata, dateline, address, text, the user."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from ingest.article import Article, DateSource
from ingest.readers.dates import read_url_date
from ingest.readers.imprint import FOOT, HEAD, Imprint, read_dateline, split_imprint
from ingest.readers.source import Source

# A dateline stands at the start of the story, which may have a byline, a caption or a summary above it.
OPENING = 4
FIRST_NEWSPAPER = 1605
_NO_DAY = date(1970, 1, 1)  # what programs make of a time that is missing
_ZONES = timedelta(days=1)  # it is tomorrow already in the east of the world


def dated(article: Article, source: Source) -> tuple[Article, tuple[str, ...]]:
    """The article with its day, where that was found, and its publisher; notes tell of days that cannot be."""
    last = source.fetched + _ZONES if source.fetched else None
    imprint = _imprint(article)
    days: dict[DateSource, date] = {}
    notes = []

    def consider(place: DateSource, day: date | None) -> None:
        if problem := _problem(day, last):
            notes.append(f"the day of its {place}, {day}, was dropped: {problem}")
        elif day:
            days.setdefault(place, day)

    consider(article.dated_by or DateSource.METADATA, article.published)
    consider(DateSource.METADATA, source.listed)
    consider(DateSource.URL, _address_day(article, source))
    consider(DateSource.TEXT, imprint.published)
    dateline = _dateline(article, _first(days)[1] or source.options.published, last)
    consider(DateSource.DATELINE, dateline.published)
    if source.options.published:
        days[DateSource.GIVEN] = source.options.published
    dated_by, published = _first(days)
    publisher = article.publisher or imprint.publisher or dateline.publisher or source.options.publisher
    article = replace(
        article,
        published=published,
        dated_by=dated_by,
        publisher=publisher,
        byline=article.byline or imprint.byline,
    )
    return article, tuple(notes)


def _first(days: dict[DateSource, date]) -> tuple[DateSource | None, date | None]:
    return next(((place, days[place]) for place in DateSource if place in days), (None, None))


def _problem(day: date | None, last: date | None) -> str | None:
    if day is None:
        return None
    if day == _NO_DAY or day.year < FIRST_NEWSPAPER:
        return "nothing was published then"
    return "it was read before" if last and day > last else None


def _address_day(article: Article, source: Source) -> date | None:
    return next((day for url in (article.url, source.url) if url and (day := read_url_date(url))), None)


def _imprint(article: Article) -> Imprint:
    """What the first and last lines say."""
    ranges = article.paragraphs
    if len(ranges) > HEAD + FOOT:
        ranges = ranges[:HEAD] + ranges[-FOOT:]
    return split_imprint([article.text[start:end] for start, end in ranges])[0]


def _dateline(article: Article, known: date | None, last: date | None) -> Imprint:
    for start, end in article.paragraphs[:OPENING]:
        if (paragraph := article.text[start:end]) != article.title:
            dateline = read_dateline(paragraph, known, last)
            if dateline != Imprint():
                return dateline
    return Imprint()
