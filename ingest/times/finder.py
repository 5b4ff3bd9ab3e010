"""Finds the time expressions of a text: the grammar's matches, read, then opened or joined by their prepositions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta

from ingest.article import Interval
from ingest.times import lengths, points
from ingest.times.expression import Granularity as G
from ingest.times.expression import Meaning, TimeExpression, TimeKind
from ingest.times.grammar import ANY, COMPILED, ORDER
from ingest.times.phrase import Phrase
from ingest.times.words import Words, read_words

READINGS: dict[str, Callable[[Phrase], Meaning | None]] = {
    "iso": points.iso, "slashed": points.slashed, "age": lengths.age, "date": points.calendar_date,
    "weekday": points.weekday, "dayword": points.dayword, "tonight": points.tonight,
    "partofday": points.part_of_day, "clock": points.clock, "quarter": points.quarter, "half": points.half,
    "month": points.month, "season": points.season, "century": points.century, "decade": points.decade,
    "set": lengths.repeated, "ago": lengths.ago, "yearago": lengths.year_ago, "stretch": lengths.stretch,
    "duration": lengths.duration, "yearend": points.year_end, "unit": points.unit, "year": points.bare_year,
    "long": lengths.long, "plural": lengths.plural, "reference": points.reference,
}  # fmt: skip
JOINS = {"between": ("and",), "from": ("to", "through", "until", "till", "-")}
FRAGMENT = re.compile(r"[-.,' ]+$")


def find_times(text: str, published: date | None = None) -> list[TimeExpression]:
    """The time expressions of a text in order, none overlapping another.

    A bare weekday is the last such day up to and including the publication, unless the words before it speak of the
    future; a month or day without a year lies within half a year ahead of the publication or in the time before.
    "Earlier", "later" and "that" count from the last day named before them.
    """
    words = read_words(text)
    found = list(read_all(text, words, published))
    return list(joined(words, opened(words, found, published)))


def read_all(text: str, words: Words, published: date | None) -> Iterator[TimeExpression]:
    """The expressions with the intervals of their own words alone."""
    anchor = published
    place = 0
    while candidate := ANY.search(words.letters, place):
        place = candidate.start() + 1
        for name in ORDER[ORDER.index(candidate.lastgroup or "") :]:
            match = COMPILED[name].match(words.letters, candidate.start())
            if match is None:
                continue
            if name == "age":
                place = match.end()
                break
            phrase = Phrase(text=text, words=words, match=match, published=published, anchor=anchor)
            try:
                meaning = READINGS[name](phrase)
            except (ValueError, OverflowError):
                continue  # 31 June, and days outside the years that the calendar has
            if meaning is None:
                continue
            place = match.end()
            start, end = words.spans[match.start()][0], words.spans[match.end() - 1][1]
            trimmed = text[start:end].rstrip(",-–'’ ")
            yield TimeExpression(
                start=start, end=start + len(trimmed), text=trimmed, kind=meaning.kind, value=meaning.value,
                interval=meaning.interval, granularity=meaning.granularity,
            )  # fmt: skip
            if meaning.interval and meaning.interval.start == meaning.interval.end and meaning.interval.start:
                anchor = meaning.interval.start
            break


def opened(words: Words, found: list[TimeExpression], published: date | None) -> Iterator[TimeExpression]:
    """Intervals opened by "since", "until", "by", "before", "after"."""
    for expression in found:
        interval = expression.interval
        index = words.at(expression.start)
        before = words.words[index - 1] if index else ""
        after = words.at(expression.end)
        next_word = words.words[after] if after < len(words.words) else ""
        if interval is None or next_word in ("'s", "’s", "'", "’") or expression.kind is TimeKind.DURATION:
            yield expression
            continue
        start, end = interval.start, interval.end
        ends_clause = not next_word or not next_word[0].isalnum()
        if before == "since":
            interval = Interval(start=start, end=published if not (published and start and published < start) else None)
        elif before in ("until", "till", "til", "by", "through") or (before == "to" and ends_clause and False):
            interval = Interval(start=None, end=end)
        elif before == "before" and ends_clause and start and start > date.min:
            interval = Interval(start=None, end=start - timedelta(days=1))
        elif before == "after" and ends_clause and end and end < date.max:
            interval = Interval(start=end + timedelta(days=1), end=None)
        yield replace(expression, interval=interval)


def joined(words: Words, expressions: Iterator[TimeExpression]) -> Iterator[TimeExpression]:
    """Both ends of "from Monday to Thursday" given the whole stretch."""
    waiting: TimeExpression | None = None
    for expression in expressions:
        if waiting is not None:
            whole = between(words, waiting, expression)
            if whole is not None:
                yield replace(waiting, interval=whole)
                yield replace(expression, interval=whole)
                waiting = None
                continue
            yield waiting
        waiting = expression
    if waiting is not None:
        yield waiting


def between(words: Words, first: TimeExpression, second: TimeExpression) -> Interval | None:
    """The stretch from one expression to another; None when their words make none."""
    left, right = words.at(first.start), words.at(second.start)
    opening = words.words[left - 1] if left else ""
    middle = words.words[words.at(first.end) : right]
    dash = len(middle) == 1 and words.letters[right - 1] == "-"
    if not dash and not (opening in JOINS and len(middle) == 1 and middle[0] in JOINS[opening]):
        return None
    if first.interval is None or second.interval is None or G.VAGUE in (first.granularity, second.granularity):
        return None
    start, end = first.interval.start, second.interval.end
    if start is None or end is None or TimeKind.DURATION in (first.kind, second.kind):
        return None
    if end < start:
        return None
    return Interval(start=start, end=end)
