"""Files of any size as characters, a piece at a time, in every encoding that is told for small ones."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, TextIO

from ingest.readers.encoding import MOST_CONTROLS, NotText, decode, wide
from ingest.readers.source import Source

_PIECE = 1 << 18


class Recoded(io.RawIOBase):
    """The bytes of a stream as UTF-8; the first read may raise NotText."""

    def __init__(self, stream: BinaryIO, charset: str | None) -> None:
        self.note: str | None = None  # how characters had to be guessed, as far as they were read
        self._stream = stream
        self._charset = charset
        self._rest = b""  # cut off in the middle of a character
        self._ready = memoryview(b"")
        self._is_first = True
        self._wide: codecs.IncrementalDecoder | None = None

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Fill the buffer as far as what was read reaches."""
        while not self._ready:
            content = self._stream.read(_PIECE)
            self._ready = memoryview(self._recoded(content))
            if not content:
                break
        count = min(len(buffer), len(self._ready))
        buffer[:count] = self._ready[:count]
        self._ready = self._ready[count:]
        return count

    def _recoded(self, content: bytes) -> bytes:
        is_first, self._is_first = self._is_first, False
        if is_first and (encoding := wide(content)):
            self._wide = codecs.getincrementaldecoder(encoding)("strict")
        if self._wide:
            try:
                return self._wide.decode(content, final=not content).encode()
            except UnicodeDecodeError as error:
                if is_first:
                    raise NotText("it is marked as UTF-16 or UTF-32 and is not") from error
                self.note = "some of it is not in the encoding of its start and was left out"
                return b""
        joined = self._rest + content
        if is_first:
            joined = joined.removeprefix(codecs.BOM_UTF8)
            if joined.count(0) > MOST_CONTROLS * len(joined):
                raise NotText("it is binary, not text")
        text, used = codecs.utf_8_decode(joined, "replace", not content)
        if is_first or "\ufffd" in text:
            # Of encodings with several bytes a character, none is cut at the end of a line.
            used = (joined.rfind(b"\n") + 1 or used) if content and "\ufffd" in text else used
            text = self._told(joined[:used], text, is_first=is_first)
        self._rest = joined[used:]
        return text.encode()

    def _told(self, content: bytes, text: str, *, is_first: bool) -> str:
        try:
            told, note = decode(content.replace(b"\0", b" "), self._charset)
        except NotText:
            if is_first:
                raise
            told, note = codecs.utf_8_decode(content, "replace", True)[0], "some characters were not told and replaced"
        self.note = self.note or note
        return told if told != text.replace("\0", " ") else text


@contextmanager
def characters(source: Source) -> Iterator[tuple[TextIO, Recoded]]:
    """The characters of a source, its line ends as they are, and where a note on their encoding will be."""
    with source.open() as stream:
        recoded = Recoded(stream, source.charset)
        with io.TextIOWrapper(io.BufferedReader(recoded, _PIECE), "utf-8", newline="") as text:
            yield text, recoded
