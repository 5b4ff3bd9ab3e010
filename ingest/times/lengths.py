"""Readings of the expressions that say how long, how often, or how far from another day."""

from __future__ import annotations

import re

from ingest.article import Interval
from ingest.numerals.spelled import SMALL_NUMBERS, listed, spelled_value
from ingest.times import almanac
from ingest.times.almanac import Period
from ingest.times.expression import Granularity, Meaning, TimeKind
from ingest.times.phrase import CALENDAR_UNITS, UNRESOLVED, Phrase, as_date
from ingest.times.words import FREQUENCIES, MONTH_NUMBERS, PARTS, UNITS, WEEKDAY_NUMBERS

VAGUE_COUNTS = frozenset({"few", "several", "couple", "many", "some"})
# Words after which "a week" or "months" is a length of time and no rate ("$5 a week").
BEFORE_LENGTHS = frozenset(
    listed(
        "for in within after of than about nearly almost over least under until took takes take lasted lasting "
        "last spend spent every during around approximately roughly within only just half quite"
    )
)
FREQUENT = {
    "nightly": Granularity.PART_OF_DAY,
    "hourly": Granularity.HOUR,
    "daily": Granularity.DAY,
    "weekly": Granularity.WEEK,
    "monthly": Granularity.MONTH,
}
HALVES = {"year": "6M", "hour": "30M", "minute": "30S"}
RATES = frozenset(listed("once twice times shares share dollars cents percent barrels people pounds tons miles hours"))


def count(phrase: Phrase) -> float | None:
    """The number of units; None when the words leave it open ("a few", "12 to 18")."""
    words = phrase.word("n").replace("-", " ").split()
    if not words or words in (["a"], ["an"]):
        return 1.0
    if words in (["a", "couple"], ["a", "couple", "of"]):
        return 2.0
    if VAGUE_COUNTS & set(words):
        return None
    if "half" in words:
        left = [word for word in words if word not in ("and", "a", "half", "an")]
        whole = spelled_value(left) if left else 0.0
        return None if whole is None else whole + 0.5
    if "/" in words:
        top, bottom = words[words.index("/") - 1], words[-1]
        whole = float(words[0]) if words.index("/") == 2 else 0.0
        return whole + float(top) / float(bottom) if float(bottom) else None
    return spelled_value(words)


def duration_value(number: float | None, unit: str) -> str:
    """P39M, PT2H, PXY: TIMEX3's way of writing a length."""
    if number is None:
        return "P" + UNITS[unit][1].format("X")
    if unit == "fortnight":
        number *= 2
    if number % 1 == 0.5 and unit in HALVES:
        whole = UNITS[unit][1].format(f"{number - 0.5:g}") if number > 1 else UNITS[unit][1][:-3]
        return "P" + whole + HALVES[unit]
    return "P" + UNITS[unit][1].format(f"{number:g}")


def age(phrase: Phrase) -> Meaning | None:
    """ "41-year-old" is an age and no time: its words are read and given up."""
    return None


def ago(phrase: Phrase) -> Meaning | None:
    """ "two days ago", "a week later", "nearly four years ago" """
    unit, way = phrase.unit("u"), phrase.word("way")
    number = count(phrase)
    if not phrase.has("n"):
        if unit == phrase.word("u"):
            return None  # "day ago" lacks its article
        number = None
    granularity = CALENDAR_UNITS.get(unit)
    base = phrase.published if way == "ago" else phrase.anchor
    if number is None:
        if way != "ago":
            return Meaning(kind=TimeKind.DURATION, value=duration_value(None, unit), granularity=UNITS[unit][0])
        interval = Interval(start=None, end=base) if base else None
        return Meaning(kind=TimeKind.DATE, value="PAST_REF", granularity=Granularity.VAGUE, interval=interval)
    if granularity is None:
        interval = Interval(start=base, end=base) if base and number < 6 else None
        return Meaning(kind=TimeKind.DURATION, value=duration_value(number, unit), granularity=UNITS[unit][0],
                       interval=interval)  # fmt: skip
    if base is None:
        return Meaning(kind=TimeKind.DATE, value=UNRESOLVED[granularity], granularity=granularity)
    if number != int(number):
        return Meaning(kind=TimeKind.DURATION, value=duration_value(number, unit), granularity=granularity)
    steps = int(number) * (2 if unit == "fortnight" else 1)
    return as_date(Period.around(base, granularity).shift(steps if way == "later" else -steps))


def year_ago(phrase: Phrase) -> Meaning | None:
    """ "the year-ago quarter", "the year-earlier period", "the 1988 quarter", "the latest period" """
    unit = phrase.word("u", "u2", "u3", "u4")
    if phrase.published is None or unit not in ("quarter", "period", ""):
        return None
    period = Period.around(phrase.published, Granularity.QUARTER).shift(-1)  # companies report on the quarter before
    if phrase.has("y"):
        return as_date(Period(Granularity.QUARTER, int(phrase.word("y")) * 4 + period.index % 4))
    return as_date(period if phrase.has("u4") else period.shift(-4))


def stretch(phrase: Phrase) -> Meaning | None:
    """ "the past three months", "the next few days", "recent weeks": lengths that end or begin at the publication."""
    unit, which = phrase.unit("u"), phrase.word("which")
    number = count(phrase) if phrase.has("n") else None
    granularity = UNITS[unit][0]
    direction = phrase.direction("which")
    if "recent" in which:
        direction = -1
    if not phrase.has("n"):
        if which in ("these", "those") and unit == "day":
            return Meaning(kind=TimeKind.DATE, value="PRESENT_REF", granularity=Granularity.VAGUE)
        if not direction:
            return None
    base = phrase.published
    interval = None
    if direction and base:
        other = None
        if number is not None and number == int(number) and granularity in CALENDAR_UNITS.values():
            other = almanac.moved(base, direction * int(number) * (2 if unit == "fortnight" else 1), granularity)
        interval = Interval(start=other, end=base) if direction < 0 else Interval(start=base, end=other)
    return Meaning(
        kind=TimeKind.DURATION, value=duration_value(number, unit), granularity=granularity, interval=interval
    )


def duration(phrase: Phrase) -> Meaning | None:
    """ "39-month", "six weeks", "two and a half years" """
    unit, number = phrase.unit("u"), count(phrase)
    singular = phrase.unit("u") == phrase.word("u")
    letters = phrase.match.group()
    if phrase.has("half") and number is not None:
        number += 0.5
    numbers = phrase.word("n").split()
    article_apart = "-" in letters and re.match("q?d|q?a[^H]", letters)
    if article_apart or (numbers[0] in ("a", "an") and numbers[-1] in SMALL_NUMBERS):
        return None  # the article of "a two-year ban" is not part of the length
    bare_article = phrase.word("n") in ("a", "an")
    if bare_article:
        before = phrase.before()
        if before in RATES or before.endswith(("%", "cents")) or before.replace(",", "").isdigit():
            return Meaning(kind=TimeKind.SET, value=duration_value(1, unit), granularity=UNITS[unit][0])
        if not letters.startswith("q") and not phrase.has("half") and before not in BEFORE_LENGTHS:
            return None
        if unit == "quarter":
            return None
    if phrase.before() == "aged":
        return None
    if unit == "quarter" and (phrase.after == "of" or "-" in letters or singular):
        return None
    if singular and not bare_article and "-" not in letters and number not in (None, 1.0, 0.5):
        first = phrase.word("n").split()[0]
        if first in VAGUE_COUNTS or (first.isdigit() and phrase.letter_after != "x"):
            return None
    if singular and phrase.word("n") in VAGUE_COUNTS and "-" not in letters:
        return None
    return Meaning(kind=TimeKind.DURATION, value=duration_value(number, unit), granularity=UNITS[unit][0])


def long(phrase: Phrase) -> Meaning | None:
    """ "year-long", "decades-long" """
    if phrase.words[phrase.match.end() - 1] != "long":
        return None
    unit = phrase.unit("u")
    number = 1.0 if unit == phrase.word("u") else None
    return Meaning(kind=TimeKind.DURATION, value=duration_value(number, unit), granularity=UNITS[unit][0])


def plural(phrase: Phrase) -> Meaning | None:
    """ "for months", "within days" """
    if phrase.before() not in ("for", "in", "within", "after", "of", "took", "taken", "lasted", "last", "take"):
        return None
    unit = phrase.unit("u")
    return Meaning(kind=TimeKind.DURATION, value=duration_value(None, unit), granularity=UNITS[unit][0])


def repeated(phrase: Phrase) -> Meaning | None:
    """ "every night", "each year", "daily", "Mondays" """
    if phrase.has("often"):
        word = phrase.word("often")
        if phrase.capital("often"):
            return None  # "Daily News"
        granularity = FREQUENT.get(word, Granularity.YEAR)
        return Meaning(kind=TimeKind.SET, value=FREQUENCIES[word], granularity=granularity)
    if phrase.has("days"):
        value = f"XXXX-WXX-{WEEKDAY_NUMBERS[phrase.word('days').removesuffix('s')]}"
        last = phrase.words[phrase.match.end() - 1]
        if last in PARTS:
            return Meaning(kind=TimeKind.SET, value=f"{value}T{PARTS[last]}", granularity=Granularity.PART_OF_DAY)
        return Meaning(kind=TimeKind.SET, value=value, granularity=Granularity.DAY)
    if phrase.has("unit2"):
        unit = phrase.unit("unit2")
        return Meaning(kind=TimeKind.SET, value=duration_value(count(phrase), unit), granularity=UNITS[unit][0])
    word = phrase.word("unit")
    if word in UNITS:
        number = 2.0 if phrase.word("other") == "other" else 1.0
        return Meaning(kind=TimeKind.SET, value=duration_value(number, word), granularity=UNITS[word][0])
    if word in PARTS:
        return Meaning(kind=TimeKind.SET, value=f"XXXX-XX-XXT{PARTS[word]}", granularity=Granularity.PART_OF_DAY)
    if word in WEEKDAY_NUMBERS:
        part = f"T{PARTS[phrase.word('half')]}" if phrase.word("half") in PARTS else ""
        return Meaning(kind=TimeKind.SET, value=f"XXXX-WXX-{WEEKDAY_NUMBERS[word]}{part}",
                       granularity=Granularity.PART_OF_DAY if part else Granularity.DAY)  # fmt: skip
    if word in MONTH_NUMBERS:
        return Meaning(kind=TimeKind.SET, value=f"XXXX-{MONTH_NUMBERS[word]:02d}", granularity=Granularity.MONTH)
    return Meaning(kind=TimeKind.SET, value="P1Y", granularity=Granularity.SEASON)
