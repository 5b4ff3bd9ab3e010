"""Mail: what was sent, what was passed on, and what is attached."""

from __future__ import annotations

from datetime import date
from email.message import EmailMessage

import pytest

from ingest.article import DateSource
from ingest.errors import Reason
from tests.ingest.readers.documents import mail, paragraphs_of
from tests.ingest.readers.reading import articles, notes, outcomes, refusals, texts

TITLE = "Storm tears roofs off houses in the harbour town"
PARAGRAPHS = [
    "A storm tore the roofs off “forty” houses beside the café in the harbour on Tuesday, the mayor said.",
    "Nobody was hurt, but three families spent the night in the school hall, where neighbours brought them soup.",
    "The council said that repairs would take at least two weeks and that the ferry would not run before Friday.",
]
TEXT = "\n\n".join(PARAGRAPHS)


def letter(subject: str = TITLE, sender: str = "Coast Gazette <desk@coast.example>") -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = subject
    message["From"] = sender
    message["Date"] = "Tue, 12 Mar 2024 23:10:00 +0100"
    return message


def test_a_mail_is_an_article() -> None:
    (article,) = articles(outcomes(mail(TITLE, PARAGRAPHS), "a.eml"))
    assert texts(article) == [TITLE, *PARAGRAPHS]  # whole lines, and nothing of the signature
    assert (article.published, article.dated_by) == (date(2024, 3, 12), DateSource.METADATA)
    assert (article.publisher, article.path) == ("The Coast Gazette", "a.eml")


def test_of_a_text_and_a_page_the_text_is_read() -> None:
    message = letter()
    message.set_content(TEXT)
    message.add_alternative(f"<p>Other words.</p>{paragraphs_of(PARAGRAPHS)}", subtype="html")
    (article,) = articles(outcomes(bytes(message), "a.eml"))
    assert texts(article) == [TITLE, *PARAGRAPHS]


@pytest.mark.parametrize("plain", [None, "View this mail in your browser: https://coast.example/1"])
def test_where_the_text_says_next_to_nothing_the_page_is_read(plain: str | None) -> None:
    message = letter()
    page = f"<html><body><article>{paragraphs_of(PARAGRAPHS)}</article></body></html>"
    if plain:
        message.set_content(plain)
        message.add_alternative(page, subtype="html")
    else:
        message.set_content(page, subtype="html")
    (article,) = articles(outcomes(bytes(message), "a.eml"))
    assert texts(article) == [TITLE, *PARAGRAPHS]
    assert (article.published, article.dated_by) == (date(2024, 3, 12), DateSource.METADATA)
    assert article.publisher == "Coast Gazette"


def test_a_short_page_is_read_too() -> None:
    message = letter()
    message.set_content("<p>The ferry runs again.</p>", subtype="html")
    assert texts(articles(outcomes(bytes(message), "a.eml"))[0]) == [TITLE, "The ferry runs again."]


@pytest.mark.parametrize(
    "head",
    [
        "---------- Forwarded message ---------\nFrom: The Paper <a@paper.example>\nDate: Mon, 11 Mar 2024 at 09:00\n"
        f"Subject: {TITLE}\nTo: <me@a.example>\n",
        f"-----Original Message-----\nFrom: The Paper\nSent: Monday, March 11, 2024 9:00 AM\nSubject: {TITLE}\n",
        f"Begin forwarded message:\n\n> From: The Paper\n> Date: March 11, 2024\n> Subject: {TITLE}\n",
    ],
)
def test_what_is_passed_on_has_its_own_head(head: str) -> None:
    message = letter(f"Fwd: {TITLE}", "Bo Ek <bo@a.example>")
    message.set_content(f"Have you seen this?\n\n{head}\n{TEXT}\n")
    (article,) = articles(outcomes(bytes(message), "a.eml"))
    assert texts(article) == [TITLE, *PARAGRAPHS]
    assert article.published == date(2024, 3, 11)
    assert article.publisher == "The Paper"


def test_who_passes_on_a_mail_is_not_its_publisher() -> None:
    message = letter(f"FW: [Fwd: {TITLE}]", "Bo Ek <bo@a.example>")
    message.set_content(TEXT)
    (article,) = articles(outcomes(bytes(message), "a.eml"))
    assert (article.title, article.publisher, article.published) == (TITLE, None, None)


def test_a_reply_among_the_words_of_a_title_stays() -> None:
    message = letter("Re: Minister: Re-election is off")
    message.set_content(TEXT)
    assert articles(outcomes(bytes(message), "a.eml"))[0].title == "Minister: Re-election is off"


def test_lines_that_only_the_mail_broke_are_whole_again() -> None:
    flowed = "A storm tore the \nroofs off.\n\nNobody was hurt. \n"
    content = f"Subject: Storm\nContent-Type: text/plain; format=flowed\n\n{flowed}".encode()
    (article,) = articles(outcomes(content, "a.eml"))
    assert texts(article) == ["Storm", "A storm tore the roofs off.", "Nobody was hurt."]


def test_what_is_attached_is_read_in_its_turn() -> None:
    message = letter()
    message.set_content(TEXT)
    message.add_attachment(b"# Another text\n\nIt has words.", maintype="text", subtype="plain", filename="a/b!.txt")
    message.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="logo.png")
    inner = letter("Within")
    inner.set_content("Words of the mail within.")
    message.add_attachment(inner)
    found = outcomes(bytes(message), "a.eml")
    assert [each.title for each in articles(found)] == [TITLE, "Another text", "Within"]
    assert [each.path for each in articles(found)] == ["a.eml", "a.eml!a_b_.txt", "a.eml!mail-3.eml"]
    assert notes(found) == ["nothing reads what is attached: logo.png"]


def test_pictures_within_the_text_are_no_loss() -> None:
    message = letter()
    message.set_content(TEXT)
    message.add_related(b"\x89PNG", maintype="image", subtype="png", cid="<a>")
    found = outcomes(bytes(message), "a.eml")
    assert len(found) == 1


@pytest.mark.parametrize("charset", ["iso-8859-1", "utf-8", "no-such-thing"])
def test_words_in_headers_and_bodies_are_decoded(charset: str) -> None:
    known = charset if charset != "no-such-thing" else "utf-8"
    content = (
        b"Subject: =?utf-8?q?Caf=C3=A9_?= =?iso-8859-1?q?f=EAte?=\nFrom: =?utf-8?q?Le_Caf=C3=A9?= <a@b.example>\n"
        + f"Content-Type: text/plain; charset={charset}\n\n".encode()
        + "Le café est ouvert.".encode(known)
    )
    (article,) = articles(outcomes(content, "a.eml"))
    assert (article.title, article.publisher) == ("Café fête", "Le Café")
    assert "Le café est ouvert." in article.text


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"no headers at all", Reason.BROKEN),
        (b"Subject: nothing\n\n", Reason.NO_ARTICLE),
        (b"Subject: x\nContent-Type: text/plain; " + b"a=b; " * 100_000 + b"\n\nwords", Reason.BROKEN),
        (b"Subject: x\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\niVBORw==", Reason.NO_ARTICLE),
    ],
)
def test_what_holds_no_text_is_refused(content: bytes, reason: Reason) -> None:
    assert [each.reason for each in refusals(outcomes(content, "a.eml"))] == [reason]


@pytest.mark.parametrize(
    "head",
    [
        b"From: " + b"(" * 100_000,
        b"Subject: " + b"=?utf-8?q?" * 20_000,
        b"Date: " + b"(" * 100_000,
        b"Subject: =?x\0y?q?a?=",
        b"Subject: =?\xff?q?a?=",
    ],
)
def test_hostile_headers_do_no_harm(head: bytes) -> None:
    (article,) = articles(outcomes(head + b"\n\nThe ferry runs again.", "a.eml"))
    assert "The ferry runs again." in article.text
