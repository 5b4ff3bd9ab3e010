"""The grammar of numbers reads figures and words with their hedges, units and ranges."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.article import Qualifier
from ingest.numerals import Numeral, NumeralKind, find_numerals
from ingest.numerals.spelled import read_spelled, spelled_value

# text | the number | the phrase with its hedge | value, or the ends of a range | qualifier | kind
CASES = """
three civilians were killed|three|three|3|exactly|count
at least 60 wounded|60|at least 60|60|at least|count
leaving nearly 60 injured|60|nearly 60|60|nearly|count
over 300 drones|300|over 300|300|more than|count
an 85-drone offensive|85|85|85|exactly|count
over 12,000 civilian deaths|12,000|over 12,000|12000|more than|count
479 drones|479|479|479|exactly|count
seventeen houses|seventeen|seventeen|17|exactly|count
twenty-one people|twenty-one|twenty-one|21|exactly|count
one hundred and five men|one hundred and five|one hundred and five|105|exactly|count
two thousand three hundred men|two thousand three hundred|two thousand three hundred|2300|exactly|count
a dozen homes|a dozen|a dozen|12|exactly|count
more than a dozen homes|a dozen|more than a dozen|12|more than|count
two dozen homes|two dozen|two dozen|24|exactly|count
dozens of homes|dozens|dozens|24|at least|count
scores of people|scores|scores|40|at least|count
hundreds of people|hundreds|hundreds|200|at least|count
thousands fled|thousands|thousands|2000|at least|count
tens of thousands fled|tens of thousands|tens of thousands|20000|at least|count
hundreds of thousands fled|hundreds of thousands|hundreds of thousands|200000|at least|count
several hundred fled|several hundred|several hundred|200|at least|count
a yield of 5-1/2 pct|5-1/2|5-1/2|5.5|exactly|percent
half a million people|half a million|half a million|500000|exactly|count
a million people|a million|a million|1000000|exactly|count
one and a half million people|one and a half million|one and a half million|1500000|exactly|count
a million and a half people|a million and a half|a million and a half|1500000|exactly|count
12.5 million people|12.5 million|12.5 million|12500000|exactly|count
£16.9bn of goods|16.9bn|£16.9bn|16900000000|exactly|money
16.4 million homes|16.4 million|16.4 million|16400000|exactly|count
8.2 to 16.4 million homes|8.2 to 16.4 million|8.2 to 16.4 million|8200000-16400000|range|decimal
131.75 cents|131.75|131.75|1.3175|exactly|money
a couple of houses|a couple|a couple|2|about|count
12 lakh voters|12 lakh|12 lakh|1200000|exactly|count
1,00,000 voters|1,00,000|1,00,000|100000|exactly|count
between 10 and 20 people|10 and 20|between 10 and 20|10-20|range|count
10 to 20 homes|10 to 20|10 to 20|10-20|range|count
10-20 homes|10-20|10-20|10-20|range|count
12 or 13 dead|12 or 13|12 or 13|12-13|range|count
two to three people|two to three|two to three|2-3|range|count
one or two people|one or two|one or two|1-2|range|count
2-3 million people|2-3 million|2-3 million|2000000-3000000|range|count
10 million to 12 million people|10 million to 12 million|10 million to 12 million|10000000-12000000|range|count
no fewer than 7 died|7|no fewer than 7|7|at least|count
no more than 5 died|5|no more than 5|5|up to|count
more than 40 homes|40|more than 40|40|more than|count
above 40 homes|40|above 40|40|more than|count
well over 200 homes|200|well over 200|200|more than|count
almost 40 homes|40|almost 40|40|nearly|count
close to 40 homes|40|close to 40|40|nearly|count
about 40 homes|40|about 40|40|about|count
around 40 homes|40|around 40|40|about|count
some 300 homes|300|some 300|300|about|count
roughly 50 homes|50|roughly 50|50|about|count
approximately 50 homes|50|approximately 50|50|about|count
an estimated 1,500 homes|1,500|an estimated 1,500|1500|about|count
about 20 or so homes|20|about 20 or so|20|about|count
up to 40 homes|40|up to 40|40|up to|count
as many as 12 homes|12|as many as 12|12|up to|count
less than 10 homes|10|less than 10|10|less than|count
fewer than ten homes|ten|fewer than ten|10|less than|count
under 20 homes|20|under 20|20|less than|count
just under 30 homes|30|just under 30|30|less than|count
30 or more homes|30|30 or more|30|at least|count
60 at least were hurt|60|60 at least|60|at least|count
100-plus homes|100|100-plus|100|at least|count
100+ homes|100|100+|100|at least|count
one person died|one|one|1|exactly|count
one killed|one|one|1|exactly|count
at least one person|one|at least one|1|at least|count
2000 people|2000|2000|2000|exactly|count
1500 soldiers|1500|1500|1500|exactly|count
12 may die|12|12|12|exactly|count
a 41-year-old pharmacist|41|41|41|exactly|age
as young as two years old|two|two|2|exactly|age
minors aged 2 to 15|2 to 15|2 to 15|2-15|range|age
died at the age of 74|74|74|74|exactly|age
from 2014 to 2020|2014 to 2020|from 2014 to 2020|2014-2020|range|year
Jane Smith, 41, said|41|41|41|exactly|age
in 2022|2022|2022|2022|exactly|year
Russia's 2022 invasion|2022|2022|2022|exactly|year
on June 11|11|11|11|exactly|date
on 12 May|12|12|12|exactly|date
at 9 a.m.|9|9|9|exactly|clock
for six weeks|six|six|6|exactly|duration
a two-day visit|two|two|2|exactly|duration
30 kilometers away|30|30|30|exactly|measure
a 500-pound bomb|500|500|500|exactly|measure
5km away|5|5|5|exactly|measure
a 3.7 magnitude|3.7|3.7|3.7|exactly|decimal
12.5 percent|12.5|12.5|12.5|exactly|percent
10-15 percent|10-15|10-15|10-15|range|percent
nearly 40%|40|nearly 40|40|nearly|percent
won 3-2|3-2|3-2|3|exactly|score
the 21st|21st|21st|21|exactly|ordinal
the second strike|second|second|2|exactly|ordinal
a quarter of voters|a quarter|a quarter|0.25|exactly|fraction
""".strip().splitlines()

MONEY = """
$1.2 billion|1.2 billion|$1.2 billion|1200000000|USD
50 billion euro|50 billion|50 billion|50000000000|EUR
€3m|3m|€3m|3000000|EUR
£5bn|5bn|£5bn|5000000000|GBP
Rs 200 crore|200 crore|Rs 200 crore|2000000000|INR
5 lakh rupees|5 lakh|5 lakh|500000|INR
US$5|5|US$5|5|USD
more than $2 million|2 million|more than $2 million|2000000|USD
$10 to $20 million|10 to $20 million|$10 to $20 million|10000000-20000000|USD
50 cents|50|50|0.5|USD
millions of dollars|millions|millions|2000000|USD
three million Canadian dollars|three million|three million|3000000|CAD
""".strip().splitlines()

NO_NUMERALS = [
    "one of the worst attacks", "no one knew", "no-one got injured", "every one got help",
    "they helped one another", "this one is", "call 555-123-4567",
    "call +380 44 123 4567", "an S-300 battery", "Su-27", "under Article 5", "a Boeing 737", "a Boeing 737-232",
    "F-16s", "the 1990s",
    "at 3:15", "on 2025-06-11", "on 9/11", "1. ", "World War Two", "MH17", "4x4", "someone", "often",
]  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_a_number_is_read_with_its_hedge_and_kind(case: str) -> None:
    text, words, phrase, value, qualifier, kind = case.split("|")
    [found] = find_numerals(text)
    assert text[found.start : found.end] == words
    assert text[found.phrase_start : found.phrase_end] == phrase
    assert [found.value] + ([found.upper] if found.upper else []) == [float(part) for part in value.split("-")]
    assert (found.qualifier, found.kind) == (Qualifier(qualifier), NumeralKind(kind))
    assert found.percent == (kind == "percent")


@pytest.mark.parametrize("case", MONEY)
def test_money_has_its_currency(case: str) -> None:
    text, words, phrase, value, currency = case.split("|")
    [found] = find_numerals(text)
    assert (text[found.start : found.end], text[found.phrase_start : found.phrase_end]) == (words, phrase)
    assert [found.value] + ([found.upper] if found.upper else []) == [float(part) for part in value.split("-")]
    assert (found.kind, found.currency) == (NumeralKind.MONEY, currency)


@pytest.mark.parametrize("text", NO_NUMERALS)
def test_what_only_looks_like_a_number_is_left(text: str) -> None:
    assert find_numerals(text) == []


def test_a_rise_from_one_number_to_another_is_no_range() -> None:
    assert [(each.value, each.upper) for each in find_numerals("The toll rose from 10 to 20.")] == [
        (10, None),
        (20, None),
    ]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("At least 2 800 people fled.", [2800]),
        ("It set aside 1 250 000 dollars.", [1_250_000]),
        ("Some 10\u202f000 homes burnt.", [10_000]),
        ("Between 1 200 and 1 500 came.", [1200]),
        ("On June 3 800 people fled.", [3, 800]),
        ("On June 3 1 200 people fled.", [3, 1200]),
        ("In 2019 200 people died.", [2019, 200]),
        ("In week 3 500 people fell ill.", [3, 500]),
        ("She won 10 300-metre races.", [10, 300]),
        ("Call 555 123 4567.", [555, 123, 4567]),
    ],
)
def test_thousands_may_be_set_apart_by_spaces(text: str, values: list[float]) -> None:
    assert [each.value for each in find_numerals(text)] == values


def test_two_numbers_in_a_row_stay_two() -> None:
    assert [each.value for each in find_numerals("killing three, injuring 60 and seven more")] == [3, 60, 7]


def test_the_numbers_of_a_list_are_left_and_those_after_them_kept() -> None:
    assert [each.value for each in find_numerals("Toll:\n1. Kharkiv: 3 dead\n2. Kyiv: 5 dead")] == [3, 5]


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("forty two", 42),
        ("a hundred", 100),
        ("two million five", 2_000_005),
        ("three four", None),
        ("", None),
        ("7", 7),
    ],
)
def test_words_that_spell_one_number_are_added_up(words: str, value: float | None) -> None:
    assert spelled_value(words.split()) == value


def test_reading_stops_where_the_words_make_no_number() -> None:
    assert read_spelled(["twenty", "thirty"]) == (20, 1)


def well_formed(text: str, found: list[Numeral]) -> bool:
    inside = all(
        0 <= each.phrase_start <= each.start < each.end <= each.phrase_end <= len(text)
        and (each.upper is None or each.upper > each.value)
        for each in found
    )
    return inside and all(left.end <= right.start for left, right in pairwise(found))


@given(st.text())
def test_any_text_gives_numerals_inside_it_in_order(text: str) -> None:
    assert well_formed(text, find_numerals(text))


HEAP = (
    "one two twenty hundred thousand million dozen dozens a half and or to - – between from at least more than no over "
    "$ € US$ 10 20 1,200 3.5 2022 % percent dollars lakh crore years old May 11 st 21st third of the İ . , \n + -plus "
    "1. (2) 3:15 5m bn tens several few couple one-third 0 007"
)
WORDS = HEAP.split(" ")


@given(st.lists(st.sampled_from(WORDS), max_size=14), st.sampled_from([" ", "", "-"]))
def test_any_heap_of_number_words_gives_numerals_inside_it_in_order(words: list[str], glue: str) -> None:
    text = glue.join(words)
    assert well_formed(text, find_numerals(text))


@given(st.integers(0, 999_999))
def test_a_number_with_thousands_marks_comes_back(number: int) -> None:
    [found] = find_numerals(f"They counted {number:,} houses.")
    assert found.value == number
