"""RSS 0.9x, 1.0, 2.0 and Atom 0.3, 1.0: items that hold their whole text are articles, the others addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ingest.article import Article, DateSource
from ingest.errors import Reason, UnreadableArticle
from ingest.readers.addresses import page_address
from ingest.readers.composing import composed, story
from ingest.readers.dates import parse_date
from ingest.readers.fragments import one_line, plain, plain_element, plain_text
from ingest.readers.imprint import Imprint
from ingest.readers.source import Address, Note, Part, Source
from ingest.readers.xml import Document, Element

_PREFIXES = {
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://www.w3.org/1999/xhtml": "xhtml",
    "http://www.w3.org/2005/Atom": "atom",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner",
}
_XML = "{http://www.w3.org/XML/1998/namespace}"
# The first that is there counts. Atom's "updated" is the one day that every entry has; most have no other.
_DAYS = ("published", "issued", "pubDate", "dcterms:issued", "dc:date", "dcterms:created", "created", "updated")
_CONTENTS = ("content:encoded", "content", "xhtml:body", "xhtml:div", "fulltext")
_SUMMARIES = ("description", "summary", "dc:description")
# "…" and "[...]" show that a text goes on elsewhere.
_CUT_OFF = re.compile(r"(?:…|\.\.\.|\[\s*(?:…|\.\.\.)\s*\]|\(more\))[\s»>→]*$", re.IGNORECASE)
_READ_ON = re.compile(
    r"(?:continue reading|read (?:more|on|the (?:full|whole|rest)\b.*)|full story)\W*.{0,150}", re.IGNORECASE
)
_FOOTER = re.compile(r"The post .{1,300} (?:appeared first on|first appeared on) .{1,200}", re.IGNORECASE)
_MAIL_AND_NAME = re.compile(r"\S+@\S+\s+\((?P<name>[^()]+)\)")
# A description may be the whole text: RSS allows it. Teasers have one paragraph, or two short ones.
FULL_PARAGRAPHS, FULL_CHARACTERS = 3, 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class _Feed:
    """What a feed says of all its items."""

    title: str | None
    language: str | None
    base: str


def read(source: Source) -> Iterator[Part]:
    """Yield an article or an address for each item, and in the end how many hold only a summary, or nothing."""
    document = Document(source, "item", "entry")
    feed: _Feed | None = None
    summaries = nothing = items = 0
    for item in document:
        items += 1
        feed = feed or _feed(item, source)
        found = _read_item(item, feed, source)
        summaries += isinstance(found, Address)
        nothing += found is None
        if found:
            yield found
    if summaries:
        hold = "1 item holds" if summaries == 1 else f"{summaries:,} items hold"
        text = f"{hold} only a summary; give the feed's address to have the pages fetched"
        yield Note(path=source.name, text=text)
    if nothing:
        hold = "1 item holds" if nothing == 1 else f"{nothing:,} items hold"
        yield UnreadableArticle(source.name, f"{hold} neither a text nor an address", reason=Reason.NO_ARTICLE)
    yield from document.problems()
    if not items and document.is_sound:
        yield UnreadableArticle(source.name, "it lists no items", reason=Reason.NO_ARTICLE)


def _feed(item: Element, source: Source) -> _Feed:
    """The title of a feed, from what stands around its first item or before it."""
    title = language = None
    base = next((found for each in item.iterancestors() if (found := each.get(f"{_XML}base"))), source.url or "")
    for around in item.iterancestors():
        channel = next((each for each in around if _name(each, around) == "channel"), None)
        for each in (around, *(() if channel is None else (channel,))):
            fields = _fields(each)
            title = title or _words(fields, "title", "dc:publisher")
            language = language or _words(fields, "language", "dc:language") or each.get(f"{_XML}lang")
            base = base or _link(fields, "") or ""
    return _Feed(title=title, language=language, base=base)


def _read_item(item: Element, feed: _Feed, source: Source) -> Article | UnreadableArticle | Address | None:
    fields = _fields(item)
    origin = fields.get("source", [None])[0]
    if origin is not None:
        origin = _words(_fields(origin), "title") if len(origin) else _line(origin)
    day = next((day for name in _DAYS for each in fields.get(name, ()) if (day := _day(each))), None)
    imprint = Imprint(
        title=_words(fields, "title", "dc:title"),
        published=day,
        dated_by=DateSource.METADATA if day else None,
        publisher=origin or _words(fields, "dc:publisher") or feed.title,
        byline=_byline(fields),
        url=_link(fields, item.get(f"{_XML}base") or feed.base),
    )
    paragraphs = _full_text(fields, has_page=imprint.url is not None)
    if paragraphs:
        language = item.get(f"{_XML}lang") or _words(fields, "language", "dc:language") or feed.language
        article = composed(source, imprint, story(paragraphs), language)
        if not isinstance(article, UnreadableArticle) or article.reason is not Reason.NO_ARTICLE:
            return article
    if imprint.url:
        return Address(path=source.name, url=imprint.url, title=imprint.title, published=day)
    return None


def _full_text(fields: dict[str, list[Element]], *, has_page: bool) -> list[str]:
    """The paragraphs of the whole text, if the item has it; without a page of its own, it has what it has."""
    contents = [_paragraphs(each) for name in _CONTENTS for each in fields.get(name, ())]
    summaries = [_paragraphs(each) for name in _SUMMARIES for each in fields.get(name, ())]
    if not has_page:
        return max(contents + summaries, key=_length, default=[])
    whole = [each for each in contents if each and not _CUT_OFF.search(each[-1])]
    whole += [
        each
        for each in summaries
        if len(each) >= FULL_PARAGRAPHS and _length(each) >= FULL_CHARACTERS and not _CUT_OFF.search(each[-1])
    ]
    return max(whole, key=_length, default=[])


def _paragraphs(content: Element) -> list[str]:
    """What one element of an item says; a link to read on at the end shows that it is not all."""
    kind = content.get("type", "html")
    if len(content):  # XHTML as elements
        found = plain_element(content)
    elif kind in ("text", "text/plain"):
        found = plain_text(content.text or "")
    elif "html" in kind:
        found = plain(content.text or "")
    else:  # a picture, a film
        found = []
    found = [paragraph for paragraph in found if not _FOOTER.fullmatch(paragraph)]
    if found and _READ_ON.fullmatch(found[-1]):
        found[-1] = "…"
    return found


def _length(paragraphs: list[str]) -> int:
    return sum(map(len, paragraphs))


def _fields(parent: Element) -> dict[str, list[Element]]:
    """The children by name: "title" in the parent's own namespace, "dc:title" in one that is known."""
    found: dict[str, list[Element]] = {}
    for child in parent:
        if isinstance(child.tag, str):
            found.setdefault(_name(child, parent), []).append(child)
    return found


def _name(element: Element, parent: Element) -> str:
    if not isinstance(element.tag, str):
        return ""
    space, _, name = element.tag.rpartition("}")
    if element.tag.startswith("{") and space != parent.tag.rpartition("}")[0]:
        prefix = _PREFIXES.get(space[1:], "")
        # Of RSS 1.0, whose root is RDF's, the items are of another namespace than what is around them.
        return f"{prefix}:{name}" if prefix or name not in ("channel", "item") else name
    return str(name)


def _words(fields: dict[str, list[Element]], *names: str) -> str | None:
    """The words of the first of some fields that has any, on one line."""
    return next((words for name in names for field in fields.get(name, ()) if (words := _line(field))), None)


def _line(field: Element) -> str | None:
    is_plain = field.get("type") == "text"
    text = "".join(field.itertext()) if len(field) or is_plain else " ".join(plain(field.text or ""))
    return one_line(text) if any(c.isalnum() for c in text) else None


def _day(field: Element) -> date | None:
    return parse_date(" ".join((field.text or "").split())[:100])


def _byline(fields: dict[str, list[Element]]) -> str | None:
    names = []
    for field in (*fields.get("dc:creator", ()), *fields.get("author", ()), *fields.get("atom:author", ())):
        name = _words(_fields(field), "name") if len(field) else _line(field)
        if name and (found := _MAIL_AND_NAME.fullmatch(name)):  # as RSS 2.0 asks for: "desk@example.org (Ada Lind)"
            name = found["name"].strip()
        if name and "@" not in name and name not in names:
            names.append(name)
    return ", ".join(names) or None


def _link(fields: dict[str, list[Element]], base: str) -> str | None:
    """The address of the page that an item, or a feed, stands for."""
    links = fields.get("link", []) + fields.get("atom:link", [])
    given = [each.text for each in fields.get("feedburner:origLink", ())]
    given += [each.text for each in links if each.text]
    given += [each.get("href") for each in links if each.get("rel", "alternate") == "alternate"]
    names = [each.text for each in fields.get("guid", ()) if each.get("isPermaLink", "true") == "true"]
    names += [each.text for each in fields.get("id", ())]
    found = [page_address(each, base) for each in given if each] + [page_address(each) for each in names if each]
    return next(filter(None, found), None)
