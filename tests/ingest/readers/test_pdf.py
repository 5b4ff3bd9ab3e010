"""Printed pages: lines put together again, heads and feet left out, hostile files refused."""

from __future__ import annotations

import textwrap
import time
import zlib

import pytest

from ingest.errors import Reason
from ingest.readers import Limits, Options
from ingest.readers.pages import Line, blocks_of, split_edges
from tests.ingest.readers.documents import assembled, pdf, printed, stream
from tests.ingest.readers.reading import articles, notes, outcomes, refusals, texts

TITLE = "Storm tears roofs off houses in the harbour town"
PARAGRAPHS = [
    "A storm tore the roofs off “forty” houses beside the café in the harbour on Tuesday, the mayor said.",
    "Nobody was hurt, but three families spent the night in the school hall, where neighbours brought them soup.",
    "The council said that repairs would take at least two weeks and that the ferry would not run before Friday.",
]
FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
PAGE = (
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 5 0 R "
    b"/Resources << /Font << /F1 3 0 R >> /XObject << /X 6 0 R >> >> >>"
)
Placed = tuple[float, float, float, str]


def one_page(content: bytes, *more: bytes) -> bytes:
    pages = b"<< /Type /Pages /Kids [4 0 R] /Count 1 >>"
    return assembled([b"<< /Type /Catalog /Pages 2 0 R >>", pages, FONT, PAGE, content, *more])


def placed(paragraphs: list[str], *, x: float = 60, y: float = 700, width: int = 60, indent: float = 0) -> list[Placed]:
    """Lines of 10 points, 12 apart: paragraphs are set in, or else have an empty line between them."""
    lines: list[Placed] = []
    for paragraph in paragraphs:
        for place, line in enumerate(textwrap.wrap(paragraph, width)):
            lines.append((x + indent * (place == 0), y, 10, line))
            y -= 12
        y -= 0 if indent else 12
    return lines


def lines_of(paragraphs: list[Placed]) -> list[Line]:
    return [Line(text=text, x=x, y=y, size=size) for x, y, size, text in paragraphs]


def told(pages: list[list[Line]]) -> list[str]:
    return [block.text for block, _ in blocks_of(pages)]


def test_a_page_is_an_article_with_its_headline() -> None:
    (article,) = articles(outcomes(printed(TITLE, PARAGRAPHS), "a.pdf"))
    assert texts(article) == [TITLE, *PARAGRAPHS]
    assert (article.published, article.dated_by) == (None, None)  # whatever day the file was made


def test_paragraphs_that_are_set_in_are_told_apart() -> None:
    assert told([lines_of(placed(PARAGRAPHS, indent=12))]) == PARAGRAPHS
    short = ["One line.", "Another line.", "A third.", *PARAGRAPHS, "A last line."]
    assert told([lines_of(placed(short, indent=12))]) == short


def test_a_paragraph_goes_on_in_the_next_column_and_on_the_next_page() -> None:
    long = " ".join(PARAGRAPHS)
    lines = lines_of(placed([long, *PARAGRAPHS], width=30, indent=12))
    left = [Line(text=line.text, x=line.x, y=700 - 12 * place, size=10) for place, line in enumerate(lines[:4])]
    right = [Line(text=line.text, x=line.x + 200, y=700 - 12 * place, size=10) for place, line in enumerate(lines[4:7])]
    after = [Line(text=line.text, x=line.x, y=700 - 12 * place, size=10) for place, line in enumerate(lines[7:])]
    assert told([left + right, after]) == [long, *PARAGRAPHS]


def test_words_broken_at_the_end_of_a_line_are_whole_again() -> None:
    lines = [
        "The implemen-",
        "tation of well-",
        "known plans by the Franco-",
        "British pre-",
        "and post-war group is well-known to us.",
    ]
    assert told([lines_of([(60, 700 - 12 * place, 10, line) for place, line in enumerate(lines)])]) == [
        "The implementation of well-known plans by the Franco-British pre- and post-war group is well-known to us."
    ]


def test_a_byline_and_a_subhead_stand_alone() -> None:
    lines = [(60.0, 700.0, 10.0, "By Ada Lind"), (60.0, 688.0, 10.0, "12 March 2024")]
    lines += placed(PARAGRAPHS[:1], y=664)
    assert told([lines_of(lines)])[:2] == ["By Ada Lind", "12 March 2024"]


def test_heads_feet_and_page_numbers_are_left_out() -> None:
    pages = [
        [(60.0, 770.0, 8.0, f"The Coast Gazette, page {number}"), *placed(PARAGRAPHS[number - 1 : number]),
         (60.0, 30.0, 8.0, "https://coast.example/2024/storm"), (300.0, 20.0, 8.0, f"{number}/3")]
        for number in (1, 2, 3)
    ]  # fmt: skip
    (article,) = articles(outcomes(pdf(pages), "a.pdf"))
    assert texts(article) == PARAGRAPHS
    assert article.url == "https://coast.example/2024/storm"


def test_lines_of_one_page_are_no_heads() -> None:
    page = lines_of(placed(PARAGRAPHS))
    assert split_edges([page]) == ([page], [])


@pytest.mark.parametrize(
    ("given", "title"),
    [
        ("Microsoft Word - draft7.doc", TITLE),
        (f"{TITLE} - The Coast Gazette", TITLE),
        ("", TITLE),
        ("Nobody was hurt", "Nobody was hurt"),
        ("storm", TITLE),
    ],
)
def test_the_title_that_the_file_has_counts_only_where_the_page_shows_it(given: str, title: str) -> None:
    page = [(60.0, 740.0, 30.0, "GAZETTE"), (60.0, 720.0, 20.0, TITLE), *placed(PARAGRAPHS)]
    (article,) = articles(outcomes(pdf([page], given), "a.pdf"))
    assert article.title == title
    assert PARAGRAPHS[2] in article.text


def test_a_page_that_cannot_be_read_is_told_and_the_others_are_read() -> None:
    good = stream(b"BT /F1 10 Tf 60 700 Td (The ferry runs again.) Tj ET")
    pages = b"<< /Type /Pages /Kids [4 0 R 6 0 R] /Count 2 >>"
    catalogue = b"<< /Type /Catalog /Pages 2 0 R >>"
    second = PAGE.replace(b"5 0 R", b"7 0 R")
    found = outcomes(assembled([catalogue, pages, FONT, PAGE, stream(b"[" * 100_000), second, good]), "a.pdf")
    assert notes(found) == ["page 1 cannot be read"]
    assert texts(articles(found)[0]) == ["The ferry runs again."]


def test_pages_of_pictures_ask_for_ocr() -> None:
    (refusal,) = refusals(outcomes(pdf([[], []]), "a.pdf"))
    assert refusal.reason is Reason.NO_ARTICLE
    assert "run OCR first" in str(refusal)


def test_an_encrypted_file_is_refused() -> None:
    entry = "/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O ({0}) /U ({0}) >> /ID [(a) (a)]".format("x" * 32)
    (refusal,) = refusals(outcomes(pdf([placed(PARAGRAPHS)], trailer=entry), "a.pdf"))
    assert refusal.reason is Reason.ENCRYPTED


def test_packed_pages_are_read() -> None:
    content = zlib.compress(b"BT /F1 10 Tf 60 700 Td (The ferry runs again.) Tj ET")
    (article,) = articles(outcomes(one_page(stream(content, "/Filter /FlateDecode")), "a.pdf"))
    assert article.text == "The ferry runs again."


def _bomb() -> bytes:
    packer = zlib.compressobj(9)
    return b"".join(packer.compress(bytes(1_000_000)) for _ in range(200)) + packer.flush()


FORM = "/Type /XObject /Subtype /Form /Resources << /XObject << /X 6 0 R >> >>"
KIDS = [b"<< /Type /Pages /Kids [" + b"%d 0 R " % (level + 1) * 10 + b"] /Count 10 >>" for level in range(2, 12)]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (one_page(stream(_bomb(), "/Filter /FlateDecode")), Reason.BROKEN),
        (one_page(stream(b"[" * 100_000)), Reason.BROKEN),
        (one_page(stream(b"/X Do " * 30), stream(b"/X Do " * 30, FORM)), Reason.NO_ARTICLE),
        (
            assembled([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"]),
            Reason.BROKEN,
        ),
        (assembled([b"<< /Type /Catalog /Pages 2 0 R >>", *KIDS, b"<< /Type /Page >>"]), Reason.TOO_LARGE),
        (assembled([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 9 >>"]), Reason.NO_ARTICLE),
        (pdf([[(60, 700, 10, "w")]] * 2001), Reason.TOO_LONG),
        (b"%PDF-1.4\n" + b"1 0 obj << /A " * 10_000, Reason.BROKEN),
    ],
    ids=["bomb", "nested", "form in itself", "page tree in itself", "page tree", "no pages", "pages", "open"],
)
def test_hostile_files_are_refused(content: bytes, reason: Reason) -> None:
    assert [each.reason for each in refusals(outcomes(content, "a.pdf"))] == [reason]


def test_a_page_that_takes_too_long_is_given_up() -> None:
    options = Options(limits=Limits(article_seconds=0))
    (refusal,) = refusals(outcomes(printed(TITLE, PARAGRAPHS), "a.pdf", options))
    assert refusal.reason is Reason.TOO_SLOW


def test_more_text_than_one_article_has_is_refused() -> None:
    options = Options(limits=Limits(text_characters=100))
    (refusal,) = refusals(outcomes(printed(TITLE, PARAGRAPHS), "a.pdf", options))
    assert refusal.reason is Reason.TOO_LONG


def test_a_word_without_end_takes_no_longer_than_any_other_text() -> None:
    start = time.process_time()
    page = [*placed(PARAGRAPHS), (60, 600, 10, "a" * 60_000), (60, 588, 10, "and a line below it")]
    assert articles(outcomes(pdf([page]), "a.pdf"))
    assert time.process_time() - start < 10
