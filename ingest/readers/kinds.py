"""The kinds of source that are read: one literal table, and how the kind of a source is told."""

from __future__ import annotations

import re
from dataclasses import dataclass

HEAD = 4096  # bytes at the start that tell a kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of source: what its names end with, what servers call it, and the module that reads it."""

    name: str
    module: str  # with a function `read`, imported when the first such source is met
    suffixes: tuple[str, ...]
    media_types: tuple[str, ...] = ()
    magic: str | None = None  # a pattern for the first bytes of such a source, and of no other but those named below it
    about: str  # in a line of help


_READERS = "ingest.readers"
_ARCHIVES = f"{_READERS}.archives"
_GZIP, _BZIP2, _XZ = r"\x1f\x8b\x08", r"BZh[1-9](?:1AY&SY|\x17\x72\x45\x38\x50\x90)", r"\xfd7zXZ\x00"
KINDS: tuple[Kind, ...] = (
    Kind(
        name="text",
        module=f"{_READERS}.text",
        suffixes=(".txt", ".text", ".md", ".markdown"),
        media_types=("text/plain", "text/markdown"),
        about="one article, plain or Markdown",
    ),
    Kind(
        name="jsonlines",
        module=f"{_READERS}.jsonlines",
        suffixes=(".jsonl", ".ndjson"),
        media_types=("application/x-ndjson", "application/jsonl", "application/x-jsonlines"),
        magic=r"\s*\{\s*\"[^\n]*\}[ \t\r]*\n\s*\{",
        about="one article a line",
    ),
    Kind(
        name="gzip",
        module=f"{_ARCHIVES}.packed",
        suffixes=(".gz",),
        media_types=("application/gzip", "application/x-gzip"),
        magic=_GZIP,
        about="any of these, packed",
    ),
    Kind(
        name="bzip2",
        module=f"{_ARCHIVES}.packed",
        suffixes=(".bz2",),
        media_types=("application/x-bzip2",),
        magic=_BZIP2,
        about="any of these, packed",
    ),
    Kind(
        name="xz",
        module=f"{_ARCHIVES}.packed",
        suffixes=(".xz",),
        media_types=("application/x-xz",),
        magic=_XZ,
        about="any of these, packed",
    ),
    Kind(
        name="zip",
        module=f"{_ARCHIVES}.zipped",
        suffixes=(".zip",),
        media_types=("application/zip", "application/x-zip-compressed"),
        magic=r"PK(\x03\x04|\x05\x06)",
        about="any number of these, packed",
    ),
    # What is packed as a whole is of the kinds above unless its name says more.
    Kind(
        name="tar",
        module=f"{_ARCHIVES}.tarred",
        suffixes=(".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz"),
        media_types=("application/x-tar",),
        magic=rf"(?s:.{{257}}ustar)|{_GZIP}|{_BZIP2}|{_XZ}",
        about="any number of these",
    ),
    Kind(
        name="warc",
        module=f"{_ARCHIVES}.warc",
        suffixes=(".warc", ".warc.gz"),
        media_types=("application/warc",),
        magic=rf"WARC/\d|{_GZIP}",
        about="pages as a crawler saved them",
    ),
)
_BY_SUFFIX = {suffix: kind for kind in KINDS for suffix in kind.suffixes}
_BY_MEDIA_TYPE = {media_type: kind for kind in KINDS for media_type in kind.media_types}
_MAGIC = {kind.name: re.compile(kind.magic.encode()) for kind in KINDS if kind.magic}
SUFFIXES = frozenset(_BY_SUFFIX)


def kind_named(name: str) -> Kind | None:
    """The kind that the name of a file says it is: the longest suffix that is known."""
    name = name.rsplit("/", 1)[-1].rsplit("!", 1)[-1].lower()
    dots = [place for place, c in enumerate(name) if c == "."]
    return next((found for place in dots if (found := _BY_SUFFIX.get(name[place:]))), None)


def kind_of(name: str, media_type: str | None, head: bytes) -> Kind | None:
    """The kind of a source by its first bytes, where they can be of one kind only, else by its name or its sender."""
    told = _told(name, media_type)
    if told and told.name in _MAGIC and _MAGIC[told.name].match(head):
        return told  # a .tar.gz begins as any .gz does
    return next((kind for kind in KINDS if kind.name in _MAGIC and _MAGIC[kind.name].match(head)), told)


def is_page(name: str, media_type: str | None) -> bool:
    """Whether what is called so, and sent as this, may hold articles itself; no archive does."""
    told = _told(name, media_type)
    return told is not None and not told.module.startswith(_ARCHIVES)


def misnamed(name: str, media_type: str | None, kind: Kind) -> str | None:
    """What to say of a source of this kind whose name and sender say otherwise; None where they do not."""
    told = _told(name, media_type)
    if told in {None, kind} or name.lower().endswith(kind.suffixes):
        return None
    return f"it was read as {kind.name}, which it is, not as {told.name}, as it is called"


def _told(name: str, media_type: str | None) -> Kind | None:
    """Servers call anything text/plain; for the rest they know better than an address ("/list?of=notes.txt")."""
    sent = _BY_MEDIA_TYPE.get(media_type or "")
    return kind_named(name) or sent if media_type == "text/plain" else sent or kind_named(name)
