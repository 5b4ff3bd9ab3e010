"""The files that the given paths stand for, in one order whatever the order they were given in."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePath

from ingest.errors import UnreadableArticle
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


def list_files(paths: Iterable[Path], suffixes: frozenset[str]) -> Listing:
    """Walk folders (not hidden ones, not linked ones) and take the files whose suffix is known."""
    files: set[Path] = set()
    refused: list[UnreadableArticle] = []
    folders: set[str] = set()
    ignored: set[Path] = set()
    for path in sorted(set(paths)):
        if path.is_dir():
            found, rest, problems = _walk(path, suffixes)
            files |= found
            ignored |= rest
            refused += problems
            if not problems:
                folders.add(printable(path))
                if not found:
                    refused.append(_nothing_in(path, suffixes))
        elif problem := _problem(path, suffixes):
            refused.append(problem)
        else:
            files.add(path)
    unique = {printable(file): file for file in sorted(files)}
    return Listing(
        files=tuple(unique[name] for name in sorted(unique)),
        refused=tuple(refused),
        ignored=len(ignored - files),
        folders=tuple(sorted(folders)),
    )


def is_within(file: str, folder: str) -> bool:
    """Whether a file lies in a folder, both as absolute paths."""
    return PurePath(file).is_relative_to(folder)


def _walk(folder: Path, suffixes: frozenset[str]) -> tuple[set[Path], set[Path], list[UnreadableArticle]]:
    problems: list[UnreadableArticle] = []

    def refuse(error: OSError) -> None:
        reason = (error.strerror or "cannot be listed").lower()
        problems.append(
            UnreadableArticle(printable(Path(str(error.filename))), reason, next_step="what it holds was skipped")
        )

    found: set[Path] = set()
    rest: set[Path] = set()
    for parent, names, files in os.walk(folder, onerror=refuse):
        names[:] = [name for name in names if not name.startswith(".")]
        for name in files:
            file = Path(parent, name)
            is_article = file.suffix.lower() in suffixes and file.stem.lower() not in ABOUT_THE_FOLDER
            (found if is_article and not name.startswith(".") else rest).add(file)
    return found, rest, problems


def _nothing_in(folder: Path, suffixes: frozenset[str]) -> UnreadableArticle:
    kinds = " ".join(sorted(suffixes))
    return UnreadableArticle(
        printable(folder), "no articles in this folder", next_step=f"files of these kinds are read: {kinds}"
    )


def _problem(path: Path, suffixes: frozenset[str]) -> UnreadableArticle | None:
    """Why a path given by name cannot be read, as far as can be told without opening it."""
    if not os.path.lexists(path):
        return UnreadableArticle(printable(path), "no such file or folder", next_step="check the path")
    if path.suffix.lower() not in suffixes:
        kinds = " ".join(sorted(suffixes))
        return UnreadableArticle(
            printable(path), "no reader for this kind of file", next_step=f"these are read: {kinds}"
        )
    return None
