"""Numbers in print: whether two are one, however written, and which are but dates."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.numerals.spelled import SMALL_NUMBERS
from ingest.times.words import MONTH_NUMBERS

_DIGITS = frozenset("0123456789")
_TELLING = 2  # digits, so that a number may be another one rounded
_THOUSANDS = (1e3, 1e6, 1e9)  # "two mln", "2,000,000"
_YEARS = ("19", "20")  # how the numbers of four digits begin that are years


def figure(word: str) -> str:
    """A number in figures, without what marks thousands: "12" of "twelve"; "" for other words. In small letters."""
    if word[0] in _DIGITS:
        return ".".join(word.replace(",", "").split(".")[:2])
    return str(SMALL_NUMBERS[word]) if word in SMALL_NUMBERS else ""


def alike(one: str, other: str) -> bool:
    """Whether two figures may give one number: "9148000" and "9.1" (million), "7" and "7.0", since many are rounded."""
    first, second = sorted((float(one), float(other)))
    if first == second:
        return True
    short, long = sorted((_significant(one), _significant(other)), key=len)
    if short == long:
        return "." in one + other or second / (first or 1) in _THOUSANDS
    if len(short) < _TELLING:
        return False
    behind = 10 ** (len(long) - len(short))
    return long.startswith(short) or (int(long) + behind // 2) // behind == int(short)


def _significant(figure: str) -> str:
    """The digits that tell: zeros at the end of a whole number only say how large it is."""
    return figure.replace(".", "").lstrip("0") if "." in figure else figure.strip("0")


def is_date(words: Sequence[str], place: int) -> bool:
    """Whether a number is a year, or stands beside a month: it tells of the day of printing as often as of the news."""
    number = words[place]
    if len(number) == 4 and number.startswith(_YEARS):
        return True
    return any(word in MONTH_NUMBERS for word in words[max(0, place - 1) : place + 2])
