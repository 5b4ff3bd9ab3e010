"""JSON of any shape and size: where its articles are, and what is said of what is broken."""

from __future__ import annotations

import io
import json
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.article import Article
from ingest.errors import Reason, UnreadableArticle
from ingest.readers import FAILED, Limits, Options, Outcome, Source, read
from ingest.readers.json_values import BrokenJson, JsonStream, TooLong

ROWS = [{"title": "Calm", "text": "The ferry did not run."}, {"title": "Storm", "text": "Roofs were torn off."}]
SMALL = Options(limits=Limits(text_characters=200))


def outcomes(content: bytes | str, options: Options | None = None, name: str = "a.json") -> list[Outcome]:
    held = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    found = list(read(Source(name=name, open=lambda: io.BytesIO(held), options=options or Options())))
    assert found
    assert not any(isinstance(each, UnreadableArticle) and each.problem.startswith(FAILED) for each in found), found
    return found


def titles(found: list[Outcome]) -> list[str]:
    return [each.title for each in found if isinstance(each, Article)]


def reasons(found: list[Outcome]) -> list[Reason]:
    return [each.reason for each in found if isinstance(each, UnreadableArticle)]


SHAPES: dict[str, Any] = {
    "an array": ROWS,
    "articles": {"status": "ok", "totalResults": 2, "articles": ROWS},
    "behind other arrays": {"sources": ["a"], "tags": [{"name": "x"}], "data": ROWS, "items": [{"text": "other"}]},
    "deep": {"response": {"status": "ok", "meta": {"description": "about it"}, "results": ROWS}},
    "hits in hits": {"took": 1, "hits": {"total": 2, "hits": [{"_id": row["title"], "_source": row} for row in ROWS]}},
    "an array by any name": {"Sheet 1": ROWS, "author": {"name": "x"}},
    "objects by their ids": {"a-1": ROWS[0], "a-2": ROWS[1]},
    "articles by their ids": {"articles": {"a-1": ROWS[0], "a-2": ROWS[1]}, "text": "about them"},
    "a feed": {"version": "https://jsonfeed.org/version/1.1", "title": "T", "description": "D", "items": ROWS},
    "many named mentions": {"mentions": [{"text": "Ada"}], "articles": ROWS},
}  # fmt: skip


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize("shape", SHAPES)
def test_articles_are_found_where_they_are(shape: str, indent: int | None) -> None:
    assert titles(outcomes(json.dumps(SHAPES[shape], indent=indent))) == ["Calm", "Storm"]


@pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
@pytest.mark.parametrize("between", ["", "\n", "\n\n"])
def test_several_objects_one_after_another_are_several_articles(name: str, between: str) -> None:
    assert titles(outcomes(between.join(json.dumps(row, indent=1) for row in ROWS), name=name)) == ["Calm", "Storm"]


def test_an_article_with_lists_in_it_is_one_article() -> None:
    row = {**ROWS[0], "items": [{"text": "a comment"}], "related": {"articles": ROWS}}
    assert titles(outcomes(json.dumps(row))) == ["Calm"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", Reason.EMPTY),
        (" \n", Reason.EMPTY),
        ("[]", Reason.NO_ARTICLE),
        ("{}", Reason.NO_ARTICLE),
        ("12", Reason.NO_ARTICLE),
        ('"text"', Reason.NO_ARTICLE),
        ("[1, 2]", Reason.NO_TEXT_KEY),
        ('{"status": "error", "code": 3}', Reason.NO_TEXT_KEY),
        ('{"articles": [{"url": "x"}]}', Reason.NO_TEXT_KEY),
        ("<x>", Reason.BROKEN),
        ('{"text": ', Reason.BROKEN),
        ('{"text": "a"', Reason.BROKEN),
        ('{"a": undefined}', Reason.BROKEN),
        ('{1: "a"}', Reason.BROKEN),
        ("[" * 100_000, Reason.BROKEN),
        ('{"a":' * 100_000, Reason.BROKEN),
        ("[" * 100_000 + "]" * 100_000, Reason.BROKEN),
        ('{"text": {"text": "a' + " " * 3_000, Reason.BROKEN),
    ],
)
def test_what_holds_no_article_is_refused_with_its_reason(content: str, reason: Reason) -> None:
    assert reason in reasons(outcomes(content))
    assert not titles(outcomes(content))


def test_a_broken_article_costs_only_itself() -> None:
    parts = [json.dumps(ROWS[0]), '{"text": "a" "b": [1, {"c": "}"}]}', "[" * 5_000 + "]" * 5_000, json.dumps(ROWS[1])]
    found = outcomes('{"articles": [' + ",\n".join(parts) + "]}")
    assert titles(found) == ["Calm", "Storm"]
    assert reasons(found) == [Reason.BROKEN, Reason.BROKEN]
    assert "item 2: broken JSON" in str(next(each for each in found if isinstance(each, UnreadableArticle)))


def test_an_array_that_is_cut_off_gives_what_it_has() -> None:
    found = outcomes(json.dumps(ROWS)[:-5])
    assert titles(found) == ["Calm"]
    assert reasons(found) == [Reason.BROKEN, Reason.BROKEN] or reasons(found) == [Reason.BROKEN]


def test_what_is_cut_off_is_said_once_wherever_the_articles_are() -> None:
    found = outcomes(json.dumps({"Sheet 1": ROWS})[:-5])
    assert titles(found) == ["Calm"]
    assert len(reasons(found)) == 2
    assert [str(each) for each in found] == list(dict.fromkeys(map(str, found)))


def test_objects_by_their_ids_may_be_many() -> None:
    rows = {f"a-{n}": {"title": f"T {n}", "text": "One came.", "tags": ["x", "y"]} for n in range(100)}
    assert titles(outcomes(json.dumps(rows), SMALL)) == [f"T {n}" for n in range(100)]


def test_one_article_that_is_too_long_is_passed_over() -> None:
    long = [{"text": "word " * 100}, {"text": "a", "more": "x" * 5_000}, {"text": "a", "more": [["]", '"\\']] * 900}]
    found = outcomes(json.dumps([ROWS[0], *long, ROWS[1]]), SMALL)
    assert titles(found) == ["Calm", "Storm"]
    assert reasons(found) == [Reason.TOO_LONG] * 3


def test_numbers_and_names_that_no_machine_holds_do_no_harm() -> None:
    content = f'[{{"id": {"9" * 30}, "text": "One came.", "n": [NaN, -Infinity, 1e999, {"9" * 10_000}]}}]'
    (article,) = outcomes(content)
    assert isinstance(article, Article)
    assert article.id == "9" * 30


def test_of_a_name_given_twice_the_last_counts() -> None:
    assert titles(outcomes('{"text": "One came.", "title": "A", "title": "B"}')) == ["B"]


@pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
def test_characters_that_no_file_holds_are_replaced(name: str) -> None:
    (article,) = outcomes('{"text": "a \\ud800 \\u0000 b", "id": "\\udfff x", "title": "\\u001b[2J"}', name=name)
    assert isinstance(article, Article)
    (article.text + article.id + article.title).encode()
    assert "\0" not in article.text
    assert "\x1b" not in article.title


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-32", "cp1252"])
def test_every_encoding_is_read(encoding: str) -> None:
    held = json.dumps([{"text": "The café “Hafen” reopened. " * 20}] * 2_000, ensure_ascii=False).encode(encoding)
    found = outcomes(held)
    assert len(titles(found)) == 2_000
    assert all("café “Hafen”" in each.text for each in found if isinstance(each, Article))


def test_an_older_encoding_of_another_script_is_read() -> None:
    text = "Паром не ходил из-за шторма, сообщил в понедельник мэр города. Никто не пострадал. "
    held = json.dumps([{"text": text * 20}] * 200, ensure_ascii=False, indent=1).encode("cp1251")
    found = outcomes(held, Options(languages=()))
    assert len(titles(found)) == 200
    assert all(text.strip() in each.text for each in found if isinstance(each, Article))


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=12,
)


class Drops(io.StringIO):
    """A stream that gives a few characters at a time, whatever is asked for."""

    def read(self, size: int | None = -1) -> str:
        return super().read(3)


@given(found=st.lists(values, max_size=6), ascii=st.booleans(), indent=st.sampled_from([None, 1]))
def test_a_stream_gives_the_values_that_were_written(found: list[Any], ascii: bool, indent: int | None) -> None:
    stream = JsonStream(Drops("\n".join(json.dumps(each, ensure_ascii=ascii, indent=indent) for each in found)), 10_000)
    for each in found:
        assert stream.value() == each
    assert stream.peek() == ""


@given(value=values.filter(lambda value: isinstance(value, dict | list | str)), indent=st.sampled_from([None, 1]))
def test_what_is_passed_over_ends_where_it_ends(value: Any, indent: int | None) -> None:
    stream = JsonStream(Drops(json.dumps([value, "end"], indent=indent)), 10_000)
    stream.take("[")
    stream.skip()
    stream.take(",")
    assert stream.value() == "end"


def test_a_value_that_is_too_long_can_be_passed_over() -> None:
    stream = JsonStream(io.StringIO(json.dumps(["x" * 50, 1])[1:]), 40)
    with pytest.raises(TooLong):
        stream.value()
    with pytest.raises(BrokenJson):
        JsonStream(io.StringIO('"' + "x" * 50), 40).skip()
    assert JsonStream(io.StringIO("7 "), 40).value() == 7


@given(values=values)
@settings(max_examples=50)
def test_any_json_is_read_or_refused(values: Any) -> None:
    outcomes(json.dumps(values))
    outcomes(json.dumps([values, values]))
    outcomes(json.dumps({"articles": [{"text": values, "date": values, "author": values, "_source": values}]}))


def test_a_large_file_takes_time_as_its_size_does() -> None:
    """Four times the size, less than twelve times the time: what the pieces cut is not read again and again."""

    def seconds(count: int) -> float:
        content = json.dumps([{"text": "word " * 20_000}] * count)
        start = time.process_time()
        stream = JsonStream(io.StringIO(content), 1_000_000)
        stream.take("[")
        while stream.value() and stream.take(",]") == ",":
            pass
        return time.process_time() - start

    seconds(5)
    assert seconds(80) < 12 * max(seconds(20), 0.01)
