"""The nouns of the time grammar: what a time expression is and how coarse it can be."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ingest.article import Interval


class TimeKind(StrEnum):
    """TIMEX3's four kinds of time expression."""

    DATE = "DATE"  # a day or anything longer on the calendar
    TIME = "TIME"  # a part of a day or a clock time
    DURATION = "DURATION"
    SET = "SET"  # "every night"


class Granularity(StrEnum):
    """The calendar unit in which an expression speaks."""

    SECOND = "second"
    MINUTE = "minute"
    HOUR = "hour"
    CLOCK = "clock time"
    PART_OF_DAY = "part of day"
    DAY = "day"
    WEEKEND = "weekend"
    WEEK = "week"
    MONTH = "month"
    SEASON = "season"
    QUARTER = "quarter"
    HALF = "half year"
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"
    VAGUE = "vague"


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeExpression:
    """Characters start:end of a text that say when, how long or how often.

    The span follows TIMEX3: articles, "early" and "nearly" belong to it, prepositions do not. The interval does
    heed the preposition: "since May" opens May's end up to the publication, and both ends of "between May and July"
    carry the whole stretch.
    """

    start: int
    end: int
    text: str
    kind: TimeKind
    value: str  # TIMEX3: 2025-06-11, 2025-W24, 2025-06-11TNI, P39M, XXXX-WXX-3 when it cannot be resolved, PRESENT_REF
    interval: Interval | None
    granularity: Granularity


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What a rule of the grammar makes of its words."""

    kind: TimeKind
    value: str
    granularity: Granularity
    interval: Interval | None = None
