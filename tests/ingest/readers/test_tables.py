"""Tables: how their cells are marked off is told from what they hold; broken ones cost as little as can be."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import parquet as pq

from ingest.article import Article
from ingest.errors import Reason, UnreadableArticle
from ingest.readers import FAILED, Limits, Note, Options, Outcome, Source, read

TEXT = 'The mayor, a sailor; said: "No ferry | today."\nNobody was hurt.'
SMALL = Options(limits=Limits(text_characters=200))


def outcomes(content: bytes | str, options: Options | None = None, name: str = "a.csv") -> list[Outcome]:
    held = content.encode() if isinstance(content, str) else content
    found = list(read(Source(name=name, open=lambda: io.BytesIO(held), options=options or Options())))
    assert found
    assert not any(isinstance(each, UnreadableArticle) and each.problem.startswith(FAILED) for each in found), found
    return found


def articles(found: list[Outcome]) -> list[Article]:
    return [each for each in found if isinstance(each, Article)]


def refusals(found: list[Outcome]) -> list[UnreadableArticle]:
    return [each for each in found if isinstance(each, UnreadableArticle)]


def table(rows: list[list[str]], **marks: Any) -> str:
    written = io.StringIO()
    csv.writer(written, **marks).writerows(rows)
    return written.getvalue()


ROWS = [
    ["headline", "Body", "published"],
    ["Calm; sea", TEXT, "2025-06-08"],
    ["Storm", "Roofs, torn off.", "2025-06-09"],
]


@pytest.mark.parametrize("name", ["a.csv", "a.tsv"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
@pytest.mark.parametrize(
    "quoting",
    [
        {"quoting": csv.QUOTE_MINIMAL},
        {"quoting": csv.QUOTE_ALL},
        {"quoting": csv.QUOTE_ALL, "quotechar": "'"},
        {"quoting": csv.QUOTE_ALL, "doublequote": False, "escapechar": "\\"},
    ],
    ids=["minimal", "all", "single", "escaped"],
)
def test_marks_are_told_from_the_content(name: str, ends: str, mark: str, quoting: dict[str, Any]) -> None:
    one, two = articles(outcomes(table(ROWS, delimiter=mark, lineterminator=ends, **quoting), name=name))
    assert one.text == 'Calm; sea\n\nThe mayor, a sailor; said: "No ferry | today."\n\nNobody was hurt.'
    assert (one.title, one.published) == ("Calm; sea", date(2025, 6, 8))
    assert two.text == "Storm\n\nRoofs, torn off."


def test_a_table_without_quotes_may_have_them_in_its_cells() -> None:
    rows = [["title", "text"], ['"Calm', 'He said "no'], ["Storm", '"Roofs" were torn off.'], ["Sun", "It shone."]]
    content = "".join("\t".join(row) + "\n" for row in rows)
    assert [each.title for each in articles(outcomes(content, name="a.tsv"))] == ['"Calm', "Storm", "Sun"]


@pytest.mark.parametrize("content", ["text\nOne, two; three\nFour\n", 'text\n"One, two; three"\nFour\n'])
def test_a_table_may_have_one_column(content: str) -> None:
    assert [each.text for each in articles(outcomes(content))] == ["One, two; three", "Four"]


def test_a_spreadsheet_may_say_its_mark() -> None:
    assert [each.text for each in articles(outcomes("sep=;\r\ntext;url\r\nOne came.;x\r\n"))] == ["One came."]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_every_encoding_is_read(encoding: str) -> None:
    rows = [["text"], *[["plain words " * 20]] * 2_000, ["The café “Hafen” reopened."], ["Ça va."]]
    found = outcomes(table(rows).encode(encoding))
    assert [each.text for each in articles(found)][-2:] == ["The café “Hafen” reopened.", "Ça va."]
    assert any(isinstance(each, Note) and "Windows-1252" in each.text for each in found) == (encoding == "cp1252")


@pytest.mark.parametrize("said", [(("text", "2"),), (("text", "2"), ("title", "1"))])
def test_columns_of_a_table_without_names_go_by_number(said: tuple[tuple[str, str], ...]) -> None:
    content = table([["T 1", "One came, and went."], ["T 2", "Two, too."]])
    assert [each.title for each in articles(outcomes(content, Options(columns=said)))] == (
        ["T 1", "T 2"] if len(said) == 2 else ["", ""]
    )
    (refusal,) = outcomes(content)
    assert isinstance(refusal, UnreadableArticle)
    assert refusal.reason is Reason.NO_TEXT_KEY
    assert "T 1, One came, and went.; " in str(refusal)
    assert "--map text=NUMBER" in str(refusal)


def test_a_column_with_a_name_goes_by_its_number_too() -> None:
    assert articles(outcomes("title,x\nA,One came.\n", Options(columns=(("text", "2"),))))[0].text == "A\n\nOne came."


def test_names_that_nobody_knows_can_be_said() -> None:
    content = "tytuł;treść\nA;One came.\n"
    assert refusals(outcomes(content))[0].reason is Reason.NO_TEXT_KEY
    (article,) = articles(outcomes(content, Options(columns=(("text", "treść"), ("title", "Tytuł")))))
    assert article.text == "A\n\nOne came."


def test_a_missing_column_is_one_refusal() -> None:
    (refusal,) = outcomes("title,text\n" + "A,One came.\n" * 5_000, Options(columns=(("text", "story"),)))
    assert "no column story; there are title, text; " in str(refusal)


def test_rows_of_another_length_are_refused_by_their_line() -> None:
    found = outcomes('title,text,url\nA,"One\ncame.",u\nB,Two, too,u,v\nC,Three\n\nD,Four.,,,\n')
    assert [each.title for each in articles(found)] == ["A", "C", "D"]
    assert [(each.line, each.reason) for each in refusals(found)] == [(4, Reason.BROKEN)]


def test_columns_of_one_name_and_of_none_do_no_harm() -> None:
    (article,) = articles(outcomes("text,,text,title\nOne came.,x,Not this.,A\n"))
    assert article.text == "A\n\nOne came."


@pytest.mark.parametrize("content", [b"", b"  \n", b"\xef\xbb\xbf"])
def test_an_empty_table_is_empty(content: bytes) -> None:
    assert [each.reason for each in refusals(outcomes(content))] == [Reason.EMPTY]


def test_a_table_with_only_its_names_has_no_rows() -> None:
    assert [each.reason for each in refusals(outcomes("title,text\n"))] == [Reason.EMPTY]


def test_a_quotation_mark_that_is_never_closed_is_told() -> None:
    found = outcomes('title,text\nA,"One came."\nB,"Two\nC,Three\n')
    assert [each.title for each in articles(found)] == ["A"]
    assert [(each.line, each.reason) for each in refusals(found)] == [(3, Reason.BROKEN)]


@pytest.mark.parametrize(
    "long",
    ["x" * 5_000, "a," * 3_000, '"' + "x\n" * 3_000 + '"', '"x\n",' * 3_000, '"' + "x" * 300 + '"'],
)
def test_a_giant_cell_or_row_costs_little_more_than_itself(long: str) -> None:
    found = outcomes(f"text,title\nOne came.,A\n{long},B\n" + "Two came.,C\n" * 300, SMALL)
    assert articles(found)[0].title == "A"
    assert len([each for each in articles(found) if each.title == "C"]) > 280
    assert Reason.TOO_LONG in {each.reason for each in refusals(found)}


def test_bytes_of_nothing_are_no_table_but_one_in_a_cell_does_no_harm() -> None:
    assert refusals(outcomes(bytes(500)))[0].reason is Reason.NOT_TEXT
    (article,) = articles(
        outcomes(b"text,title\nOne\0 came on a day that was a long one and so on.,A\0\n" + b"\n" * 300)
    )
    assert "\0" not in article.text + article.title


cells = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


@given(rows=st.lists(st.lists(cells, max_size=4), max_size=5), mark=st.sampled_from(",;\t|"), header=st.booleans())
def test_any_table_is_read_or_refused(rows: list[list[str]], mark: str, header: bool) -> None:
    content = table([["title", "text"], *rows] if header else rows, delimiter=mark)
    outcomes(content)
    outcomes(content, Options(columns=(("text", "2"),)))


@given(texts=st.lists(st.from_regex(r"[a-z]{1,9}( [a-z,;\"'|\t]{1,9}){1,9}", fullmatch=True), min_size=2, max_size=9))
def test_every_row_of_a_table_is_an_article(texts: list[str]) -> None:
    found = outcomes(table([["title", "text"], *[["A", text] for text in texts]]))
    assert len(articles(found)) == len(texts), found


def parquet(columns: dict[str, Any], **how: Any) -> bytes:
    file = io.BytesIO()
    pq.write_table(columns if isinstance(columns, pa.Table) else pa.table(columns), file, **how)
    return file.getvalue()


def test_parquet_is_read_a_group_at_a_time_in_order() -> None:
    count = 1_000
    columns = {"title": [f"T {n}" for n in range(count)], "body": [f"Number {n} came." for n in range(count)]}
    found = articles(outcomes(parquet(columns, row_group_size=90), name="a.parquet"))
    assert [each.title for each in found] == columns["title"]


def test_parquet_knows_days_and_nested_fields() -> None:
    zone = pa.timestamp("ns", "America/New_York")
    late = datetime(2025, 6, 12, 2, 30, tzinfo=UTC)
    columns = {
        "meta": pa.array([{"text": "One came.", "authors": ["Ada", "Bo"]}] * 2),
        "published": pa.array([late, None], zone),
        "day": pa.array([date(2025, 1, 1)] * 2),
        "id": pa.array([7.0, None]),
        "other": pa.array([1, 2]),
    }
    one, two = articles(outcomes(parquet(columns), name="a.parquet"))
    assert (one.text, one.published, one.id, one.byline) == ("One came.", date(2025, 6, 11), "7", "Ada, Bo")
    assert (two.published, two.id[:8]) == (None, "article-")
    (said, _) = articles(
        outcomes(parquet(columns), Options(columns=(("text", "meta.text"), ("date", "3"))), "a.parquet")
    )
    assert said.published == date(2025, 1, 1)


def test_parquet_with_bytes_for_texts_is_read() -> None:
    columns = {"text": pa.array(["Caf\u00e9 opened.".encode(), b"Caf\xe9 closed."])}
    assert [each.text for each in articles(outcomes(parquet(columns), name="a.parquet"))] == [
        "Café opened.",
        "Caf\ufffd closed.",
    ]
    damaged = parquet({"text": ["Cafe opened.", "Roofs torn."]}, compression="none", use_dictionary=False)
    found = outcomes(damaged.replace(b"Cafe", b"Caf\xe9"), name="a.parquet")
    assert [each.text for each in articles(found)] == ["Caf\ufffd opened.", "Roofs torn."]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", Reason.EMPTY),
        (b"PARE" + bytes(90), Reason.ENCRYPTED),
        (b"PAR1", Reason.BROKEN),
        (b"PAR1" + bytes(90) + b"PAR1", Reason.BROKEN),
        (b"title,text\nA,B\n", Reason.BROKEN),
        (parquet({"text": pa.array([], pa.string())}), Reason.EMPTY),
        (parquet({"a": [1], "b": [2]}), Reason.NO_TEXT_KEY),
    ],
)
def test_what_is_no_table_of_articles_is_refused(content: bytes, reason: Reason) -> None:
    assert [each.reason for each in refusals(outcomes(content, name="a.parquet"))] == [reason]


def test_parquet_that_unpacks_to_far_more_is_refused() -> None:
    bomb = parquet({"text": ["x" * 4_000_000] * 40}, compression="zstd", use_dictionary=False)
    assert len(bomb) < 400_000
    (refusal,) = outcomes(bomb, name="a.parquet")
    assert isinstance(refusal, UnreadableArticle)
    assert refusal.reason is Reason.TOO_LARGE


def test_parquet_is_read_from_a_stream_that_cannot_go_back() -> None:
    class OneWay(io.BytesIO):
        def seekable(self) -> bool:
            return False

        def seek(self, *_: int) -> int:
            raise io.UnsupportedOperation

    content = parquet({"text": ["One came."]})
    (article,) = list(read(Source(name="a.parquet", open=lambda: OneWay(content))))
    assert isinstance(article, Article)
