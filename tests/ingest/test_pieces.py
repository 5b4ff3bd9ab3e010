"""Words cut into pieces with shapes, lemma rules, and windows over pieces."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from ingest.language.labels import NAME_TAGS, NAME_TYPES, apply_lemma_rule, lemma_rule
from ingest.language.model import LONGEST
from ingest.language.pieces import (
    CONTINUED,
    DIGITS,
    INITIAL,
    LOWER,
    MIXED,
    OTHER,
    SHAPES,
    TITLE,
    UPPER,
    WITH_DIGIT,
    Pieces,
    word_shape,
)
from ingest.language.pipeline import load
from ingest.language.tokens import Tokens
from ingest.language.windows import cut
from ingest.setup import SHIPPED


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load()


@pytest.fixture(scope="module")
def pieces() -> Pieces:
    return Pieces(SHIPPED / "vocab.txt")


@pytest.mark.parametrize(
    ("word", "shape"),
    [
        ("rain", LOWER), ("e-mail", LOWER), ("ärger", LOWER), ("Rain", TITLE), ("McDonald", TITLE), ("Al-Quds", TITLE),
        ("NATO", UPPER), ("U.S.", UPPER), ("F-16", UPPER), ("A", INITIAL), ("iPhone", MIXED), ("al-Assad", MIXED),
        ("2025", DIGITS), ("1,100", WITH_DIGIT), ("4.5", WITH_DIGIT), ("90s", LOWER), ("?", OTHER), ("القاهرة", OTHER),
        ("東京", OTHER), ("", OTHER),
    ],
)  # fmt: skip
def test_a_word_has_the_shape_of_its_capitals_and_digits(word: str, shape: int) -> None:
    assert word_shape(word) == shape


@settings(deadline=None)
@given(st.text(min_size=1, max_size=60))
@example("\u0301")
@example("\u00ad")
@example("x" * 500)
def test_every_word_has_pieces_and_as_many_shapes(pieces: Pieces, word: str) -> None:
    ids, shapes = pieces.split(word)
    assert 1 <= len(ids) == len(shapes) <= Pieces.LONGEST
    assert shapes == [word_shape(word)] + [word_shape(word) + CONTINUED] * (len(ids) - 1)
    assert max(shapes) < SHAPES
    assert pieces.split(word) == (ids, shapes)


def test_typographic_marks_read_like_plain_ones(pieces: Pieces) -> None:
    assert pieces.split("“")[0] == pieces.split('"')[0]
    assert pieces.split("Russia’s")[0] == pieces.split("Russia's")[0]


# Lemmas


@pytest.mark.parametrize(
    ("word", "lemma", "rule"),
    [
        ("children", "child", "3:"), ("went", "go", "=go"), ("was", "be", "=be"), ("bodies", "body", "3:y"),
        ("running", "run", "4:"), ("leaves", "leaf", "3:f"), ("US", "US", "0:"), ("rain", "rain", "0:"),
        ("better", "good", "=good"), ("n't", "not", "2:ot"),
    ],
)  # fmt: skip
def test_a_lemma_rule_makes_the_lemma(word: str, lemma: str, rule: str) -> None:
    assert lemma_rule(word, lemma) == rule
    assert apply_lemma_rule(word, rule) == lemma.lower()


@given(st.text(), st.text())
def test_applying_a_lemma_rule_undoes_taking_it(word: str, lemma: str) -> None:
    assert apply_lemma_rule(word, lemma_rule(word, lemma)) == lemma.lower()


@pytest.mark.parametrize("rule", ["3:", "3:y", "9:x"])
def test_a_lemma_rule_that_does_not_fit_leaves_the_word(rule: str) -> None:
    assert apply_lemma_rule("Be", rule) == "be"


def test_name_tags_are_outside_first_then_two_for_each_type() -> None:
    assert NAME_TAGS[0] == "O"
    assert len(NAME_TAGS) == 1 + 2 * len(NAME_TYPES) == len(set(NAME_TAGS))


# Windows


def assert_cut_well(doc: Doc, pieces: Pieces) -> None:
    """Every word in one window, in order, and no window over what the model takes."""
    windows = list(cut(Tokens.of(doc), pieces))
    assert [i for placed in windows for i in placed.tokens] == [token.i for token in doc if not token.is_space]
    for placed in windows:
        assert placed.window.words == [doc[i].text for i in placed.tokens]
        assert len(placed.window.opens) == len(placed.tokens) > 0
        assert sum(len(pieces.split(word)[0]) for word in placed.window.words) + 2 <= LONGEST


WORDS = ["rain", "Rome", ".", "\n\n", "Antidisestablishmentarianism", "x" * 40, "”", "!", "1,100"]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=400))
@example(["Ada", "\n\n", *["rain"] * 123, "Taumatawhakatangihangakoauauotamateaturipukakapikimaungahoronukupokai"])
def test_windows_hold_every_word_once_and_are_never_too_long(nlp: Language, pieces: Pieces, words: list[str]) -> None:
    assert_cut_well(nlp.make_doc(" ".join(words)), pieces)


def test_windows_of_a_short_text_are_one(nlp: Language, pieces: Pieces) -> None:
    doc = nlp.make_doc("Rain in Lima.\n\nSnow in Oslo.")
    (only,) = cut(Tokens.of(doc), pieces)
    assert [word for word, opens in zip(only.window.words, only.window.opens, strict=True) if opens] == ["Rain", "Snow"]


def test_windows_of_a_long_text_begin_where_sentences_do(nlp: Language, pieces: Pieces) -> None:
    windows = list(cut(Tokens.of(nlp.make_doc("The rain came down. " * 200)), pieces))
    assert len(windows) > 5
    assert {placed.window.words[0] for placed in windows} == {"The"}


def test_no_windows_hold_nothing(nlp: Language, pieces: Pieces) -> None:
    assert list(cut(Tokens.of(nlp.make_doc(" \n ")), pieces)) == []
