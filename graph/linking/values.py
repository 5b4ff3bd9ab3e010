"""Numbers in print: whether two are one, however written, and which are but dates."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.numerals.spelled import SMALL_NUMBERS
from ingest.times.words import MONTH_NUMBERS

_YEARS = ("19", "20")  # how the numbers of four digits begin that are years


def digits(word: str) -> str:
    """The digits of a number, "12" of "twelve"; "" for other words. The word is given without capitals."""
    if word[0].isdigit():
        return word if word.isdecimal() else "".join(filter(str.isdigit, word))
    return str(SMALL_NUMBERS[word]) if word in SMALL_NUMBERS else ""


def alike(one: str, other: str) -> bool:
    """Whether two numbers may be one, given their digits: "9,148,000" and "9.1 mln", since one is often rounded."""
    if one == other:
        return True
    short, long = sorted((one.strip("0"), other.strip("0")), key=len)
    if len(short) < 2 or not (short.isdecimal() and long.isdecimal()):
        return False
    rounded = round(int(long) / 10 ** (len(long) - len(short)))
    return long.startswith(short) or str(rounded).rstrip("0") == short


def is_date(words: Sequence[str], place: int) -> bool:
    """Whether a number is a year, or stands beside a month: it tells of the day of printing as often as of the news."""
    number = words[place]
    if len(number) == 4 and number.startswith(_YEARS):
        return True
    return any(word in MONTH_NUMBERS for word in words[max(0, place - 1) : place + 2])
