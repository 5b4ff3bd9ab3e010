"""What was read in the articles of a store: fetched from there when it is asked for, so that it takes no memory."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import overload

from ingest.article import AnnotatedArticle


class Readings(Sequence[AnnotatedArticle]):
    """Annotated articles of a store that stays open; each is made anew whenever it is asked for."""

    def __init__(self, rows: Sequence[tuple[str, str]], fetch: Callable[[str, str], AnnotatedArticle]) -> None:
        """`fetch` gives an article by the two values of its row."""
        self._rows = rows
        self._fetch = fetch

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, number: int) -> AnnotatedArticle: ...
    @overload
    def __getitem__(self, number: slice) -> Readings: ...
    def __getitem__(self, number: int | slice) -> AnnotatedArticle | Readings:
        if isinstance(number, slice):
            return Readings(self._rows[number], self._fetch)
        return self._fetch(*self._rows[number])
