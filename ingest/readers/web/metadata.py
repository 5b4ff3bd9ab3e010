"""What a page says of its article: JSON-LD first, then OpenGraph, then the other fields that sites use."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import chain, islice
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from ingest.readers.addresses import page_address
from ingest.readers.imprint import Imprint
from ingest.readers.web import linked
from ingest.readers.web.days import read_day
from ingest.readers.web.headline import headline

_TITLES = (
    "og:title", "citation_title", "headline", "parsely-title", "sailthru.title", "dc.title", "dcterms.title",
    "twitter:title", "title",
)  # fmt: skip
_SITES = (
    "og:site_name", "citation_journal_title", "dc.publisher", "dcterms.publisher", "publisher", "sailthru.publisher",
    "application-name", "article:publisher", "al:iphone:app_name",
)  # fmt: skip
_AUTHORS = (
    "article:author", "og:article:author", "author", "parsely-author", "sailthru.author", "citation_author", "byl",
    "dc.creator", "dcterms.creator", "creator", "twitter:data1",
)  # fmt: skip
_DESCRIPTIONS = ("og:description", "description", "twitter:description", "dc.description", "sailthru.description")
_LANGUAGES = ("og:locale", "content-language", "dc.language", "dcterms.language", "language", "inlanguage")
MOST_OF_A_NAME = 10
LONGEST_NAME = 120  # of a site, or of those who wrote an article, together
_PUBLISHED_FIRST = ("article:published_time", "og:article:published_time", "og:published_time")
# Names of fields for the day of publication, without what stands between their words.
_PUBLISHED = re.compile(
    r"\w*?(?:publi(?:sh(?:ed)?|cation|c)|pub|issued?|posted|original(?:publication)?)(?:on)?(?:date|time|datetime|timestamp)?"
    r"|\w*?date(?:of)?(?:published|publish|publication|issued|posted|original)(?:time)?|citation(?:online)?date"
)
_DATED = re.compile(r"(?:dc|dcterms|article|page|doc|content|display|story|news)?p?date")
_OF_PARTS = frozenset({"Comment", "Review", "ImageObject", "VideoObject", "AudioObject", "Question", "Answer"})
_LATER = re.compile(r"modif|updat|expir|revi[sz]|unpub|valid|event|birth|embargo|crawl|server|access", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What was found; None where the page is silent."""

    imprint: Imprint
    language: str | None = None
    descriptions: tuple[str, ...] = ()  # the standfirst, or a summary that readers of the page never see
    body: str = ""  # the text of the article as JSON-LD gives it
    is_article: bool = False  # as the page says itself


@dataclass(slots=True)
class _Fields:
    """The meta elements of a page: the contents by lower-case name, in order."""

    by_name: dict[str, list[str]] = field(default_factory=dict)

    def all(self, names: Iterable[str]) -> Iterator[str]:
        """The contents of fields of these names, by the order of the names; of each name the first few."""
        return chain.from_iterable(self.by_name.get(name, ())[:MOST_OF_A_NAME] for name in names)


def read_metadata(tree: HtmlElement, url: str | None, latest: date | None) -> Metadata:
    """Everything that the fields of a page say; `latest` is a day after which it cannot have been published."""
    fields = _fields(tree)
    nodes = linked.nodes(tree)
    known = {str(node["@id"]): node for node in nodes if "@id" in node and "name" in node}
    address = _address(tree, fields, url)
    article = _article(nodes, address)
    sites = [*linked.texts(article.get("publisher"), known), *fields.all(_SITES), *_web_site(nodes)]
    titles = [*linked.texts(article.get("headline"), known), *map(linked.plain, fields.all(_TITLES))]
    publisher = next((name for each in sites if (name := linked.plain(each)) and _is_name(name, titles)), None)
    authors = linked.texts(article.get("author") or article.get("creator"), known) or fields.all(_AUTHORS)
    body = article.get("articleBody")
    return Metadata(
        imprint=Imprint(
            title=headline(tree, titles, {*map(linked.plain, sites), urlsplit(address or "").hostname or ""}),
            published=_published(tree, article, nodes, fields, latest),
            publisher=publisher,
            byline=_byline(authors, publisher),
            url=address,
        ),
        language=_language(tree, article, fields),
        descriptions=tuple(
            words
            for each in (*linked.texts(article.get("description"), {}), *fields.all(_DESCRIPTIONS))
            if (words := linked.plain(each))
        ),
        body=body if isinstance(body, str) else "",
        is_article=bool(article) or "article" in fields.all(["og:type"]),
    )


def _fields(tree: HtmlElement) -> _Fields:
    found = _Fields()
    for meta in tree.iter("meta"):
        content = (meta.get("content") or meta.get("value") or "").strip()
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            name = (meta.get(attribute) or "").strip().lower()
            if name and content:
                found.by_name.setdefault(name, []).append(content)
    return found


def _article(nodes: list[linked.Node], address: str | None) -> linked.Node:
    """The object of the page's own article: the one with its address, else the first."""
    articles = [node for node in nodes if linked.is_article(node)]
    of_page = [node for node in articles if address and address in _addresses(node)]
    dated = [node for node in of_page or articles if "datePublished" in node]
    return next(iter(dated or of_page or articles), {})


def _addresses(node: linked.Node) -> set[str]:
    page = node.get("mainEntityOfPage")
    named = [node.get("url"), node.get("@id"), page, page.get("@id") if isinstance(page, dict) else None]
    return {each for each in named if isinstance(each, str)}


def _web_site(nodes: list[linked.Node]) -> list[str]:
    return [name for node in nodes if "WebSite" in linked.kinds(node) for name in linked.texts(node.get("name"), {})]


def _published(
    tree: HtmlElement, article: linked.Node, nodes: list[linked.Node], fields: _Fields, latest: date | None
) -> date | None:
    """The first field that holds a day, by how surely such a field means the first publication."""
    names = {name: re.sub(r"[^a-z]", "", name) for name in fields.by_name if not _LATER.search(name)}
    others = [node for node in nodes if not _OF_PARTS & set(linked.kinds(node))]
    given = chain(
        [article.get("datePublished")],
        fields.all(_PUBLISHED_FIRST),
        fields.all(name for name, letters in names.items() if _PUBLISHED.fullmatch(letters)),
        _microdata(tree),
        (node.get("datePublished") for node in others),
        fields.all(name for name, letters in names.items() if _DATED.fullmatch(letters)),
        _times(tree),
    )
    return next((day for each in given if (day := read_day(each, latest))), None)


def _microdata(tree: HtmlElement) -> Iterator[str]:
    """What elements marked as the date of publication say; those beside the article only where all say the same."""
    found = [
        (element.get("content") or element.get("datetime") or " ".join(element.text_content().split()), element)
        for element in tree.xpath("//*[contains(@itemprop, 'datePublished') or @pubdate]")
        if element.tag != "meta"
    ]
    yield from (words for words, element in found if not _is_aside(element))
    if len({read_day(words) for words, _ in found}) == 1:
        yield found[0][0]


_ASIDE = re.compile(r"comment|related|sidebar|widget|teaser|recommend|popular|recent|latest|archive", re.IGNORECASE)
_STORY = frozenset(("article", "main", "h1"))
_UPDATED = re.compile(r"updat|modif|edit", re.IGNORECASE)
_STAMP = re.compile(r"publish|entry-date|post-?date|posted|date-?publi|article-?date|dateline|timestamp", re.IGNORECASE)


def _is_aside(element: HtmlElement) -> bool:
    """Whether an element stands in a part of the page that is not the article."""
    for each in chain([element], element.iterancestors()):
        if each.tag in ("article", "main", "body", "html"):
            return False
        if each.tag in ("aside", "nav") or _ASIDE.search(f"{each.get('class', '')[:300]} {each.get('id', '')[:300]}"):
            return True
    return False


def _times(tree: HtmlElement) -> Iterator[str]:
    """The one day that the time elements of the article name; of several days none, since any may be another's."""
    found = [
        time
        for time in tree.iter("time")
        if time.get("datetime") and not _is_aside(time) and not _UPDATED.search(time.get("class", ""))
    ]
    marked = [time for time in found if _STAMP.search(time.get("class", "")) or _STAMP.search(_class_above(time))]
    # Outside of the article, it may be today's date at the head of the page.
    heads = {each for heading in tree.iter("h1") for each in islice(heading.iterancestors(), 3) if each.tag != "body"}
    inner = [time for time in found if any(each.tag in _STORY or each in heads for each in time.iterancestors())]
    for times in (marked, inner):
        if len({read_day(time.get("datetime")) for time in times}) == 1:
            yield str(times[0].get("datetime"))


def _class_above(element: HtmlElement) -> str:
    parent = element.getparent()
    return str(parent.get("class", "")) if parent is not None else ""


def _address(tree: HtmlElement, fields: _Fields, url: str | None) -> str | None:
    """The address that the page says is its own, where it can be one; else that which it was fetched from."""
    links = [link.get("href") for link in tree.iter("link") if (link.get("rel") or "").lower() == "canonical"]
    for given in (*links, *fields.all(("og:url", "twitter:url", "parsely-link"))):
        try:
            parts = urlsplit(urljoin(url or "", str(given or "").strip()))
        except ValueError:
            continue
        is_home = parts.path in ("", "/") and not parts.query
        if parts.scheme in ("http", "https") and parts.hostname and "." in parts.hostname and not (is_home and url):
            return str(parts._replace(fragment="").geturl())
    return page_address(url) if url else None


def _byline(authors: Iterable[str], publisher: str | None) -> str | None:
    names = [
        re.sub(r"^by\s+", "", name, flags=re.IGNORECASE)
        for each in authors
        if (name := linked.plain(each)) and len(name) > 2 and _is_name(name, [publisher or ""])
    ]
    return ", ".join(dict.fromkeys(names)) or None


def _is_name(words: str, others: Iterable[str]) -> bool:
    """Whether words are a name: no address, no number, not too long for one, and none of some others."""
    is_address = "://" in words or words.startswith(("@", "www.", "//", "#")) or not re.search(r"[^\W\d_]", words)
    return not is_address and len(words) <= LONGEST_NAME and words not in others


def _language(tree: HtmlElement, article: linked.Node, fields: _Fields) -> str | None:
    given = [tree.get("lang"), tree.get("xml:lang"), article.get("inLanguage"), *fields.all(_LANGUAGES)]
    for each in given:
        if isinstance(each, str) and (found := re.match(r"\s*([A-Za-z]{2,3})(?![A-Za-z])", each)):
            return found[1].lower()
    return None
