"""The kinds of source that are read: one literal table, and how the kind of a source is told."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ingest.readers.root import root_name

HEAD = 4096  # bytes at the start that tell a kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of source: what its names end with, what servers call it, and the module that reads it."""

    name: str
    module: str  # with a function `read`, imported when the first such source is met
    suffixes: tuple[str, ...]
    media_types: tuple[str, ...] = ()
    magic: str | None = None  # a pattern for the first bytes of such a source, and of no other but those named below it
    roots: tuple[str, ...] = ()  # of XML: names of the root element, which tell apart what shares suffixes
    about: str  # in a line of help


_READERS = "ingest.readers"
_ARCHIVES = f"{_READERS}.archives"
_GZIP, _BZIP2, _XZ = r"\x1f\x8b\x08", r"BZh[1-9](?:1AY&SY|\x17\x72\x45\x38\x50\x90)", r"\xfd7zXZ\x00"
KINDS: tuple[Kind, ...] = (
    Kind(
        name="text",
        module=f"{_READERS}.text",
        suffixes=(".txt", ".text", ".md", ".markdown"),
        media_types=("text/plain", "text/markdown"),
        about="one article, plain or Markdown",
    ),
    Kind(
        name="jsonlines",
        module=f"{_READERS}.jsonlines",
        suffixes=(".jsonl", ".ndjson"),
        media_types=("application/x-ndjson", "application/jsonl", "application/x-jsonlines"),
        magic=r"\s*\{\s*\"[^\n]*\}[ \t\r]*\n\s*\{",
        about="one article a line",
    ),
    Kind(
        name="feed",
        module=f"{_READERS}.feed",
        suffixes=(".rss", ".atom", ".xml"),
        media_types=(
            "application/rss+xml",
            "application/atom+xml",
            "application/rdf+xml",
            "application/xml",
            "text/xml",
        ),
        roots=("rss", "feed", "RDF"),
        about="RSS or Atom, the items that hold their whole text",
    ),
    Kind(
        name="sitemap",
        module=f"{_READERS}.sitemap",
        suffixes=(".xml",),
        media_types=("application/xml", "text/xml"),
        roots=("urlset", "sitemapindex"),
        about="the addresses of a site's pages",
    ),
    Kind(
        name="newsml",
        module=f"{_READERS}.newsml",
        suffixes=(".nitf", ".newsml", ".xml"),
        media_types=(
            "application/vnd.iptc.g2.newsitem+xml",
            "application/vnd.iptc.g2.newsmessage+xml",
            "application/vnd.iptc.g2.packageitem+xml",
            "application/nitf+xml",
            "application/xml",
            "text/xml",
        ),
        roots=("newsItem", "newsMessage", "packageItem", "NewsML", "NewsItem", "nitf"),
        about="what agencies send: NewsML-G2, NewsML 1, NITF",
    ),
    Kind(
        name="pdf",
        module=f"{_READERS}.pdf",
        suffixes=(".pdf",),
        media_types=("application/pdf",),
        magic=r"\s*%PDF-",
        about="one article, from pages that hold text",
    ),
    Kind(
        name="mail",
        module=f"{_READERS}.mail",
        suffixes=(".eml",),
        media_types=("message/rfc822",),
        about="the text of a mail, and what is attached to it",
    ),
    Kind(
        name="html",
        module=f"{_READERS}.web.page",
        suffixes=(".html", ".htm", ".xhtml"),
        media_types=("text/html", "application/xhtml+xml"),
        magic=r"(?is)(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*(?:<!doctype\s+html\b|<html[\s>])",
        about="the article of a page of the web",
    ),
    Kind(
        name="mhtml",
        module=f"{_READERS}.web.mhtml",
        suffixes=(".mht", ".mhtml"),
        media_types=("multipart/related", "application/x-mimearchive", "message/related"),
        magic=r"(?is)(?:[\w-]+:(?:(?!\r?\n\r?\n).){0,4000}?\n)?(?:snapshot-content-location:|from:\s*\"?<?saved by )",
        about="a page saved with its pictures",
    ),
    Kind(
        name="json",
        module=f"{_READERS}.json_file",
        suffixes=(".json",),
        media_types=("application/json", "application/feed+json", "text/json"),
        magic=r"(?:\xef\xbb\xbf)?\s*(?:\[\s*\{\s*\"|\{\s*\n\s*\"[^\"\n]{1,100}\"\s*:)",
        about="an article, or an array of them somewhere in an object",
    ),
    Kind(
        name="delimited",
        module=f"{_READERS}.delimited",
        suffixes=(".csv", ".tsv"),
        media_types=("text/csv", "text/tab-separated-values"),
        about="one article a row, with the names of the columns above",
    ),
    Kind(
        name="parquet",
        module=f"{_READERS}.parquet",
        suffixes=(".parquet",),
        media_types=("application/vnd.apache.parquet",),
        magic="PAR[1E]",
        about="one article a row",
    ),
    Kind(
        name="gzip",
        module=f"{_ARCHIVES}.packed",
        suffixes=(".gz",),
        media_types=("application/gzip", "application/x-gzip"),
        magic=_GZIP,
        about="any of these, packed",
    ),
    Kind(
        name="bzip2",
        module=f"{_ARCHIVES}.packed",
        suffixes=(".bz2",),
        media_types=("application/x-bzip2",),
        magic=_BZIP2,
        about="any of these, packed",
    ),
    Kind(
        name="xz",
        module=f"{_ARCHIVES}.packed",
        suffixes=(".xz",),
        media_types=("application/x-xz",),
        magic=_XZ,
        about="any of these, packed",
    ),
    Kind(
        name="zip",
        module=f"{_ARCHIVES}.zipped",
        suffixes=(".zip",),
        media_types=("application/zip", "application/x-zip-compressed"),
        magic=r"PK(\x03\x04|\x05\x06)",
        about="any number of these, packed",
    ),
    # What is packed as a whole is of the kinds above unless its name says more.
    Kind(
        name="tar",
        module=f"{_ARCHIVES}.tarred",
        suffixes=(".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz"),
        media_types=("application/x-tar",),
        magic=rf"(?s:.{{257}}ustar)|{_GZIP}|{_BZIP2}|{_XZ}",
        about="any number of these",
    ),
    Kind(
        name="warc",
        module=f"{_ARCHIVES}.warc",
        suffixes=(".warc", ".warc.gz"),
        media_types=("application/warc",),
        magic=rf"WARC/\d|{_GZIP}",
        about="pages as a crawler saved them",
    ),
)


def _shared(table: Iterable[tuple[str, Kind]]) -> dict[str, tuple[Kind, ...]]:
    kinds: dict[str, tuple[Kind, ...]] = {}
    for name, kind in table:
        kinds[name] = (*kinds.get(name, ()), kind)
    return kinds


_BY_SUFFIX = _shared((suffix, kind) for kind in KINDS for suffix in kind.suffixes)
_BY_MEDIA_TYPE = _shared((media_type, kind) for kind in KINDS for media_type in kind.media_types)
_BY_ROOT = {root: kind for kind in KINDS for root in kind.roots}
_MAGIC = {kind.name: re.compile(kind.magic.encode()) for kind in KINDS if kind.magic}
SUFFIXES = frozenset(_BY_SUFFIX)
HELP = "`newsgraph build --help` lists what is read"


def kinds_named(name: str) -> tuple[Kind, ...]:
    """The kinds that the name of a file says it may be: those of the longest suffix that is known."""
    name = name.rsplit("/", 1)[-1].rsplit("!", 1)[-1].lower()
    dots = [place for place, c in enumerate(name) if c == "."]
    return next((found for place in dots if (found := _BY_SUFFIX.get(name[place:]))), ())


def kind_named(name: str) -> Kind | None:
    """The kind, or the first of the kinds, that the name of a file says it is."""
    return next(iter(kinds_named(name)), None)


def kind_of(name: str, media_type: str | None, head: bytes) -> Kind | None:
    """The kind of a source by its first bytes, where they can be of one kind only, else by its name or its sender."""
    told = _told(name, media_type)
    for kind in (*told, *KINDS):  # a .tar.gz begins as any .gz does
        if kind.name in _MAGIC and _MAGIC[kind.name].match(head):
            return kind
    root = root_name(head)
    if root in _BY_ROOT:
        return _BY_ROOT[root]
    is_other_xml = root is not None and any(kind.roots for kind in told)
    return told[0] if len(told) == 1 and not is_other_xml else None


def why_no_kind(name: str, media_type: str | None, head: bytes) -> str:
    """What keeps a source from being of a known kind."""
    if not any(kind.roots for kind in _told(name, media_type)):
        return "no reader for this kind of file"
    root = root_name(head)
    return f"no reader for XML with <{root}> as its root element" if root else "it is no XML: no element opens it"


def is_page(name: str, media_type: str | None) -> bool:
    """Whether what is called so, and sent as this, may hold articles itself; no archive does."""
    return any(not kind.module.startswith(_ARCHIVES) for kind in _told(name, media_type))


def misnamed(name: str, media_type: str | None, kind: Kind) -> str | None:
    """What to say of a source of this kind whose name and sender say otherwise; None where they do not."""
    told = _told(name, media_type)
    if not told or kind in told or name.lower().endswith(kind.suffixes):
        return None
    return f"it was read as {kind.name}, which it is, not as {told[0].name}, as it is called"


def _told(name: str, media_type: str | None) -> tuple[Kind, ...]:
    """Servers call anything text/plain; for the rest they know better than an address ("/list?of=notes.txt")."""
    sent, named = _BY_MEDIA_TYPE.get(media_type or "", ()), kinds_named(name)
    return named or sent if media_type == "text/plain" else sent or named
