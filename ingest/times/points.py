"""Readings of the expressions that name a point on the calendar: days, parts of days, clock times, months, years."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from ingest.article import Interval
from ingest.times import almanac
from ingest.times.almanac import Period
from ingest.times.expression import Granularity as G
from ingest.times.expression import Meaning, TimeKind
from ingest.times.phrase import CALENDAR_UNITS, Phrase
from ingest.times.words import (
    DECADE_WORDS,
    MONTH_NUMBERS,
    ORDINALS,
    PARTS,
    REFERENCES,
    SEASON_CODES,
    THIRDS,
    WEEKDAY_NUMBERS,
)

# Without words on the future a month or day more than so many months ahead lies in the year before.
AHEAD = 6
BEHIND = 9  # and with them, one more than so many months back lies in the year after
UNRESOLVED = {
    G.DAY: "XXXX-XX-XX", G.WEEK: "XXXX-WXX", G.WEEKEND: "XXXX-WXX-WE", G.MONTH: "XXXX-XX", G.QUARTER: "XXXX-QX",
    G.YEAR: "XXXX", G.DECADE: "XXX", G.CENTURY: "XX",
}  # fmt: skip
# Words after which a bare year, month or season stands as a date.
LEADS = frozenset(
    "in since last until till through during by of from to and between before after for next this late early mid "
    "throughout around on start end".split()
)


def ordinal(word: str) -> int:
    """The number of "third" or "3rd"; 0 when it is none."""
    digits = "".join(char for char in word if char in "0123456789")
    return int(digits) if digits else ORDINALS.get(word, 0)


def third(phrase: Phrase, *groups: str) -> str:
    """"early", "mid" or "late", whichever the words say; "" when none."""
    return next((THIRDS[word] for word in phrase.word(*groups).split() if word in THIRDS), "")


def as_date(period: Period, part: str = "") -> Meaning:
    """A calendar period, or its early, middle or late part."""
    interval = period.interval
    if part and period.granularity is not G.DAY:
        interval = almanac.part_of(interval, part)
    return Meaning(kind=TimeKind.DATE, value=period.value, granularity=period.granularity, interval=interval)


def clock_value(words: str) -> str | None:
    """ "3:15 a.m. local time" → T03:15; None when no clock shows such a time."""
    parts = words.replace("a.m", "am").replace("p.m", "pm").replace(":", " ").replace(".", " ").split()
    if "noon" in parts or "midday" in parts:
        return "T12:00"
    if "midnight" in parts:
        return "T24:00"
    numbers = [int(part) for part in parts if part.isdigit()]
    if not numbers:
        numbers = [SPOKEN_HOURS[part] for part in parts if part in SPOKEN_HOURS]
    if not numbers or numbers[0] > 24 or (len(numbers) > 1 and numbers[1] > 59):
        return None
    hour = numbers[0]
    if "am" in parts or "pm" in parts:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if "pm" in parts else 0)
    return f"T{hour:02d}:{numbers[1] if len(numbers) > 1 else 0:02d}"


SPOKEN_HOURS = {
    name: number
    for number, name in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), 1)
}


def on_day(phrase: Phrase, day: date | None, unresolved: str) -> Meaning | None:
    """A day with the clock time or part of day that goes with it."""
    value = day.isoformat() if day else unresolved
    interval = Interval(start=day, end=day) if day else None
    named = [PARTS[word] for word in f"{phrase.word('part')} {phrase.word('half')}".split() if word in PARTS]
    if phrase.has("clock"):
        clock = clock_value(phrase.word("clock"))
        if clock is None:
            return None
        return Meaning(kind=TimeKind.TIME, value=value + clock, granularity=G.CLOCK, interval=interval)
    if named:
        return Meaning(
            kind=TimeKind.TIME, value=f"{value}T{named[0]}", granularity=G.PART_OF_DAY, interval=interval
        )
    granularity = G.PART_OF_DAY if third(phrase, "part") or "hours" in phrase.word("part") else G.DAY
    return Meaning(kind=TimeKind.DATE, value=value, granularity=granularity, interval=interval)


def iso(phrase: Phrase) -> Meaning | None:
    """2025-06-11"""
    return as_date(Period.around(date.fromisoformat(phrase.word("day")), G.DAY))


def slashed(phrase: Phrase) -> Meaning | None:
    """11/02/89: the month first, unless it cannot be one."""
    first, second, year = (int(part) for part in phrase.word("day").split("/"))
    month, day = (first, second) if first <= 12 else (second, first)
    if year < 100:
        year += 1900 if year > 50 else 2000
    return as_date(Period.around(date(year, month, day), G.DAY))


def likely_year(phrase: Phrase, month: int) -> int | None:
    """The year of a month told without one."""
    if phrase.published is None:
        return None
    distance = month - phrase.published.month
    if phrase.future:
        return phrase.published.year + (1 if distance < -BEHIND or distance < -2 else 0)
    return phrase.published.year - (1 if distance > AHEAD else -1 if distance < -BEHIND - 1 else 0)


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
    if spelled and group == "m2" and "of" not in phrase.words.words[phrase.match.start("d2") : phrase.match.end()]:
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
        return Meaning(kind=TimeKind.SET, value=value, granularity=G.PART_OF_DAY)
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
    return Meaning(kind=TimeKind.TIME, value=value, granularity=G.PART_OF_DAY, interval=interval)


def part_of_day(phrase: Phrase) -> Meaning | None:
    """ "this morning", "last night", "the next morning", "mid-afternoon" """
    code = PARTS[phrase.word("half", "half2")]
    which = phrase.word("which")
    if which in ("these", "those") or phrase.word("half", "half2").endswith("s"):
        return None
    base = phrase.anchor if which.startswith("the ") else phrase.told_from("which")
    if base is None or not which:
        base = phrase.anchor if phrase.anchor and phrase.anchor != phrase.published else None
        value = base.isoformat() if base else "XXXX-XX-XX"
        interval = Interval(start=base, end=base) if base else None
        return Meaning(kind=TimeKind.TIME, value=f"{value}T{code}", granularity=G.PART_OF_DAY, interval=interval)
    day = base + timedelta(days=phrase.direction("which"))
    return Meaning(
        kind=TimeKind.TIME,
        value=f"{day.isoformat()}T{code}",
        granularity=G.PART_OF_DAY,
        interval=Interval(start=day, end=day),
    )


def clock(phrase: Phrase) -> Meaning | None:
    """ "at 3:15 a.m. local time", "around noon": of a day that the text does not say here."""
    value = clock_value(phrase.word("clock"))
    plain = not {"m", "k", "K", "z"} & set(phrase.match.group("clock"))
    if value is None or (plain and phrase.before() not in ("at", "by", "around", "about", "until", "from", "before")):
        return None
    return Meaning(kind=TimeKind.TIME, value=value, granularity=G.CLOCK)


def year_of(phrase: Phrase) -> int | None:
    """The year that an expression names itself: "of 2021", "last year"."""
    if phrase.has("year"):
        return int(phrase.word("year"))
    if phrase.published is not None and phrase.word("yearwords").endswith("year"):
        return phrase.published.year + phrase.direction("yearwords")
    return None


def in_year(phrase: Phrase, granularity: G, offset: int, per_year: int, unresolved: str) -> Meaning | None:
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
    year = likely_year(phrase, offset * (12 // per_year) + 1)
    return as_date(Period(granularity, (year or 0) * per_year + offset), part)


def month(phrase: Phrase) -> Meaning | None:
    """ "May", "mid-June", "last August", "June 1994" """
    word = phrase.word("m")
    short = len(word.rstrip(". ")) < 5 and word.rstrip(". ") not in ("may", "june", "july")
    if short and not phrase.has("year"):
        return None  # "Jan", "Mar" and "Dec" alone are names and words
    if word in ("may", "march"):
        led = phrase.before() in LEADS or phrase.has("part", "which", "year", "yearwords")
        if not phrase.capital("m") and not (led and phrase.has("which", "year")):
            return None
        if not led and not (word == "may" and phrase.after in (",", "-", "'s")):
            return None
    elif not phrase.capital("m") and phrase.before() not in LEADS and not phrase.has("part", "which", "year"):
        return None
    number = MONTH_NUMBERS[word.rstrip(". ")]
    return in_year(phrase, G.MONTH, number - 1, 12, f"XXXX-{number:02d}")


def season(phrase: Phrase) -> Meaning | None:
    """ "last fall", "summer of 2021", "the summer" """
    word, which = phrase.word("s"), phrase.word("which")
    told = phrase.has("year", "yearwords", "part") or (which and which != "the")
    if not told and (phrase.before() not in LEADS or word in ("fall", "spring")) and word != "summer":
        return None
    if not told and (not which or phrase.after == "of"):
        return None
    code = SEASON_CODES[word]
    return in_year(phrase, G.SEASON, almanac.SEASONS.index(code), 4, f"XXXX-{code}")


def quarter(phrase: Phrase) -> Meaning | None:
    """ "the first quarter of 2020", "this year's third quarter", "fiscal second-quarter" """
    number = ordinal(phrase.word("o"))
    if phrase.word("u") != "quarter" or not 1 <= number <= 4:
        return None
    if phrase.has("before"):
        return as_date(Period(G.QUARTER, int(phrase.word("before")) * 4 + number - 1))
    if phrase.published is not None and " year" in phrase.word("inner"):
        year = phrase.published.year + phrase.direction("inner")
        return as_date(Period(G.QUARTER, year * 4 + number - 1))
    return in_year(phrase, G.QUARTER, number - 1, 4, f"XXXX-Q{number}")


def half(phrase: Phrase) -> Meaning | None:
    """ "the first half of 2020", "second half of the year" """
    which = phrase.word("o")
    number = {"first": 1, "second": 2, "last": 2}.get(which)
    year = year_of(phrase)
    if year is None and phrase.published is not None and phrase.word("yearwords").endswith("year"):
        year = phrase.published.year
    if number is None or year is None:
        return None
    return as_date(Period(G.HALF, year * 2 + number - 1))


def century(phrase: Phrase) -> Meaning | None:
    """ "the early 20th century" """
    number = ordinal(phrase.word("o"))
    if phrase.word("u") != "century" or not 2 <= number <= 90:
        return None
    return as_date(Period(G.CENTURY, number - 1), third(phrase, "part"))


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
    return as_date(Period(G.DECADE, index), third(phrase, "part"))


def unit(phrase: Phrase) -> Meaning | None:
    """ "last week", "earlier this month", "the end of the year", "the weekend" """
    word, which = phrase.word("u"), phrase.word("which")
    granularity = CALENDAR_UNITS.get(word)
    base = phrase.told_from("which")
    plain = which == "the"
    if granularity is None or (plain and word not in ("week", "weekend", "month", "quarter", "year")):
        return None
    if plain and phrase.after in ("of", "-", "that", "when"):
        return None
    if which in ("these", "those", "same", "full", "entire", "corresponding", "comparable", "the last"):
        return None
    if word == "day" and not which.startswith(("next", "the next", "following", "the following", "previous",
                                               "the previous", "this", "that", "the same")):  # fmt: skip
        return None
    if which.startswith("the ") and word != "quarter":
        base = phrase.anchor
    if base is None:
        return Meaning(kind=TimeKind.DATE, value=UNRESOLVED[granularity], granularity=granularity)
    period = Period.around(base, granularity).shift(phrase.direction("which"))
    if word == "quarter" and not phrase.direction("which") and which not in ("this", "the current", "current"):
        period = period.shift(-1)  # companies report on the quarter before
    if word == "weekend" and not phrase.direction("which") and which != "this" and base.isoweekday() < 6 \
            and not phrase.future:
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
    if granularity not in (G.YEAR, G.MONTH) or phrase.word("part") != "end":
        return None
    if phrase.published is None:
        return Meaning(kind=TimeKind.DATE, value=UNRESOLVED[granularity], granularity=granularity)
    return as_date(Period.around(phrase.published, granularity), "late")


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
    if phrase.letter_after == "x" and before not in ("in", "since", "the", "'s", "of") and after.endswith("s"):
        return None
    period = Period(G.YEAR, number)
    meaning = as_date(period, third(phrase, "part"))
    if phrase.has("until"):
        digits = phrase.word("until").split()[-1]
        last = int(str(number)[: 4 - len(digits)] + digits)
        if not number < last < number + 100:
            return None
        meaning = replace(meaning, interval=Interval(start=period.first, end=Period(G.YEAR, last).last))
    return meaning


def reference(phrase: Phrase) -> Meaning | None:
    """ "now", "recently", "the future" """
    word = phrase.word("r", "now")
    if word not in REFERENCES or (word == "recent" and phrase.before() == "most"):
        return None
    return Meaning(kind=TimeKind.DATE, value=REFERENCES[word], granularity=G.VAGUE)
