"""The interchange form: stable bytes, and the same graph back."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.json_form import UnreadableGraph, read_json, write_json
from graph.model import KnowledgeGraph, Reprint

SAMPLE = Path(__file__).parent / "sample_graph.json"
GRAPH = read_json(SAMPLE)


def test_writing_what_was_read_gives_the_same_bytes(tmp_path: Path) -> None:
    write_json(GRAPH, tmp_path / "graph.json")
    assert (tmp_path / "graph.json").read_bytes() == SAMPLE.read_bytes()


def test_the_order_of_the_graph_does_not_matter(tmp_path: Path) -> None:
    backwards = replace(
        GRAPH,
        articles=GRAPH.articles[::-1],
        mentions=GRAPH.mentions[::-1],
        claims=GRAPH.claims[::-1],
        findings=GRAPH.findings[::-1],
        relations=GRAPH.relations[::-1],
    )
    write_json(backwards, tmp_path / "graph.json")
    assert (tmp_path / "graph.json").read_bytes() == SAMPLE.read_bytes()


def test_reprints_and_places_come_back(tmp_path: Path) -> None:
    again = replace(GRAPH, reprints=(Reprint(article="article-2", origin="article-1"),))
    write_json(again, tmp_path / "graph.json")
    assert read_json(tmp_path / "graph.json") == again
    assert [each.publisher for each in again.publications] == ["Northern Herald", "Coast Times"]


def test_articles_may_be_read_that_tell_of_neither(tmp_path: Path) -> None:
    arrays = json.loads(SAMPLE.read_bytes())
    for article in arrays["articles"]:
        del article["origin"], article["publications"]
    (tmp_path / "graph.json").write_text(json.dumps(arrays), encoding="utf-8")
    assert read_json(tmp_path / "graph.json") == replace(GRAPH, publications=())


@pytest.mark.parametrize("wrong", [{"origin": 3}, {"publications": "everywhere"}, {"publications": [{"url": "x"}]}])
def test_an_article_that_tells_nonsense_of_its_places_is_refused(wrong: dict[str, object], tmp_path: Path) -> None:
    arrays = json.loads(SAMPLE.read_bytes())
    arrays["articles"][0] |= wrong
    (tmp_path / "graph.json").write_text(json.dumps(arrays), encoding="utf-8")
    with pytest.raises(UnreadableGraph, match=r"articles\[0\]"):
        read_json(tmp_path / "graph.json")


def test_arrays_and_keys_come_in_the_documented_order() -> None:
    arrays = json.loads(SAMPLE.read_bytes())
    assert list(arrays) == [
        "articles",
        "mentions",
        "entities",
        "events",
        "claims",
        "findings",
        "relations",
        "storylines",
    ]
    claim = "id about property value upper qualifier unit text speaker said_by article mention as_of"
    claim += " origin agrees conflicts supersedes part_of"
    assert list(arrays["claims"][0]) == claim.split()
    finding = "id about property unit value upper qualifier supports against origins reasons"
    assert list(arrays["findings"][0]) == finding.split()
    article = "id title text published dated_by publisher url byline language path paragraphs origin publications"
    assert list(arrays["articles"][0]) == article.split()
    event = "id type mode label status start end places participants mentions storyline"
    assert list(arrays["events"][0]) == event.split()
    assert list(arrays["events"][0]["participants"][0]) == ["role", "entity", "text", "mention"]


def test_what_is_not_known_is_null_and_whole_numbers_have_no_point() -> None:
    arrays = json.loads(SAMPLE.read_bytes())
    assert arrays["articles"][0]["byline"] is None
    assert '"value":4,"upper":null' in SAMPLE.read_text(encoding="utf-8")


def test_mentions_of_the_sample_point_into_its_texts() -> None:
    texts = {article.id: article.text for article in GRAPH.articles}
    for mention in GRAPH.mentions:
        assert texts[mention.article][mention.start : mention.end] == mention.text


def test_an_empty_graph_comes_back_empty(tmp_path: Path) -> None:
    write_json(KnowledgeGraph(), tmp_path / "graph.json")
    assert read_json(tmp_path / "graph.json") == KnowledgeGraph()


@given(words=st.text(), value=st.floats(allow_nan=False, allow_infinity=False))
def test_any_words_and_numbers_come_back(words: str, value: float, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.getbasetemp() / "any.json"
    graph = replace(
        GRAPH,
        articles=(replace(GRAPH.articles[0], title=words, byline=words), GRAPH.articles[1]),
        claims=(replace(GRAPH.claims[0], value=value, text=words), replace(GRAPH.claims[1], value=words)),
    )
    write_json(graph, path)
    assert read_json(path) == graph


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("", "not JSON"),
        ("[]", "not one object"),
        ('{"articles": 3}', "articles is not an array"),
        ('{"relations": [7]}', r"relations\[0\] cannot be read"),
        ('{"relations": [{"subject": "a"}]}', r"relations\[0\] lacks 'predicate'"),
        ('{"relations": [{"subject": 1, "predicate": "b", "object": "c", "mentions": []}]}', "1 is not a text"),
        ("[" * 100_000, "not JSON"),
        ("\x00\xff", "not JSON"),
    ],
)
def test_a_file_in_another_form_is_refused_with_the_reason(written: str, problem: str, tmp_path: Path) -> None:
    path = tmp_path / "graph.json"
    path.write_text(written, encoding="latin-1")
    with pytest.raises(UnreadableGraph, match=problem):
        read_json(path)


def test_a_failed_export_leaves_the_old_file_alone(tmp_path: Path) -> None:
    path = tmp_path / "graph.json"
    path.write_text("old")
    with pytest.raises(ValueError, match="cannot be told in JSON"):
        write_json(replace(GRAPH, claims=(replace(GRAPH.claims[0], value=float("nan")),)), path)
    assert path.read_text() == "old"
    assert [file.name for file in tmp_path.iterdir()] == ["graph.json"]
