"""Readings of the expressions that name a day, a part of one or a time on the clock."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from ingest.article import Interval
from ingest.numerals.spelled import SMALL_NUMBERS
from ingest.times import almanac
from ingest.times.almanac import Period
from ingest.times.expression import Granularity, Meaning, TimeKind
from ingest.times.phrase import Phrase, as_date, likely_year, ordinal, third
from ingest.times.words import MONTH_NUMBERS, PARTS, WEEKDAY_NUMBERS


def clock_value(words: str) -> str | None:
    """ "3:15 a.m. local time" → T03:15; None when no clock shows such a time."""
    parts = words.replace("a.m", "am").replace("p.m", "pm").replace(":", " ").replace(".", " ").split()
    if "noon" in parts or "midday" in parts:
        return "T12:00"
    if "midnight" in parts:
        return "T24:00"
    numbers = [int(part) for part in parts if part.isdigit()]
    if not numbers:
        numbers = [SMALL_NUMBERS[part] for part in parts if part in SMALL_NUMBERS]
    if not numbers or numbers[0] > 24 or (len(numbers) > 1 and numbers[1] > 59):
        return None
    hour = numbers[0]
    if "am" in parts or "pm" in parts:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if "pm" in parts else 0)
    return f"T{hour:02d}:{numbers[1] if len(numbers) > 1 else 0:02d}"


def on_day(phrase: Phrase, day: date | None, unresolved: str) -> Meaning | None:
    """A day with the clock time or part of day that goes with it."""
    value = day.isoformat() if day else unresolved
    interval = Interval(start=day, end=day) if day else None
    named = [PARTS[word] for word in f"{phrase.word('part')} {phrase.word('half')}".split() if word in PARTS]
    if phrase.has("clock"):
        clock = clock_value(phrase.word("clock"))
        if clock is None:
            return None
        return Meaning(kind=TimeKind.TIME, value=value + clock, granularity=Granularity.CLOCK, interval=interval)
    if named:
        return Meaning(
            kind=TimeKind.TIME, value=f"{value}T{named[0]}", granularity=Granularity.PART_OF_DAY, interval=interval
        )
    granularity = (
        Granularity.PART_OF_DAY if third(phrase, "part") or "hours" in phrase.word("part") else Granularity.DAY
    )
    return Meaning(kind=TimeKind.DATE, value=value, granularity=granularity, interval=interval)


def iso(phrase: Phrase) -> Meaning | None:
    """2025-06-11"""
    return as_date(Period.around(date.fromisoformat(phrase.word("day")), Granularity.DAY))


def slashed(phrase: Phrase) -> Meaning | None:
    """11/02/89: the month first, unless it cannot be one."""
    first, second, year = (int(part) for part in phrase.word("day").split("/"))
    month, day = (first, second) if first <= 12 else (second, first)
    if year < 100:
        year += 1900 if year > 50 else 2000
    return as_date(Period.around(date(year, month, day), Granularity.DAY))


def calendar_date(phrase: Phrase) -> Meaning | None:
    """ "Wednesday, June 11, 2025", "11 June", "June 11-13" """
    month_word = phrase.word("m", "m2")
    month = MONTH_NUMBERS[month_word.rstrip(". ")]
    group = "m" if phrase.has("m") else "m2"
    day = ordinal(phrase.word("d", "d2"))
    spelled = phrase.word("d", "d2").isalpha()
    if not 1 <= day <= 31 or "." in phrase.word("d", "d2"):
        return None
    if not phrase.capital(group) and (group == "m2" or spelled) and month_word in ("may", "march", "mar", "dec", "jan"):
        return None
    if spelled and group == "m2":
        words = phrase.words.joined(phrase.match.start("d2"), phrase.match.end())
        if "of" not in words.split():
            return None
    if phrase.letter_after in "UP" and not phrase.has("y", "y2"):
        return None
    year = int(phrase.word("y", "y2")) if phrase.has("y", "y2") else likely_year(phrase, month)
    if year is None:
        date(2000, month, day)  # refuses 31 June
        return on_day(phrase, None, f"XXXX-{month:02d}-{day:02d}")
    meaning = on_day(phrase, date(year, month, day), "")
    if meaning and phrase.has("until", "until2"):
        until = date(year, month, int(phrase.word("until", "until2")))
        if until < date(year, month, day):
            return None
        meaning = replace(meaning, interval=Interval(start=date(year, month, day), end=until))
    return meaning


def weekday(phrase: Phrase) -> Meaning | None:
    """ "Wednesday", "late on Monday night", "next Tuesday" """
    number = WEEKDAY_NUMBERS[phrase.word("day")]
    if phrase.word("half").endswith("s"):
        value = f"XXXX-WXX-{number}T{PARTS[phrase.word('half').split()[-1]]}"
        return Meaning(kind=TimeKind.SET, value=value, granularity=Granularity.PART_OF_DAY)
    base = phrase.told_from("which")
    if base is None:
        return on_day(phrase, None, f"XXXX-WXX-{number}")
    direction = phrase.direction("which")
    if direction < 0:
        day = almanac.weekday_before(base - timedelta(days=1), number)
    elif direction > 0:
        day = almanac.weekday_after(base + timedelta(days=1), number)
    elif (phrase.has("which") and "earlier" not in phrase.word("part")) or phrase.future:
        day = almanac.weekday_after(base, number)
    else:
        day = almanac.weekday_before(base, number)
    return on_day(phrase, day, "")


def dayword(phrase: Phrase) -> Meaning | None:
    """ "today", "late yesterday", "tomorrow morning" """
    shift = {"today": 0, "yesterday": -1, "tomorrow": 1}[phrase.word("day")]
    if phrase.published is None:
        return on_day(phrase, None, "XXXX-XX-XX" if shift else "PRESENT_REF")
    return on_day(phrase, phrase.published + timedelta(days=shift), "")


def tonight(phrase: Phrase) -> Meaning | None:
    """ "tonight"; "overnight": the night before the publication, and the morning of it."""
    day = phrase.published
    interval = Interval(start=day, end=day) if day else None
    if day and phrase.word("half") == "overnight":
        interval = Interval(start=day - timedelta(days=1), end=day)
    value = f"{day.isoformat() if day else 'XXXX-XX-XX'}TNI"
    return Meaning(kind=TimeKind.TIME, value=value, granularity=Granularity.PART_OF_DAY, interval=interval)


def part_of_day(phrase: Phrase) -> Meaning | None:
    """ "this morning", "last night", "the next morning", "mid-afternoon" """
    code = PARTS[phrase.word("half", "half2")]
    which = phrase.word("which")
    if which in ("these", "those") or phrase.word("half", "half2").endswith("s"):
        return None
    base = phrase.anchor if which.startswith("the ") else phrase.told_from("which")
    if base is None or not which:
        value = phrase.anchor.isoformat() if phrase.anchor else "XXXX-XX-XX"
        interval = Interval(start=phrase.anchor, end=phrase.anchor) if phrase.anchor else None
        return Meaning(
            kind=TimeKind.TIME, value=f"{value}T{code}", granularity=Granularity.PART_OF_DAY, interval=interval
        )
    day = base + timedelta(days=phrase.direction("which"))
    return Meaning(
        kind=TimeKind.TIME,
        value=f"{day.isoformat()}T{code}",
        granularity=Granularity.PART_OF_DAY,
        interval=Interval(start=day, end=day),
    )


def clock(phrase: Phrase) -> Meaning | None:
    """ "at 3:15 a.m. local time", "around noon": on the last day that the text named, else that of the publication."""
    value = clock_value(phrase.word("clock"))
    plain = not {"m", "k", "K", "z"} & set(phrase.match.group("clock"))
    if value is None or (plain and phrase.before() not in ("at", "by", "around", "about", "until", "from", "before")):
        return None
    if phrase.anchor is None:
        return Meaning(kind=TimeKind.TIME, value=value, granularity=Granularity.CLOCK)
    interval = Interval(start=phrase.anchor, end=phrase.anchor)
    return Meaning(
        kind=TimeKind.TIME, value=phrase.anchor.isoformat() + value, granularity=Granularity.CLOCK, interval=interval
    )
