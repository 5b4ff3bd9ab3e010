"""Finds the time expressions of a text: the grammar's matches, read, then opened or joined by their prepositions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta

from ingest.article import Interval
from ingest.times import days, lengths, periods
from ingest.times.almanac import Period
from ingest.times.expression import Granularity, Meaning, TimeExpression, TimeKind
from ingest.times.grammar import ANY, COMPILED, CORE, ORDER, REACH
from ingest.times.phrase import Phrase
from ingest.times.words import Words, read_words

READINGS: dict[str, Callable[[Phrase], Meaning | None]] = {
    "iso": days.iso, "slashed": days.slashed, "age": lengths.age, "date": days.calendar_date,
    "weekday": days.weekday, "dayword": days.dayword, "tonight": days.tonight,
    "partofday": days.part_of_day, "clock": days.clock, "quarter": periods.quarter, "half": periods.half,
    "month": periods.month, "season": periods.season, "century": periods.century, "decade": periods.decade,
    "set": lengths.repeated, "ago": lengths.ago, "yearago": lengths.year_ago, "stretch": lengths.stretch,
    "duration": lengths.duration, "yearend": periods.year_end, "unit": periods.unit, "year": periods.bare_year,
    "long": lengths.long, "plural": lengths.plural, "reference": periods.reference,
}  # fmt: skip
# For each rule itself and those tried after it: its name, where it matches, what it reads.
RULES_FROM = {
    first: [(name, COMPILED[name].match, READINGS[name]) for name in ORDER[place:]] for place, first in enumerate(ORDER)
}
OPENING = frozenset({"since", "until", "till", "til", "by", "through", "before", "after"})
FARTHEST_JOIN = len(" through ")
JOINS = {"between": ("and",), "from": ("to", "through", "until", "till", "-")}


def find_times(text: str, published: date | None = None) -> list[TimeExpression]:
    """The time expressions of a text in order, none overlapping another.

    A bare weekday is the last such day up to and including the publication, unless the words before it speak of the
    future; a month or day without a year lies within four months ahead of the publication or in the year before.
    "Earlier", "later" and "that" count from the last day named before them.
    """
    words = read_words(text)
    found = list(read_all(text, words, published))
    return list(joined(words, opened(words, found, published)))


def read_all(text: str, words: Words, published: date | None) -> Iterator[TimeExpression]:
    """The expressions with the intervals of their own words alone."""
    anchor = published
    place = 0
    while candidate := next_candidate(words.letters, place):
        place = candidate.start() + 1
        for name, match_at, read in RULES_FROM[candidate.lastgroup or ""]:
            match = match_at(words.letters, candidate.start())
            if match is None:
                continue
            if name == "age":
                place = match.end()
                break
            phrase = Phrase(text=text, words=words, match=match, published=published, anchor=anchor)
            try:
                meaning = read(phrase)
            except (ValueError, OverflowError):
                continue  # 31 June, and days outside the years that the calendar has
            if meaning is None:
                continue
            place = match.end()
            start, end = words.starts[match.start()], words.end(match.end() - 1)
            trimmed = text[start:end].rstrip(",-–'’ ")
            yield TimeExpression(
                start=start, end=start + len(trimmed), text=trimmed, kind=meaning.kind, value=meaning.value,
                interval=meaning.interval, granularity=meaning.granularity,
            )  # fmt: skip
            if meaning.interval and meaning.interval.start == meaning.interval.end and meaning.interval.start:
                anchor = meaning.interval.start
            break


def next_candidate(letters: str, place: int) -> re.Match[str] | None:
    """The next place at which some rule matches."""
    while core := CORE.search(letters, place):
        first = max(place, core.start() - REACH)
        first = max(first, letters.rfind("x", first, core.start()) + 1)
        last = letters.find("x", core.start(), core.start() + REACH)
        candidate = ANY.search(letters, first, last + 2 if last >= 0 else core.start() + REACH)
        if candidate and candidate.start() <= core.start():
            return candidate
        place = core.end()
    return None


def opened(words: Words, found: list[TimeExpression], published: date | None) -> Iterator[TimeExpression]:
    """Intervals opened by "since", "until", "by", "before", "after"."""
    for expression in found:
        before = words[words.at(expression.start) - 1]
        if before not in OPENING or expression.interval is None or expression.kind is TimeKind.DURATION:
            yield expression
            continue
        after = words[words.at(expression.end)]
        if before == "before" and "end" in expression.text.lower().split()[:2]:
            before = "until"  # "before the end of 2005": up to its last day
        interval = open_interval(before, after, expression.interval, published)
        yield replace(expression, interval=interval)


def open_interval(before: str, after: str, interval: Interval, published: date | None) -> Interval:
    """An interval opened by the word before it, unless the word after shows that it is not what that word governs."""
    start, end = interval.start, interval.end
    if after in ("'s", "’s", "'", "’"):
        return interval  # "since Monday's attack"
    if before == "since":
        return Interval(start=start, end=published if published and start and start <= published else None)
    if before in ("until", "till", "til", "by", "through"):
        return Interval(start=None, end=end)
    if after[:1].isalnum():
        return interval  # "after Friday night prayers"
    if before == "before" and start and start > date.min:
        return Interval(start=None, end=start - timedelta(days=1))
    if before == "after" and end and end < date.max:
        return Interval(start=end + timedelta(days=1), end=None)
    return interval


def joined(words: Words, expressions: Iterator[TimeExpression]) -> Iterator[TimeExpression]:
    """Both ends of "from Monday to Thursday" given the whole stretch."""
    waiting: TimeExpression | None = None
    for expression in expressions:
        if waiting is not None:
            second = expression
            if expression.start - waiting.end > FARTHEST_JOIN:
                yield waiting
                waiting = expression
                continue
            if waiting.interval and waiting.interval.start and preceded(words, waiting, "from", "between"):
                second = later(expression, waiting.interval.start)
            whole = between(words, waiting, second)
            if whole is not None:
                yield replace(waiting, interval=whole)
                yield replace(second, interval=whole)
                waiting = None
                continue
            yield waiting
        waiting = expression
    if waiting is not None:
        yield waiting


def preceded(words: Words, expression: TimeExpression, *before: str) -> bool:
    """Whether one of these words stands just before an expression."""
    return words[words.at(expression.start) - 1] in before


def between(words: Words, first: TimeExpression, second: TimeExpression) -> Interval | None:
    """The stretch from one expression to another; None when their words make none."""
    if first.interval is None or second.interval is None or TimeKind.DURATION in (first.kind, second.kind):
        return None
    left, right = words.at(first.start), words.at(second.start)
    if right - words.at(first.end) != 1:
        return None
    opening, middle = words[left - 1], words[right - 1]
    if words.letters[right - 1] != "-" and middle not in JOINS.get(opening, ()):
        return None
    start, end = first.interval.start, second.interval.end
    if start is None or end is None or Granularity.VAGUE in (first.granularity, second.granularity):
        return None
    return Interval(start=start, end=end) if start <= end else None


def later(second: TimeExpression, start: date) -> TimeExpression:
    """The second end of a stretch, moved to the next such weekday or year when it would lie before the first."""
    interval = second.interval
    if interval is None or interval.start is None or interval.end is None or interval.end >= start:
        return second
    if second.granularity is Granularity.DAY and (start - interval.end).days < 7:
        day = interval.end + timedelta(days=7)
        return replace(second, value=day.isoformat(), interval=Interval(start=day, end=day))
    if second.granularity is Granularity.MONTH and (start - interval.end).days < 366:
        month = Period.around(interval.start, Granularity.MONTH).shift(12)
        return replace(second, value=month.value, interval=month.interval)
    return second
