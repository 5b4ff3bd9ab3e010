"""Files and folders of text and JSON lines: what is read, and what is said of the rest."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from ingest.article import Article
from ingest.errors import UnreadableArticle
from ingest.readers import Note, Options, Outcome, Source, read
from ingest.readers.dates import parse_date
from ingest.readers.encoding import NotText, decode
from ingest.readers.folder import is_within, list_files

TEXT = "Storm in the harbour\n\nA storm tore roofs off “forty” houses at the café on Tuesday."
TEXTS = [".txt", ".md", ".jsonl"]


def outcomes(path: Path, content: bytes, options: Options | None = None) -> list[Outcome]:
    path.write_bytes(content)
    return list(read(Source.at(path, options)))


def only_refusal(found: list[Outcome]) -> str:
    assert len(found) == 1
    assert isinstance(found[0], UnreadableArticle)
    return str(found[0])


@contextmanager
def without_root() -> Iterator[None]:
    """Root may read everything: be nobody for a while."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def content(suffix: str, text: str) -> str:
    return json.dumps({"text": text}, ensure_ascii=False) + "\n" if "json" in suffix or "nd" in suffix else text


@pytest.mark.parametrize("suffix", TEXTS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_every_reader_reads_every_encoding(tmp_path: Path, suffix: str, encoding: str) -> None:
    found = outcomes(tmp_path / f"a{suffix}", content(suffix, TEXT).encode(encoding))
    articles = [each for each in found if isinstance(each, Article)]
    assert len(articles) == 1
    assert "“forty” houses at the café" in articles[0].text
    assert articles[0].path == str(tmp_path / f"a{suffix}")
    assert [isinstance(each, Note) for each in found] == [encoding == "cp1252"] * (len(found) - 1) + [False]


@pytest.mark.parametrize("suffix", TEXTS)
@pytest.mark.parametrize(
    ("held", "problem"),
    [
        (b"", "it is empty"),
        (b" \n\n \n", "it is empty"),
        (bytes(range(256)) * 20, "binary, not text"),
        (bytes(range(1, 256)) * 20, "encoding is unknown"),
        (b"\xff\xfe\x00", "marked as UTF-16 and is not"),
    ],
)
def test_every_reader_refuses_what_is_no_text(tmp_path: Path, suffix: str, held: bytes, problem: str) -> None:
    found = outcomes(tmp_path / f"a{suffix}", held)
    assert found
    assert not [each for each in found if isinstance(each, Article)]
    if suffix in {".txt", ".md"}:
        line = only_refusal(found)
        assert line.startswith(f"{tmp_path}/a{suffix}: ")
        assert problem in line
        assert "; " in line


@pytest.mark.parametrize("suffix", TEXTS)
def test_every_reader_refuses_twenty_megabytes_as_one_article(tmp_path: Path, suffix: str) -> None:
    line = only_refusal(outcomes(tmp_path / f"a{suffix}", content(suffix, "storm " * 3_500_000).encode()))
    assert "more than 5,000,000 characters" in line


def test_words_without_letters_are_no_article(tmp_path: Path) -> None:
    assert "holds no words" in only_refusal(outcomes(tmp_path / "a.txt", b"-----\n\n***\n"))


def test_a_damaged_utf8_file_loses_only_the_damaged_characters() -> None:
    text, note = decode("Żółć gęślą jaźń ".encode() * 9 + b"\xc5")
    assert text.startswith("Żółć")
    assert note is not None
    assert note.startswith("1 char")


def test_binary_is_told_from_text() -> None:
    with pytest.raises(NotText):
        decode(b"\x89PNG\r\n\x1a\n\x00\x00")


def test_a_broken_line_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    lines = [
        b'{"id": "a", "text": "One."}',
        b'{"id": ',
        b"",
        b"[1]",
        b'{"text": 3}',
        b'{"id": 7, "text": "Two."}',
        b"\xff\xfe{",
    ]
    found = outcomes(tmp_path / "a.jsonl", b"\n".join(lines))
    assert [each.id for each in found if isinstance(each, Article)] == ["a", "7"]
    assert [each.line for each in found if isinstance(each, UnreadableArticle)] == [2, 4, 5, 7]
    assert "a.jsonl, line 2: broken JSON" in str(next(each for each in found if isinstance(each, UnreadableArticle)))


def test_json_lines_keep_id_and_text_untouched(tmp_path: Path) -> None:
    text = "  A\u0301 title\r\n\r\n  First — **paragraph**.\t\nFirst — **paragraph**.\n"
    line = {
        "id": "x 1",
        "title": "A  title",
        "text": text,
        "date": "2025-06-08",
        "url": "http://e.org",
        "publisher": "G",
    }
    (article,) = outcomes(tmp_path / "a.jsonl", json.dumps(line).encode())
    assert isinstance(article, Article)
    assert (article.id, article.text, article.title) == ("x 1", text, "A title")
    assert (article.published, article.url, article.publisher) == (date(2025, 6, 8), "http://e.org", "G")
    ranges = [text[start:end] for start, end in article.paragraphs]
    assert ranges == ["A\u0301 title", "First — **paragraph**.", "First — **paragraph**."]


def test_a_lone_surrogate_becomes_one_character_that_files_can_hold(tmp_path: Path) -> None:
    (article,) = outcomes(tmp_path / "a.jsonl", b'{"text": "a \\ud800 b"}')
    assert isinstance(article, Article)
    assert article.text == "a \ufffd b"


def test_an_unknown_date_in_json_is_noted_and_filled(tmp_path: Path) -> None:
    options = Options(published=date(2025, 1, 1))
    note, article = outcomes(tmp_path / "a.jsonl", b'{"text": "a", "date": "soon"}', options)
    assert "'soon' is not understood" in str(note)
    assert isinstance(article, Article)
    assert article.published == date(2025, 1, 1)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("26-FEB-1987 15:01:01.79", date(1987, 2, 26)),
        ("Sun, 08 Jun 2025 10:00:00 +0000", date(2025, 6, 8)),
        ("27-MAR-1987 00:03:35.68F", date(1987, 3, 27)),
        ("8.6.2025", date(2025, 6, 8)),
        ("Sept. 9, 2024", date(2024, 9, 9)),
        ("2025-06-08 10:30", date(2025, 6, 8)),
        ("2025-06-08T10:30:00.123+02:00", date(2025, 6, 8)),
        ("June 2025", None),
        ("31 June 2025", None),
        ("5/6/2025", None),
        ("", None),
    ],
)
def test_dates_are_read_or_left_open(words: str, day: date | None) -> None:
    assert parse_date(words) == day


def test_folders_are_walked_in_one_order_and_other_files_counted(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/10.md", "a.jsonl", "photo.png", "README.md", ".hidden/c.txt", ".d.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("words")
    listing = list_files([tmp_path / "b", tmp_path, tmp_path / "a.jsonl"])
    assert [str(file.relative_to(tmp_path)) for file in listing.files] == ["a.jsonl", "b/10.md", "b/2.txt"]
    assert listing.ignored == 3
    assert listing.refused == ()


def test_a_readme_given_by_name_is_read(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("words")
    assert list_files([tmp_path / "README.md"]).files == (tmp_path / "README.md",)


def test_missing_paths_empty_folders_and_other_kinds_are_one_line_each(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "photo.png").write_bytes(b"\x89PNG")
    listing = list_files([tmp_path / "gone", tmp_path / "empty", tmp_path / "photo.png"])
    assert [str(each).removeprefix(f"{tmp_path}/").split("; ")[0] for each in listing.refused] == [
        "empty: no articles in this folder",
        "gone: no such file or folder",
    ]
    assert "no reader for this kind of file; `newsgraph build --help` lists what is read" in only_refusal(
        list(read(Source.at(listing.files[0])))
    )


def test_what_may_not_be_read_is_refused() -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        (folder / "a.txt").write_text("words")
        (folder / "a.txt").chmod(0)
        (folder / "locked").mkdir(mode=0)
        with without_root():
            refused = list(read(Source.at(folder / "a.txt")))
            listing = list_files([folder / "locked"])
    assert "permission denied" in only_refusal(refused)
    assert "locked: permission denied" in str(listing.refused[0])


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    assert "not a regular file" in only_refusal(list(read(Source.at(tmp_path / "a.txt"))))


def test_what_lies_in_a_folder() -> None:
    assert is_within("/a/b/c.txt", "/a/b")
    assert not is_within("/a/bc/c.txt", "/a/b")
