"""Finds the numbers of a text: each read, joined with the second of its range, then told apart by its neighbours."""

from __future__ import annotations

import re

from ingest.article import Qualifier
from ingest.numerals.context import (
    CODE_WORDS,
    CURRENCY_AFTER,
    NO_NUMBER,
    NOBODY,
    PERCENT,
    counts,
    hedge,
    kind_of,
    word_before,
)
from ingest.numerals.numeral import Bare, Numeral, NumeralKind, scaled
from ingest.numerals.reading import FIRST, JUNK, SIGN, read_number
from ingest.numerals.spelled import lowered

LINK = re.compile(r"\s?[-–]\s?|\s(?:to|or|and)\s")
SIGN_HERE = re.compile(r"(?:(?:us|nz|hk|[acs])?\$|[£€¥₹])\s?")
LEAD = re.compile(r"\b(?:between|from)\s$")
BETWEEN = re.compile(r"\bbetween\s(?:the\s)?(?:ages\sof\s)?\S{0,3}$")
# "rose from 10 to 20" tells of two numbers, and of no range.
CHANGE = re.compile(
    r"\b(?:rose|rise|rising|fell|fall|increase[ds]?|drop(?:ped)?|climb(?:ed)?|up|down|cut|raised?|grew|grow|jump(?:ed)?"
    r"|declined?|reduced?|went|slip(?:ped)?|lift(?:ed)?|widen(?:ed)?|narrow(?:ed)?|chang(?:e|ed))\b[^.;]*\bfrom\s\S?$"
)


def find_numerals(text: str) -> list[Numeral]:
    """The numbers of a text in order, none overlapping another.

    Every kind is returned and the caller picks. Left out are telephone numbers, dates and clock times written in
    digits, list numbers, codes ("S-300", "Article 5") and "one" as a pronoun. "Dozens" is at least 24 and "hundreds"
    at least 200: a plural says two or more. A range has its upper end and the qualifier RANGE.
    """
    lower = lowered(text)
    found: list[Numeral] = []
    place = 0
    while first := FIRST.search(lower, place):
        start = first.start()
        if first[0][0] <= "9" and (junk := JUNK.match(lower, start)):
            place = junk.end()
            continue
        bare = read_number(lower, start)
        if bare is None:
            place = first.end()
            while place < len(lower) and first[0][0] <= "9" and "0" <= lower[place] <= "9":
                place += 1
            continue
        place = max(bare.end, start + 1)
        numeral = with_neighbours(text, lower, bare)
        if numeral is not None:
            found.append(numeral)
            place = numeral.end
    return found


def second_of_range(lower: str, first: Bare) -> Bare | None:
    """The second number of "10 to 20", "10-20", "12 or 13", "between 10 and 20"; None when there is none."""
    if first.kind is not None or first.at_least:
        return None
    middle = PERCENT.match(lower, first.end) or CURRENCY_AFTER.match(lower, first.end)
    link = LINK.match(lower, middle.end() if middle else first.end)
    if link is None:
        return None
    word = link[0].strip()
    if word == "and" and not BETWEEN.search(lower[max(0, first.start - 26) : first.start]):
        return None
    if word == "to" and CHANGE.search(lower[max(0, first.start - 70) : first.start]):
        return None
    sign = SIGN_HERE.match(lower, link.end())
    place = sign.end() if sign else link.end()
    if not FIRST.match(lower, place) or JUNK.match(lower, place):
        return None
    second = read_after_link(lower, place)
    if second is None or second.kind is not None or second.at_least or (first.sign == "" and second.sign != ""):
        return None
    if PERCENT.match(lower, first.end) and not PERCENT.match(lower, second.end):
        return None  # "rose 8% to 4.7 million"
    return second


def read_after_link(lower: str, place: int) -> Bare | None:
    """The number after a dash or a word; a dash before it does not make it a code."""
    shifted = read_number(lower[place : place + 60], 0)
    if shifted is None:
        return None
    shifted.start, shifted.end = shifted.start + place, shifted.end + place
    sign = SIGN.search(lower[max(0, place - 5) : place])
    shifted.sign = sign[1] if sign else ""
    return shifted


def with_neighbours(text: str, lower: str, bare: Bare) -> Numeral | None:
    """The number with its kind, unit, range and hedge; None for codes and pronouns."""
    before = word_before(lower, bare.start)
    if before in CODE_WORDS and bare.plain:
        return None
    if before in ("in", "war") and NO_NUMBER.search(lower[max(0, bare.start - 14) : bare.start]):
        return None
    second = second_of_range(lower, bare)
    if second is None and lower[bare.start : bare.end] == "one":
        nobody = NOBODY.search(lower[max(0, bare.start - 6) : bare.start])  # "no-one"
        if nobody or not counts(lower, bare):
            return None
    value, upper, last, scored = bare.value, None, bare, False
    if second is not None:
        if bare.scale == 1.0 and second.scale > 1.0 and scaled(value, second.scale) < second.value:
            value = scaled(value, second.scale)  # "10 to 20 million"
        if second.value > value:
            upper, last = second.value, second
        elif bare.plain and second.plain and not bare.sign:
            scored, last = True, second
    kind, currency, factor = kind_of(text, lower, bare, last)
    if scored and kind is NumeralKind.COUNT:
        kind = NumeralKind.SCORE
    start, end = bare.start, last.end
    signed = SIGN.search(lower[max(0, start - 5) : start]) if bare.sign else None
    opening = start - (len(signed[0]) if signed else 0)
    qualifier, phrase_start, phrase_end = hedge(lower, opening, end)
    if upper is not None:
        qualifier = Qualifier.RANGE
        lead = LEAD.search(lower[max(0, phrase_start - 9) : phrase_start])
        phrase_start -= len(lead[0]) if lead else 0
    elif qualifier is None:
        qualifier = Qualifier.AT_LEAST if bare.at_least else Qualifier.EXACTLY
        if lower.startswith("a couple", start):
            qualifier = Qualifier.ABOUT
    return Numeral(
        start=start, end=end, value=scaled(value, factor), upper=None if upper is None else scaled(upper, factor),
        qualifier=qualifier, phrase_start=phrase_start, phrase_end=phrase_end, kind=kind, currency=currency,
        percent=kind is NumeralKind.PERCENT,
    )  # fmt: skip
