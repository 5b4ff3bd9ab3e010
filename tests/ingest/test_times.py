"""The grammar of time expressions reads the news as its readers do."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.article import Interval
from ingest.times import Granularity, TimeExpression, TimeKind, find_times
from ingest.times.almanac import Period, part_of

PUBLISHED = date(2025, 6, 11)  # a Wednesday

# text | the expression | its value | its interval, "" for none, open ends left out
CASES = """
drones hit Kharkiv early Wednesday, killing three|early Wednesday|2025-06-11|2025-06-11/2025-06-11
launched 479 drones on Monday|Monday|2025-06-09|2025-06-09/2025-06-09
more came on Saturday evening|Saturday evening|2025-06-07TEV|2025-06-07/2025-06-07
it began late on Monday night|late on Monday night|2025-06-09TNI|2025-06-09/2025-06-09
in the early hours of Wednesday|the early hours of Wednesday|2025-06-11|2025-06-11/2025-06-11
on the night of June 3|the night of June 3|2025-06-03TNI|2025-06-03/2025-06-03
talks were held last Friday|last Friday|2025-06-06|2025-06-06/2025-06-06
they meet next Tuesday|next Tuesday|2025-06-17|2025-06-17/2025-06-17
voters choose this Sunday|this Sunday|2025-06-15|2025-06-15/2025-06-15
talks will resume on Friday|Friday|2025-06-13|2025-06-13/2025-06-13
the ministry will respond, it said Friday|Friday|2025-06-06|2025-06-06/2025-06-06
the talks are scheduled for Thursday|Thursday|2025-06-12|2025-06-12/2025-06-12
it said today|today|2025-06-11|2025-06-11/2025-06-11
late yesterday|late yesterday|2025-06-10|2025-06-10/2025-06-10
tomorrow morning|tomorrow morning|2025-06-12TMO|2025-06-12/2025-06-12
rain is due tonight|tonight|2025-06-11TNI|2025-06-11/2025-06-11
drones struck overnight|overnight|2025-06-11TNI|2025-06-10/2025-06-11
he spoke this morning|this morning|2025-06-11TMO|2025-06-11/2025-06-11
the city was shelled last night|last night|2025-06-10TNI|2025-06-10/2025-06-10
last week|last week|2025-W23|2025-06-02/2025-06-08
it opens next month|next month|2025-07|2025-07-01/2025-07-31
last year|last year|2024|2024-01-01/2024-12-31
attacked earlier this month|earlier this month|2025-06|2025-06-01/2025-06-11
later this year|later this year|2025|2025-06-11/2025-12-31
early next week|early next week|2025-W25|2025-06-16/2025-06-17
an election next spring|next spring|2026-SP|2026-03-01/2026-05-31
last winter|last winter|2024-WI|2024-12-01/2025-02-28
over the weekend|the weekend|2025-W23-WE|2025-06-07/2025-06-08
two days ago|two days ago|2025-06-09|2025-06-09/2025-06-09
a week ago|a week ago|2025-W23|2025-06-02/2025-06-08
nearly three years ago|nearly three years ago|2022|2022-01-01/2022-12-31
in 2022|2022|2022|2022-01-01/2022-12-31
Russia's 2022 invasion|2022|2022|2022-01-01/2022-12-31
an aid package in 2024,|2024|2024|2024-01-01/2024-12-31
he must leave before the end of 2022|the end of 2022|2022|/2022-12-31
in early 2024|early 2024|2024|2024-01-01/2024-04-30
in late 2023|late 2023|2023|2023-09-01/2023-12-31
in the 1990s|the 1990s|199|1990-01-01/1999-12-31
in the early 20th century|the early 20th century|19|1900-01-01/1933-04-30
in mid-June|mid-June|2025-06|2025-06-11/2025-06-20
on June 11|June 11|2025-06-11|2025-06-11/2025-06-11
Published: June 08, 2025|June 08, 2025|2025-06-08|2025-06-08/2025-06-08
on 8 June 2025|8 June 2025|2025-06-08|2025-06-08/2025-06-08
dated 2025-06-08.|2025-06-08|2025-06-08|2025-06-08/2025-06-08
dated 25/12/2024.|25/12/2024|2024-12-25|2024-12-25/2024-12-25
on Sunday, 8 June, they|Sunday, 8 June|2025-06-08|2025-06-08/2025-06-08
the 11th of June|the 11th of June|2025-06-11|2025-06-11/2025-06-11
on Feb. 24, 2022, Russia|Feb. 24, 2022|2022-02-24|2022-02-24/2022-02-24
on Dec. 24|Dec. 24|2024-12-24|2024-12-24/2024-12-24
the festival will open on Dec. 24|Dec. 24|2025-12-24|2025-12-24/2025-12-24
it is to be held on January 20|January 20|2026-01-20|2026-01-20/2026-01-20
on June 11-13|June 11-13|2025-06-11|2025-06-11/2025-06-13
in the summer of 2021|the summer of 2021|2021-SU|2021-06-01/2021-08-31
the first quarter of 2020|the first quarter of 2020|2020-Q1|2020-01-01/2020-03-31
the second half of 2024|the second half of 2024|2024-H2|2024-07-01/2024-12-31
In May 2024|May 2024|2024-05|2024-05-01/2024-05-31
in March, they|March|2025-03|2025-03-01/2025-03-31
last August|last August|2024-08|2024-08-01/2024-08-31
in September|September|2025-09|2025-09-01/2025-09-30
in December.|December|2024-12|2024-12-01/2024-12-31
a vote is due in December.|December|2025-12|2025-12-01/2025-12-31
talks have collapsed since May, with|May|2025-05|2025-05-01/2025-06-11
since 2014|2014|2014|2014-01-01/2025-06-11
since Monday's attack|Monday|2025-06-09|2025-06-09/2025-06-09
a truce until Friday.|Friday|2025-06-13|/2025-06-13
by the end of the year|the end of the year|2025|/2025-12-31
before June 1.|June 1|2025-06-01|/2025-05-31
after 2022.|2022|2022|2023-01-01/
by the end of May|the end of May|2025-05|/2025-05-31
in the past three months|the past three months|P3M|2025-03-11/2025-06-11
in recent months|recent months|PXM|/2025-06-11
in the coming weeks|the coming weeks|PXW|2025-06-11/
ending the 39-month conflict|39-month|P39M|
for six weeks|six weeks|P6W|
within 48 hours|48 hours|PT48H|
for more than two decades|more than two decades|P2DE|
three and a half years|three and a half years|P3Y6M|
a two-day visit|two-day|P2D|
for several days|several days|PXD|
at 3:15 a.m. local time|3:15 a.m. local time|2025-06-11T03:15|2025-06-11/2025-06-11
around noon|around noon|2025-06-11T12:00|2025-06-11/2025-06-11
at 9 p.m. Tuesday|9 p.m. Tuesday|2025-06-10T21:00|2025-06-10/2025-06-10
Every night, instead|Every night|XXXX-XX-XXTNI|
each year|each year|P1Y|
a daily tally|daily|P1D|
every Tuesday|every Tuesday|XXXX-WXX-2|
on Mondays|Mondays|XXXX-WXX-1|
officials are now searching|now|PRESENT_REF|
it was recently hit|recently|PAST_REF|
in the future|the future|FUTURE_REF|
""".strip().splitlines()

UNDATED = """
early Wednesday|early Wednesday|XXXX-WXX-3
on Saturday evening|Saturday evening|XXXX-WXX-6TEV
on June 11|June 11|XXXX-06-11
In May,|May|XXXX-05
last week|last week|XXXX-WXX
yesterday|yesterday|XXXX-XX-XX
today|today|PRESENT_REF
two days ago|two days ago|XXXX-XX-XX
""".strip().splitlines()

NO_TIMES = [
    "a 41-year-old pharmacist", "children as young as two years old", "he may go", "they march on", "The Sun said so",
    "the fall of Kabul", "May said so", "the Second World War", "2000 people", "1,500 soldiers", "it won 3:15",
    "people aged 12 months", "Sat down", "a 3-2 win",
]  # fmt: skip


def interval_of(written: str) -> Interval | None:
    if not written:
        return None
    start, end = (date.fromisoformat(part) if part else None for part in written.split("/"))
    return Interval(start=start, end=end)


@pytest.mark.parametrize("case", CASES)
def test_an_expression_is_read_against_the_publication_date(case: str) -> None:
    text, words, value, interval = case.split("|")
    [found] = find_times(text, PUBLISHED)
    assert (found.text, found.value, found.interval) == (words, value, interval_of(interval))


@pytest.mark.parametrize("case", UNDATED)
def test_without_a_publication_date_an_expression_stays_relative(case: str) -> None:
    text, words, value = case.split("|")
    [found] = find_times(text)
    assert (found.text, found.value, found.interval) == (words, value, None)


def test_an_absolute_date_needs_no_publication_date() -> None:
    [found] = find_times("since 24 February 2022")
    assert found.interval == Interval(start=date(2022, 2, 24), end=None)


@pytest.mark.parametrize("text", NO_TIMES)
def test_what_only_looks_like_a_time_is_left(text: str) -> None:
    assert find_times(text, PUBLISHED) == []


@pytest.mark.parametrize(
    ("text", "values", "interval"),
    [
        ("between May and July", ["2025-05", "2025-07"], "2025-05-01/2025-07-31"),
        ("from Monday to Thursday", ["2025-06-09", "2025-06-12"], "2025-06-09/2025-06-12"),
        ("from November to March", ["2024-11", "2025-03"], "2024-11-01/2025-03-31"),
        ("from September to February", ["2025-09", "2026-02"], "2025-09-01/2026-02-28"),
        ("From 2014 to 2022", ["2014", "2022"], "2014-01-01/2022-12-31"),
    ],
)
def test_both_ends_of_a_stretch_carry_the_whole(text: str, values: list[str], interval: str) -> None:
    found = find_times(text, PUBLISHED)
    assert [each.value for each in found] == values
    assert [each.interval for each in found] == [interval_of(interval)] * 2


def test_later_counts_from_the_last_day_named() -> None:
    first, second = find_times("The shelling began on June 3. Two days later it stopped.", PUBLISHED)
    assert (first.value, second.value) == ("2025-06-03", "2025-06-05")


def test_kinds_and_granularities_are_told() -> None:
    found = find_times("Early Wednesday, on Saturday evening, for six weeks, every night, in 2022.", PUBLISHED)
    assert [(each.kind, each.granularity) for each in found] == [
        (TimeKind.DATE, Granularity.PART_OF_DAY),
        (TimeKind.TIME, Granularity.PART_OF_DAY),
        (TimeKind.DURATION, Granularity.WEEK),
        (TimeKind.SET, Granularity.PART_OF_DAY),
        (TimeKind.DATE, Granularity.YEAR),
    ]


def test_blanks_more_than_one_between_words_change_no_reading() -> None:
    text = "Since 3 June and for at least 10 days the mayor has waited until Monday."
    wide = find_times(text.replace(" ", "  ").replace("at  least", "at least"), PUBLISHED)
    assert [(each.value, each.interval) for each in wide] == [
        (each.value, each.interval) for each in find_times(text, PUBLISHED)
    ]
    assert len(wide) == 3


def test_no_expression_reaches_across_a_line() -> None:
    assert [each.text for each in find_times("Strikes on Monday\nJune 3 was quiet", PUBLISHED)] == ["Monday", "June 3"]


def test_days_that_the_calendar_lacks_are_no_dates() -> None:
    assert all("31" not in each.text for each in find_times("on 31 June, on June 31, 2024", PUBLISHED))


@pytest.mark.parametrize("published", [date.min, date.max])
def test_the_ends_of_the_calendar_do_no_harm(published: date) -> None:
    text = "last week, next century, two decades ago, tomorrow, next Monday, since 2022, a century later, the weekend"
    assert find_times(text, published)


def well_formed(text: str, found: list[TimeExpression]) -> bool:
    inside = all(0 <= each.start < each.end <= len(text) and text[each.start : each.end] == each.text for each in found)
    return inside and all(left.end <= right.start for left, right in pairwise(found))


@given(st.text(), st.none() | st.dates())
def test_any_text_gives_expressions_inside_it_in_order(text: str, published: date | None) -> None:
    assert well_formed(text, find_times(text, published))


HEAP = (
    "June May march 11 11th 2022 2025 1990s '80s Monday Wed. last next this the a of two few half year years-old week "
    "days ago earlier later early late mid- end third quarter - , . 's since until between and to from every night at "
    "3:15 a.m. noon about İ \n recent now daily season summer weekend 31 dozen hundred 1/2 2025-13-41 99/99/9999 today"
)
WORDS = HEAP.split(" ")


@given(st.lists(st.sampled_from(WORDS), max_size=14), st.none() | st.dates())
def test_any_heap_of_time_words_gives_expressions_inside_it_in_order(words: list[str], published: date | None) -> None:
    text = " ".join(words)
    found = find_times(text, published)
    assert well_formed(text, found)
    assert all(
        each.interval is None
        or each.interval.start is None
        or each.interval.end is None
        or each.interval.start <= each.interval.end
        for each in found
    )


@given(st.sampled_from([grain for grain in Granularity if grain.value in ("day", "week", "month", "year")]), st.dates())
def test_a_period_holds_the_day_it_was_made_from(granularity: Granularity, day: date) -> None:
    period = Period.around(day, granularity)
    assert period.first <= day
    assert day.year == 9999 or day <= period.last


def test_early_mid_and_late_share_a_period_without_gap() -> None:
    june = Period.around(PUBLISHED, Granularity.MONTH).interval
    early, mid, late = (part_of(june, part) for part in ("early", "mid", "late"))
    assert (early.start, late.end) == (june.start, june.end)
    assert early.end and mid.start and mid.end and late.start
    assert (mid.start - early.end).days == (late.start - mid.end).days == 1
