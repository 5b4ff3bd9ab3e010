"""The day of an article is found where it stands, the surest place first, and no day is made up."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.article import Article, DateSource
from ingest.readers import Note, Options, Source, read
from ingest.readers.dates import parse_day_before, read_url_date
from ingest.readers.imprint import read_dateline

TITLE = "Storm tears roofs off houses in the harbour town"
LEAD = "A storm tore the roofs off forty houses in the harbour town on Tuesday night, the mayor said."
MORE = "Two people were treated for cuts, and the ferry will not sail before the weekend."
URL = "https://news.example/2025/06/12/storm"
METADATA, DATELINE, ADDRESS, TEXT, GIVEN = DateSource


def line(first: str = "", last: str = "", **more: str) -> bytes:
    text = "\n\n".join(filter(None, [TITLE, f"{first}{LEAD}", MORE, last]))
    return json.dumps({"title": TITLE, "text": text, **more}).encode()


def article(content: bytes, name: str = "a.jsonl", fetched: date | None = None, **more: object) -> Article:
    source = Source(name=name, open=lambda: BytesIO(content), fetched=fetched, options=Options(**more))  # type: ignore[arg-type]
    (found,) = [each for each in read(source) if isinstance(each, Article)]
    return found


def dated(content: bytes, **more: object) -> tuple[date | None, DateSource | None]:
    found = article(content, **more)  # type: ignore[arg-type]
    return found.published, found.dated_by


def test_the_surest_place_gives_the_day() -> None:
    given = date(2020, 1, 1)
    first, last = "MALMO, June 11 (Gazette) — ", "Published 13 June 2025"
    assert dated(line(first, last, date="2025-06-10", url=URL), published=given) == (date(2025, 6, 10), METADATA)
    assert dated(line(first, last, url=URL), published=given) == (date(2025, 6, 11), DATELINE)
    assert dated(line("", last, url=URL), published=given) == (date(2025, 6, 12), ADDRESS)
    assert dated(line("", last), published=given) == (date(2025, 6, 13), TEXT)
    assert dated(line(), published=given) == (given, GIVEN)
    assert dated(line()) == (None, None)


def test_a_label_in_a_text_file_is_metadata_and_a_printed_line_is_text() -> None:
    page = f"{TITLE}\n\n%s\n\n{LEAD}\n\n{MORE}\n\nURL: {URL}"
    assert dated((page % "Published: June 8, 2025").encode(), name="a.txt") == (date(2025, 6, 8), METADATA)
    assert dated((page % "Sunday, June 8, 2025").encode(), name="a.txt") == (date(2025, 6, 12), ADDRESS)
    bare = page.replace(f"\n\nURL: {URL}", "")
    assert dated((bare % "Sunday, June 8, 2025").encode(), name="a.txt") == (date(2025, 6, 8), TEXT)
    assert dated((bare % "By Ada Lind, June 8, 2025").encode(), name="a.txt") == (date(2025, 6, 8), TEXT)
    front = f"---\ntitle: {TITLE}\ndate: 2025-06-08\n---\n{LEAD}\n\n{MORE}"
    assert dated(front.encode(), name="a.md") == (date(2025, 6, 8), METADATA)


@pytest.mark.parametrize(
    ("last", "day"),
    [
        ("This article was first published on 11 June 2025.", date(2025, 6, 11)),
        ("Originally published June 11, 2025 at 5:00 am", date(2025, 6, 11)),
        ("Published 11 June 2025 | Updated 14 June 2025", date(2025, 6, 11)),
        ("Last updated 14 June 2025", None),
        ("Updated: 14 June 2025", None),
        ("The report was published on 11 June 2025 by the council.", None),
        ("The ferry will sail on 11 June 2025.", None),
        ("Published last week", None),
    ],
)
def test_a_text_tells_its_day_only_in_a_line_for_it(last: str, day: date | None) -> None:
    assert dated(line(last=last)) == (day, TEXT if day else None)


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://e.example/2025/06/11/storm", date(2025, 6, 11)),
        ("https://e.example/world/2025/6/1", date(2025, 6, 1)),
        ("https://e.example/2025/jun/11/storm", date(2025, 6, 11)),
        ("https://e.example/news/2025-06-11-storm", date(2025, 6, 11)),
        ("https://e.example/storm-20250611", date(2025, 6, 11)),
        ("https://e.example/storm-20250611.html", date(2025, 6, 11)),
        ("https://e.example/english/2025-06/11/c_1.htm", date(2025, 6, 11)),
        ("https://e.example/n3/2025/0611/c90-2.html", date(2025, 6, 11)),
        ("https://e.example/a/202506/11/x.html", date(2025, 6, 11)),
        ("https://e.example/2025/06/11/after-the-storm-of-2024-01-02", date(2025, 6, 11)),
        ("https://e.example/2025/13/11/x", None),
        ("https://e.example/2025/06/31/x", None),
        ("https://e.example/x-2024-01-02-or-2024-01-03", None),
        ("https://e.example/id/12345678", None),
        ("https://e.example/v2025.06.11", None),
        ("https://2025-06-11.example/x", None),
        ("https://e.example/search?day=2025-06-11", None),
        ("not an address 20251399", None),
    ],
)
def test_an_address_carries_the_day_of_its_page_or_none(url: str, day: date | None) -> None:
    assert read_url_date(url) == day
    assert dated(line(url=url)) == (day, ADDRESS if day else None)


@given(
    day=st.dates(date(1991, 1, 1), date(2099, 12, 31)), form=st.sampled_from(["/%Y/%m/%d/", "/%Y-%m-%d-", "-%Y%m%d"])
)
def test_whatever_the_day_its_address_gives_it_back(day: date, form: str) -> None:
    assert read_url_date(f"https://e.example/news{day.strftime(form)}") == day


@given(st.text(max_size=200))
def test_no_address_makes_trouble(url: str) -> None:
    read_url_date(url)


def test_the_day_that_a_feed_gives_for_a_page_counts_where_the_page_has_none() -> None:
    day, url = date(2024, 5, 6), "https://news.example/2024/05/09/storm"
    content = json.dumps({"text": "A storm tore the roofs off forty houses in the harbour.", "url": url}).encode()
    source = Source(name="a.jsonl", open=lambda: BytesIO(content), listed=day)
    (found,) = (each for each in read(source) if isinstance(each, Article))
    assert (found.published, found.dated_by) == (day, DateSource.METADATA)
    content = json.dumps({"text": "A storm tore the roofs off forty houses.", "date": "2024-05-07"}).encode()
    (found,) = (each for each in read(source) if isinstance(each, Article))
    assert found.published == date(2024, 5, 7)


def test_the_address_that_was_fetched_counts_too() -> None:
    source = Source(name=URL, media_type="text/plain", open=lambda: BytesIO(f"{TITLE}\n\n{LEAD}".encode()), url=URL)
    (found,) = read(source)
    assert isinstance(found, Article)
    assert (found.published, found.dated_by, found.url) == (date(2025, 6, 12), ADDRESS, URL)
    (undated,) = read(replace(source, name="a.txt", url=None))
    assert isinstance(undated, Article)
    assert undated.published is None


@pytest.mark.parametrize(
    ("opening", "day", "publisher"),
    [
        ("MALMO, June 11 (Gazette) — ", date(2025, 6, 11), "Gazette"),
        ("MALMO, JUNE 11 – ", date(2025, 6, 11), None),
        ("MALMO, Sweden, 11 June - ", date(2025, 6, 11), None),
        ("Malmo [Sweden], June 11 (GNS): ", date(2025, 6, 11), "GNS"),
        ("MALMO, June 11 (GNS)—", date(2025, 6, 11), "GNS"),
        ("June 11 (Gazette) - ", date(2025, 6, 11), "Gazette"),
        ("MALMO, Dec. 30 (Gazette) – ", date(2024, 12, 30), "Gazette"),
        ("MALMO (Gazette) - ", None, "Gazette"),
        ("On Wednesday, June 11 – a day after the storm – they said: ", None, None),
        ("Wednesday, June 11 – ", None, None),
        ("In Malmo, June 11: ", None, None),
        ("Storm season, which ended – ", None, None),
    ],
)
def test_a_dateline_gives_the_day_and_the_agency(opening: str, day: date | None, publisher: str | None) -> None:
    found = article(line(opening), fetched=date(2025, 6, 12))
    assert (found.published, found.publisher) == (day, publisher)
    assert opening + LEAD in found.text


def test_a_name_with_brackets_behind_it_is_no_dateline() -> None:
    assert read_dateline("Ada Lind (Labour) – 312 votes", None).publisher is None


def test_without_any_year_a_dateline_tells_no_day() -> None:
    assert dated(line("MALMO, June 11 (Gazette) — ")) == (None, None)


def test_the_publisher_of_a_dateline_gives_way_to_one_that_is_named() -> None:
    first = "MALMO, June 11 (Gazette) — "
    assert article(line(first, publisher="Herald"), publisher="Post").publisher == "Herald"
    assert article(line(first), publisher="Post").publisher == "Gazette"
    assert article(line(), publisher="Post").publisher == "Post"


@given(last=st.dates(date(1900, 1, 1), date(2100, 1, 1)), ago=st.integers(0, 360))
def test_a_day_without_a_year_is_the_last_such_day(last: date, ago: int) -> None:
    day = last - timedelta(days=ago)
    if (day.month, day.day) != (2, 29):
        assert parse_day_before(day.strftime("%B %-d"), last) == day


def test_a_day_behind_that_of_fetching_is_dropped_with_a_note() -> None:
    content = line(date="2026-06-11", url=URL)
    source = Source(name="a.jsonl", open=lambda: BytesIO(content), fetched=date(2025, 6, 12))
    note, found = read(source)
    assert isinstance(note, Note)
    assert "the day of its metadata, 2026-06-11, was dropped: it was read before" in str(note)
    assert isinstance(found, Article)
    assert (found.published, found.dated_by) == (date(2025, 6, 12), ADDRESS)
    assert dated(content) == (date(2026, 6, 11), METADATA)  # nobody knows when it was fetched
    assert dated(line(url=URL), fetched=date(2025, 6, 11)) == (date(2025, 6, 12), ADDRESS)  # tomorrow, in the east


def test_the_start_of_computer_time_is_no_day_of_publication() -> None:
    assert dated(line(date="1970-01-01", url=URL)) == (date(2025, 6, 12), ADDRESS)


def test_a_byline_of_a_text_that_is_kept_is_understood() -> None:
    found = article(json.dumps({"text": f"{TITLE}\nBy Ada Lind\n{LEAD}\n{MORE}"}).encode())
    assert found.byline == "Ada Lind"
    assert "By Ada Lind" in found.text
