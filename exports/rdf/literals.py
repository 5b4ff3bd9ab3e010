"""What literals mean: whether one is written as its datatype asks, and what it is worth beside others."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from math import nan

from exports.rdf.terms import PREFIXES

XSD = PREFIXES["xsd"]
STRING, DATE, WHOLE = f"{XSD}string", f"{XSD}date", f"{XSD}integer"
NUMBERS = {
    WHOLE: re.compile(r"[+-]?[0-9]+"),
    f"{XSD}decimal": re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)"),
    f"{XSD}double": re.compile(r"[+-]?(?:(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|INF)|NaN"),
}
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def well_formed(datatype: str, text: str) -> bool:
    """Whether a literal is written as its datatype asks; of datatypes that are not known here any text is."""
    if datatype in NUMBERS:
        return NUMBERS[datatype].fullmatch(text) is not None
    return datatype != DATE or day_of(text) is not None


def day_of(text: str) -> date | None:
    """The day that an xsd:date means; None when there is no such day."""
    if not _DATE.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@lru_cache(maxsize=1 << 16)
def worth(datatype: str, text: str) -> float:
    """What a number or a day is worth beside its like; anything else is in no order with anything."""
    if datatype in NUMBERS:
        return float(text) if well_formed(datatype, text) else nan
    day = day_of(text) if datatype == DATE else None
    return nan if day is None else float(day.toordinal())
