"""What was read in the articles of a store: fetched from there when it is asked for, so that it takes no memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import overload

from ingest.article import AnnotatedArticle, Article


class Readings(Sequence[AnnotatedArticle]):
    """Annotated articles of a store that stays open; each is made anew whenever it is asked for."""

    def __init__(
        self,
        rows: Sequence[tuple[str, str]],
        fetch: Callable[[str, str], AnnotatedArticle],
        article: Callable[[str, str], Article],
    ) -> None:
        """`fetch` gives what was read by the two values of a row, `article` the article alone."""
        self._rows = rows
        self._fetch = fetch
        self._article = article

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, number: int) -> AnnotatedArticle: ...
    @overload
    def __getitem__(self, number: slice) -> Readings: ...
    def __getitem__(self, number: int | slice) -> AnnotatedArticle | Readings:
        if isinstance(number, slice):
            return Readings(self._rows[number], self._fetch, self._article)
        return self._fetch(*self._rows[number])

    def articles(self) -> Iterator[Article]:
        """The articles, without what was read in them."""
        return (self._article(*row) for row in self._rows)
