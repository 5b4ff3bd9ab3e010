"""Base forms are those of lemminflect, though its dictionary is read otherwise."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import pytest
from lemminflect.codecs.LemmaLUCodec import LemmaLUCodec
from lemminflect.codecs.OverridesCodec import OverridesCodec
from lemminflect.config import lemma_lu_fn, lemma_overrides_fn
from lemminflect.core.Lemmatizer import Lemmatizer

from ingest.language.dictionary import Entries, base_form


def test_every_entry_reads_as_lemminflect_reads_it() -> None:
    ours, theirs = Entries(Path(lemma_lu_fn)), LemmaLUCodec.load(lemma_lu_fn)
    assert len(theirs) > 50_000
    assert all(ours.get(word) == entry for word, entry in theirs.items())
    assert ours.get("no such word", {}) == {}


def test_base_forms_are_those_of_lemminflect() -> None:
    theirs = Lemmatizer()
    words = [*islice(LemmaLUCodec.load(lemma_lu_fn), 0, None, 40), *OverridesCodec.load(lemma_overrides_fn), "glorbs"]
    for word in map(str.lower, words):
        for word_class in ("NOUN", "VERB"):
            assert base_form(word, word_class) == next(iter(theirs.getLemma(word, word_class)), word)


@pytest.mark.parametrize(
    ("word", "word_class", "base"),
    [("struck", "VERB", "strike"), ("children", "NOUN", "child"), ("found", "VERB", "find"), ("okays", "VERB", "okay"),
     ("glorbs", "NOUN", "glorb"), ("", "NOUN", ""), ("1,100", "NOUN", "1,100")],
)  # fmt: skip
def test_a_word_has_its_base_form(word: str, word_class: str, base: str) -> None:
    assert base_form(word, word_class) == base
