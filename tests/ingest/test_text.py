"""A read text says of its words what spaCy says of the same ones."""

from __future__ import annotations

import gc
from functools import cache
from random import Random
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from ingest.language.pipeline import EVENTS, load, reader_of
from ingest.language.text import Columns, Text, Word
from ingest.language.tokens import Form, Tokenizer, Tokens

NEWS = (
    "MUSCAT, July 5 - Talks resume\n\n"
    "Ana Silva, the mayor of Porto, said on Tuesday that 1,100 people had been moved after floods hit the city.\n\n"
    '  "We have seen nothing like it", she told Radio Lima, which is based in Peru. Rescuers and soldiers searched the '
    "mud for three missing children; two were found, the police said.\n"
    "What did the ministers of Chad and Niger agree on in Oslo? A ceasefire, he said, that they hope will last."
)
TEXTS = [NEWS, "", "   ", "\n\n", "Rain", "  Rain fell. ", "Ten dead.\n\n\n Nine hurt\t\tin Lima \n"]
ATTRIBUTES = [
    "i", "idx", "text", "lower_", "pos_", "tag_", "lemma_", "dep_", "ent_iob_", "ent_type_", "whitespace_", "shape_",
    "is_space", "is_punct", "is_alpha", "is_title", "is_upper", "is_lower", "like_num",
]  # fmt: skip
NEAR = ["head", "left_edge", "right_edge"]
MANY = ["children", "lefts", "rights", "ancestors", "subtree", "conjuncts"]


@cache
def nlp() -> Language:
    return load(None)


def read(text: str) -> tuple[Text, Doc]:
    return reader_of(nlp()).read(nlp().make_doc(text)), nlp()(text)


def assert_same(ours: Text, doc: Doc) -> None:
    assert (len(ours), ours.text) == (len(doc), doc.text)
    for word, token in zip(ours, doc, strict=True):
        for name in ATTRIBUTES:
            assert getattr(word, name) == getattr(token, name), (name, token)
        for name in NEAR:
            assert getattr(word, name).i == getattr(token, name).i, (name, token)
        for name in MANY:
            assert [other.i for other in getattr(word, name)] == [other.i for other in getattr(token, name)], name
        assert word.is_sent_start == bool(token.is_sent_start)
        assert span_of(word.sent) == span_of(token.sent)
        assert word.is_predicate == token._.is_predicate
        assert [(other.i, role) for other, role in word.arguments] == [
            (other.i, role) for other, role in token._.arguments
        ]
        assert [word.is_ancestor(other) for other in ours] == [token.is_ancestor(other) for other in doc]
    assert [*map(span_of, ours.ents)] == [*map(span_of, doc.ents)]
    assert [*map(span_of, ours.sents)] == [*map(span_of, doc.sents)]
    assert [*map(span_of, ours.events)] == [*map(span_of, doc.spans[EVENTS])]


def span_of(span: Any) -> tuple[object, ...]:
    return span.start, span.end, span.text, span.start_char, span.end_char, span.root.i, span.label_, len(span)


@pytest.mark.parametrize("text", [text for text in TEXTS if text.strip()], ids=repr)
def test_a_text_says_what_spacy_says(text: str) -> None:
    assert_same(*read(text))


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from([*NEWS.split(" "), "\n\n", " ", "."]), max_size=40))
def test_any_words_are_read_as_on_a_doc(words: list[str]) -> None:
    if any(word.strip() for word in words):
        assert_same(*read(" ".join(words)))


@settings(max_examples=300)
@given(st.lists(st.integers(0, 99), min_size=1, max_size=30), st.randoms(use_true_random=False))
def test_subtrees_that_cross_end_where_spacy_ends_them(chosen: list[int], chance: Random) -> None:
    order = list(range(len(chosen)))
    chance.shuffle(order)
    heads = [0] * len(order)
    for place, (word, number) in enumerate(zip(order, chosen, strict=True)):
        heads[word] = order[number % place] if place else word  # on one of those before it in the order
    doc = Doc(nlp().vocab, words=["x"] * len(order), heads=heads, deps=["dep"] * len(order))
    blank = [""] * len(order)
    columns = Columns(
        pos=blank, tag=blank, dep=blank, lemma=blank, heads=[head - i for i, head in enumerate(heads)],
        starts=[token.is_sent_start for token in doc], names=(), events=(), roles={},
    )  # fmt: skip
    ours = Text.read(Tokens.of(doc), columns)
    if len(ours.sents) == 1:
        for word, token in zip(ours, doc, strict=True):
            assert [word.left_edge.i, word.right_edge.i] == [token.left_edge.i, token.right_edge.i]
            assert [other.i for other in word.subtree] == [other.i for other in token.subtree]


@pytest.mark.parametrize("text", ["", "   ", "\n\n"], ids=repr)
def test_white_space_is_read_without_sentences_of_words(text: str) -> None:
    ours, _ = read(text)
    assert all(word.is_space and word.head is word for word in ours)
    assert len(ours.sents) <= 1


@cache
def tokenizer() -> Tokenizer:
    return Tokenizer(nlp())


def assert_cut_the_same(text: str) -> None:
    ours, doc = tokenizer()(text), nlp().make_doc(text)
    theirs = Tokens.of(doc)
    assert [form.text for form in ours.forms] == [token.text for token in doc]
    assert (ours.places, ours.spaces) == (theirs.places, theirs.spaces)


@pytest.mark.parametrize(
    "text",
    [
        *TEXTS, "a  b", "a\n b", " a", "a ", "a \n\n b", "\ta\u00a0b\u2003c", "\n \n",
        "can't won't U.S. 10km :) ; ) 5 p.m.", "Cannot, cannot. dont, Ill. J. McA. NATO. NATO, ten, Ten. Inc. Co, a.",
        "\"Mr.\" (adm.) 'Cause-x N-J. behind-the-scenes, \"bubble\" it's John's (EFF). 'nuff (Nothin' he?\" s's. 's",
    ],
    ids=repr,
)  # fmt: skip
def test_a_text_is_cut_as_spacy_cuts_it(text: str) -> None:
    assert_cut_the_same(text)


@settings(max_examples=300)
@given(st.text(st.sampled_from("aBcZs.,'\"(-)? "), max_size=40))
def test_any_letters_are_cut_as_spacy_cuts_them_and_known_as_it_knows_them(text: str) -> None:
    assert_cut_the_same(text)
    vocab = nlp().vocab
    for form in tokenizer()(text).forms:
        theirs = Form(vocab, vocab.strings.add(form.text))
        assert [getattr(form, name) for name in Form.__slots__] == [getattr(theirs, name) for name in Form.__slots__]


@settings(max_examples=300)
@given(st.text(st.sampled_from("aZ.1'’\"()-$%:/ \n\t\u00a0ß🙂"), max_size=40))
def test_any_characters_are_cut_as_spacy_cuts_them(text: str) -> None:
    cut = nlp().make_doc
    alone = [word.text for run in text.split() for word in cut(run)]
    assume(alone == [word.text for word in cut(text) if not word.is_space])  # it sees a smiley in ": )", and cuts ")"
    assert_cut_the_same(text)


@pytest.mark.parametrize("mode", ["strict", "expand"])
def test_the_words_over_characters_are_those_that_spacy_finds(mode: str) -> None:
    ours, doc = read(NEWS)
    for start in range(len(NEWS)):
        for end in range(start + 1, min(start + 14, len(NEWS) + 1)):
            mine, theirs = (
                ours.char_span(start, end, alignment_mode=mode),
                doc.char_span(start, end, alignment_mode=mode),
            )
            assert (mine is None) == (theirs is None), (start, end)
            if mine is not None and theirs is not None:
                assert (mine.start, mine.end) == (theirs.start, theirs.end), (start, end)


@given(st.integers(-90, 90), st.integers(-90, 90))
def test_a_slice_has_the_words_of_spacys(start: int, end: int) -> None:
    ours, doc = read_once()
    mine, theirs = ours[start:end], doc[start:end]
    assert [word.i for word in mine] == [token.i for token in theirs]
    assert mine.text == theirs.text
    if len(mine):
        assert mine.root.i == theirs.root.i


@cache
def read_once() -> tuple[Text, Doc]:
    return read(NEWS)


def test_a_neighbour_before_the_first_or_behind_the_last_is_an_error() -> None:
    ours, _ = read_once()
    assert ours[1].nbor(-1) is ours[0]
    with pytest.raises(IndexError):
        ours[0].nbor(-1)
    with pytest.raises(IndexError):
        ours[len(ours) - 1].nbor()


def test_words_that_are_let_go_need_no_collector() -> None:
    def alive() -> int:
        return sum(isinstance(each, Word) for each in gc.get_objects())

    gc.collect()
    before = alive()
    gc.disable()
    try:
        ours = reader_of(nlp()).read(nlp().make_doc(NEWS))
        assert alive() == before + len(ours) > before
        ours.let_go()
        del ours
        assert alive() == before
    finally:
        gc.enable()
