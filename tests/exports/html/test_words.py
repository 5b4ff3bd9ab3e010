"""Days and numbers as the page writes them."""

from __future__ import annotations

from datetime import date

import pytest

from exports.html.words import counted, days, number, shortened


@pytest.mark.parametrize(
    ("first", "last", "written"),
    [
        (date(2024, 5, 14), date(2024, 5, 14), "14 May 2024"),
        (date(2024, 5, 14), date(2024, 5, 15), "14–15 May 2024"),
        (date(2024, 4, 30), date(2024, 5, 1), "30 April 2024 – 1 May 2024"),
        (date(2024, 5, 17), None, "from 17 May 2024"),
        (None, date(2024, 5, 17), "by 17 May 2024"),
        (None, None, ""),
    ],
)
def test_a_stretch_of_days_reads_well(first: date | None, last: date | None, written: str) -> None:
    assert days(first, last) == written


def test_numbers_have_their_thousands_set_apart() -> None:
    assert [number(4.0), number(12500.0), number(1.5), number("none")] == ["4", "12,500", "1.5", "none"]


def test_nouns_agree_with_their_numbers() -> None:
    assert [counted(1, "event", "events"), counted(2000, "event", "events")] == ["1 event", "2,000 events"]


def test_long_texts_are_cut_between_words() -> None:
    assert shortened("one two three", 9) == "one two…"
    assert shortened("one  two", 9) == "one two"
    assert len(shortened("x" * 50, 9)) == 10
