"""Publication dates as newspapers print them; nothing is guessed that the words leave open."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from urllib.parse import unquote

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_CLOCK = r"\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:[.,]\d+)?\s*(?:[ap]\.?m\.?)?"
_ZONE = r"(?:Z|(?:[A-Z]{1,4})?[+-]\d\d?(?::?\d\d)?|[A-Z]{1,4})?(?:\s*\([A-Z]{1,5}\)|\[[\w/+-]{1,40}\])?"
_TIME = rf"(?:[,T\s]*(?:at\s+)?{_CLOCK}\s*{_ZONE})?"
_FORMS = tuple(
    re.compile(rf"{_WEEKDAY}{form}{_TIME}", re.IGNORECASE)
    for form in (
        rf"{_MONTH}\s+{_DAY},?\s+{_YEAR}",
        rf"{_DAY}[\s-]+(?:of\s+)?{_MONTH}[\s,-]+{_YEAR}",
        rf"{_YEAR}[-/.](?P<number>\d\d?)[-/.]{_DAY}",
        rf"{_MONTH}\s+{_DAY}\s+{_CLOCK}\s*{_ZONE}\s*{_YEAR}",
        rf"{_YEAR}(?P<number>\d\d){_DAY}T\d{{4,6}}(?:\.\d+)?{_ZONE}",
    )
)
_NUMBERS = re.compile(rf"(?P<first>\d\d?)(?P<mark>[/.-])(?P<second>\d\d?)(?P=mark){_YEAR}{_TIME}", re.IGNORECASE)
_FIGURES = re.compile(r"(?P<year>(?:19|20)\d\d)(?P<number>\d\d)(?P<day>\d\d)(?:\d{4}|\d{6})?")
_EPOCH = re.compile(r"(?P<seconds>\d{9,10})(?P<finer>\d{3}|\d{6}|\d{9})?(?:\.\d*)?")
# Seconds from here on (in 2030) begin as a year does: 2025061112 may be an hour of 2025.
_LAST_SECOND = 1_900_000_000
_NO_YEAR = tuple(re.compile(form, re.IGNORECASE) for form in (rf"{_MONTH}\s+{_DAY}", rf"{_DAY}\s+{_MONTH}"))

# Addresses of web pages; the web began in 1991. Folders come first: a name may hold the day of what it tells of.
_URL_PATH = re.compile(r"\w+:/{1,3}[^/]*")
_URL_YEAR = r"(?P<year>(?:199\d|20\d\d))"
_URL_MONTH, _URL_DAY = r"(?P<month>0[1-9]|1[0-2])", r"(?P<day>0[1-9]|[12]\d|3[01])"
_URL_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"/{_URL_YEAR}/(?P<month>0?[1-9]|1[0-2]|{'|'.join(_MONTHS)})/(?P<day>0?[1-9]|[12]\d|3[01])(?!\d|\.\d)",
        rf"/{_URL_YEAR}[-_]?{_URL_MONTH}[-_/]?{_URL_DAY}(?=/|$)",
        rf"/{_URL_YEAR}/{_URL_MONTH}{_URL_DAY}(?!\d)",
        rf"(?<![\d.]){_URL_YEAR}([-_]){_URL_MONTH}\2{_URL_DAY}(?!\d)",
        rf"(?<![\d.]){_URL_YEAR}{_URL_MONTH}{_URL_DAY}(?!\d|\.\d)",
    )
)


def parse_date(words: str, *, day_first: bool | None = None) -> date | None:
    """The day that a whole line of words names, or None; "03/04/2025" names two days and so none.

    `day_first` says what is known of others from the same hand; it is heeded where the figures leave it open.
    """
    words = words.strip().strip(".").strip()
    for form in _FORMS:
        if found := form.fullmatch(words):
            parts = found.groupdict()
            return _day(parts["year"], parts.get("number") or _month(parts["month"]), parts["day"])
    if found := _NUMBERS.fullmatch(words):
        first, second = int(found["first"]), int(found["second"])
        if found["mark"] == "." or first > 12:  # a dot is the day-first world's mark
            return _day(found["year"], second, first)
        if second > 12 or first == second:
            return _day(found["year"], first, second)
        if day_first is not None:
            return _day(found["year"], second, first) if day_first else _day(found["year"], first, second)
    return None


def parse_stamp(value: object, *, day_first: bool | None = None) -> date | None:
    """The day that a field made for a date gives: also as a number, YYYYMMDD or seconds since 1970 and finer, in UTC.

    A time with a zone gives the day that it names there.
    """
    if isinstance(value, date):
        return value.date() if isinstance(value, datetime) else value
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    words = f"{value:.0f}" if isinstance(value, float) else str(value).strip()
    if (found := _FIGURES.fullmatch(words)) and (day := _day(found["year"], found["number"], found["day"])):
        return day
    if found := _EPOCH.fullmatch(words):
        seconds = int(found["seconds"])
        return datetime.fromtimestamp(seconds, UTC).date() if seconds < _LAST_SECOND else None
    return parse_date(words, day_first=day_first)


def day_comes_first(values: Iterable[str]) -> bool | None:
    """Whether dates of one column have the day before the month, as those tell that can be read one way only."""
    found = [match for value in values if (match := _NUMBERS.fullmatch(value.strip())) and match["mark"] != "."]
    is_day_first = any(int(each["first"]) > 12 for each in found)
    is_month_first = any(int(each["second"]) > 12 for each in found)
    return is_day_first if is_day_first != is_month_first else None


def parse_day_near(words: str, known: date | None) -> date | None:
    """The day that words without a year name ("June 11"), in the year that brings it closest to a known date."""
    for form in _NO_YEAR:
        if known and (found := form.fullmatch(words.strip())):
            years = (known.year - 1, known.year, known.year + 1)
            days = [day for year in years if (day := _day(year, _month(found["month"]), found["day"]))]
            return min(days, key=lambda day: abs(day - known), default=None)
    return None


def parse_day_before(words: str, last: date) -> date | None:
    """The latest day, not after a given one, that words without a year name."""
    near = parse_day_near(words, last)
    return parse_day_near(words, last - timedelta(days=183)) if near and near > last else near


def read_url_date(url: str) -> date | None:
    """The day that the path of an address carries as its folder or in its name; None where there are two."""
    path = unquote(_URL_PATH.sub("", url[:2000])).split("?")[0].split("#")[0]
    for form in _URL_FORMS:
        days = {day for found in form.finditer(path) if (day := _url_day(found))}
        if days:
            return days.pop() if len(days) == 1 else None
    return None


def _url_day(found: re.Match[str]) -> date | None:
    month = found["month"]
    return _day(found["year"], month if month.isdigit() else _month(month), found["day"])


def _month(name: str) -> int:
    return _MONTHS.index(name[:3].lower()) + 1


def _day(year: str | int, month: str | int, day: str | int) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
