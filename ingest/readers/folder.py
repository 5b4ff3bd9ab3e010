"""The files that the given paths stand for, in one order whatever the order they were given in."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePath

from ingest.errors import Reason, UnreadableArticle
from ingest.readers.kinds import HELP, kind_named
from ingest.readers.source import printable

# Files that tell of a folder; named on the command line, they are read like any other.
ABOUT_THE_FOLDER = frozenset({"readme", "license", "licence", "copying", "notice", "changelog", "contributing"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What the given paths hold."""

    files: tuple[Path, ...]  # sorted, each once
    refused: tuple[UnreadableArticle, ...]
    ignored: int  # files in folders that no reader is for
    folders: tuple[str, ...]  # the folders that could be listed whole, as printable paths


def list_files(paths: Iterable[Path]) -> Listing:
    """Walk folders (not hidden or linked ones) for files of known suffixes; what is given by name is taken as it is."""
    files: set[Path] = set()
    refused: list[UnreadableArticle] = []
    folders: set[str] = set()
    ignored: set[Path] = set()
    for path in sorted(set(paths)):
        if path.is_dir():
            found, rest, problems = _walk(path)
            files |= found
            ignored |= rest
            refused += problems
            if not problems:
                folders.add(printable(path))
                if not found:
                    refused.append(_nothing_in(path))
        elif not os.path.lexists(path):
            refused.append(
                UnreadableArticle(
                    printable(path), "no such file or folder", reason=Reason.MISSING, next_step="check the path"
                )
            )
        else:
            files.add(path)
    unique = {printable(file): file for file in sorted(files)}
    return Listing(
        files=tuple(unique[name] for name in sorted(unique)),
        refused=tuple(refused),
        ignored=len(ignored - files),
        folders=tuple(sorted(folders)),
    )


def is_for_readers(name: str) -> bool:
    """Whether a file of this name is read where it was not given by name: no hidden one, nor one about its folder."""
    return bool(kind_named(name)) and not name.startswith(".") and PurePath(name).stem.lower() not in ABOUT_THE_FOLDER


def is_within(file: str, folder: str) -> bool:
    """Whether a file lies in a folder, both as absolute paths."""
    return PurePath(file).is_relative_to(folder)


def _walk(folder: Path) -> tuple[set[Path], set[Path], list[UnreadableArticle]]:
    problems: list[UnreadableArticle] = []

    def refuse(error: OSError) -> None:
        problem = (error.strerror or "cannot be listed").lower()
        problems.append(
            UnreadableArticle(
                printable(Path(str(error.filename))),
                problem,
                reason=Reason.UNREADABLE,
                next_step="what it holds was skipped",
            )
        )

    found: set[Path] = set()
    rest: set[Path] = set()
    for parent, names, files in os.walk(folder, onerror=refuse):
        names[:] = [name for name in names if not name.startswith(".")]
        for name in files:
            file = Path(parent, name)
            (found if is_for_readers(name) else rest).add(file)
    return found, rest, problems


def _nothing_in(folder: Path) -> UnreadableArticle:
    return UnreadableArticle(
        printable(folder),
        "no articles in this folder",
        reason=Reason.EMPTY,
        next_step=HELP,
    )
