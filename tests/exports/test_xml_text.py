"""Text that XML can hold."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from hypothesis import given

from exports.ids import portable
from exports.xml_text import escaped
from ingest.characters import encodable
from tests.exports.hostile import WORDS


@pytest.mark.parametrize("character", ["\x00", "\x08", "\x0b", "\x1f", "\ud800", "\udfff", "\ufffe", "\uffff"])
def test_what_xml_cannot_hold_becomes_one_replacement_character(character: str) -> None:
    assert encodable(f"a{character}b") == "a\ufffdb"


@pytest.mark.parametrize(
    "text", ["\t\n\r", " ", "\x7f\x85", "\ud7ff\ue000\ufffd", "\U00010000\U0010ffff", "Zürich <&> 東京"]
)
def test_every_other_character_stays(text: str) -> None:
    assert encodable(text) == text


@given(WORDS)
def test_a_text_comes_back_from_an_element_and_from_an_attribute(text: str) -> None:
    read = ElementTree.fromstring(f'<a b="{escaped(text)}">{escaped(text)}</a>')
    assert read.get("b") == (read.text or "") == encodable(text)


def test_ids_of_our_own_stay_and_others_become_hashes_that_differ() -> None:
    assert portable("article-1b2fa72246797792") == "article-1b2fa72246797792"
    strange = ["", "a b", "a/b", "a_b", "-a", "a-", "é", "a\n", "a\ud800", "a\x00", "x" * 201]
    hashes = {portable(id) for id in strange}
    assert len(hashes) == len(strange)
    assert all(portable(hash) == hash for hash in hashes)
