"""The articles that linking works on: each once, in an order of their own, with an id for every mention."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from graph.sources import dated
from ingest.article import AnnotatedArticle, Article, Mention


class MentionIds(Sequence[str]):
    """The ids of an article's mentions in their order, each made when it is first asked for."""

    __slots__ = ("_annotated", "_made")

    def __init__(self, annotated: AnnotatedArticle) -> None:
        self._annotated = annotated
        self._made: list[str | None] = [None] * len(annotated.mentions)

    def __len__(self) -> int:
        return len(self._made)

    def __getitem__(self, index: int) -> str:  # type: ignore[override]  # nobody asks for several at once
        made = self._made[index]
        if made is None:
            made = self._made[index] = _mention_id(self._annotated.article.id, self._annotated.mentions[index])
        return made


def _mention_id(article: str, mention: Mention) -> str:
    """As `content_id` makes it of article, start, end and kind; there are so many that half the time tells."""
    told = f"mention\x1f{article}\x1f{mention.start}\x1f{mention.end}\x1f{mention.kind}"
    return f"mention-{sha256(told.encode()).hexdigest()[:16]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """An annotated article, and the ids of its mentions in the same order."""

    annotated: AnnotatedArticle
    mention_ids: MentionIds

    @property
    def article(self) -> Article:
        """The article itself."""
        return self.annotated.article


def sources(annotated: Iterable[AnnotatedArticle]) -> list[Source]:
    """The articles by id; of two with one id the first by day, then by path, is kept."""
    by_id: dict[str, AnnotatedArticle] = {}
    for one in sorted(annotated, key=lambda one: (one.article.id, dated(one.article), one.article.path or "")):
        by_id.setdefault(one.article.id, one)
    return [Source(annotated=one, mention_ids=MentionIds(one)) for one in by_id.values()]
