"""The day that a field of a page names, as written there: in its own zone, never turned into another."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

from ingest.readers.dates import parse_date

_ISO = re.compile(r"([+-]?\d{4})-?(\d\d)-?(\d\d)(?!\d).*", re.DOTALL)
_MAIL = re.compile(r"(?:[A-Za-z]{3,9},?\s+)?(\d{1,2})[\s-]+([A-Za-z]{3,9})[\s-]+(\d{4})\b.*", re.DOTALL)  # RFC 822
_CLOCK = re.compile(
    r"(?:[A-Za-z]{3}\s+)([A-Za-z]{3})\s+(\d{1,2})\s+(?:[\d:]+\s+(?:[A-Z]{2,5}\s+)?)?(\d{4})\b.*"
)  # ctime
_SECONDS = re.compile(r"\d{9,10}(?:\.\d+)?|\d{12,13}")
_TRAILING = re.compile(r"\s*(?:[|,–—-]|\bat\b)?\s*\d{1,2}[:.]\d\d.*", re.DOTALL)
EARLIEST = date(1900, 1, 1)
_UNSET = date(1970, 1, 1)  # where programs count from: what they write when they do not know


def read_day(words: object, latest: date | None = None) -> date | None:
    """The day of a field, or None: not understood, not set, or more than a day later than could be known."""
    if isinstance(words, bool) or not isinstance(words, str | int | float):
        return None
    day = _read(str(words).strip()[:100])
    if day is None or day < EARLIEST or day == _UNSET:
        return None
    return None if latest and day > latest + timedelta(days=1) else day  # it is tomorrow already in Auckland


def _read(words: str) -> date | None:
    if found := _ISO.fullmatch(words):
        return _day(*found.groups())
    if _SECONDS.fullmatch(words):
        seconds = float(words) / (1000 if len(words) >= 12 and "." not in words else 1)
        return datetime.fromtimestamp(seconds, UTC).date()
    if found := _MAIL.fullmatch(words):
        return parse_date(f"{found[1]} {found[2]} {found[3]}")
    if found := _CLOCK.fullmatch(words):
        return parse_date(f"{found[1]} {found[2]}, {found[3]}")
    return parse_date(words) or parse_date(_TRAILING.sub("", words))


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
