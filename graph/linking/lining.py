"""Two texts side by side: which words of one the other has, in which stretches, and what differs in between."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Indel

from graph.linking.shingles import LENGTH, Codes, codes_of, shingles, words_of
from graph.linking.values import alike, figure

_NEAR = 6  # words between two shared stretches that are taken for one place, written otherwise
_STRETCH = 16  # words: what forms share is shorter, what reports in print again share is longer
_HEADLINE = 20  # words; a longer first paragraph is none
_SENTENCE = (".", "!", "?", ":", ",", '."', ".”", ".'", ".’")  # how a first paragraph ends that is no headline
_SPELLED = 0.6  # likeness of two spellings of one name
Mask = NDArray[np.bool_]
Run = tuple[int, int, int]  # where it starts in the one text and in the other, and its length in words


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """The words of a text, what they are, and the day on which it was published."""

    words: Sequence[str]
    folded: Sequence[str]  # the same without capitals
    codes: Codes
    numbers: Mapping[int, str]  # in figures, by their place among the words
    headline: int  # how many of the words it has; 0 where the text begins without one
    day: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lined:
    """What two texts share. A stretch ends where more than a few words, or other numbers or names, stand between."""

    shared: Mask  # words of the one that the other has too, if in other letters or words
    added: Mask  # those in between to which nothing answers: a dateline
    firm: Mask  # those in stretches that are long enough to tell
    held: Mask  # words of the other
    longest: int  # stretch, in words
    numbers: int  # that differ in the same place
    names: int


def printed(text: str, day: date | None = None) -> Printed:
    """A text made ready to be compared."""
    words = words_of(text)
    folded = list(map(str.casefold, words))
    first, _, more = text.partition("\n\n")
    opening = len(words_of(first)) if more and not first.rstrip().endswith(_SENTENCE) else 0
    return Printed(
        words=words,
        folded=folded,
        codes=codes_of(folded),
        numbers={place: found for place, word in enumerate(folded) if (found := figure(word))},
        headline=opening if opening <= _HEADLINE else 0,
        day=day,
    )


def line_up(one: Printed, other: Printed) -> Lined:
    """Lay two texts side by side; paragraphs that have changed places are found in both."""
    shared, held = np.zeros(len(one.words), dtype=bool), np.zeros(len(other.words), dtype=bool)
    runs = list(_runs(one.codes, other.codes))
    for start, there, length in runs:
        shared[start : start + length] = held[there : there + length] = True
    added = np.zeros(len(one.words), dtype=bool)
    numbers = names = 0
    stretches: list[tuple[int, int]] = []
    begin = runs[0][0] if runs else 0
    for (start, there, length), (after, after_there, _) in pairwise(runs):
        end, end_there = start + length, there + length
        other_numbers = other_names = 0
        is_near = -LENGTH < after - end <= _NEAR and -LENGTH < after_there - end_there <= _NEAR
        if is_near and after >= end and after_there >= end_there:
            shared[end:after] = held[end_there:after_there] = True
            added[end:after] = after_there == end_there
            other_numbers = _other_numbers(_numbers(one, end, after), _numbers(other, end_there, after_there))
            other_names = _other_names(one.words[end:after], other.words[end_there:after_there])
        numbers, names = numbers + other_numbers, names + other_names
        if not is_near or other_numbers or other_names:
            stretches.append((begin, end))
            begin = after
    if runs:
        stretches.append((begin, runs[-1][0] + runs[-1][2]))
    firm = np.zeros(len(one.words), dtype=bool)
    for begin, end in stretches:
        firm[begin:end] |= end - begin >= _STRETCH
    longest = max((end - begin for begin, end in stretches), default=0)
    return Lined(shared=shared, added=added, firm=firm, held=held, longest=longest, numbers=numbers, names=names)


def _runs(one: Codes, other: Codes) -> Iterator[Run]:
    """Words in a row that both texts have, in the order of the one; of several places, the next after the last run."""
    places: dict[int, list[int]] = {}
    for there, shingle in enumerate(shingles(other).tolist()):
        places.setdefault(shingle, []).append(there)
    start = there = length = 0
    for place, shingle in enumerate(shingles(one).tolist()):
        found = places.get(shingle)
        goes_on = length and place == start + length - LENGTH + 1
        if found is None:
            continue
        if goes_on and there + length - LENGTH + 1 in found:
            length += 1
            continue
        if length:
            yield start, there, length
        behind = there + length
        start, there, length = place, min(found, key=lambda each: (abs(each - behind), each)), LENGTH
    if length:
        yield start, there, length


def _numbers(text: Printed, start: int, end: int) -> list[str]:
    return [text.numbers[place] for place in range(start, end) if place in text.numbers]


def _other_numbers(left: Sequence[str], right: Sequence[str]) -> int:
    """How many numbers in one place are other ones."""
    alone = [number for number in left if not any(alike(number, each) for each in right)]
    return min(len(alone), sum(not any(alike(number, each) for each in left) for number in right))


def _other_names(one: Sequence[str], other: Sequence[str]) -> int:
    """Whether what is written with capitals in one place is another name, not the same one misspelled or shortened."""
    left, right = ("".join(each for each in words if each[:1].isupper()).casefold() for words in (one, other))
    if not left or not right or left.startswith(right) or right.startswith(left):
        return 0
    return int(Indel.normalized_similarity(left, right) < _SPELLED)
