"""What an archive holds: which of it is read, what is refused, and what is passed over and counted."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from ingest.errors import Reason, UnreadableArticle
from ingest.readers.folder import is_for_readers
from ingest.readers.kinds import HELP
from ingest.readers.limits import Refusal
from ingest.readers.source import Note, Part, Source, cleaned

_SEPARATOR = re.compile(r"[/\\]")
_DRIVE = re.compile(r"[A-Za-z]:")


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A file in an archive."""

    name: str  # as it stands there
    open: Callable[[], BinaryIO]  # until the next one is asked for
    size: int  # bytes, as the archive says
    refusal: Refusal | None = None  # why it is not read, whatever its name


def parts(source: Source, members: Iterable[Member]) -> Iterator[Part]:
    """Yield the members that readers are for, the refusals of others, and a note that counts the rest."""
    passed_over = 0
    held_any = False
    try:
        for member in members:
            name = member.name.removeprefix("./")
            refusal = member.refusal or _unsafe(name)
            if refusal is None and not is_read(name):
                passed_over += 1
                source.budget.member()
                continue
            held_any = True
            if refusal is None and not member.size:
                refusal = Refusal("it is empty", Reason.EMPTY)
            if refusal:
                source.budget.member()
                yield UnreadableArticle(source.part(name, member.open).name, refusal.problem, reason=refusal.reason)
            else:
                yield source.part(name, member.open)
    except Refusal as end:
        if source.budget.is_spent:
            raise
        held_any = True
        yield broken_off(source, end)
    if passed_over:
        yield Note(path=source.name, text=f"files in it that are hidden or of other kinds: {passed_over:,}")
    if not held_any:
        yield nothing_in(source)


def broken_off(source: Source, refusal: Refusal) -> UnreadableArticle:
    """The refusal of what follows in an archive."""
    problem, reason = refusal.problem, refusal.reason
    return UnreadableArticle(source.name, problem, reason=reason, next_step="the rest of it was skipped")


def nothing_in(source: Source) -> UnreadableArticle:
    """The refusal of an archive without anything to read."""
    return UnreadableArticle(source.name, "no articles in it", reason=Reason.EMPTY, next_step=HELP)


def is_read(name: str) -> bool:
    """Whether a member is for a reader, by the same rule as the files of a folder."""
    *folders, file = _SEPARATOR.split(cleaned(name))
    is_hidden = any((folder.startswith(".") and folder != ".") or folder == "__MACOSX" for folder in folders)
    return not is_hidden and is_for_readers(file)


def _unsafe(name: str) -> Refusal | None:
    """Why a member's name is one that would be written elsewhere by who unpacked it; nothing is written here."""
    if "\0" in name:
        return Refusal("its name holds a NUL", Reason.UNSAFE_PATH)
    if name.startswith(("/", "\\")) or _DRIVE.match(name) or ".." in _SEPARATOR.split(name):
        return Refusal("its name leads out of the archive", Reason.UNSAFE_PATH)
    return None
