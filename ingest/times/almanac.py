"""Calendar periods as whole numbers: the period before, after and around a day, its TIMEX3 value and its ends."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from ingest.article import Interval
from ingest.times.expression import Granularity as G

SEASONS = ("SP", "SU", "FA", "WI")  # northern; a winter belongs to the year in which it begins
# Months in the periods that are made of whole months.
MONTHS_IN = {G.MONTH: 1, G.SEASON: 3, G.QUARTER: 3, G.HALF: 6, G.YEAR: 12, G.DECADE: 120, G.CENTURY: 1200}
MONDAY = date(1, 1, 1).toordinal()  # the first day of the calendar is a Monday


@dataclass(frozen=True, slots=True)
class Period:
    """The index-th day, week, month … of the calendar."""

    granularity: G
    index: int

    @classmethod
    def around(cls, day: date, granularity: G) -> Period:
        """The period in which a day lies; a weekend is that of the day's week."""
        if granularity is G.DAY:
            return cls(G.DAY, day.toordinal())
        if granularity in (G.WEEK, G.WEEKEND):
            return cls(granularity, (day.toordinal() - MONDAY) // 7)
        months = day.year * 12 + day.month - 1
        if granularity is G.SEASON:
            months -= 2  # spring begins in March
        return cls(granularity, months // MONTHS_IN[granularity])

    def shift(self, count: int) -> Period:
        """The period so many later."""
        return replace(self, index=self.index + count)

    @property
    def first(self) -> date:
        """Its first day. Raises ValueError outside the years 1-9999."""
        if self.granularity is G.DAY:
            return date.fromordinal(self.index)
        if self.granularity is G.WEEK:
            return date.fromordinal(self.index * 7 + MONDAY)
        if self.granularity is G.WEEKEND:
            return date.fromordinal(self.index * 7 + MONDAY + 5)
        months = self.index * MONTHS_IN[self.granularity] + (2 if self.granularity is G.SEASON else 0)
        return date(months // 12, months % 12 + 1, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        if self.granularity is G.WEEKEND:
            return self.first + timedelta(days=1)
        return self.shift(1).first - timedelta(days=1)

    @property
    def interval(self) -> Interval:
        """Its first and last day."""
        return Interval(start=self.first, end=self.last)

    @property
    def value(self) -> str:
        """As TIMEX3 writes it."""
        match self.granularity:
            case G.DAY:
                return self.first.isoformat()
            case G.WEEK | G.WEEKEND:
                year, week, _ = self.first.isocalendar()
                return f"{year:04d}-W{week:02d}" + ("-WE" if self.granularity is G.WEEKEND else "")
            case G.MONTH:
                return f"{self.index // 12:04d}-{self.index % 12 + 1:02d}"
            case G.SEASON:
                return f"{self.index // 4:04d}-{SEASONS[self.index % 4]}"
            case G.QUARTER:
                return f"{self.index // 4:04d}-Q{self.index % 4 + 1}"
            case G.HALF:
                return f"{self.index // 2:04d}-H{self.index % 2 + 1}"
            case G.DECADE:
                return f"{self.index:03d}"
            case G.CENTURY:
                return f"{self.index:02d}"
            case _:
                return f"{self.index:04d}"


def moved(day: date, count: int, granularity: G) -> date:
    """The day so many days, weeks, months or years away; the end of a shorter month where it has no such day."""
    if granularity in (G.DAY, G.WEEK, G.WEEKEND):
        return day + timedelta(days=count * (1 if granularity is G.DAY else 7))
    month = Period.around(day, G.MONTH).shift(count * MONTHS_IN[granularity])
    return min(month.first + timedelta(days=day.day - 1), month.last)


def part_of(interval: Interval, part: str) -> Interval:
    """The first, middle or last third of an interval: what "early", "mid" and "late" mean."""
    if interval.start is None or interval.end is None:
        return interval
    third = ((interval.end - interval.start).days + 1) / 3
    begin = {"early": 0.0, "mid": third, "late": 2 * third}[part]
    start = interval.start + timedelta(days=int(begin))
    end = interval.start + timedelta(days=max(int(begin), int(begin + third) - 1))
    return Interval(start=start, end=interval.end if part == "late" else min(end, interval.end))


def weekday_before(day: date, weekday: int) -> date:
    """The last such weekday (Monday = 1) up to and including a day."""
    return day - timedelta(days=(day.isoweekday() - weekday) % 7)


def weekday_after(day: date, weekday: int) -> date:
    """The first such weekday from a day on, the day itself included."""
    return day + timedelta(days=(weekday - day.isoweekday()) % 7)
