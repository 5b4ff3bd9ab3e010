"""Rows of tables and lists of objects: which field is what, whatever it is called, and how dates are read."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from exports.json_form import write_json
from graph.model import KnowledgeGraph
from ingest.article import Article, DateSource
from ingest.errors import Reason, UnreadableArticle
from ingest.readers import Note, Options, Outcome, Source, read
from ingest.readers.dates import day_comes_first, parse_date, parse_stamp
from ingest.readers.few import LISTED
from ingest.readers.markup import is_html, plain_paragraphs

TEXT = "The ferry to Ystad did not run on Monday."


def outcomes(tmp_path: Path, rows: object, options: Options | None = None, name: str = "a.json") -> list[Outcome]:
    path = tmp_path / name
    if name.endswith(".jsonl"):
        assert isinstance(rows, list)
        path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    else:
        path.write_text(json.dumps(rows))
    return list(read(Source.at(path, options)))


def articles(found: Sequence[Outcome]) -> list[Article]:
    return [each for each in found if isinstance(each, Article)]


def refusals(found: Sequence[Outcome]) -> list[UnreadableArticle]:
    return [each for each in found if isinstance(each, UnreadableArticle)]


def notes(found: Sequence[Outcome]) -> list[str]:
    return [each.text for each in found if isinstance(each, Note)]


def only(tmp_path: Path, row: dict[str, Any], options: Options | None = None) -> Article:
    (article,) = articles(outcomes(tmp_path, row, options))
    return article


SHAPES: list[tuple[str, dict[str, Any]]] = [
    ("a row of a table", {"Headline": "Calm", "Body": TEXT, "Pub_Date": "2025-06-08", "Link": "https://e.org/1",
                          "Outlet": "Harbour Post", "Authors": "Ada L.", "Lang": "English"}),
    ("a news interface", {"source": {"id": None, "name": "Harbour Post"}, "author": "Ada L.", "title": "Calm",
                          "description": "Short.", "url": "https://e.org/1", "publishedAt": "2025-06-08T21:30:00Z",
                          "content": TEXT, "language": "en"}),
    ("a crawl of news", {"authors": ["Ada L."], "date_publish": "2025-06-08 10:00:00", "maintext": TEXT, "text": None,
                         "title": "Calm", "language": "en", "source_domain": "Harbour Post", "url": "https://e.org/1"}),
    ("a search engine", {"_index": "n", "_source": {"headline": "Calm", "body": TEXT, "date": "2025-06-08",
                         "publisher": "Harbour Post", "byline": "Ada L.", "url": "https://e.org/1", "lang": "en-GB"}}),
    ("a weblog", {"date": "2025-06-08T10:00:00", "link": "https://e.org/1", "title": {"rendered": "Calm"},
                  "content": {"rendered": f"<p>{TEXT}</p>"}, "author": {"name": "Ada L."}, "site": "Harbour Post"}),
    ("linked data", {"@type": "NewsArticle", "headline": "Calm", "articleBody": TEXT, "datePublished": "2025-06-08",
                     "author": [{"name": "Ada L."}], "publisher": {"name": "Harbour Post"}, "url": "https://e.org/1"}),
    ("a feed of JSON", {"title": "Calm", "content_text": TEXT, "date_published": "2025-06-08T10:00:00-07:00",
                        "url": "https://e.org/1", "authors": [{"name": "Ada L."}], "publisher": "Harbour Post"}),
    ("fields in an object", {"webTitle": "Calm", "webPublicationDate": "2025-06-08T10:00:00Z",
                             "webUrl": "https://e.org/1", "fields": {"bodyText": TEXT, "byline": "Ada L.",
                             "publication": "Harbour Post"}}),
]  # fmt: skip


@pytest.mark.parametrize("row", [row for _, row in SHAPES], ids=[name for name, _ in SHAPES])
def test_fields_are_found_under_their_usual_names(tmp_path: Path, row: dict[str, Any]) -> None:
    article = only(tmp_path, row)
    assert article.text == f"Calm\n\n{TEXT}"
    assert (article.title, article.published, article.url) == ("Calm", date(2025, 6, 8), "https://e.org/1")
    assert (article.publisher, article.byline, article.language) == ("Harbour Post", "Ada L.", "en")
    assert article.dated_by is DateSource.METADATA
    assert article.id.startswith("article-")


def test_what_the_user_says_goes_before_usual_names(tmp_path: Path) -> None:
    row = {
        "text": "Not this one.",
        "deep": {"list": [{"body": TEXT}]},
        "key": 7,
        "date": "2025-01-01",
        "d": "8 June 2025",
    }
    said = (("text", "deep.list.0.body"), ("id", "key"), ("date", "D"))
    article = only(tmp_path, row, Options(columns=said))
    assert (article.id, article.text, article.published) == ("7", TEXT, date(2025, 6, 8))


def test_several_names_for_one_field_are_tried_in_order(tmp_path: Path) -> None:
    rows = [{"a": TEXT}, {"b": "Beta came home."}, {"a": "", "b": "Gamma left."}]
    found = outcomes(tmp_path, rows, Options(columns=(("text", "a"), ("text", "b"))))
    assert [each.text for each in articles(found)] == [TEXT, "Beta came home.", "Gamma left."]


@pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
@pytest.mark.parametrize("said", [("text", "story"), ("date", "story")])
def test_a_column_that_is_nowhere_is_one_refusal(tmp_path: Path, name: str, said: tuple[str, str]) -> None:
    rows = [{"head": "Calm", "text": TEXT, "meta": {"when": "2025"}}] * 3_000
    (refusal,) = outcomes(tmp_path, rows, Options(columns=(said,)), name)
    assert isinstance(refusal, UnreadableArticle)
    assert refusal.reason is Reason.NO_TEXT_KEY
    assert "no column story; there are head, text, meta.when; " in str(refusal)


def test_rows_without_any_text_are_one_refusal(tmp_path: Path) -> None:
    (refusal,) = outcomes(tmp_path, [{"seendate": "20250611T120000Z", "url": "https://e.org"}] * 3_000)
    assert isinstance(refusal, UnreadableArticle)
    assert refusal.reason is Reason.NO_TEXT_KEY
    assert "seendate, url; say which one does with --map text=NAME" in str(refusal)


def test_of_many_rows_without_text_the_first_are_listed_and_the_others_counted(tmp_path: Path) -> None:
    rows = [{"text": TEXT}, *[{"title": "x", "date": "soon"}] * 3_000, {"text": ""}, {"text": "Beta."}]
    found = outcomes(tmp_path, rows, name="a.jsonl")
    assert len(articles(found)) == 2
    refused = refusals(found)
    assert len(refused) == LISTED + 1
    assert refused[0].line == 2
    assert "2,980 no-text-key" in str(refused[-1])
    assert "1 empty" in str(refused[-1])
    assert refused[-1].reason is Reason.NO_TEXT_KEY


def test_notes_are_kept_few_too(tmp_path: Path) -> None:
    found = outcomes(tmp_path, [{"text": TEXT, "date": "soon"}] * 100)
    assert len(articles(found)) == 100
    assert len(notes(found)) == LISTED + 1
    assert notes(found)[-1] == "80 more notes like these"


def test_an_id_is_kept_from_its_own_field_only(tmp_path: Path) -> None:
    rows = [
        {"id": "x 1", "text": TEXT}, {"guid": "g", "text": TEXT}, {"_id": 7.0, "text": TEXT},
        {"article_id": "no", "text": TEXT}, {"meta": {"id": "no"}, "text": TEXT}, {"id": [], "text": TEXT},
    ]  # fmt: skip
    ids = [each.id for each in articles(outcomes(tmp_path, rows))]
    assert ids[:3] == ["x 1", "g", "7"]
    assert all(id.startswith("article-") for id in ids[3:])


def test_html_becomes_plain_paragraphs_and_is_noted_once(tmp_path: Path) -> None:
    page = "<p>One &amp; two<br>three.</p><script>evil()</script><div>Four <b>five</b>.</div><!-- no -->"
    for name in ("a.json", "a.jsonl"):
        found = outcomes(tmp_path, [{"text": page}] * 3, name=name)
        assert [each.text for each in articles(found)] == ["One & two three.\n\nFour five."] * 3
        assert len(notes(found)) == 1
        assert "HTML" in notes(found)[0]


def test_escaped_html_is_html() -> None:
    assert plain_paragraphs("&lt;p&gt;One.&lt;/p&gt;&lt;p&gt;Two.&lt;/p&gt;") == ["One.", "Two."]
    assert plain_paragraphs("One.<br><br>Two.<br>Three.") == ["One.", "Two.", "Three."]
    assert not is_html("if a < b and b > c, <name> is fine & so on")


@pytest.mark.parametrize("page", ["<p>" * 200_000, "<p", "<b>" * 50_000 + "x", "<?xml encoding='utf-7'?><p>x", "<p>\0"])
def test_hostile_html_does_no_harm(page: str) -> None:
    plain_paragraphs(page)


def test_a_text_may_be_given_as_its_paragraphs(tmp_path: Path) -> None:
    assert only(tmp_path, {"body": ["One came.", "Two went."]}).text == "One came.\n\nTwo went."


def test_the_graph_in_the_interchange_form_gives_its_articles_back(tmp_path: Path) -> None:
    text = "Calm  sea\n\n # First —\tparagraph.\n \n\nSecond."
    article = Article(
        id="article-x",
        title="Calm sea",
        text=text,
        paragraphs=((0, 9), (11, 30), (34, 41)),
        published=date(2025, 6, 8),
        dated_by=DateSource.METADATA,
        publisher="Harbour Post",
        language="en",
        path="a.txt",
    )
    write_json(KnowledgeGraph(articles=(article,)), tmp_path / "graph.json")
    (back,) = articles(list(read(Source.at(tmp_path / "graph.json"))))
    assert back == replace(article, path=str(tmp_path / "graph.json"))


@pytest.mark.parametrize("pairs", [[[0, 900]], [[5, 9], [0, 4]], [["0", 4]], [[0]], [[-4, 2]], [[True, 4]], [7]])
def test_paragraphs_that_cannot_be_are_not_believed(tmp_path: Path, pairs: list[Any]) -> None:
    assert only(tmp_path, {"text": TEXT, "paragraphs": pairs}).paragraphs == ((0, len(TEXT)),)


@pytest.mark.parametrize(
    ("given", "day"),
    [
        ("20250611T233000Z", date(2025, 6, 11)),
        ("20250611", date(2025, 6, 11)),
        ("20250611120000", date(2025, 6, 11)),
        (20250611, date(2025, 6, 11)),
        ("1749641400", date(2025, 6, 11)),
        (1749641400000, date(2025, 6, 11)),
        (1749641400.5, date(2025, 6, 11)),
        (1749641400123456789, date(2025, 6, 11)),
        ("2025061112", None),
        (2025, None),
        (float("nan"), None),
        (float("inf"), None),
        (True, None),
        (10**30, None),
        ("20251341", None),
        (None, None),
        ({}, None),
    ],
)
def test_stamps_of_machines_are_days(given: object, day: date | None) -> None:
    assert parse_stamp(given) == day


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("Wed, 11 Jun 2025 23:30:00 -0700 (PDT)", date(2025, 6, 11)),
        ("Wed Jun 11 10:00:00 +0000 2025", date(2025, 6, 11)),
        ("Wed Jun 11 10:00:00 UTC 2025", date(2025, 6, 11)),
        ("2025-06-11 10:30:00+02", date(2025, 6, 11)),
        ("2025-06-11T12:00+02:00[Europe/Berlin]", date(2025, 6, 11)),
        ("2025-06-11 10:30:00,123", date(2025, 6, 11)),
        ("2025-06-11 10:30:00 GMT+2", date(2025, 6, 11)),
        ("13-04-2025", date(2025, 4, 13)),
        ("03-04-2025", None),
        ("03/04-2025", None),
        ("1749641400", None),
    ],
)
def test_more_ways_to_write_a_day(words: str, day: date | None) -> None:
    assert parse_date(words) == day


@pytest.mark.parametrize(
    ("others", "day"),
    [
        (["25/04/2025"], date(2025, 4, 3)),
        (["04/25/2025"], date(2025, 3, 4)),
        (["04/25/2025", "25/04/2025"], None),
        (["05/05/2025", "25.04.2025", "2025-04-25"], None),
        ([], None),
    ],
)
def test_an_open_date_is_settled_by_its_column_or_not_at_all(
    tmp_path: Path, others: list[str], day: date | None
) -> None:
    found = outcomes(tmp_path, [{"text": TEXT, "date": each} for each in ["03/04/2025", *others]])
    assert articles(found)[0].published == day
    assert len(notes(found)) == 1
    assert ("'03/04/2025' were read" if day else "'03/04/2025' is not understood") in notes(found)[0]
    assert day_comes_first(["03/04/2025", *others]) == (None if day is None else day.month == 4)


def test_one_column_does_not_settle_another(tmp_path: Path) -> None:
    rows = [{"text": TEXT, "date": "03/04/2025"}, {"text": TEXT, "pubDate": "25/04/2025"}]
    assert [each.published for each in articles(outcomes(tmp_path, rows))] == [None, date(2025, 4, 25)]


def test_a_given_date_is_told_from_one_in_a_field(tmp_path: Path) -> None:
    options = Options(published=date(2025, 1, 1), publisher="Given Post")
    for name in ("a.json", "a.jsonl"):
        found = articles(outcomes(tmp_path, [{"text": TEXT}, {"text": TEXT, "date": "2025-06-08"}], options, name))
        assert [(each.published, each.dated_by) for each in found] == [
            (date(2025, 1, 1), DateSource.GIVEN),
            (date(2025, 6, 8), DateSource.METADATA),
        ]
        assert found[0].publisher == "Given Post"
