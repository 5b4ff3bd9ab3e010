"""Vectors of event mentions, and the mentions that only the fuller reading keeps."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from ingest.annotate import Annotator
from ingest.article import AnnotatedArticle, Article
from ingest.language.mentions import passages, shipped_encoder
from ingest.language.model import LONGEST
from ingest.language.pieces import Pieces
from ingest.language.pipeline import load, reader_of
from ingest.language.text import Text
from ingest.setup import SHIPPED
from ingest.vectors import packed, unpacked

SENTENCES = [
    "A powerful earthquake struck the coast of Chile on Sunday.",
    "The quake that hit Chile brought down hundreds of houses.",
    "Shareholders approved the merger of the two banks.",
]
WORDS = ["struck", "hit", "approved"]


@cache
def nlp() -> Language:
    return load(None)


@cache
def read(text: str, *, every_mention: bool) -> AnnotatedArticle:
    article = Article(id="one", title="", text=text, paragraphs=((0, len(text)),))
    return next(iter(Annotator(every_mention=every_mention).annotate([article])))


def read_words(text: str) -> Text:
    return reader_of(nlp()).read(nlp().make_doc(text))


def vectors(text: str, words: list[str]) -> np.ndarray:
    doc = read_words(text)
    spans = [(token.i, token.i + 1) for token in doc if token.text in words]
    return unpacked(shipped_encoder().vectors(doc, spans))


def test_mentions_of_one_event_are_more_alike_than_others() -> None:
    one, two, other = vectors(" ".join(SENTENCES), WORDS)
    assert one @ two > 0.5 > max(one @ other, two @ other)


def test_a_vector_depends_on_its_own_sentence_alone() -> None:
    assert np.array_equal(vectors(SENTENCES[0], WORDS)[0], vectors(" ".join(SENTENCES), WORDS)[0])


def test_of_a_long_sentence_what_stands_around_a_mention_is_read() -> None:
    doc = read_words("The miners " + "and the drivers " * 80 + "protested on Monday.")
    spans = [(token.i, token.i + 1) for token in doc if token.text in ("miners", "protested")]
    found = passages(doc, spans, Pieces(SHIPPED / "vocab.txt"))
    assert sorted(number for passage in found for number, _, _ in passage.places) == [0, 1]
    for passage in found:
        assert len(passage.pieces) <= LONGEST
        for _, first, last in passage.places:
            assert 0 < first < last < len(passage.pieces)


@given(st.lists(st.floats(-1, 1, allow_nan=False), min_size=4, max_size=4).filter(any))
def test_a_packed_vector_is_nearly_the_vector_at_length_one(numbers: list[float]) -> None:
    vector = np.array(numbers, dtype=np.float32)
    if np.linalg.norm(vector) > 1e-3:
        assert unpacked([packed(vector)])[0] == pytest.approx(vector / np.linalg.norm(vector), abs=0.005)


TEXT = (
    "Floods killed 12 people in Recife on Tuesday, the mayor said. Rescuers searched the mud. "
    "Residents feared more rain."
)


def triggers(annotated: AnnotatedArticle) -> list[str]:
    return [annotated.mentions[event.trigger].text for event in annotated.events]


def test_the_fuller_reading_keeps_what_is_said_and_what_is_of_no_type() -> None:
    usual, fuller = read(TEXT, every_mention=False), read(TEXT, every_mention=True)
    assert triggers(fuller)[: len(usual.events)] == triggers(usual)
    assert {"said", "searched"} <= set(triggers(fuller)) - set(triggers(usual))
    assert [event.type for event in fuller.events[: len(usual.events)]] == [event.type for event in usual.events]


def test_only_the_fuller_reading_takes_vectors() -> None:
    assert not any(event.vector for event in read(TEXT, every_mention=False).events)
    assert all(event.vector for event in read(TEXT, every_mention=True).events)


def test_mentions_stand_in_the_order_of_the_text() -> None:
    mentions = read(TEXT, every_mention=True).mentions
    assert all(one.start <= two.start for one, two in pairwise(mentions))
