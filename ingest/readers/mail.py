"""Mail: the article that somebody sent or passed on, and whatever is attached to it."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import EmailMessage, Message
from email.parser import BytesFeedParser
from email.policy import compat32
from email.utils import parseaddr, parsedate_to_datetime
from typing import cast

from ingest.article import Article, DateSource
from ingest.errors import Reason, UnreadableArticle
from ingest.readers.composing import composed, story, too_long
from ingest.readers.dates import parse_date
from ingest.readers.encoding import NotText, decode
from ingest.readers.fragments import one_line, plain
from ingest.readers.imprint import Imprint
from ingest.readers.kinds import HEAD, kind_of
from ingest.readers.limits import OverLimit, whole
from ingest.readers.source import Note, Part, Source
from ingest.readers.text import compose
from ingest.readers.web.page import read_page

LONGEST_HEADER = 20_000  # of what tells how a mail is made: its parser takes quadratic time
LONGEST_LINE = 2000  # of the other headers; more is cut off
CHUNK = 65_536
# A plain text as short as this beside an HTML one only says that there is one.
SHORTEST_TEXT = 200
DEEPEST = 50  # parts within parts; what writes mail nests four or five
_STRUCTURE = re.compile(rb"^content-(?:type|disposition)[ \t]*:(?:[^\n]*\n[ \t])*[^\n]*", re.IGNORECASE | re.MULTILINE)
_PASSED_ON = re.compile(r"\s*(?:(?:fwd?|fw|wg|tr|rv|enc|i|re|aw|sv)\s*(?:\[\d+\])?:|\[fwd?:)\s*", re.IGNORECASE)
_FIELD = re.compile(r"[\s>*]*(From|Date|Sent|Subject|To|Cc|Reply-To)\s*:\*?\s*(.*?)\s*", re.IGNORECASE)
_SIGNATURE = re.compile(r"-- ?")
_RULE = re.compile(r"[\s>]*(?:-{2,}.*|_{5,}|Begin forwarded message:|Forwarded by .*)\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Letterhead:
    """Who sent what and when."""

    subject: str = ""
    sender: str | None = None
    sent: date | None = None
    is_passed_on: bool = False  # by somebody who is not its publisher


def read(source: Source) -> Iterator[Part]:
    """Yield the text of a mail as an article, or its HTML as a member where it has no other, then what is attached."""
    with source.open() as stream:
        content = whole(stream, source.options.limits.file_bytes)
    if any(len(found[0]) > LONGEST_HEADER for found in _STRUCTURE.finditer(content)):
        yield UnreadableArticle(source.name, "no mail has headers as long as these", reason=Reason.BROKEN)
        return
    try:
        message = _parsed(content, time.monotonic() + source.options.limits.article_seconds)
        head = _letterhead(message)
        parts = list(_leaves(message))
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        yield UnreadableArticle(source.name, f"broken mail ({one_line(str(error))[:100]})", reason=Reason.BROKEN)
        return
    if not message.keys():
        yield UnreadableArticle(source.name, "it has no headers and so is no mail", reason=Reason.BROKEN)
        return
    texts = [each for each in parts if _is_body(each, "plain")]
    pages = [each for each in parts if _is_body(each, "html")]
    text = "\n\n".join(filter(None, map(_text, texts)))
    is_told = False
    if pages and sum(map(str.isalnum, text)) < SHORTEST_TEXT:
        for page in pages:
            yield from _page(page, head, source)
        is_told = True
    elif text.strip():
        yield from _article(text, head, source)
        is_told = True
    spent = set(map(id, (*texts, *pages)))
    unknown = []
    for place, part in enumerate((each for each in parts if id(each) not in spent), 1):
        member = _attached(part, place, source)
        if member:
            yield member
            is_told = True
        elif part.get_content_disposition() == "attachment":
            unknown.append(_file_name(part) or part.get_content_type())
    if unknown:
        yield Note(path=source.name, text=f"nothing reads what is attached: {', '.join(unknown[:5])}"[:300])
    if not is_told:
        yield UnreadableArticle(source.name, "it holds no text", reason=Reason.NO_ARTICLE)


def _parsed(content: bytes, deadline: float) -> EmailMessage:
    """The mail that these bytes are; parts in parts take time for each line and each level. Raises OverLimit."""
    # Of the newer policies, the parser of headers fails on some broken ones and takes quadratic time on others.
    parser = BytesFeedParser(_factory=EmailMessage, policy=compat32)
    for start in range(0, len(content), CHUNK):
        parser.feed(content[start : start + CHUNK])
        if time.monotonic() > deadline:
            raise OverLimit("reading it takes too long", Reason.TOO_SLOW)
    return cast(EmailMessage, parser.close())


def _leaves(message: Message, depth: int = 0) -> Iterator[EmailMessage]:
    """The parts that hold something, and mails within the mail, in order."""
    if message.get_content_maintype() == "multipart" and isinstance(message.get_payload(), list) and depth < DEEPEST:
        for part in message.get_payload():
            if isinstance(part, Message):
                yield from _leaves(part, depth + 1)
    elif isinstance(message, EmailMessage):
        yield message


def _is_body(part: EmailMessage, subtype: str) -> bool:
    return part.get_content_type() == f"text/{subtype}" and part.get_content_disposition() != "attachment"


def _letterhead(message: Message) -> _Letterhead:
    subject = _header(message, "subject")
    title = _subject(subject)
    return _Letterhead(
        subject=title,
        sender=_sender(_header(message, "from")),
        sent=_day(_header(message, "date")),
        is_passed_on=title != subject,
    )


def _subject(words: str) -> str:
    """A subject without "Fwd:" and its like."""
    while found := _PASSED_ON.match(words):
        words = words[found.end() :].removesuffix("]") if "[" in found[0][:2] else words[found.end() :]
    return words.strip()


def _header(message: Message, name: str) -> str:
    """A header as one line of words, whatever was done to it."""
    given = next((value for key, value in message.raw_items() if key.lower() == name), "")
    given = str(given).encode("utf-8", "surrogateescape").decode("utf-8", "replace")[:LONGEST_LINE]
    try:
        return one_line(str(make_header(decode_header(given))))
    except (MessageError, LookupError, ValueError):
        return one_line(given)


def _sender(words: str) -> str | None:
    """Who a mail is from: by name, else by the name of their machine."""
    if "@" not in words:
        return words or None
    try:
        name, address = parseaddr(words)
    except (RecursionError, ValueError, IndexError):
        return None
    return one_line(name.strip("'\"")) or address.rpartition("@")[2] or None


def _day(words: str) -> date | None:
    try:
        return parsedate_to_datetime(words).date()
    except (ValueError, TypeError, IndexError, OverflowError, RecursionError):
        return parse_date(words[:100])


def _content(part: EmailMessage) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _text(part: EmailMessage) -> str:
    """The characters of a part; lines that only the mail broke are whole again (RFC 3676)."""
    content = _content(part)
    try:
        text = content.decode(part.get_content_charset() or "utf-8")
    except (LookupError, ValueError):
        try:
            text, _ = decode(content)
        except NotText:
            return ""
    if str(part.get_param("format", "")).lower() != "flowed":
        return text
    is_tight = str(part.get_param("delsp", "")).lower() == "yes"
    lines = text.replace("\r\n", "\n").split("\n")
    pieces = []
    for line in lines:
        goes_on = line.endswith(" ") and not _SIGNATURE.fullmatch(line)
        pieces.append((line[:-1] if is_tight else line) if goes_on else line + "\n")
    return "".join(pieces)


def _article(text: str, head: _Letterhead, source: Source) -> Iterator[Part]:
    """The article of a mail, or of the mail that is passed on in it."""
    text = text.replace("\r\n", "\n")
    if len(text) > source.options.limits.text_characters:
        yield too_long(source)
        return
    lines = text.split("\n")
    end = next((place for place, line in enumerate(lines) if place and _SIGNATURE.fullmatch(line)), len(lines))
    inner = _inner(lines)
    if inner and inner[1] < end:
        head, start = inner
        lines = lines[start:end]
    elif any(line.strip() for line in lines[:end]):
        lines = lines[:end]
    heading = f"# {head.subject}\n\n" if any(map(str.isalnum, head.subject)) else ""
    article = compose(heading + "\n".join(lines), source)
    if article is None:
        yield UnreadableArticle(source.name, "it holds no words", reason=Reason.NO_ARTICLE)
        return
    yield _dated(article, head)


def _inner(lines: list[str]) -> tuple[_Letterhead, int] | None:
    """The letterhead of the last mail that is passed on in these lines, and where its text starts."""
    found = None
    place = 0
    while place < len(lines):
        said: dict[str, str] = {}
        start = place
        while place < len(lines) and (field := _FIELD.fullmatch(lines[place][:LONGEST_LINE])):
            said.setdefault(field[1].lower(), field[2])
            place += 1
        is_marked = any(_RULE.fullmatch(line) for line in lines[max(0, start - 2) : start])
        if "from" in said and "subject" in said and ("date" in said or "sent" in said or is_marked):
            head = _Letterhead(
                subject=_subject(one_line(said["subject"])),
                sender=_sender(one_line(said["from"])),
                sent=_day(one_line(said.get("date") or said.get("sent") or "")),
            )
            found = head, place
        place += place == start
    return found


def _page(part: EmailMessage, head: _Letterhead, source: Source) -> Iterator[Part]:
    """The article of a mail of HTML; what it does not say itself, the letterhead says."""
    page = replace(source, charset=part.get_content_charset())
    content = _content(part)
    found = list(read_page(page, content, head.subject or None))
    if not any(isinstance(each, Article) for each in found):  # too short for a page of the web
        imprint = Imprint(title=head.subject or None)
        found = [composed(source, imprint, story(plain(_text(part))))]
    for each in found:
        yield _dated(each, head) if isinstance(each, Article) else each


def _dated(article: Article, head: _Letterhead) -> Article:
    """An article with the day and the sender of its mail, where these are its own and it has no others."""
    if head.is_passed_on:
        return article
    if head.sent and article.dated_by is not DateSource.METADATA:
        article = replace(article, published=head.sent, dated_by=DateSource.METADATA)
    return replace(article, publisher=article.publisher or head.sender)


def _attached(part: EmailMessage, place: int, source: Source) -> Source | None:
    """What is attached, where something here may read it; pictures and signatures are no loss."""
    kind = part.get_content_type()
    name = _file_name(part)
    if kind.startswith("message/"):
        held = part.get_payload()
        inner = held[0] if isinstance(held, list) and held else None
        content = inner.as_bytes() if isinstance(inner, Message) else _content(part)
        return replace(source.holding(name or f"mail-{place}.eml", content), media_type="message/rfc822")
    content = _content(part)
    if not content or kind_of(name, kind, content[:HEAD]) is None:
        return None
    member = source.holding(name or f"part-{place}", content)
    return replace(member, media_type=kind, charset=part.get_content_charset())


def _file_name(part: EmailMessage) -> str:
    try:
        name = part.get_filename() or ""
        return one_line(str(make_header(decode_header(name[:LONGEST_LINE])))).replace("/", "_").replace("!", "_")
    except (MessageError, LookupError, ValueError, TypeError):
        return ""
