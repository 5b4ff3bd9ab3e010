"""Whether one text is another in print again: cut, with slips and other words, credits, a paragraph of the paper's own.

Two reports in one form share as many words as a report and its reprint ("weekly electric output up 2.4 pct"), so other
numbers or names in the same place tell more, and so does how long the shared stretches are. All thresholds were chosen
on reprints made of BBC and Reuters stories, and by reading the pairs of 32,000 real articles that are alike.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import numpy as np

from graph.linking.lining import Lined, Mask, Printed, line_up
from graph.linking.values import alike, is_date
from ingest.numerals.spelled import SMALL_NUMBERS

_LONG, _LONGER, _LONGEST = 24, 30, 36  # words that the longest stretch must have: what forms share is seldom so long
_OWN = 12  # words in a row that the other text has not: the paper's own
_CREDITS = 5  # such words at the end
_TINY, _SHORT, _ENOUGH = 32, 40, 60  # words of a text, for what it takes to tell that it is another's reprint
_OPENING = 40  # words
_EVEN = 0.95  # of all words, names and numbers: a text so like another needs no long stretch
FRESH = timedelta(days=5)  # a form is filled in anew every week or month; papers print again what is new


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """What makes a text another report than a longer one, "" where nothing does; and how much of that one it holds."""

    another: str
    share: float  # of the words of the longer text


def likeness(shorter: Printed, longer: Printed) -> Likeness:
    """Compare a text with one that has as many words, or more."""
    lined = line_up(shorter, longer)
    share = float(lined.held.mean())
    return Likeness(another=_contrary(shorter, longer, lined, share) or _thin(shorter, longer, lined), share=share)


def _contrary(shorter: Printed, longer: Printed, lined: Lined, share: float) -> str:
    """What two texts that share words say otherwise."""
    numbers = sum(bool(lined.shared[place]) for place in shorter.numbers) - lined.numbers
    words = zip(shorter.words, lined.shared.tolist(), strict=True)
    names = sum(is_shared and word[0].isupper() for word, is_shared in words) - lined.names
    if lined.numbers and (numbers < 8 or lined.longest < _LONGER or lined.numbers > max(1.0, 0.04 * numbers)):
        return "other numbers"
    if lined.names > 0.1 * (names + lined.names):
        return "other names"
    # An item of a digest covers little of it, and stands elsewhere than at its start, as the first lines do.
    start = float(lined.held[: min(_OPENING, len(shorter.words))].mean())
    if (share < 0.2 and start < 0.8) or (
        share < 0.4 and start < 0.5 and lined.shared[shorter.headline :].mean() < _EVEN
    ):
        return "an item of many"
    subjects = _subjects(shorter)
    if subjects.difference(longer.folded):
        return "about another"
    if subjects and start >= 0.5 and _subjects(longer).difference(shorter.folded):
        return "about another"
    return ""


def _thin(shorter: Printed, longer: Printed, lined: Lined) -> str:
    """Why what two texts share is too little to tell that one is the other again."""
    length, share = len(shorter.words), float(lined.shared.mean())
    own = _own(lined.shared)
    told = ~own & ~lined.added
    told[: shorter.headline] &= lined.shared[: shorter.headline]
    facts, numbers, missing = _facts(shorter, longer, told)
    everywhere = np.ones(len(longer.words), dtype=bool)
    _, figures, unsaid = _facts(longer, shorter, everywhere)
    if length < 2 * _ENOUGH and lined.held.mean() >= 0.85 and unsaid > max(1.0, 0.5 * figures):
        return "other facts"
    is_even = share >= _EVEN and facts >= _EVEN and not lined.numbers and not lined.names
    if shorter.day and longer.day and abs(shorter.day - longer.day) > FRESH and not (is_even and length >= _ENOUGH):
        return "of another day"
    if is_even:
        return ""
    shared, firm = (float(mask[~own].mean()) if not own.all() else 0.0 for mask in (lined.shared, lined.firm))
    if length < _TINY or (length < _SHORT and shared < 0.85) or (length < _ENOUGH and share < 0.8 and facts < _EVEN):
        return "too short to tell"
    opening = float(lined.shared[:_OPENING].mean())
    enough = 50 if shared >= _EVEN and facts >= _EVEN else _ENOUGH
    if own.mean() > 0.4 or (
        own.mean() > 0.2 and (opening < 0.6 or lined.longest < _LONGER or np.count_nonzero(~own) < enough)
    ):
        return "much of its own"
    if missing > 0.25 * numbers or facts < 0.65:
        return "other facts"
    if firm < (0.65 if lined.longest >= _LONGEST or shared >= _EVEN else 0.7) or lined.longest < _LONG:
        return "too little in a row"
    return ""


def _own(shared: Mask) -> Mask:
    """The words in long rows that the other text has not."""
    own = np.zeros(len(shared), dtype=bool)
    begins = np.flatnonzero(np.diff(np.concatenate(([True], shared)).astype(np.int8)) == -1)
    ends = np.flatnonzero(np.diff(np.concatenate((shared, [True])).astype(np.int8)) == 1) + 1
    for begin, end in zip(begins, ends, strict=True):
        own[begin:end] = end - begin >= (_OWN if end < len(shared) else _CREDITS)
    return own


def _facts(shorter: Printed, longer: Printed, rest: Mask) -> tuple[float, int, int]:
    """Of the names and numbers in some words of one text the share that the other has; the numbers, and the missing."""
    there = set(longer.numbers.values())
    numbers = {
        number for place, number in shorter.numbers.items() if rest[place] and not is_date(shorter.folded, place)
    }
    missing = sum(not any(alike(number, each) for each in there) for number in numbers - there)
    names = set[str]()
    if 2 * sum(map(str.islower, shorter.words)) > len(shorter.words):  # not all in capitals
        names = _names([shorter.words[place] for place in np.flatnonzero(rest).tolist()])
        names -= _common(shorter.words)
        names -= _common(longer.words)
    unknown = len(names.difference(longer.folded))
    known = len(names) + len(numbers) - unknown - missing
    return (known + 1) / (len(names) + len(numbers) + 1), len(numbers), missing


def _subjects(text: Printed) -> set[str]:
    """Who a text is about: names in its headline that come again."""
    headline = _names(text.words[: text.headline])
    if not headline:
        return headline
    again = Counter(word.casefold() for word in text.words if word[0].isupper())
    return {name for name in headline - _common(text.words) if again[name] > 1}


def _names(words: Sequence[str]) -> set[str]:
    return {word.casefold() for word in words if word[0].isupper() and len(word) > 1} - SMALL_NUMBERS.keys()


def _common(words: Sequence[str]) -> set[str]:
    """Words that are written without capitals, too."""
    return set(filter(str.islower, words))
