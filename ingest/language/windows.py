"""Cuts a text into windows of words that the model can read at once."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, compress, count, pairwise

import numpy as np

from ingest.language.model import LONGEST, Window
from ingest.language.pieces import CLS, SEP, Pieces, Split
from ingest.language.tokens import Tokens

ENDS = frozenset(".?!…")
# A paragraph of no more words, without a mark that ends a sentence, is one: a headline, an entry of a list.
HEADLINE = 16
CLOSERS = frozenset("\"'”’)]»")


@dataclass(slots=True)
class Placed:
    """A window and the numbers of its words among all tokens."""

    window: Window
    tokens: list[int]


def words_of(tokens: Tokens) -> tuple[list[int], list[str], list[bool]]:
    """The numbers of the tokens that are no white space, their texts, and whether each opens a paragraph.

    Paragraphs are what is known of them, or else what line breaks make.
    """
    forms, places = tokens.forms, tokens.places
    numbers = [i for i, form in enumerate(forms) if not form.is_space]
    opens = [False] * len(numbers)
    for start, _ in tokens.paragraphs:
        i = bisect_left(places, start)
        if i < len(places) and places[i] == start:
            _open(opens, bisect_left(numbers, i))
    if not tokens.paragraphs:
        for i, form in enumerate(forms):
            if form.is_space and "\n" in form.text:
                _open(opens, bisect_left(numbers, i))
    _open(opens, 0)
    return numbers, [forms[i].text for i in numbers], opens


def _open(opens: list[bool], word: int) -> None:
    if word < len(opens):
        opens[word] = True


def inside_headlines(texts: list[str], opens: list[bool]) -> list[bool]:
    """For each word, whether it stands in a headline, where no sentence can end."""
    inside: list[bool] = []
    bounds = [*compress(count(), opens), len(texts)]
    for start, end in pairwise(bounds):
        inside += [end - start <= HEADLINE and ENDS.isdisjoint(texts[start:end])] * (end - start)
    return inside


def cut(tokens: Tokens, pieces: Pieces) -> Iterator[Placed]:
    """Windows cut between paragraphs where that leaves them a third full, else where a sentence seems to end."""
    numbers, texts, opens = words_of(tokens)
    goes_on = inside_headlines(texts, opens)
    split = pieces.split_all(texts)
    ends = list(accumulate([len(ids) for ids, _ in split], initial=0))
    for start, end in pairwise(bounds(texts, opens, ends)):
        window = window_of(texts[start:end], opens[start:end], goes_on[start:end], split[start:end])
        yield Placed(window, numbers[start:end])


def window_of(words: list[str], opens: list[bool], goes_on: list[bool], split: Sequence[Split]) -> Window:
    """A window of these words; `split`: their pieces."""
    ids = [CLS, *chain.from_iterable([ids for ids, _ in split]), SEP]
    shapes = [0, *chain.from_iterable([shapes for _, shapes in split]), 0]
    firsts = list(accumulate([len(ids) for ids, _ in split], initial=1))[:-1]
    return Window(words, opens, goes_on, np.array(ids), np.array(shapes), np.array(firsts))


def bounds(texts: list[str], opens: list[bool], ends: list[int]) -> Iterator[int]:
    """Where windows begin, as numbers of words, and where the last one ends; `ends`: of the pieces before each word."""
    room = LONGEST - 2
    start = seen = 0
    yield 0
    while True:
        limit = bisect_right(ends, ends[start] + room) - 1  # the first word that has no room
        limit = max(limit, start + 1, seen)
        if limit >= len(texts):
            break
        after_third, after_half = (bisect_right(ends, ends[start] + least) for least in (room // 3, room // 2))
        first = max(start + 1, seen)
        paragraphs = (i for i in range(limit - 1, max(first, after_third) - 1, -1) if opens[i])
        sentences = (i for i in range(limit - 1, max(first, after_half) - 1, -1) if seems_to_end(texts, i))
        start, seen = next(chain(paragraphs, sentences), limit), limit
        yield start
    if texts:
        yield len(texts)


def seems_to_end(texts: list[str], i: int) -> bool:
    """Whether a sentence seems to end before word i. The model decides in the end; this only places the cuts."""
    before = texts[i - 1]
    if before in CLOSERS and i > 1:
        before = texts[i - 2]
    return before[-1] in ENDS and not texts[i][0].islower() and texts[i] not in CLOSERS
