"""Pairs of names to learn from: what is trusted, what is two names, and that no family stands on both sides."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from training.name_pairs import NamePairs, kind_of

SHARED = """name1	name2	scripts	count
anton	antón	hebrew,russian	9
viktor	victor	hebrew,russian	9
victor	wiktor	arabic,hebrew,russian	4
viktor	wiktor	russian	1
general	joshua	hebrew,russian	2
rosen	rosin	arabic,hebrew	7
apple	orfin	hebrew,korean,russian	8
"""
FULL = "script\tlatin\ttarget\n" + "".join(
    f"hebrew\t{given} {surname}\t{pivot} {surname[::-1]}\n"
    for given, pivot in (("Viktor", "one"), ("Wiktor", "one"), ("Vector", "two"))
    for surname in ("Molina", "Carter", "Otieno")
)


@pytest.fixture
def pairs(tmp_path: Path) -> NamePairs:
    for name, text in (("latin_variants_by_pivot", SHARED), ("wikidata_fullname_pairs", FULL)):
        (tmp_path / f"{name}.tsv.gz").write_bytes(gzip.compress(text.encode()))
    return NamePairs(tmp_path)


def test_pairs_are_trusted_by_scripts_and_by_how_many_names_have_them(pairs: NamePairs) -> None:
    assert pairs.trusted == [("victor", "viktor"), ("victor", "wiktor")]


def test_a_family_is_held_out_as_a_whole(pairs: NamePairs) -> None:
    assert {pairs.family(word) for word in ("victor", "viktor", "wiktor")} == {"victor"}
    assert len({pairs.is_held_out(word) for word in ("victor", "viktor", "wiktor")}) == 1


def test_two_names_are_two_only_where_they_had_the_chance_to_meet(pairs: NamePairs) -> None:
    assert pairs.differ("viktor", "vector")
    assert not pairs.differ("viktor", "wiktor")  # share a pivot
    assert not pairs.differ("viktor", "victoria")  # stands in no full name


@pytest.mark.parametrize(
    ("left", "right", "kind"),
    [
        ("marin", "mario", "one edit"),
        ("marlon", "merlin", "same skeleton"),
        ("braun", "brauner", "two edits"),
        ("yoshida", "yossef", "other"),
        ("kovalenko", "kovalchuk", "same beginning"),
    ],
)
def test_what_makes_two_names_look_alike(left: str, right: str, kind: str) -> None:
    assert kind_of(left, right) == kind


def test_no_word_held_out_is_shown_as_another_script_writes_it(pairs: NamePairs) -> None:
    rows = pairs.written("hebrew")
    assert set(rows) == {
        (word, pivot)
        for word, pivot in (
            ("viktor", "one"), ("wiktor", "one"), ("vector", "two"),
            ("molina", "aniloM"), ("carter", "retraC"), ("otieno", "oneitO"),
        )
        if not pairs.is_held_out(word)
    }  # fmt: skip
    assert rows == sorted(rows)
