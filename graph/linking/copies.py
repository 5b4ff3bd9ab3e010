"""Which of many texts repeat others: reports in print again, and sentences. Linear in the texts.

Texts are gone through from the longest to the shortest, each compared with the few longer ones that share most with it:
so the whole report comes before what papers cut from it, whichever was published first.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache

import numpy as np

from graph.linking.clusters import Clusters
from graph.linking.lining import printed
from graph.linking.reprints import FRESH, likeness
from graph.linking.shingles import Codes, Index, codes_of, sample, shingles, words_of

_LEAST = 9  # words; what is shorter may well be said twice in the same words
_HALF = 0.5  # of two reports that a third one repeats: with so much in common they are one
_REPEATED = 0.7  # of the shingles of a sentence, those that another has too
_REMEMBERED = 1 << 12  # texts made ready to be compared
# Compares a text with one that is at least as long: how much of that one it holds, None where it does not repeat it.
Compare = Callable[[int, int], float | None]


def originals(texts: Sequence[str], days: Sequence[date | None] = ()) -> list[int]:
    """For each article's text the index of the first one that is the same report, its own where none is.

    `days` are those on which they were published, where that is known. Reports that repeat one report are one.
    """
    days = days or [None] * len(texts)
    alone = lru_cache(_REMEMBERED)(lambda number: printed(texts[number], days[number]))

    def compare(shorter: int, longer: int) -> float | None:
        found = likeness(alone(shorter), alone(longer))
        return None if found.another else found.share

    def is_same(one: int, other: int) -> bool:
        first, second = days[one], days[other]
        return first is None or second is None or abs(first - second) <= FRESH

    return _first([codes_of(words_of(text.casefold())) for text in texts], sample, compare, is_same)


def repeated(sentences: Sequence[str]) -> list[int]:
    """For each sentence the index of the first one that says it in nearly the same words, its own where none does."""
    codes = [codes_of(words_of(sentence.casefold())) for sentence in sentences]

    def distinct(sentence: Codes) -> Codes:
        return np.unique(shingles(sentence))

    def compare(shorter: int, longer: int) -> float | None:
        one, other = distinct(codes[shorter]), distinct(codes[longer])
        shared = len(np.intersect1d(one, other, assume_unique=True))
        return shared / len(other) if shared >= _REPEATED * min(len(one), len(other)) else None

    return _first(codes, distinct, compare, lambda *_: True)


def _first(
    codes: Sequence[Codes],
    sampled: Callable[[Codes], Codes],
    compare: Compare,
    is_same: Callable[[int, int], bool],
) -> list[int]:
    """The first of the texts that are one, for each; `is_same` tells it of two in the same words."""
    order = sorted(range(len(codes)), key=lambda number: (-len(codes[number]), number))
    index = Index([sampled(codes[number]) for number in order])
    home = np.arange(len(order))
    groups = Clusters(len(order))
    known: dict[bytes, int] = {}
    for place, number in enumerate(order):
        if len(codes[number]) < _LEAST:
            break
        same = known.setdefault(codes[number].tobytes(), place)
        if same != place and is_same(number, order[same]):
            home[place] = home[same]
            groups.join(place, same)
            continue
        for other in index.alike(place, home):
            held = compare(number, order[other])
            if held is None:
                continue
            if home[place] == place:
                home[place] = home[other]
                groups.join(place, other)
            elif held >= _HALF:
                groups.join(place, other)
    first = list(range(len(codes)))
    for members in groups.sets():
        earliest = min(order[place] for place in members)
        for place in members:
            first[order[place]] = earliest
    return first
