"""Files of any size as characters, a piece at a time: UTF-8, UTF-16 with its mark, older Western files."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, TextIO

from ingest.readers.encoding import MOST_CONTROLS, UTF16_MARKS, NotText, decode
from ingest.readers.source import Source

_PIECE = 1 << 18


class Recoded(io.RawIOBase):
    """The bytes of a stream as UTF-8; the first read may raise NotText."""

    def __init__(self, stream: BinaryIO) -> None:
        self.note: str | None = None  # how characters had to be guessed, as far as they were read
        self._stream = stream
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
        if self._is_first and content.startswith(UTF16_MARKS):
            self._wide = codecs.getincrementaldecoder("utf-16")("strict")
        is_first, self._is_first = self._is_first, False
        if self._wide:
            try:
                return self._wide.decode(content, final=not content).encode()
            except UnicodeDecodeError as error:
                if is_first:
                    raise NotText("it is marked as UTF-16 and is not") from error
                self.note = "it ends in the middle of a character, or is not UTF-16 all through"
                return b""
        joined = self._rest + content
        if is_first:
            joined = joined.removeprefix(codecs.BOM_UTF8)
            if joined.count(0) > MOST_CONTROLS * len(joined):
                raise NotText("it is binary, not text")
        text, used = codecs.utf_8_decode(joined, "replace", not content)
        self._rest = joined[used:]
        if is_first or "\ufffd" in text:
            text = self._checked(joined[:used], text, is_first=is_first)
        return text.encode()

    def _checked(self, content: bytes, text: str, *, is_first: bool) -> str:
        try:
            guess, note = decode(content.replace(b"\0", b" "))
        except NotText:
            if is_first:
                raise
            guess, note = text, "some of its characters are not UTF-8 and were replaced"
        self.note = self.note or note
        return guess if note else text


@contextmanager
def characters(source: Source) -> Iterator[tuple[TextIO, Recoded]]:
    """The characters of a source, its line ends as they are, and where a note on their encoding will be."""
    with source.open() as stream:
        recoded = Recoded(stream)
        with io.TextIOWrapper(io.BufferedReader(recoded, _PIECE), "utf-8", newline="") as text:
            yield text, recoded
