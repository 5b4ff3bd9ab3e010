"""What every reader promises, whatever its kind: one test for all of them."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.article import Article
from ingest.errors import Reason, UnreadableArticle
from ingest.readers import FAILED, KINDS, Address, Kind, Note, Outcome, Source, read
from ingest.readers.kinds import HEAD, kind_of
from tests.ingest.readers.samples import LISTS, SAMPLES

ROOT = Path(__file__).parents[3]
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


def notes(found: list[Outcome]) -> list[str]:
    return [each.text for each in found if isinstance(each, Note)]


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
def test_an_address_that_is_none_does_not_matter(kind: Kind) -> None:
    content = SAMPLES[kind.name](TITLE, PARAGRAPHS)
    source = Source(name=f"a{kind.suffixes[0]}", open=lambda: io.BytesIO(content), url="https://[of nowhere")
    for each in read(source):
        assert not isinstance(each, UnreadableArticle), each


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


def test_a_source_that_is_certainly_of_its_kind_is_read_whatever_it_is_called() -> None:
    certain = [(kind, SAMPLES[kind.name](TITLE, PARAGRAPHS)) for kind in KINDS if kind.magic]
    certain = [(kind, content) for kind, content in certain if kind_of("a", None, content[:HEAD]) == kind]
    assert {"gzip", "zip", "tar", "warc"} <= {kind.name for kind, _ in certain}
    for kind, content in certain:
        found = outcomes(kind, content, ".txt")
        assert [article.title for article in articles(found)] == [TITLE]
        assert f"it was read as {kind.name}, which it is, not as text, as it is called" in notes(found)


@of_every_kind
def test_a_source_under_the_name_of_another_kind_never_crashes(kind: Kind) -> None:
    for other in KINDS:
        assert outcomes(kind, SAMPLES[other.name](TITLE, PARAGRAPHS))


@of_every_kind
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252", "utf-7", "shift_jis"])
def test_a_source_in_another_encoding_than_it_says_never_crashes(kind: Kind, encoding: str) -> None:
    content = SAMPLES[kind.name](TITLE, PARAGRAPHS).decode("utf-8", "replace")
    assert outcomes(kind, content.encode(encoding, "replace"))


DEEP = 30_000
HOSTILE: dict[str, bytes] = {
    "arrays in arrays": b"[" * DEEP,
    "objects in objects": b'{"a":' * DEEP,
    "elements in elements": b"<div>" * DEEP,
    "an element with many attributes": b"<a " + b" ".join(b'b%d="c"' % n for n in range(DEEP)) + b">",
    "entities of entities": b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b0 "b">'
    + b"".join(b'<!ENTITY b%d "%s">' % (n, b"&b%d;" % (n - 1) * 10) for n in range(1, 12))
    + b"]><a>&b11;</a>",
    "a file of ours": b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file://%s">]><rss><a>&b;</a></rss>'
    % __file__.encode(),
    "one line": b"storm " * 400_000,
    "one word": b"a" * 2_000_000,
    "empty lines": b"\n" * 400_000,
    "one quotation": b'"' + b"a,b\n" * 100_000,
    "many columns": b",".join([b"text"] * DEEP) + b"\n" + b"," * DEEP,
    "marks of Markdown": b"![[](*_`" * DEEP,
    "unended comments": b"<!--" * DEEP,
    "unended characters": b"&#" * DEEP + b"&lt" * DEEP,
    "parts in parts": b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(DEEP // 10)
    ),
    "a header in pieces": b"Subject: " + b"=?utf-8?q?a?= " * DEEP + b"\n\na",
    "objects of a PDF": b"%PDF-1.7\n"
    + b"1 0 obj << /Kids [1 0 R] /Parent 1 0 R >> endobj\n" * 2000
    + b"trailer <</Root 1 0 R>>",
}


@of_every_kind
@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_source_is_done_with_in_seconds(kind: Kind, content: bytes) -> None:
    start = time.process_time()
    found = outcomes(kind, content)
    assert found
    assert time.process_time() - start < 10
    assert not [each for each in articles(found) if "DEEP = " in each.text]


STRETCHES = [
    "a" * 300_000,
    "a-" * 150_000,
    "a " * 150_000,
    "A. " * 100_000,
    "-" * 300_000,
    "1" * 300_000,
    "é" * 300_000,
]


@of_every_kind
@pytest.mark.parametrize("stretch", STRETCHES, ids=lambda stretch: repr(stretch[:4]))
def test_a_paragraph_without_end_is_done_with_in_seconds(kind: Kind, stretch: str) -> None:
    content = SAMPLES[kind.name](TITLE, [PARAGRAPHS[0], stretch, *PARAGRAPHS[1:]])
    start = time.process_time()
    assert outcomes(kind, content)
    assert time.process_time() - start < 10


# Reads each of the given files, in a process whose memory is that of reading and no more.
PROGRAM = """
import json, logging, sys, time
from pathlib import Path
from ingest.errors import UnreadableArticle
from ingest.readers import Source, read
from tests.ingest.readers.memory import peak

logging.disable(logging.CRITICAL)
for path in map(Path, sys.argv[1:]):
    start = time.process_time()
    problems = [each.problem for each in read(Source.at(path)) if isinstance(each, UnreadableArticle)]
    print(json.dumps([path.name, problems[:3], time.process_time() - start, peak()]))
"""


MANY = 60_000
RUNS = ["# a", "x", "From: a", "By Ann", "a |", "Photo: a", "(Adv", "a: b", "text …"]  # and then spaces
AGAIN = ["1", "a", "(", "[", "… ", "* ", "- ", "[a](b", "a@b.c ", "KYIV, ", "https://a.b/", " … [+12 chars] "]


@of_every_kind
def test_long_runs_of_one_thing_take_seconds(kind: Kind) -> None:
    runs = [f"{words}{' ' * MANY}b" for words in RUNS] + [words * (MANY // len(words)) for words in AGAIN]
    content = SAMPLES[kind.name](TITLE, [each for run in runs for each in (PARAGRAPHS[0], run)])
    start = time.process_time()
    assert outcomes(kind, content)
    assert time.process_time() - start < 10


def test_a_source_as_large_as_it_may_be_and_a_huge_one_take_seconds_and_less_than_a_gigabyte(tmp_path: Path) -> None:
    sentences = " ".join(PARAGRAPHS)
    paragraphs = [f"{number} houses. {sentences}" for number in range(4_500_000 // (len(sentences) + 20))]
    paths = []
    for kind in KINDS:
        large = SAMPLES[kind.name](TITLE, paragraphs)
        middle = len(large) // 2
        huge = large[:middle] + large[middle - 1_000_000 : middle] * 60 + large[middle:]
        for name, content in (("large", large), ("huge", huge)):
            paths.append(tmp_path / f"{kind.name}-{name}{kind.suffixes[0]}")
            paths[-1].write_bytes(content)
    told = subprocess.run([sys.executable, "-c", PROGRAM, *map(str, paths)], cwd=ROOT, check=True, capture_output=True)
    figures = [json.loads(line) for line in told.stdout.splitlines()]
    assert len(figures) == 2 * len(KINDS)
    for name, problems, seconds, megabytes in figures:
        assert seconds < 20, name
        assert megabytes < 1000, name
        assert not [problem for problem in problems if problem.startswith(FAILED)], name
