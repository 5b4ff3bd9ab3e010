"""Gold of coreference as raw text, and its scores with the mentions given and from the text alone."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from bench.coref import SETTINGS, Given, Read, graph_of, read_documents, same_head_lemma, score_end_to_end, score_given
from bench.detokenise import detokenise
from bench.given import linked_entities
from bench.gold import GoldDocument, Span, document, head_token
from ingest.language.pipeline import load


@pytest.mark.parametrize(
    ("tokens", "text"),
    [
        ("The mayor 's car , he said , is n't here .", "The mayor's car, he said, isn't here."),
        ("`` We left , '' she said .", '"We left," she said.'),
        ('He said : " Not now . "', 'He said: "Not now."'),
        ("The miners ' pay ( $ 20 ) rose 5 % .", "The miners' pay ($20) rose 5%."),
        ("We ' re late", "We're late"),
        ("a hit - and - run at 9 : 25", "a hit-and-run at 9:25"),
        ("March 2 , 2014", "March 2, 2014"),
        ("over 1 , 000 men", "over 1,000 men"),
        ("two ships -- both old", "two ships -- both old"),
    ],
)
def test_tokens_join_to_text(tokens: str, text: str) -> None:
    assert detokenise([tokens.split()])[0] == text


def test_a_sentence_without_its_mark_stands_on_a_line_of_its_own() -> None:
    sentences = ["Mayor resigns", "She left .", 'He " stayed . "']
    assert detokenise([sentence.split() for sentence in sentences])[0] == 'Mayor resigns\nShe left. He "stayed."'


@given(st.lists(st.lists(st.text("ab1.,'\"-()`:", min_size=1, max_size=3), min_size=1, max_size=6), max_size=4))
def test_every_token_is_found_again_in_order(sentences: list[list[str]]) -> None:
    text, ranges = detokenise(sentences)
    last = 0
    for tokens, spans in zip(sentences, ranges, strict=True):
        for token, (start, end) in zip(tokens, spans, strict=True):
            assert last <= start < end
            assert text[start:end] == token or token in ("``", "''", "`")
            last = end


@pytest.mark.parametrize(
    ("words", "head"),
    [
        ("the head of state", "head"),
        ("Maria Lopez", "Lopez"),
        ("got out", "got"),
        ("Lopez , the mayor", "Lopez"),
        ("the miners '", "miners"),
        ("in", "in"),
    ],
)
def test_the_head_is_the_last_word_before_what_goes_on_about_it(words: str, head: str) -> None:
    tokens = words.split()
    assert tokens[head_token(tokens, list(range(len(tokens))))] == head


SENTENCES = (
    "http : / / news . example / 1",
    "Police arrested Maria Lopez in Nairobi on Tuesday .",
    "Lopez was charged .",
    "Nobody marked this arrest .",
)
MARKED = (  # first token, number of tokens, kind, cluster
    (9, 1, "entity", "police"), (10, 1, "event", "arrest"), (11, 2, "entity", "lopez"), (14, 1, "loc", "nairobi"),
    (18, 1, "entity", "lopez"), (20, 1, "event", "charge"), (25, 1, "event", "arrest"),
)  # fmt: skip


def form(name: str = "one") -> dict[str, Any]:
    """A row of the corpus' form: an address, two sentences annotated throughout and one that is not."""
    tokens: list[str] = []
    sents = []
    for sentence in SENTENCES:
        sents.append([len(tokens), len(tokens) + len(sentence.split())])
        tokens += sentence.split()
    return {
        "id": name, "topic": name, "url_sentence0": True, "tokens": tokens, "sents": sents, "sent_ids": [0, 1, 2, 3],
        "selected_sents": [1, 2],
        "mentions": [
            {"tokens": list(range(at, at + size)), "kind": kind, "tag": "ANY", "cluster": cluster}
            for at, size, kind, cluster in MARKED
        ],
    }  # fmt: skip


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load()


@pytest.fixture(scope="module")
def reads(nlp: Language, tmp_path_factory: pytest.TempPathFactory) -> list[Read]:
    path = tmp_path_factory.mktemp("gold") / "gold.jsonl.gz"
    with gzip.open(path, "wt", encoding="utf8") as file:
        file.writelines(json.dumps(form(name)) + "\n" for name in ("one", "two"))
    return read_documents(nlp, path)


def words(gold: GoldDocument) -> list[str]:
    return [gold.article.text[mention.span.start : mention.span.end] for mention in gold.mentions]


def test_gold_mentions_point_into_the_text_and_lie_in_annotated_sentences() -> None:
    gold = document(form())
    assert gold.article.text.startswith("Police arrested")
    assert words(gold) == ["Police", "arrested", "Maria Lopez", "Nairobi", "Lopez", "charged"]
    assert [gold.article.text[start:end] for start, end in gold.scored][1] == "Lopez was charged."


def test_a_linker_sees_the_mentions_and_gets_full_marks_for_the_gold(reads: list[Read]) -> None:
    def knowing(given: Sequence[Given]) -> list[set[Span]]:
        grouped: dict[str, set[Span]] = {}
        for one in given:
            for mention in one.read.gold.of({"entity"}):
                assert mention.span in one.spans
                grouped.setdefault(mention.cluster, set()).add(mention.span)
        return list(grouped.values())

    assert score_given(reads, {"entity"}, knowing)["CoNLL"].f1 == pytest.approx(1)


def test_the_baseline_joins_heads_of_one_lemma_within_topics_or_everywhere(reads: list[Read]) -> None:
    given = [Given(read=read, spans=tuple(mention.span for mention in read.gold.mentions)) for read in reads]
    within = same_head_lemma(given, within_topics=True)
    everywhere = same_head_lemma(given, within_topics=False)
    assert sorted(map(len, within)) == [1] * 8 + [2, 2]
    assert sorted(map(len, everywhere)) == [2, 2, 2, 2, 4]


def test_the_graph_links_given_mentions_of_entities_each_once(reads: list[Read]) -> None:
    given = [Given(read=read, spans=tuple(mention.span for mention in read.gold.of({"entity"}))) for read in reads]
    linked = linked_entities(given)
    assert sorted(span for cluster in linked for span in cluster) == sorted(span for one in given for span in one.spans)
    text = {read.gold.article.id: read.gold.article.text for read in reads}
    told = [{text[span.document][span.start : span.end] for span in cluster} for cluster in linked]
    assert {"Maria Lopez", "Lopez"} in told


def test_names_from_raw_text_are_matched_by_span_and_by_head(reads: list[Read]) -> None:
    graph = graph_of(reads)
    for heads in (False, True):
        found = score_end_to_end(reads, graph, SETTINGS["entities"], heads=heads)
        assert (found.mentions.gold, found.mentions.right) == (6, 4)  # not "Police", that names nobody
        assert found.mentions.found == 4  # Nairobi is a location, passed over here
        assert found.of_both["CoNLL"].f1 == pytest.approx(1)
    both = score_end_to_end(reads, graph, SETTINGS["entities and loc"], heads=False)
    assert (both.mentions.gold, both.mentions.right, both.mentions.found) == (8, 6, 6)


def test_events_outside_annotated_sentences_are_no_errors(reads: list[Read]) -> None:
    found = score_end_to_end(reads, graph_of(reads), SETTINGS["events"], heads=True)
    assert found.marked.found == found.marked.right == found.marked.gold == 4
