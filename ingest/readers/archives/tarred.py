"""Tar archives, packed or not: POSIX, GNU and older ones, read from front to end."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from typing import BinaryIO

from ingest.errors import Reason
from ingest.readers.archives.members import Member, parts
from ingest.readers.archives.streams import CHUNK, Tally, Unpacking, Window, buffered, copy, kept, unpackers_for
from ingest.readers.limits import MB, Damaged, Refusal
from ingest.readers.source import Note, Part, Source

BLOCK = 512
LONGEST_HEADER = 1 * MB  # of an extended one, which holds a name and a few numbers
_LINKS, _DEVICES, _FOLDER, _SPARSE = "12", "346", "5", "S"
_OTHER = frozenset("DMVNXgK")  # tell of the archive, of several at once, or of where a link leads: nothing to read
_OCTAL = re.compile(rb"[ \0]*([0-7]*)[ \0].*|[ \0]*([0-7]+)", re.DOTALL)
_PAX = re.compile(rb"(\d{1,7}) ([^=\n]{1,100})=")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Header:
    name: str
    kind: str
    size: int
    is_continued: bool  # by blocks that tell where a sparse file has its holes


def read(source: Source) -> Iterator[Part]:
    """Yield the members of an archive."""
    with source.open() as stream:
        unpackers = unpackers_for(stream.read(6))
    stream = source.open()
    if unpackers:
        stream = buffered(Unpacking(stream, unpackers, Tally(source.budget)))
    with closing(stream):
        tape = Tape(stream)
        yield from parts(source, members(source, tape))
        if tape.broke_off:
            yield Note(path=source.name, text="it has no end mark: it may be cut off")


class Tape:
    """A stream that is read from front to end, or moved about in where it can be."""

    def __init__(self, stream: BinaryIO) -> None:
        self.stream = stream
        self.can_seek = stream.seekable()
        self.at = 0
        self.broke_off = False

    def read(self, count: int) -> bytes:
        """So many bytes, fewer at the end."""
        content = self.stream.read(count)
        self.at += len(content)
        return content

    def go_to(self, at: int) -> None:
        """Pass over what lies before a place further on; raises Damaged where it lies beyond the end."""
        if self.can_seek:
            try:
                self.stream.seek(at - 1)
            except (OverflowError, ValueError, OSError) as error:
                raise Damaged("a member says that it is larger than any file") from error
            self.at = at - 1
        while self.at < at:
            if not self.read(min(CHUNK, at - self.at)):
                raise Damaged("it is cut off")

    def member(self, size: int, stack: ExitStack) -> Callable[[], BinaryIO]:
        """What opens the bytes that follow, again and again until the stack is left."""
        start = self.at
        file: BinaryIO | None = None

        def opened() -> BinaryIO:
            nonlocal file
            if self.can_seek:
                return buffered(Window(self.stream, start, size))
            if file is None:
                file = stack.enter_context(kept())
                self.at = start + size  # also where it is not reached: then what follows says so
                copy(self.stream, file, size)
            return buffered(Window(file, 0, size))

        return opened


def members(source: Source, tape: Tape) -> Iterator[Member]:
    """Yield the files of an archive; raises Damaged where it breaks off."""
    name, size, is_sparse = None, None, False  # as an extended header gives them for the next member
    while block := tape.read(BLOCK):
        if not block.strip(b"\0"):
            return
        header = _header(block)
        while header.is_continued and tape.read(BLOCK)[504:505] == b"\x01":
            pass
        start = tape.at
        if header.kind in {"x", "L"}:
            if header.size > LONGEST_HEADER:
                raise Damaged("it has a header of more than 1 MB")
            content = tape.read(header.size)
            if header.kind == "L":
                name = _text(content.split(b"\0")[0])
            else:
                name, size, is_sparse = _extended(content, name)
            tape.go_to(start + _padded(header.size))
            continue
        header = replace(
            header,
            name=header.name if name is None else name,
            size=header.size if size is None or header.kind in _OTHER else size,
            kind=_SPARSE if is_sparse else header.kind,
        )
        if header.kind not in _OTHER:
            name, size, is_sparse = None, None, False
        is_held = header.kind not in _LINKS + _DEVICES + _FOLDER
        if header.kind == _FOLDER or header.kind in _OTHER or header.name.endswith("/"):
            source.budget.member()
        else:
            with ExitStack() as stack:
                opened = tape.member(header.size, stack)
                yield Member(name=header.name, open=opened, size=header.size, refusal=_refusal(header.kind))
        if is_held and header.size:
            tape.go_to(start + _padded(header.size))
    tape.broke_off = True


def _refusal(kind: str) -> Refusal | None:
    if kind in _LINKS:
        return Refusal("it is a link", Reason.LINK)
    if kind in _DEVICES:
        return Refusal("it is a device or a pipe", Reason.LINK)
    return Refusal("it is a file with holes", Reason.NO_READER) if kind == _SPARSE else None


def _header(block: bytes) -> _Header:
    if len(block) < BLOCK:
        raise Damaged("it is cut off")
    given = _number(block[148:156])
    bare = block[:148] + b" " * 8 + block[156:]
    if given not in {sum(bare), sum(byte - 256 * (byte > 127) for byte in bare)}:
        raise Damaged("it is damaged, or no tar archive")
    name = block[:100].split(b"\0")[0]
    prefix = block[345:500].split(b"\0")[0] if block[257:263] == b"ustar\0" else b""
    kind = chr(block[156] or ord("0"))
    return _Header(
        name=_text(prefix + b"/" + name if prefix else name),
        kind=kind,
        size=_number(block[124:136]),
        is_continued=kind == _SPARSE and block[482] == 1,
    )


def _number(field: bytes) -> int:
    """Octal digits, or a large number as bytes behind a mark."""
    if field[0] in {0x80, 0xFF}:
        if field[0] == 0xFF:
            raise Damaged("a member says that it is smaller than nothing")
        return int.from_bytes(field[1:], "big")
    found = _OCTAL.fullmatch(field)
    if not found:
        raise Damaged("it is damaged, or no tar archive")
    return int(found[1] or found[2] or b"0", 8)


def _extended(content: bytes, name: str | None) -> tuple[str | None, int | None, bool]:
    """Name, size and whether it has holes, as an extended header gives them for the next member."""
    size, is_sparse, at = None, False, 0
    while found := _PAX.match(content, at):
        end = at + int(found[1])
        value, key = content[found.end() : end - 1], found[2]
        if end <= found.end() or end > len(content):
            break
        if key == b"path":
            name = _text(value)
        elif key == b"size":
            if not value.isdigit() or len(value) > 19:
                raise Damaged("a member says that it is smaller than nothing, or larger than any file")
            size = int(value)
        is_sparse = is_sparse or key.startswith(b"GNU.sparse.")
        at = end
    return name, size, is_sparse


def _padded(size: int) -> int:
    return -(-size // BLOCK) * BLOCK


def _text(name: bytes) -> str:
    return name.decode("utf-8", "surrogateescape")
