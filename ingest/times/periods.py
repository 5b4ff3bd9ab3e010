"""Readings of the expressions that name a week, month, season, quarter, year or anything longer."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.article import Interval
from ingest.numerals.spelled import listed
from ingest.times import almanac
from ingest.times.almanac import Period
from ingest.times.expression import Granularity, Meaning, TimeKind
from ingest.times.phrase import CALENDAR_UNITS, UNRESOLVED, Phrase, as_date, likely_year, ordinal, third
from ingest.times.words import DECADE_WORDS, MONTH_NUMBERS, REFERENCES, SEASON_CODES

# Words after which a bare year, month or season stands as a date.
LEADS = frozenset(
    listed(
        "in since last until till through during by of from to and between before after for next this late early "
        "mid throughout around on start end"
    )
)


def year_of(phrase: Phrase) -> int | None:
    """The year that an expression names itself: "of 2021", "last year"."""
    if phrase.has("year"):
        return int(phrase.word("year"))
    if phrase.published is not None and phrase.word("yearwords").endswith("year"):
        return phrase.published.year + phrase.direction("yearwords")
    return None


def in_year(phrase: Phrase, granularity: Granularity, offset: int, per_year: int, unresolved: str) -> Meaning | None:
    """The month, quarter or season of a year said, or of the one meant."""
    part = third(phrase, "part")
    year = year_of(phrase)
    if year is not None:
        return as_date(Period(granularity, year * per_year + offset), part)
    if phrase.published is None:
        return Meaning(kind=TimeKind.DATE, value=unresolved, granularity=granularity)
    now = Period.around(phrase.published, granularity)
    same = Period(granularity, now.index // per_year * per_year + offset)
    direction = phrase.direction("which") if "which" in phrase.match.re.groupindex else 0
    if direction < 0:
        return as_date(same.shift(0 if same.index < now.index else -per_year), part)
    if direction > 0:
        return as_date(same.shift(0 if same.index > now.index else per_year), part)
    if "which" in phrase.match.re.groupindex and phrase.word("which") in ("this", "that"):
        return as_date(same, part)
    if granularity is Granularity.QUARTER and offset > now.index % per_year + 1:
        return as_date(same.shift(-per_year), part)  # quarters are reported on more often than foretold
    if granularity is Granularity.QUARTER:
        return as_date(same, part)
    year = likely_year(phrase, offset * (12 // per_year) + 1)
    return as_date(Period(granularity, (year or 0) * per_year + offset), part)


def month(phrase: Phrase) -> Meaning | None:
    """ "May", "mid-June", "last August", "June 1994" """
    word = phrase.word("m")
    short = len(word.rstrip(". ")) < 5 and word.rstrip(". ") not in ("may", "june", "july")
    if short and not phrase.has("year"):
        return None  # "Jan", "Mar" and "Dec" alone are names and words
    if word in ("may", "march") and not phrase.capital("m") and not phrase.has("year"):
        return None
    if word in ("may", "march"):
        led = phrase.before() in LEADS or phrase.has("part", "which", "year", "yearwords")
        if not led and not (word == "may" and phrase.after in (",", "-", "'s")):
            return None
    elif not phrase.capital("m") and phrase.before() not in LEADS and not phrase.has("part", "which", "year"):
        return None
    number = MONTH_NUMBERS[word.rstrip(". ")]
    return in_year(phrase, Granularity.MONTH, number - 1, 12, f"XXXX-{number:02d}")


def season(phrase: Phrase) -> Meaning | None:
    """ "last fall", "summer of 2021", "the summer" """
    word, which = phrase.word("s"), phrase.word("which")
    told = phrase.has("year", "yearwords", "part") or (which and which != "the")
    if not told and (phrase.before() not in LEADS or word in ("fall", "spring")) and word != "summer":
        return None
    if not told and (not which or phrase.after == "of"):
        return None
    code = SEASON_CODES[word]
    return in_year(phrase, Granularity.SEASON, almanac.SEASONS.index(code), 4, f"XXXX-{code}")


def quarter(phrase: Phrase) -> Meaning | None:
    """ "the first quarter of 2020", "this year's third quarter", "fiscal second-quarter" """
    number = ordinal(phrase.word("o"))
    if phrase.word("u") != "quarter" or not 1 <= number <= 4 or re.match("dF?o-", phrase.match.group()):
        return None
    if phrase.has("before"):
        return as_date(Period(Granularity.QUARTER, int(phrase.word("before")) * 4 + number - 1))
    if phrase.published is not None and " year" in phrase.word("inner"):
        year = phrase.published.year + phrase.direction("inner")
        return as_date(Period(Granularity.QUARTER, year * 4 + number - 1))
    return in_year(phrase, Granularity.QUARTER, number - 1, 4, f"XXXX-Q{number}")


def half(phrase: Phrase) -> Meaning | None:
    """ "the first half of 2020", "second half of the year" """
    which = phrase.word("o")
    number = {"first": 1, "second": 2, "last": 2}.get(which)
    year = year_of(phrase)
    if year is None and phrase.published is not None and phrase.word("yearwords").endswith("year"):
        year = phrase.published.year
    if number is None or year is None:
        return None
    return as_date(Period(Granularity.HALF, year * 2 + number - 1))


def century(phrase: Phrase) -> Meaning | None:
    """ "the early 20th century" """
    number = ordinal(phrase.word("o"))
    if phrase.word("u") != "century" or not 2 <= number <= 90:
        return None
    return as_date(Period(Granularity.CENTURY, number - 1), third(phrase, "part"))


def decade(phrase: Phrase) -> Meaning | None:
    """ "the 1990s", "mid-'80s", "the nineties" """
    word = phrase.word("d").lstrip("'’").removesuffix("s")
    if phrase.word("d") in DECADE_WORDS:
        if "the" not in phrase.match.group() and "d" not in phrase.match.group():
            return None
        index = 190 + DECADE_WORDS[phrase.word("d")]
    elif len(word) == 4:
        index = int(word) // 10
    else:
        if "d" not in phrase.match.group() and not phrase.word("d").startswith(("'", "’")):
            return None
        index = 190 + int(word) // 10 + (10 if int(word) < 30 else 0)
    return as_date(Period(Granularity.DECADE, index), third(phrase, "part"))


def unit(phrase: Phrase) -> Meaning | None:
    """ "last week", "earlier this month", "the end of the year", "the weekend" """
    word, which = phrase.word("u"), phrase.word("which")
    granularity = CALENDAR_UNITS.get(word)
    base = phrase.told_from("which")
    plain = which == "the"
    if granularity is None or (plain and word not in ("week", "weekend", "month", "quarter", "year")):
        return None
    if "j" in phrase.match.group("which") and which not in ("the full", "the whole"):
        return None
    if plain and phrase.after in ("of", "-", "that", "when"):
        return None
    if which in ("these", "those", "same", "full", "entire", "corresponding", "comparable", "the last"):
        return None
    if word == "day" and not which.startswith(("next", "the next", "following", "the following", "previous",
                                               "the previous", "this", "that", "that same", "the same")):  # fmt: skip
        return None
    if which.startswith("the ") and word != "quarter":
        base = phrase.anchor
    if base is None:
        return Meaning(kind=TimeKind.DATE, value=UNRESOLVED[granularity], granularity=granularity)
    period = Period.around(base, granularity).shift(phrase.direction("which"))
    if word == "quarter" and not phrase.direction("which") and which not in ("this", "the current", "current"):
        period = period.shift(-1)  # companies report on the quarter before
    if (
        word == "weekend"
        and not phrase.direction("which")
        and which != "this"
        and base.isoweekday() < 6
        and not phrase.future
    ):
        period = period.shift(-1)
    meaning = as_date(period, third(phrase, "part"))
    interval = period.interval
    if "earlier" in phrase.word("part") and interval.start is not None:
        meaning = replace(meaning, interval=Interval(start=interval.start, end=max(base, interval.start)))
    elif "later" in phrase.word("part") and interval.end is not None:
        meaning = replace(meaning, interval=Interval(start=min(base, interval.end), end=interval.end))
    return meaning


def year_end(phrase: Phrase) -> Meaning | None:
    """ "year-end", "year's end" """
    granularity = CALENDAR_UNITS.get(phrase.word("u"))
    if granularity not in (Granularity.YEAR, Granularity.MONTH) or phrase.word("part") != "end":
        return None
    if phrase.published is None:
        return Meaning(kind=TimeKind.DATE, value=UNRESOLVED[granularity], granularity=granularity)
    return as_date(Period.around(phrase.published, granularity), "late")


def is_counted(word: str) -> bool:
    """Whether a word looks like what a number counts: a plural."""
    return word in ("people", "men", "women", "children") or (word.endswith("s") and word not in ("was", "is", "has"))


def bare_year(phrase: Phrase) -> Meaning | None:
    """ "2022", "early 2024", "fiscal 1989", "2010-15": where a year is likelier than a count."""
    number = int(phrase.word("y"))
    before, after = phrase.before(), phrase.after
    told = phrase.has("part") or "F" in phrase.match.group() or before in LEADS
    if before in ("$", "£", "€", "#", "no", "than", "least", "nearly", "almost", "to $") or after in ("%", "/", ":"):
        return None
    if not told and not 1900 <= number <= 2059:
        return None
    if number < 1400 and before not in ("in", "since"):
        return None
    if phrase.letter_after in "UPu" and not told:
        return None
    if phrase.letter_after == "x" and before not in ("in", "since", "the", "'s", "of") and is_counted(after):
        return None
    period = Period(Granularity.YEAR, number)
    meaning = as_date(period, third(phrase, "part"))
    if phrase.has("until"):
        digits = phrase.word("until").split()[-1]
        last = int(str(number)[: 4 - len(digits)] + digits)
        if not number < last < number + 100:
            return None
        meaning = replace(meaning, interval=Interval(start=period.first, end=Period(Granularity.YEAR, last).last))
    return meaning


def reference(phrase: Phrase) -> Meaning | None:
    """ "now", "recently", "the future" """
    word = phrase.word("r", "to_come", "now", "gone")
    if word not in REFERENCES or (word == "recent" and phrase.before() == "most"):
        return None
    if phrase.has("to_come") != (word == "future") or (word == "past") != phrase.has("gone"):
        return None
    return Meaning(kind=TimeKind.DATE, value=REFERENCES[word], granularity=Granularity.VAGUE)
