"""Calendar periods as whole numbers: the period before, after and around a day, its TIMEX3 value and its ends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from ingest.article import Interval
from ingest.times.expression import Granularity

SEASONS = ("SP", "SU", "FA", "WI")  # northern; a winter belongs to the year in which it begins
# Months in the periods that are made of whole months.
MONTHS_IN = {
    Granularity.MONTH: 1,
    Granularity.SEASON: 3,
    Granularity.QUARTER: 3,
    Granularity.HALF: 6,
    Granularity.YEAR: 12,
    Granularity.DECADE: 120,
    Granularity.CENTURY: 1200,
}
MONDAY = date(1, 1, 1).toordinal()  # the first day of the calendar is a Monday


@dataclass(frozen=True, slots=True)
class Period:
    """The index-th day, week, month … of the calendar."""

    granularity: Granularity
    index: int

    @classmethod
    def around(cls, day: date, granularity: Granularity) -> Period:
        """The period in which a day lies; a weekend is that of the day's week."""
        if granularity is Granularity.DAY:
            return cls(Granularity.DAY, day.toordinal())
        if granularity in (Granularity.WEEK, Granularity.WEEKEND):
            return cls(granularity, (day.toordinal() - MONDAY) // 7)
        months = day.year * 12 + day.month - 1
        if granularity is Granularity.SEASON:
            months -= 2  # spring begins in March
        return cls(granularity, months // MONTHS_IN[granularity])

    def shift(self, count: int) -> Period:
        """The period so many later."""
        return Period(self.granularity, self.index + count)

    @property
    def first(self) -> date:
        """Its first day. Raises ValueError outside the years 1-9999."""
        if self.granularity is Granularity.DAY:
            return date.fromordinal(self.index)
        if self.granularity is Granularity.WEEK:
            return date.fromordinal(self.index * 7 + MONDAY)
        if self.granularity is Granularity.WEEKEND:
            return date.fromordinal(self.index * 7 + MONDAY + 5)
        months = self.index * MONTHS_IN[self.granularity] + (2 if self.granularity is Granularity.SEASON else 0)
        return date(months // 12, months % 12 + 1, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        if self.granularity is Granularity.WEEKEND:
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
            case Granularity.DAY:
                return self.first.isoformat()
            case Granularity.WEEK | Granularity.WEEKEND:
                year, week, _ = self.first.isocalendar()
                return f"{year:04d}-W{week:02d}" + ("-WE" if self.granularity is Granularity.WEEKEND else "")
            case Granularity.MONTH:
                return f"{self.index // 12:04d}-{self.index % 12 + 1:02d}"
            case Granularity.SEASON:
                return f"{self.index // 4:04d}-{SEASONS[self.index % 4]}"
            case Granularity.QUARTER:
                return f"{self.index // 4:04d}-Q{self.index % 4 + 1}"
            case Granularity.HALF:
                return f"{self.index // 2:04d}-H{self.index % 2 + 1}"
            case Granularity.DECADE:
                return f"{self.index:03d}"
            case Granularity.CENTURY:
                return f"{self.index:02d}"
            case _:
                return f"{self.index:04d}"


def moved(day: date, count: int, granularity: Granularity) -> date:
    """The day so many days, weeks, months or years away; the end of a shorter month where it has no such day."""
    if granularity in (Granularity.DAY, Granularity.WEEK, Granularity.WEEKEND):
        return day + timedelta(days=count * (1 if granularity is Granularity.DAY else 7))
    month = Period.around(day, Granularity.MONTH).shift(count * MONTHS_IN[granularity])
    return min(month.first + timedelta(days=day.day - 1), month.last)


def part_of(interval: Interval, part: str) -> Interval:
    """The first, middle or last third of an interval: what "early", "mid" and "late" mean."""
    if interval.start is None or interval.end is None:
        return interval
    which = ("early", "mid", "late").index(part)
    months = (
        Period.around(interval.end, Granularity.MONTH).index
        - Period.around(interval.start, Granularity.MONTH).index
        + 1
    )
    if interval.start.day == 1 and months % 3 == 0:
        first = Period.around(interval.start, Granularity.MONTH).shift(which * months // 3)
        return Interval(start=first.first, end=first.shift(months // 3 - 1).last)
    days = (interval.end - interval.start).days + 1
    start = interval.start + timedelta(days=which * days // 3)
    return Interval(start=start, end=interval.start + timedelta(days=max((which + 1) * days // 3, 1) - 1))


def weekday_before(day: date, weekday: int) -> date:
    """The last such weekday (Monday = 1) up to and including a day."""
    return day - timedelta(days=(day.isoweekday() - weekday) % 7)


def weekday_after(day: date, weekday: int) -> date:
    """The first such weekday from a day on, the day itself included."""
    return day + timedelta(days=(weekday - day.isoweekday()) % 7)
