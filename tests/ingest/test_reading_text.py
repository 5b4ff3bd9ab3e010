"""Articles are found in text files of every shape that news is saved in."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest import readers
from ingest.article import Article
from ingest.readers import Options, Source
from ingest.readers.text import compose

LEAD = "A storm tore the roofs off forty houses in the harbour town on Tuesday night, the mayor said."
MORE = "Two people were treated for cuts, and the ferry will not sail before the weekend."
TITLE = "Storm Tears Roofs Off Houses in Harbour Town"


def read(text: str, defaults: Options | None = None) -> Article:
    source = Source(name="storm.txt", open=lambda: BytesIO(text.encode()), options=defaults or Options())
    (article,) = readers.read(source)
    assert isinstance(article, Article)
    return article


def parts(article: Article) -> list[str]:
    return [article.text[start:end] for start, end in article.paragraphs]


@pytest.mark.parametrize(
    "text",
    [
        f"{TITLE}\n\n{LEAD}\n\n{MORE}",
        f"{TITLE}\n{LEAD}\n{MORE}",
        f"Title: {TITLE}\n\n{LEAD}\n\n{MORE}",
        f"# {TITLE}\n\n{LEAD}\n\n{MORE}",
        f"{TITLE}\n=====\n\n{LEAD}\n\n{MORE}",
        f"**{TITLE}**\r\n\r\n{LEAD}\r\n\r\n{MORE}",
        f"{LEAD}\n### {TITLE}\n\n### {TITLE}\n{MORE}\n{MORE}",
        f"{LEAD}\n{TITLE}\n{MORE}",
        f"---\ntitle: '{TITLE}'\n---\n{LEAD}\n\n{MORE}",
        f"\ufeff{TITLE}\n\n{LEAD}\n\n---\n\n{MORE}\n\n{LEAD}",
    ],
)
def test_the_title_comes_first_wherever_it_stands(text: str) -> None:
    article = read(text)
    assert article.title == TITLE
    assert parts(article) == [TITLE, LEAD, MORE]
    assert article.text == f"{TITLE}\n\n{LEAD}\n\n{MORE}"


@pytest.mark.parametrize(
    "title", ["Is the Storm Over?", "Forty Roofs Later...", "“We Will Stay”", "No Ferry to the U.S."]
)
def test_a_first_line_may_end_in_any_mark_but_a_full_stop(title: str) -> None:
    assert read(f"{title}\n\n{LEAD}\n\n{MORE}").title == title
    assert read(f"The storm is over.\n\n{LEAD}\n\n{MORE}").title == ""


def test_bullet_points_before_a_title_are_paragraphs_after_it() -> None:
    article = read(f"- Roofs are gone.\n* The ferry waits.\n{LEAD}\n{TITLE}\n{MORE}")
    assert parts(article) == [TITLE, "Roofs are gone.", "The ferry waits.", LEAD, MORE]


def test_subheads_are_paragraphs_and_never_the_title() -> None:
    article = read(f"{LEAD}\n\nNo Ferry\n\n{MORE}\n\nWhat Comes Next\n\nThe town council meets on Friday.")
    assert article.title == ""
    assert parts(article)[1] == "No Ferry"


def test_a_quotation_keeps_the_name_that_signs_it() -> None:
    quote = "“We will have roofs again by winter.”"
    assert f"{quote} – Mayor Ada Lind" in parts(read(f"{TITLE}\n{LEAD}\n{quote} – Mayor Ada Lind"))
    assert f"{quote} – Mayor Ada Lind" in parts(read(f"{TITLE}\n{LEAD}\n{quote}\n– Mayor Ada Lind"))


@pytest.mark.parametrize(
    ("line", "published", "publisher", "byline"),
    [
        ("Published: June 08, 2025", date(2025, 6, 8), None, None),
        ("**Published:** 8 June 2025", date(2025, 6, 8), None, None),
        ("Date: 2025-06-08T10:30:00Z", date(2025, 6, 8), None, None),
        ("Sunday, June 8, 2025", date(2025, 6, 8), None, None),
        ("By Ada Lind and Bo Ek", None, None, "Ada Lind and Bo Ek"),
        ("By Ada Lind | June 8th, 2025", date(2025, 6, 8), None, "Ada Lind"),
        ("By Ada Lind, June 8, 2025 | Updated: June 9, 2025", date(2025, 6, 8), None, "Ada Lind"),
        ("Source: Harbour Gazette", None, "Harbour Gazette", None),
        ("Date: 25/12/2024", date(2024, 12, 25), None, None),
        ("Posted on: Dec 25, 2024 at 9:15 pm EST", date(2024, 12, 25), None, None),
    ],
)
@pytest.mark.parametrize(
    "form", ["{title}\n\n{line}\n\n{lead}\n\n{more}", "{title}\n\n{lead}\n\n{more}\n\n---\n\n{line}\n"]
)
def test_what_a_page_says_of_itself_is_read_and_is_no_paragraph(
    form: str, line: str, published: date | None, publisher: str | None, byline: str | None
) -> None:
    article = read(form.format(title=TITLE, line=line, lead=LEAD, more=MORE))
    assert parts(article) == [TITLE, LEAD, MORE]
    assert (article.published, article.publisher, article.byline) == (published, publisher, byline)


@pytest.mark.parametrize(
    "line",
    [
        "By Tuesday Evening",
        "By then the harbour was closed.",
        "Published: yesterday",
        "Date: 03/04/2025",  # the third of April or the fourth of March
        "Date: February 30, 2025",
        "Warning: the ferry may not sail",
    ],
)
def test_lines_that_only_look_like_an_imprint_stay_in_the_text(line: str) -> None:
    article = read(f"{TITLE}\n\n{line}\n\n{LEAD}\n\n{MORE}")
    assert line in parts(article)
    assert article.published is None
    assert article.byline is None


@pytest.mark.parametrize(
    ("dateline", "known", "published", "publisher"),
    [
        ("MALMO, June 11, 2025 (Gazette) — ", None, date(2025, 6, 11), "Gazette"),
        ("MALMO, Sweden, 11 June 2025 - ", None, date(2025, 6, 11), None),
        ("MALMO, June 11 (Gazette) — ", None, None, "Gazette"),
        ("MALMO, Dec. 30 (Gazette) – ", date(2025, 1, 2), date(2024, 12, 30), "Gazette"),
        ("MALMO (Gazette) -- ", None, None, "Gazette"),
    ],
)
def test_a_dateline_tells_the_date_and_stays_in_the_text(
    dateline: str, known: date | None, published: date | None, publisher: str | None
) -> None:
    article = read(f"{TITLE}\n\n{dateline}{LEAD}\n\n{MORE}", Options(published=known))
    assert article.published == published
    assert article.publisher == publisher
    assert f"{dateline}{LEAD}" in parts(article)


def test_defaults_fill_only_what_the_text_leaves_open() -> None:
    defaults = Options(published=date(2020, 1, 1), publisher="Gazette")
    article = read(f"{TITLE}\n\n{LEAD}\n\nPublished: June 08, 2025", defaults)
    assert article.published == date(2025, 6, 8)
    assert article.publisher == "Gazette"


def test_wrapped_lines_are_put_together_again() -> None:
    text = """Storm Tears Roofs Off Houses

A storm tore the roofs off forty houses in the harbour town on
Tuesday night, the mayor said. Two people were treated for cuts in
the hospital.
    The ferry will not sail before the weekend, since its pier was
torn loose and lies on the beach of the next village."""
    assert [part[:12] for part in parts(read(text))] == ["Storm Tears ", "A storm tore", "The ferry wi"]


def test_markdown_and_html_marks_leave_only_their_words() -> None:
    text = f"# {TITLE}\n\n"
    text += "> The **mayor** said *two* [houses](http://example.org/a_(b)) fell &amp; `one` burnt<br>down.\n\n"
    text += "![a roof](roof.png)\n\nThe file_name_here costs 5 * 3 * 2 \\* coins, 3 <5 and 7> 6."
    assert parts(read(text))[1:] == [
        "The mayor said two houses fell & one burnt down.",
        "The file_name_here costs 5 * 3 * 2 * coins, 3 <5 and 7> 6.",
    ]


def test_the_id_is_that_of_the_text_alone() -> None:
    with_date = read(f"{TITLE}\n\n{LEAD}\n\nPublished: June 08, 2025")
    assert with_date.id == read(f"# {TITLE}\n{LEAD}").id
    assert with_date.id != read(f"# {TITLE}\n{MORE}").id


@given(st.text(st.sampled_from('aB. \n\t-#*_>[](){}|=~`"”–:<&0é\u0301\u200b\r\x85'), max_size=300))
def test_whatever_the_text_its_paragraphs_are_trimmed_ranges_of_it(text: str) -> None:
    article = compose(text, Source.at(Path("any.txt")))
    if article is None:
        return
    assert "\n\n".join(parts(article)) == article.text
    for part in parts(article):
        assert part == part.strip() != ""
        assert "\n" not in part
    if article.title:
        assert parts(article)[0] == article.title
    assert len(set(parts(article))) == len(parts(article))


@given(st.text(max_size=400))
def test_no_text_makes_the_reader_crash(text: str) -> None:
    compose(text, Source.at(Path("any.md")))
