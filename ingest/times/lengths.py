"""Readings of the expressions that say how long, how often, or how far from another day."""

from __future__ import annotations

from ingest.article import Interval
from ingest.numerals import spelled_value
from ingest.times import almanac
from ingest.times.almanac import Period
from ingest.times.expression import Granularity as G
from ingest.times.expression import Meaning, TimeKind
from ingest.times.phrase import CALENDAR_UNITS, Phrase
from ingest.times.points import UNRESOLVED, as_date
from ingest.times.words import FREQUENCIES, MONTH_NUMBERS, PARTS, UNITS, WEEKDAY_NUMBERS

VAGUE_COUNTS = frozenset({"few", "several", "couple", "many", "some"})
# Words after which "a week" or "months" is a length of time and no rate ("$5 a week").
BEFORE_LENGTHS = frozenset(
    "for in within after of than about nearly almost over least under until took takes take lasted lasting last spend "
    "spent every during around approximately roughly within only just half quite".split()
)
RATES = frozenset("once twice times shares share dollars cents percent barrels people pounds tons miles hours".split())


def count(phrase: Phrase) -> float | None:
    """The number of units; None when the words leave it open ("a few", "12 to 18")."""
    words = phrase.word("n").replace("-", " ").split()
    if not words:
        return 1.0
    if words == ["a", "couple"] or words == ["a", "couple", "of"]:
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
    written = "X" if number is None else f"{number:g}"
    if unit == "fortnight" and number is not None:
        written = f"{2 * number:g}"
    return "P" + UNITS[unit][1].format(written)


def age(phrase: Phrase) -> Meaning | None:
    """ "41-year-old" is an age and no time: its words are read and given up."""
    return None


def ago(phrase: Phrase) -> Meaning | None:
    """ "two days ago", "a week later", "nearly four years ago" """
    unit, way = phrase.unit("u"), phrase.word("way")
    number = count(phrase)
    if not phrase.has("n") and not phrase.match.group().lstrip("q").startswith("a"):
        if phrase.unit("u") == phrase.word("u"):
            return None  # "day ago" lacks its article
        number = None
    granularity = CALENDAR_UNITS.get(unit)
    base = phrase.published if way == "ago" else phrase.anchor
    if number is None:
        if way != "ago":
            return Meaning(kind=TimeKind.DURATION, value=duration_value(None, unit), granularity=UNITS[unit][0])
        interval = Interval(start=None, end=base) if base else None
        return Meaning(kind=TimeKind.DATE, value="PAST_REF", granularity=G.VAGUE, interval=interval)
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
    """ "the year-ago quarter", "the year-earlier period" """
    if phrase.published is None:
        return None
    granularity = G.YEAR if phrase.word("u") == "period" else CALENDAR_UNITS.get(phrase.word("u"), G.YEAR)
    period = Period.around(phrase.published, granularity)
    if granularity is G.QUARTER:
        return as_date(period.shift(-5))
    return as_date(Period.around(almanac.moved(phrase.published, -1, G.YEAR), granularity))


def stretch(phrase: Phrase) -> Meaning | None:
    """ "the past three months", "the next few days", "recent weeks": a length that ends or begins at the publication."""
    unit, which = phrase.unit("u"), phrase.word("which")
    number = count(phrase) if phrase.has("n") else None
    granularity = UNITS[unit][0]
    direction = phrase.direction("which")
    if "recent" in which:
        direction = -1
    if not phrase.has("n"):
        if which in ("these", "those") and unit == "day":
            return Meaning(kind=TimeKind.DATE, value="PRESENT_REF", granularity=G.VAGUE)
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
    bare_article = not phrase.has("n")
    if bare_article:
        before = phrase.before()
        if before in RATES or before.endswith(("%", "cents")) or before.replace(",", "").isdigit():
            return Meaning(kind=TimeKind.SET, value=duration_value(1, unit), granularity=UNITS[unit][0])
        if not letters.startswith("q") and before not in BEFORE_LENGTHS:
            return None
        if unit == "quarter":
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
    if phrase.words.words[phrase.match.end() - 1] != "long":
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
        granularity = {"nightly": G.PART_OF_DAY, "hourly": G.HOUR, "daily": G.DAY, "weekly": G.WEEK,
                       "monthly": G.MONTH, "quarterly": G.QUARTER}.get(word, G.YEAR)  # fmt: skip
        return Meaning(kind=TimeKind.SET, value=FREQUENCIES[word], granularity=granularity)
    if phrase.has("days"):
        value = f"XXXX-WXX-{WEEKDAY_NUMBERS[phrase.word('days').removesuffix('s')]}"
        last = phrase.words.words[phrase.match.end() - 1]
        if last in PARTS:
            return Meaning(kind=TimeKind.SET, value=f"{value}T{PARTS[last]}", granularity=G.PART_OF_DAY)
        return Meaning(kind=TimeKind.SET, value=value, granularity=G.DAY)
    if phrase.has("unit2"):
        unit = phrase.unit("unit2")
        return Meaning(kind=TimeKind.SET, value=duration_value(count(phrase), unit), granularity=UNITS[unit][0])
    word = phrase.word("unit")
    if word in UNITS:
        number = 2.0 if phrase.word("other") == "other" else 1.0
        return Meaning(kind=TimeKind.SET, value=duration_value(number, word), granularity=UNITS[word][0])
    if word in PARTS:
        return Meaning(kind=TimeKind.SET, value=f"XXXX-XX-XXT{PARTS[word]}", granularity=G.PART_OF_DAY)
    if word in WEEKDAY_NUMBERS:
        part = f"T{PARTS[phrase.word('half')]}" if phrase.word("half") in PARTS else ""
        return Meaning(kind=TimeKind.SET, value=f"XXXX-WXX-{WEEKDAY_NUMBERS[word]}{part}",
                       granularity=G.PART_OF_DAY if part else G.DAY)  # fmt: skip
    if word in MONTH_NUMBERS:
        return Meaning(kind=TimeKind.SET, value=f"XXXX-{MONTH_NUMBERS[word]:02d}", granularity=G.MONTH)
    return Meaning(kind=TimeKind.SET, value="P1Y", granularity=G.SEASON)
