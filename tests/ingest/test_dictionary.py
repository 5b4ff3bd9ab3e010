"""Base forms are those of lemminflect, though its dictionary is read otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest
from lemminflect.codecs.LemmaLUCodec import LemmaLUCodec
from lemminflect.config import lemma_lu_fn

from ingest.language.dictionary import Entries, base_form


def test_every_entry_reads_as_lemminflect_reads_it() -> None:
    ours, theirs = Entries(Path(lemma_lu_fn)), LemmaLUCodec.load(lemma_lu_fn)
    assert len(theirs) > 50_000
    assert all(ours.get(word) == entry for word, entry in theirs.items())
    assert ours.get("no such word", {}) == {}


@pytest.mark.parametrize(
    ("word", "word_class", "base"),
    [("struck", "VERB", "strike"), ("children", "NOUN", "child"), ("found", "VERB", "find"), ("okays", "VERB", "okay"),
     ("glorbs", "NOUN", "glorb"), ("", "NOUN", ""), ("1,100", "NOUN", "1,100")],
)  # fmt: skip
def test_a_word_has_its_base_form(word: str, word_class: str, base: str) -> None:
    assert base_form(word, word_class) == base
