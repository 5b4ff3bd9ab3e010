"""NewsML-G2, NewsML 1 and NITF: the stories that agencies send, one or many in a file."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import TypedDict

from ingest.article import DateSource
from ingest.errors import Reason, UnreadableArticle
from ingest.readers.composing import composed, story
from ingest.readers.fragments import one_line, plain, plain_element, plain_text
from ingest.readers.imprint import Imprint
from ingest.readers.nitf import Story, address, byline, children, first, language, read_story, stamp, words
from ingest.readers.source import Address, Note, Part, Source
from ingest.readers.xml import Document, Element

_CALLED_BACK = frozenset(("canceled", "cancelled", "withheld"))


def read(source: Source) -> Iterator[Part]:
    """Yield an article for each text of each item; what its sender called back, and what is no text, is refused."""
    document = Document(source, "newsItem", "NewsItem", "nitf", "packageItem", "conceptItem", "knowledgeItem")
    items = lists = 0
    for item in document:
        items += 1
        name = item.tag.rpartition("}")[2]
        if name == "nitf":
            yield from _told(read_story(item), source, words(item, "head", "title"))
        elif name == "newsItem":
            yield from _read_g2(item, source)
        elif name == "NewsItem":
            yield from _read_first(item, source)
        else:
            lists += 1
    if lists:
        hold = "1 item only points" if lists == 1 else f"{lists:,} items only point"
        yield Note(path=source.name, text=f"{hold} to others or to what they tell of")
    yield from document.problems()
    if items == lists and document.is_sound:
        yield UnreadableArticle(source.name, "it holds no item with a text", reason=Reason.NO_ARTICLE)


def _told(told: Story, source: Source, called: str | None) -> Iterator[Part]:
    """The article that a story is, unless its status forbids that."""
    called = (told.imprint.title or called or "an item without a headline")[:100]
    if told.status in _CALLED_BACK:
        problem = f"{called!r} was called back by its sender ({told.status})"
        yield UnreadableArticle(source.name, problem, reason=Reason.WITHDRAWN)
        return
    if told.status and told.status.startswith("embargoed"):
        until = told.status.removeprefix("embargoed")
        yield Note(path=source.name, text=f"{called!r} is embargoed by its sender{until}")
    found = composed(source, told.imprint, story(told.paragraphs), told.language)
    if isinstance(found, UnreadableArticle) and found.reason is Reason.NO_ARTICLE:
        problem = f"{called!r} holds no text of an article"
        found = UnreadableArticle(source.name, problem, reason=Reason.NO_ARTICLE)
    yield found


def _read_g2(item: Element, source: Source) -> Iterator[Part]:
    about, content = first(item, "itemMeta"), first(item, "contentMeta")
    provider = first(about, "provider")
    authors = [words(content, "by"), *(_named(each) for each in children(content, "creator"))]
    days = ((about, "firstCreated"), (content, "contentCreated"), (about, "versionCreated"))
    lines = Imprint(
        title=words(content, "headline") or words(about, "title"),
        **_dated(*(stamp(words(part, name)) for part, name in days)),
        publisher=_named(provider) or _named(first(content, "infoSource")) or words(content, "creditline"),
        byline=byline(next(filter(None, authors), None)),
        url=address(item.get("guid", "")),
    )
    status = _coded(first(about, "pubStatus")) or "usable"
    if status == "usable" and (until := words(about, "embargoed")):
        status = f"embargoed until {until[:40]}"
    tag = first(content, "language")
    told = (tag.get("tag") if tag is not None else None) or language(item)
    called = lines.title or words(content, "slugline") or item.get("guid")
    held = first(item, "contentSet")
    read = 0
    for inner in children(held, "inlineXML"):
        for root in inner:
            story = _marked_up(root)
            yield from _told(_under(lines, story, told, status), source, called)
            read += 1
    for inner in () if read else children(held, "inlineData"):
        kind = inner.get("contenttype", "text/plain").partition(";")[0].strip().lower()
        if inner.get("encoding") or inner.get("coding"):
            yield from _attached(inner, kind, source, called)
        elif kind.startswith("text/") or "html" in kind:
            text = "".join(inner.itertext())
            story = Story(imprint=lines, paragraphs=plain(text) if "html" in kind else plain_text(text))
            yield from _told(_under(lines, story, told, status), source, called)
        else:
            continue
        read += 1
    for inner in () if read else children(held, "remoteContent"):
        kind = inner.get("contenttype", "").lower()
        if (url := address(inner.get("href", ""))) and ("html" in kind or kind == "text/plain"):
            yield Address(path=source.name, url=url, title=lines.title, published=lines.published)
            read += 1
    if not read:
        what = _coded(first(about, "itemClass")) or "of an unknown kind"
        problem = f"{(called or 'an item')[:100]!r} holds no text; its class is {what}"
        yield UnreadableArticle(source.name, problem, reason=Reason.NO_ARTICLE)


def _read_first(item: Element, source: Source) -> Iterator[Part]:
    """Read an item of NewsML 1, whose parts may each be a text with a headline of its own."""
    management = first(item, "Identification", "NewsManagement")
    status = first(management, "Status")
    state = "usable" if status is None else status.get("FormalName", "usable").lower()
    sent = stamp(words(management, "FirstCreated")) or stamp(words(management, "ThisRevisionCreated"))
    read = 0
    for content in item.iter("{*}DataContent"):
        around = [each for each in content.iterancestors() if str(each.tag).rpartition("}")[2] == "NewsComponent"]
        lines, told = Imprint(), None
        for component in around:  # the nearest first
            lines = lines.filled_by(_lines(component))
            tongue = first(component, "DescriptiveMetadata", "Language")
            told = told or (tongue.get("FormalName") if tongue is not None else None) or language(component)
        lines = lines.filled_by(Imprint(**_dated(sent)))
        media = first(content.getparent(), "MediaType")
        if media is not None and media.get("FormalName", "text").lower() not in ("text", "complexdata"):
            continue
        story = _marked_up(content)
        if story.paragraphs:
            yield from _told(_under(lines, story, told, state), source, lines.title)
            read += 1
    if not read:
        called = words(item, "NewsComponent", "NewsLines", "HeadLine") or "an item"
        yield UnreadableArticle(source.name, f"{called[:100]!r} holds no text", reason=Reason.NO_ARTICLE)


def _lines(component: Element) -> Imprint:
    lines = first(component, "NewsLines")
    party = first(component, "AdministrativeMetadata", "Provider", "Party")
    publisher = party.get("FormalName") if party is not None else None
    return Imprint(
        title=words(lines, "HeadLine"),
        **_dated(stamp(words(lines, "DateLine"))),
        publisher=(publisher and one_line(publisher)) or words(lines, "CreditLine"),
        byline=byline(words(lines, "ByLine")),
    )


class _Dated(TypedDict):
    published: date | None
    dated_by: DateSource | None


def _dated(*days: date | None) -> _Dated:
    """The first of some days that is there."""
    day = next(filter(None, days), None)
    return {"published": day, "dated_by": DateSource.METADATA if day else None}


def _marked_up(root: Element) -> Story:
    """The story in an element: NITF, XHTML, or text with or without marks."""
    nitf = root if str(root.tag).rpartition("}")[2] == "nitf" else next(root.iter("{*}nitf"), None)
    if nitf is not None:
        return read_story(nitf)
    body = next(root.iter("{*}body.content", "{*}body"), root)
    title = words(next(root.iter("{*}html"), None), "head", "title")
    paragraphs = plain_element(body) if len(body) else plain(body.text or "")
    return Story(imprint=Imprint(title=title), paragraphs=paragraphs, language=language(root))


def _under(lines: Imprint, story: Story, told: str | None, status: str) -> Story:
    """A story with what its envelope says; of two statuses, the stricter."""
    strictest = next((each for each in (status, story.status) if each and each != "usable"), "usable")
    imprint = lines.filled_by(story.imprint)
    return replace(story, imprint=imprint, language=story.language or told, status=strictest)


def _attached(inner: Element, kind: str, source: Source, called: str | None) -> Iterator[Part]:
    """A file within an item, to be read in its turn."""
    try:
        content = base64.b64decode("".join(inner.itertext()), validate=False)
    except (binascii.Error, ValueError):
        problem = f"a file in {(called or 'an item')[:100]!r} is no base64"
        yield UnreadableArticle(source.name, problem, reason=Reason.BROKEN)
        return
    yield replace(source.holding(called or "item", content), media_type=kind)


def _named(party: Element | None) -> str | None:
    """The name of a person or an organisation, or the code that stands for it."""
    if party is None:
        return None
    return words(party, "name") or one_line(party.get("literal", "")) or _code(party) or None


def _coded(element: Element | None) -> str | None:
    return _code(element).lower() or None if element is not None else None


def _code(element: Element) -> str:
    """The last part of "stat:usable" or of ".../ninat/text"."""
    code = element.get("qcode", "") or element.get("uri", "")
    return one_line(code.replace("/", ":").rpartition(":")[2])
