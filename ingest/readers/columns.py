"""Which field of a row is what: by what the user says, else by the names that exports and interfaces use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

# The usual names of each field, the first that holds something counts; letters and figures only, in lower case.
_USUAL: dict[str, tuple[str, ...]] = {
    "text": (
        "text", "body", "content", "maintext", "fulltext", "articlebody", "articletext", "articlecontent", "bodytext",
        "contenttext", "plaintext", "textcontent", "newstext", "storytext", "cleantext", "article", "story", "document",
        "contenthtml", "bodyhtml", "articlehtml", "paragraphs", "html", "transcript",
        "description", "summary", "abstract", "excerpt", "snippet",
    ),
    "title": (
        "title", "headline", "heading", "articletitle", "newstitle", "webtitle", "titlepage", "titlerss", "head",
    ),
    "date": (
        "date", "published", "publishedat", "datepublished", "datepublish", "publishdate", "publisheddate", "pubdate",
        "publicationdate", "publishedon", "publishtime", "publishedtime", "publicationtime", "firstpublished",
        "firstpublicationdate", "webpublicationdate", "articledate", "newsdate", "dateposted", "postedat", "seendate",
        "datetime", "timestamp", "createdat", "created", "datecreated",
    ),
    "url": (
        "url", "link", "articleurl", "weburl", "newsurl", "sourceurl", "canonicalurl", "permalink", "href",
        "documentidentifier",
    ),
    "publisher": (
        "publisher", "source", "sourcename", "outlet", "publication", "newspaper", "sitename", "site", "medianame",
        "newssource", "provider", "sourcecommonname", "sourcedomain", "domain",
    ),
    "byline": (
        "byline", "author", "authors", "creator", "writer", "writers", "reporter", "reporters", "journalist",
        "journalists", "writtenby", "authorname", "authornames",
    ),
    "language": ("language", "lang", "languagecode", "langcode", "inlanguage"),
    "id": ("id", "guid"),
}  # fmt: skip
# Of the names of the text, those that other things have, too: what else a row holds must bear them out.
_WEAK = frozenset({"description", "summary", "abstract", "excerpt", "snippet", "html", "document", "story"})
# Where the fields lie one level deeper: of search engines, interfaces and corpora.
_INNER = ("source", "fields", "attributes", "article", "document", "doc", "node", "metadata", "meta")
LONGEST_NAME = 200
Row = Mapping[str, object]


class Columns:
    """How the fields of rows are found."""

    def __init__(self, said: Iterable[tuple[str, str]]) -> None:
        self._said: dict[str, list[str]] = {}
        for ours, theirs in said:
            self._said.setdefault(ours, []).append(theirs)

    def values(self, row: Row, field: str) -> Iterator[tuple[str, object]]:
        """Every value that a row has for a field, under its name there, the best first; those without any left out."""
        if field in self._said:
            for path in self._said[field]:
                yield from ((path, value) for value in _at(row, path) if value is not None)
            return
        flat = _flat(row)
        for name in _USUAL[field]:
            if name in flat and flat[name][1] is not None and not (field == "id" and "." in flat[name][0]):
                yield flat[name]

    def has_text(self, row: Row, *, surely: bool = False) -> bool:
        """Whether there is a place for the text, filled or not; surely: filled, and not under a name of many uses."""
        if "text" in self._said:
            return any(True for path in self._said["text"] for value in _at(row, path) if value or not surely)
        flat = _flat(row)
        if surely:
            return any(flat[name][1] for name in _USUAL["text"] if name in flat and name not in _WEAK)
        return any(name in flat for name in _USUAL["text"])

    def absent(self, rows: Sequence[Row]) -> list[str]:
        """The names that the user gave for a field of which no row has any."""
        return [
            name
            for names in self._said.values()
            if not any(True for row in rows for path in names for _ in _at(row, path))
            for name in names
        ]

    def known(self, names: Iterable[str]) -> int:
        """How many of these names are those of fields."""
        said = {plain(path) for paths in self._said.values() for path in paths if not path.isdigit()}
        return sum(plain(name) in said or any(plain(name) in usual for usual in _USUAL.values()) for name in names)

    def roots(self, names: Sequence[str]) -> list[str]:
        """Those of a table's columns that some field may lie in."""
        paths = [path for paths in self._said.values() for path in paths]
        said = {plain(start) for path in paths for start in (path, path.split(".")[0])}
        said |= {plain(names[int(path) - 1]) for path in paths if path.isdigit() and 0 < int(path) <= len(names)}
        return [
            name
            for name in names
            if plain(name) in said or plain(name) in _INNER or any(plain(name) in usual for usual in _USUAL.values())
        ]


def names_in(rows: Iterable[Row]) -> list[str]:
    """The names of the fields of some rows, each once, nested ones with a dot."""
    found: dict[str, None] = {}
    for row in rows:
        for key, value in row.items():
            if isinstance(value, Mapping):
                found.update((f"{key}.{inner}", None) for inner in value)
            else:
                found[key] = None
    return list(found)


def plain(name: str) -> str:
    """A name without what exports write differently: pub_date, Pub Date and pubDate are one."""
    return _plain(name) if len(name) <= LONGEST_NAME else name


@lru_cache(maxsize=10_000)
def _plain(name: str) -> str:
    return "".join(c for c in name.casefold() if c.isalnum())


def _flat(row: Row) -> dict[str, tuple[str, object]]:
    """Plain name to name and value, of the fields of a row and of what lies one level deeper in the usual places."""
    flat: dict[str, tuple[str, object]] = {}
    for name, value in row.items():
        flat.setdefault(plain(name), (name, value))
    for outer in _INNER:
        name, inner = flat.get(outer, ("", None))
        if isinstance(inner, Mapping) and not (outer == "source" and name != "_source"):  # {"source": {"name": …}}
            del flat[outer]
            for key, value in inner.items():
                known = flat.get(plain(key))
                if known is None or known[1] is None:
                    flat[plain(key)] = (f"{name}.{key}", value)
    return flat


def _at(row: Row, path: str) -> Iterator[object]:
    """The value at a name, at a path with dots, or in the column of that number: none or one."""
    found = _step(row, path)
    if not found and "." in path:
        found = [row]
        for name in path.split("."):
            found = _step(found[0], name)
            if not found:
                break
    if not found and path.isdigit() and 0 < int(path) <= len(row):
        found = [list(row.values())[int(path) - 1]]
    yield from found


def _step(value: object, name: str) -> list[object]:
    if isinstance(value, list):
        return [value[int(name)]] if name.isdigit() and int(name) < len(value) else []
    if not isinstance(value, Mapping):
        return []
    if name in value:
        return [value[name]]
    wanted = plain(name)
    return [inner for key, inner in value.items() if wanted and plain(key) == wanted][:1]
