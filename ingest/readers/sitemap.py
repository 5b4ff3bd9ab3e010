"""Sitemaps, those of news too, and their indexes: addresses only."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.errors import Reason, UnreadableArticle
from ingest.readers.addresses import page_address
from ingest.readers.dates import parse_date
from ingest.readers.fragments import one_line
from ingest.readers.source import Address, Note, Part, Source
from ingest.readers.xml import Document, Element


def read(source: Source) -> Iterator[Part]:
    """Yield the address of each page and each further sitemap, and a note on how many there are.

    The day a page was last changed ("lastmod") says nothing of when it was published.
    """
    document = Document(source, "url", "sitemap")
    pages = sitemaps = broken = 0
    for entry in document:
        fields: dict[str, str] = {}
        for each in entry.iter("{*}loc", "{*}title", "{*}publication_date"):  # those of news lie one level deeper
            name = each.tag.rpartition("}")[2]
            if name == "loc" and each.getparent() is not entry:  # of a picture
                continue
            fields.setdefault(name, one_line(each.text or ""))
        url = page_address(fields.get("loc", ""), source.url or "")
        if not url:
            broken += 1
            continue
        day = parse_date(fields.get("publication_date", "")[:100])
        yield Address(path=source.name, url=url, title=fields.get("title") or None, published=day)
        if _is_sitemap(entry):
            sitemaps += 1
        else:
            pages += 1
    if pages or sitemaps:
        held = [_count(pages, "page")] * bool(pages) + [_count(sitemaps, "further sitemap")] * bool(sitemaps)
        them = "it" if pages + sitemaps == 1 else "them"
        text = f"it lists {' and '.join(held)} and holds no article; give its address to have {them} fetched"
        yield Note(path=source.name, text=text)
    if broken:
        hold = "1 entry has" if broken == 1 else f"{broken:,} entries have"
        yield UnreadableArticle(source.name, f"{hold} no address of the web", reason=Reason.NO_ARTICLE)
    yield from document.problems()
    if not (pages or sitemaps or broken) and document.is_sound:
        yield UnreadableArticle(source.name, "it lists no pages", reason=Reason.NO_ARTICLE)


def _count(count: int, what: str) -> str:
    return f"{count:,} {what}" + "s" * (count != 1)


def _is_sitemap(entry: Element) -> bool:
    return str(entry.tag).rpartition("}")[2] == "sitemap"
