"""Paths, addresses and what is piped in are told apart, and what is piped in is read as the kind that it is."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from ingest.readers import Limits, Options
from newsgraph.build import BuildOptions, build
from newsgraph.inputs import BadInput, Inputs, split, spooled
from newsgraph.report import BuildReport
from tests.newsgraph.plain_parts import Capitals, link

TEXT = b"Ada Meets Bo\n\nAda met Bo and 3 others in Malmo.\n"
LINES = b'{"text": "Ada met Bo."}\n{"text": "Bo met Ada."}\n'


class Pipe(io.TextIOWrapper):
    def __init__(self, content: bytes) -> None:
        super().__init__(io.BytesIO(content))


def piped(content: bytes, out: Path, monkeypatch: pytest.MonkeyPatch, *, kind: str | None = None) -> BuildReport:
    monkeypatch.setattr("sys.stdin", Pipe(content))
    return build(["-"], out, BuildOptions(piped=kind), annotator=Capitals(), link=link)


def test_what_is_given_is_told_apart() -> None:
    words = ["a.txt", "https://news.example/a", "-", "./-", Path("b"), "HTTP://news.example", "https://news.example/a"]
    assert split(words) == Inputs(
        paths=(Path("a.txt"), Path("-"), Path("b")),
        addresses=("https://news.example/a", "HTTP://news.example"),
        stdin=True,
    )


@pytest.mark.parametrize("word", ["ftp://news.example/a", "file:///etc/passwd", "feed://news.example/rss"])
def test_other_addresses_are_refused_before_any_work(word: str, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="only http:// and https:// are fetched; save it"):
        build([word], tmp_path / "out", annotator=Capitals(), link=link)
    assert not (tmp_path / "out").exists()


def test_a_path_with_a_colon_is_a_path() -> None:
    assert split(["a: b.txt", "c:/d.txt"]).paths == (Path("a: b.txt"), Path("c:/d.txt"))


def test_what_is_piped_in_is_an_article_or_what_its_first_bytes_say(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert piped(TEXT, tmp_path / "text", monkeypatch).counts["articles"] == 1
    assert piped(LINES, tmp_path / "lines", monkeypatch).counts["articles"] == 2
    (article,) = json.loads((tmp_path / "text/graph.json").read_text())["articles"]
    assert article["path"] == "-"
    assert article["title"] == "Ada Meets Bo"


def test_the_kind_of_what_is_piped_in_can_be_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one_line = LINES.splitlines()[0]
    assert piped(one_line, tmp_path / "a", monkeypatch, kind="jsonlines").counts["articles"] == 1
    (article,) = json.loads((tmp_path / "a/graph.json").read_text())["articles"]
    assert article["text"] == "Ada met Bo."


def test_what_was_piped_in_before_stays_and_the_same_again_is_nothing_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    piped(TEXT, tmp_path, monkeypatch)
    assert piped(LINES, tmp_path, monkeypatch).counts["articles"] == 3
    again = piped(LINES, tmp_path, monkeypatch)
    assert (again.intake.read, again.intake.unchanged, again.counts["articles"]) == (0, 1, 3)


def test_more_than_a_source_may_hold_is_refused_and_leaves_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    small = Options(limits=Limits(archive_bytes=1_000_000))
    with (
        pytest.raises(BadInput, match="-: more than 1 MB came; give it as files"),
        spooled(small, stream=io.BytesIO(bytes(3_000_000))),
    ):
        pass
    assert list(tmp_path.iterdir()) == []


class Terminal(io.BytesIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_is_not_waited_for() -> None:
    with pytest.raises(BadInput, match="nothing is piped in"), spooled(Options(), stream=Terminal()):
        pass
