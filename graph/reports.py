"""What articles are in print: papers that print one report again are one witness, and one report in print.

Whatever counts articles as evidence counts their reports: "told by three" means that three wrote it, however many
printed it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from graph.model import KnowledgeGraph, Publication
from graph.sources import Copy
from ingest.article import Article


class Reports:
    """Which articles of a graph are one report."""

    def __init__(self, graph: KnowledgeGraph) -> None:
        self._origin: Mapping[str, str] = {each.article: each.origin for each in graph.reprints}

    def of(self, article: str) -> str:
        """The report that an article prints: the earliest article with it, by id."""
        return self._origin.get(article, article)

    def among(self, articles: Iterable[str]) -> set[str]:
        """The reports that some articles print, each once."""
        return set(map(self.of, articles))

    def count(self, articles: Iterable[str]) -> int:
        """How many reports some articles print."""
        return len(self.among(articles))


def publications(articles: Iterable[Article], copies: Iterable[Copy]) -> tuple[Publication, ...]:
    """All places of the articles that were found in more than one, by id and path; a text under a taken id is none."""
    found = {each.id: each for each in articles}
    again: dict[str, list[Copy]] = {}
    for copy in copies:
        if copy.same_text and copy.id in found:
            again.setdefault(copy.id, []).append(copy)
    rows = []
    for id, others in sorted(again.items()):
        rows.append(own_place(found[id]))
        rows += [
            Publication(article=id, path=each.path, publisher=each.publisher, url=each.url, published=each.published)
            for each in others
        ]
    return tuple(rows)


def places(graph: KnowledgeGraph) -> dict[str, tuple[Publication, ...]]:
    """Where each article was found, in the order of paths; in one place where nothing else is known."""
    known: dict[str, list[Publication]] = {}
    for each in sorted(graph.publications, key=_by_path):
        known.setdefault(each.article, []).append(each)
    return {article.id: tuple(known.get(article.id) or [own_place(article)]) for article in graph.articles}


def elsewhere(graph: KnowledgeGraph) -> dict[str, list[Publication]]:
    """For each article found in several places, those of which it does not tell itself, each once; by id.

    The path is left aside: two files that tell the same are one place.
    """
    told = {each.id: (each.publisher, each.url, each.published) for each in graph.articles}
    found: dict[str, dict[tuple[object, ...], Publication]] = {}
    for each in sorted(graph.publications, key=_by_path):
        where = (each.publisher, each.url, each.published)
        if each.article in told and where not in ((None, None, None), told[each.article]):
            found.setdefault(each.article, {}).setdefault(where, each)
    return {article: list(rows.values()) for article, rows in sorted(found.items())}


def _by_path(place: Publication) -> tuple[str, ...]:
    return tuple(str(part or "") for part in (place.article, place.path, place.publisher, place.url, place.published))


def own_place(article: Article) -> Publication:
    """Where an article was found that was found once."""
    return Publication(
        article=article.id,
        path=article.path,
        publisher=article.publisher,
        url=article.url,
        published=article.published,
    )
