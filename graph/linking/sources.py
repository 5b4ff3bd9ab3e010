"""The articles that linking works on: each once, in an order of their own, with an id for every mention."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from graph.sources import dated
from ingest.article import AnnotatedArticle, Article, content_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """An annotated article, and the ids of its mentions in the same order."""

    annotated: AnnotatedArticle
    mention_ids: tuple[str, ...]

    @property
    def article(self) -> Article:
        """The article itself."""
        return self.annotated.article


def sources(annotated: Iterable[AnnotatedArticle]) -> list[Source]:
    """The articles by id; of two with one id the first by day, then by path, is kept."""
    by_id: dict[str, AnnotatedArticle] = {}
    for one in sorted(annotated, key=lambda one: (one.article.id, dated(one.article), one.article.path or "")):
        by_id.setdefault(one.article.id, one)
    return [Source(annotated=one, mention_ids=_mention_ids(one)) for one in by_id.values()]


def _mention_ids(annotated: AnnotatedArticle) -> tuple[str, ...]:
    article = annotated.article.id
    return tuple(content_id("mention", article, each.start, each.end, each.kind) for each in annotated.mentions)
