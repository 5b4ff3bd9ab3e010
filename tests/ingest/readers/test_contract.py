"""What every reader promises, whatever its kind: one test for all of them."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.article import Article
from ingest.errors import Reason, UnreadableArticle
from ingest.readers import FAILED, KINDS, Address, Kind, Outcome, Source, read
from tests.ingest.readers.samples import LISTS, SAMPLES

TITLE = "Storm tears roofs off houses in the harbour town"
PARAGRAPHS = [
    "A storm tore the roofs off “forty” houses beside the café in the harbour on Tuesday, the mayor said.",
    "Nobody was hurt, but three families spent the night in the school hall, where neighbours brought them soup.",
    "The council said that repairs would take at least two weeks and that the ferry would not run before Friday.",
]
in_seconds = settings(deadline=5_000)  # milliseconds: a page takes 20, ten times as long on a busy machine
of_every_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)


def outcomes(kind: Kind, content: bytes, suffix: str | None = None) -> list[Outcome]:
    source = Source(name=f"a{suffix or kind.suffixes[0]}", open=lambda: io.BytesIO(content), size=len(content))
    found = list(read(source))
    for each in found:
        if isinstance(each, Article):
            assert all(each.text[start:end].strip() for start, end in each.paragraphs)
            each.text.encode()
        elif isinstance(each, UnreadableArticle):
            assert not each.problem.startswith(FAILED), each
            assert "\n" not in str(each)
    return found


def refusals(found: list[Outcome]) -> list[Reason]:
    return [each.reason for each in found if isinstance(each, UnreadableArticle)]


def articles(found: list[Outcome]) -> list[Article]:
    return [each for each in found if isinstance(each, Article)]


@of_every_kind
def test_a_good_source_gives_its_article(kind: Kind) -> None:
    for suffix in kind.suffixes:
        found = outcomes(kind, SAMPLES[kind.name](TITLE, PARAGRAPHS), suffix)
        if kind.name in LISTS:
            assert [each.title for each in found if isinstance(each, Address)] == [TITLE]
            continue
        (article,) = articles(found)
        assert article.title == TITLE
        assert all(paragraph in article.text for paragraph in PARAGRAPHS)


@of_every_kind
def test_an_empty_source_is_refused(kind: Kind) -> None:
    assert refusals(outcomes(kind, b"")) == [Reason.EMPTY]


@of_every_kind
@in_seconds
@given(share=st.floats(0, 1))
def test_a_truncated_source_never_crashes(kind: Kind, share: float) -> None:
    whole = SAMPLES[kind.name](TITLE, PARAGRAPHS)
    found = outcomes(kind, whole[: int(share * len(whole))])
    assert found


@of_every_kind
@in_seconds
@given(content=st.binary(max_size=400))
def test_no_bytes_crash_a_reader(kind: Kind, content: bytes) -> None:
    assert outcomes(kind, content)


@of_every_kind
@in_seconds
@given(places=st.lists(st.tuples(st.floats(0, 0.999), st.integers(0, 255)), min_size=1, max_size=20))
def test_a_damaged_source_never_crashes(kind: Kind, places: list[tuple[float, int]]) -> None:
    damaged = bytearray(SAMPLES[kind.name](TITLE, PARAGRAPHS))
    for place, byte in places:
        damaged[int(place * len(damaged))] = byte
    assert outcomes(kind, bytes(damaged))
