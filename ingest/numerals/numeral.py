"""The nouns of the number grammar: what a numeral is and what it can stand for."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from ingest.article import Qualifier


class NumeralKind(StrEnum):
    """What a number stands for, as far as its neighbours tell."""

    COUNT = "count"
    MONEY = "money"
    PERCENT = "percent"
    MEASURE = "measure"  # "30 kilometers"
    DURATION = "duration"  # "six weeks"
    AGE = "age"
    ORDINAL = "ordinal"
    FRACTION = "fraction"  # "two-thirds"
    DECIMAL = "decimal"  # with digits after the point and no unit
    SCORE = "score"  # "3-2"
    YEAR = "year"
    DATE = "date"  # the 11 of "June 11"
    CLOCK = "clock"  # the 9 of "9 a.m."


@dataclass(frozen=True, slots=True, kw_only=True)
class Numeral:
    """Characters start:end of a text that give a number: magnitude words belong to it, currency signs do not."""

    start: int
    end: int
    value: float
    upper: float | None = None  # the upper end of a range
    qualifier: Qualifier = Qualifier.EXACTLY
    phrase_start: int  # with the hedge ("at least 60") and the currency sign
    phrase_end: int
    kind: NumeralKind = NumeralKind.COUNT
    currency: str | None = None  # ISO 4217
    percent: bool = False


@dataclass(slots=True)
class Bare:
    """A number as written, before its neighbours are looked at."""

    start: int
    end: int
    value: float
    sign: str = ""  # the currency sign before it
    at_least: bool = False  # "dozens"
    kind: NumeralKind | None = None
    plain: bool = False  # a run of digits and nothing else
    scale: float = 1.0  # of its magnitude: 1e6 for "20 million"


def scaled(value: float, scale: float) -> float:
    """The product as it is written: 16.4 million is 16400000, where floats alone make 16399999.999999998."""
    return value if scale == 1.0 else float(Decimal(repr(value)) * Decimal(repr(scale)))
