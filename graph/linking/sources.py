"""The articles that linking works on: each once, in an order of their own, with an id for every mention."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import overload

from graph.readings import Readings
from graph.sources import dated
from ingest.article import AnnotatedArticle, Article, Mention

MANY = 4096  # articles whose readings are in memory at once; of more they are fetched again whenever they are needed


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


class Sources(Sequence[Source]):
    """The articles by id; of two with one id the first by day, then by path, is kept.

    What was read in them is fetched when it is asked for, and of many articles fetched again later: go through them in
    order.
    """

    def __init__(self, annotated: Sequence[AnnotatedArticle]) -> None:
        found: dict[str, tuple[str, str, int, Article]] = {}
        articles = annotated.articles() if isinstance(annotated, Readings) else (each.article for each in annotated)
        for place, article in enumerate(articles):
            one = (dated(article), article.path or "", place, article)
            found[article.id] = min(found.get(article.id, one), one)
        rows = [found[id] for id in sorted(found)]
        self.articles = {article.id: article for _, _, _, article in rows}
        self.number = {article: number for number, article in enumerate(self.articles)}
        self._annotated = annotated
        self._places = [place for _, _, place, _ in rows]
        self._fetched: dict[int, Source] = {}

    def __len__(self) -> int:
        return len(self._places)

    @overload
    def __getitem__(self, number: int) -> Source: ...
    @overload
    def __getitem__(self, number: slice) -> list[Source]: ...
    def __getitem__(self, number: int | slice) -> Source | list[Source]:
        if isinstance(number, slice):
            return [self[each] for each in range(*number.indices(len(self)))]
        source = self._fetched.get(number)
        if source is None:
            source = self._fetch(number)
            if len(self._fetched) == MANY:
                self._fetched.clear()
            self._fetched[number] = source
        return source

    def used_up(self) -> Iterator[Source]:
        """Each for the last time: what was read in it is no longer in memory afterwards."""
        for number in range(len(self)):
            yield self._fetched.pop(number) if number in self._fetched else self._fetch(number)

    def _fetch(self, number: int) -> Source:
        one = self._annotated[self._places[number]]
        one = replace(one, article=self.articles[one.article.id])  # which is in memory already
        return Source(annotated=one, mention_ids=MentionIds(one))
