"""XML, element by element: nothing is fetched, no entity is expanded, and what was read is let go of again."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from html import unescape
from html.entities import html5
from typing import Any, BinaryIO

from lxml import etree

from ingest.characters import NOT_XML
from ingest.errors import Reason, UnreadableArticle
from ingest.readers.limits import MB, OverLimit
from ingest.readers.root import declared_encoding, marked_encoding
from ingest.readers.source import Note, Part, Source

Element = Any  # lxml has no types

CHUNK = 65_536
# Of one element with all it holds. An empty element of four characters takes 120 bytes of memory: half a gigabyte.
LARGEST = 16 * MB
# "<" without a ">" between them; the parser looks for the end of each tag anew, in all that it holds.
_MOST_OPEN = 1_000
# Of Western encodings that are declared, the one that browsers read, which has the typographic quotation marks too.
_WESTERN = frozenset(("iso8859-1", "ascii", "cp1252"))
_MARKS = frozenset("<>&\"'")
_NOT_UTF8 = re.compile("[\udc80-\udcff]+")
_DECLARATION = re.compile(r"\A\s*<\?xml\s[^>]*\?>")
_TOKEN = re.compile(r"<!\[CDATA\[|\]\]>|&(?:#\w{1,10};|[A-Za-z]\w{1,31};)?")
_UNFINISHED = re.compile(r"(?:&[#\w]{0,33}|<!?\[?C?D?A?T?A?|\]\]?)\Z")


class Document:
    """The elements of some names in an XML source, each whole, and afterwards what was wrong with it."""

    def __init__(self, source: Source, *names: str) -> None:
        self._source = source
        self._names = names
        self._broken: list[tuple[int, str]] = []
        self._cut_off = False
        self._misread = 0
        self._found = 0
        self._refusal: tuple[str, Reason] | None = None

    def __iter__(self) -> Iterator[Element]:
        """Yield each element that lies in no other one of these names; it is emptied when the next is asked for.

        What stands before the first in the elements around it can be looked at from it. OverLimit and OSError pass.
        """
        with self._source.open() as file:
            stream = _Mended(file, self._source.charset)
            events = etree.iterparse(
                stream,
                events=("start", "end"),
                tag=[f"{{*}}{name}" for name in self._names],
                encoding="utf-8",
                recover=True,
                resolve_entities=False,
                load_dtd=False,
                no_network=True,
                huge_tree=False,
                remove_comments=True,
                remove_pis=True,
            )
            outermost = None
            try:
                for event, element in events:
                    if outermost is None and event == "start":
                        outermost = element
                        if self._found == 0 and _declares_entities(element):
                            self._refusal = "it declares entities of its own, which can grow without end", Reason.BROKEN
                            return
                    elif event == "end" and element is outermost:
                        outermost = None
                        if stream.has_ended:  # the parser closes what the end of the file left open
                            self._cut_off = True
                            continue
                        self._found += 1
                        yield element
                        _let_go(element)
                        stream.restart_count()
            except etree.XMLSyntaxError as error:
                self._broken.append((error.lineno or 0, error.msg or "no XML"))
            finally:
                self._broken += [(each.line, each.message) for each in events.error_log if each.level_name == "FATAL"]
                self._misread = stream.misread
                self._cut_off |= any("Premature end" in message for _, message in self._broken)

    def problems(self) -> Iterator[Part]:
        """What is to be said of the source once its elements are read."""
        name = self._source.name
        if self._refusal:
            yield UnreadableArticle(name, self._refusal[0], reason=self._refusal[1])
            return
        if self._misread:
            yield Note(path=name, text=f"{self._misread} bytes are not UTF-8; they were read as Windows-1252")
        if not self._broken and not self._cut_off:
            return
        line, message = self._broken[0] if self._broken else (0, "")
        problem = "its end is missing"
        if not self._cut_off:
            problem = f"broken XML ({' '.join(message.split()).rstrip('.')[:100]})"
        step = "what could be read of it was read" if self._found else ""
        place = None if self._cut_off else line or None
        yield UnreadableArticle(name, problem, reason=Reason.BROKEN, line=place, next_step=step)

    @property
    def is_sound(self) -> bool:
        """Whether there is nothing that explains why nothing was found."""
        return not (self._refusal or self._broken or self._cut_off)


class _Mended:
    """A stream of UTF-8 for the parser, with what often is wrong put right: encoding, entities of HTML, lone "&"."""

    def __init__(self, stream: BinaryIO, charset: str | None) -> None:
        self._stream = stream
        self._charset = charset
        self._decoder: codecs.IncrementalDecoder | None = None
        self._rest = ""  # the start of what may go on in the next bytes
        self._is_spent = False
        self._is_cdata = False
        self._count = 0
        self._open = 0  # "<" since the last ">"
        self.misread = 0
        self.has_ended = False

    def read(self, size: int) -> bytes:
        """Some more; nothing at the end. Raises OverLimit where too much was read since the last count began."""
        while not self._is_spent:
            content = self._stream.read(CHUNK)
            self._is_spent = not content
            if mended := self._before_endless(self._mend(content)):
                self._count += len(mended)
                if self._count > LARGEST:
                    raise OverLimit(f"an element of more than {LARGEST // MB} MB is not one article", Reason.TOO_LONG)
                return mended.encode("utf-8", "replace")
        self.has_ended = True
        return b""

    def _before_endless(self, text: str) -> str:
        """A text up to where tags begin and begin, which is the end of what is read."""
        start = 0
        for part in text.split(">"):
            self._open = part.count("<") + (0 if start else self._open)
            if self._open > _MOST_OPEN:
                self._is_spent = True
                return text[:start]
            start += len(part) + 1
        return text

    def restart_count(self) -> None:
        """Whatever was read until now is held no more."""
        self._count = 0

    def _mend(self, content: bytes) -> str:
        is_first = self._decoder is None
        if self._decoder is None:
            encoding, mark = _encoding(content, self._charset)
            content = content[mark:]
            errors = "surrogateescape" if encoding == "utf-8" else "replace"
            self._decoder = codecs.getincrementaldecoder(encoding)(errors)
        text = _NOT_UTF8.sub(self._western, self._decoder.decode(content, not content))
        if is_first:  # a declaration would now be wrong, and parsers want nothing above it
            text = _DECLARATION.sub("", text, count=1).lstrip()
        text = self._rest + text
        unfinished = _UNFINISHED.search(text, max(0, len(text) - 40)) if content else None
        cut = unfinished.start() if unfinished else len(text)
        self._rest = text[cut:]
        return _TOKEN.sub(self._token, NOT_XML.sub("", text[:cut]))

    def _western(self, found: re.Match[str]) -> str:
        content = found[0].encode("utf-8", "surrogateescape")
        self.misread += len(content)
        return content.decode("cp1252", "replace")

    def _token(self, found: re.Match[str]) -> str:
        token = found[0]
        if token[0] != "&":
            self._is_cdata = token[0] == "<"
            return token
        characters = unescape(token) if token[1:2] == "#" else html5.get(token[1:], token)
        if characters in _MARKS:
            return token if len(token) > 1 or self._is_cdata else "&amp;"
        if _MARKS.isdisjoint(characters):
            return NOT_XML.sub("", characters)
        return token if self._is_cdata else f"&amp;{token[1:]}"  # no name that HTML has, as in "?a=1&b;c"


def _encoding(head: bytes, charset: str | None) -> tuple[str, int]:
    """A name that Python knows for the encoding of a document, and the length of its byte order mark."""
    marked, mark = marked_encoding(head)
    if marked:
        return marked, mark
    for name in (declared_encoding(head), charset):
        try:
            known = codecs.lookup(name or "").name
            b"<".decode(known)  # some codecs turn bytes into bytes
        except (LookupError, ValueError):  # of no name, or of one with a null in it
            continue
        if not known.startswith(("utf-16", "utf-32")):  # the head would have shown it
            return ("cp1252" if known in _WESTERN else known), 0
    return "utf-8", 0


def _declares_entities(element: Element) -> bool:
    dtd = element.getroottree().docinfo.internalDTD
    return dtd is not None and next(dtd.iterentities(), None) is not None


def _let_go(element: Element) -> None:
    """Free an element and everything that stands before it, but not what it lies in."""
    element.clear(keep_tail=True)
    while element is not None:
        while element.getprevious() is not None:
            del element.getparent()[0]
        element = element.getparent()
