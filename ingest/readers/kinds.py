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
    magic: str | None = None  # a pattern for the first bytes of such a source, and of no other
    about: str  # in a line of help


_READERS = "ingest.readers"
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
        name="json",
        module=f"{_READERS}.json_file",
        suffixes=(".json",),
        media_types=("application/json", "application/feed+json", "text/json"),
        magic=r"(?:\xef\xbb\xbf)?\s*(?:\[\s*\{\s*\"|\{\s*\n\s*\"[^\"\n]{1,100}\"\s*:)",
        about="an article, or an array of them somewhere in an object",
    ),
    Kind(
        name="delimited",
        module=f"{_READERS}.delimited",
        suffixes=(".csv", ".tsv"),
        media_types=("text/csv", "text/tab-separated-values"),
        about="one article a row, with the names of the columns above",
    ),
    Kind(
        name="parquet",
        module=f"{_READERS}.parquet",
        suffixes=(".parquet",),
        media_types=("application/vnd.apache.parquet",),
        magic="PAR[1E]",
        about="one article a row",
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
    told = kind_named(name) or _BY_MEDIA_TYPE.get(media_type or "")
    if told and told.name in _MAGIC and _MAGIC[told.name].match(head):
        return told  # a .tar.gz begins as any .gz does
    return next((kind for kind in KINDS if kind.name in _MAGIC and _MAGIC[kind.name].match(head)), told)
