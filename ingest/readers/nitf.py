"""NITF, the markup of an agency's story, alone or within an item of NewsML."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from ingest.article import DateSource
from ingest.readers.dates import parse_date
from ingest.readers.fragments import one_line, plain_element
from ingest.readers.imprint import Imprint
from ingest.readers.xml import Element

_BASIC = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T.*)?")
_BY = re.compile(r"(?:by|von|par|por)[\s:]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A text as its sender marked it up."""

    imprint: Imprint
    paragraphs: list[str]
    language: str | None = None
    status: str | None = None  # usable, embargoed, withheld, canceled: lower case


def read_story(nitf: Element) -> Story:
    """What an `nitf` element says, in whatever namespace."""
    head = first(nitf, "head")
    document = first(nitf, "head", "docdata")
    publication = first(nitf, "head", "pubdata")
    body_head = first(nitf, "body", "body.head")
    days = (
        *(norm(each) for name in ("date.release", "date.issue") for each in children(document, name)),
        stamp(publication.get("date.publication", "")) if publication is not None else None,
        *(norm(each) for each in children(first(body_head, "dateline"), "story.date")),
    )
    day = next(filter(None, days), None)
    publisher = None if publication is None else publication.get("name")
    imprint = Imprint(
        title=words(body_head, "hedline", "hl1") or words(body_head, "hedline") or words(head, "title"),
        published=day,
        dated_by=DateSource.METADATA if day else None,
        publisher=(publisher and one_line(publisher)) or words(body_head, "distributor"),
        byline=byline(words(body_head, "byline")),
        url=address(publication.get("ex-ref", "")) if publication is not None else None,
    )
    content = first(nitf, "body", "body.content")
    paragraphs = plain_element(content) if content is not None else []
    if not paragraphs and body_head is not None:
        paragraphs = [each for part in children(body_head, "abstract") for each in plain_element(part)]
    return Story(
        imprint=imprint,
        paragraphs=paragraphs,
        language=language(nitf),
        status=(document.get("management-status", "").lower() or None) if document is not None else None,
    )


def children(parent: Element | None, name: str) -> list[Element]:
    """The children of a name, whatever their namespace."""
    return [] if parent is None else list(parent.iterchildren(f"{{*}}{name}"))


def first(parent: Element | None, *path: str) -> Element | None:
    """The first element at the end of a path of names, or None."""
    for name in path:
        parent = next(iter(children(parent, name)), None)
    return parent


def words(parent: Element | None, *path: str) -> str | None:
    """The text of the first element at the end of a path, on one line; None where there is no word."""
    found = first(parent, *path)
    text = "" if found is None else one_line(" ".join(found.itertext()))
    return text if any(c.isalnum() for c in text) else None


def byline(text: str | None) -> str | None:
    """A byline without the word that says that it is one."""
    return _BY.sub("", text, count=1) if text and _BY.match(text) else text


def language(element: Element) -> str | None:
    """The language an element says it is in."""
    tag: str | None = element.get("{http://www.w3.org/XML/1998/namespace}lang") or element.get("lang")
    return tag


def address(text: str) -> str | None:
    """The text where it is an address of the web."""
    return text if re.fullmatch(r"https?://\S{1,2000}", text) else None


def norm(element: Element) -> date | None:
    """The day in an element's `norm`."""
    return stamp(element.get("norm", ""))


def stamp(text: str | None) -> date | None:
    """The day of a time as ISO 8601 writes it, with or without hyphens."""
    text = (text or "").strip()[:100]
    basic = _BASIC.fullmatch(text)
    return parse_date("-".join(basic.groups()) if basic else text)
