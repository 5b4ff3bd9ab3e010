"""Saved pages: the right part is read, however it is packed."""

from __future__ import annotations

import base64
import io

from ingest.article import Article
from ingest.errors import Reason, UnreadableArticle
from ingest.readers import Outcome, Source, read
from tests.ingest.readers.pages import page, saved

TITLE = "Storm tears roofs off houses in the harbour town"
PARAGRAPHS = (
    "A storm tore the roofs off “forty” houses beside the café in the harbour on Tuesday, the mayor said.",
    "Nobody was hurt, but three families spent the night in the school hall, where neighbours brought them soup.",
)
SAVED = saved(TITLE, PARAGRAPHS)


def outcomes(content: bytes, name: str = "a.mhtml") -> list[Outcome]:
    return list(read(Source(name=name, open=lambda: io.BytesIO(content))))


def article(content: bytes, name: str = "a.mhtml") -> Article:
    (found,) = [each for each in outcomes(content, name) if isinstance(each, Article)]
    return found


def parts(*pieces: bytes, kind: str = "multipart/related", more: str = "") -> bytes:
    top = f'MIME-Version: 1.0\r\nContent-Type: {kind}; boundary="b"{more}\r\n\r\n'.encode()
    return top + b"".join(b"--b\r\n" + piece + b"\r\n" for piece in pieces) + b"--b--\r\n"


def piece(content: bytes, headers: str = "Content-Type: text/html; charset=utf-8") -> bytes:
    return headers.encode() + b"\r\n\r\n" + content


def test_the_address_is_that_of_the_saved_page() -> None:
    assert article(SAVED).url == "https://daily.example/harbour"


def test_it_is_known_without_its_suffix() -> None:
    assert article(SAVED, "saved").title == TITLE


def test_base64_and_older_encodings_are_undone() -> None:
    content = base64.encodebytes(page(TITLE, PARAGRAPHS).decode().encode("cp1252"))
    headers = "Content-Type: text/html; charset=windows-1252\r\nContent-Transfer-Encoding: BASE64"
    assert PARAGRAPHS[0] in article(parts(piece(content, headers))).text


def test_the_part_that_is_named_as_the_root_is_read() -> None:
    frame = piece(page("Another", ["Nothing of this advertisement belongs to the article, not a single word."] * 3))
    root = piece(page(TITLE, PARAGRAPHS), "Content-Type: text/html; charset=utf-8\r\nContent-ID: <root>")
    assert article(parts(frame, root, more='; start="<root>"')).title == TITLE


def test_a_page_within_another_part_is_found() -> None:
    inner = piece(page(TITLE, PARAGRAPHS))
    nested = b'Content-Type: multipart/alternative; boundary="c"\r\n\r\n--c\r\n' + inner + b"\r\n--c--"
    assert article(parts(nested)).title == TITLE


def test_the_subject_is_the_title_of_a_page_that_has_none() -> None:
    bare = "<html><body>" + "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS) + "</body></html>"
    content = b"Subject: =?utf-8?Q?Caf=C3=A9?=\r\n" + parts(piece(bare.encode()))
    assert article(content).title == "Café"


def test_a_file_without_a_page_is_refused() -> None:
    for content in (parts(piece(b"GIF89a", "Content-Type: image/gif")), b"From: <Saved by Blink>\r\n", SAVED[:300]):
        (found,) = outcomes(content)
        assert isinstance(found, UnreadableArticle)
        assert found.reason is Reason.BROKEN


def test_parts_without_end_take_no_time() -> None:
    nested = b"".join(b'Content-Type: multipart/related; boundary="%d"\r\n\r\n--%d\r\n' % (i, i) for i in range(20_000))
    assert outcomes(b"MIME-Version: 1.0\r\n" + nested)
    assert outcomes(parts(*[b""] * 500_000))
