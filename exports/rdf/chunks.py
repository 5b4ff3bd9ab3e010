"""A Turtle file cut into pieces that are Turtle themselves, in memory that does not grow with the file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from io import BufferedReader
from itertools import islice
from pathlib import Path

from pyoxigraph import Quad, RdfFormat, Triple, parse, serialize

from exports.rdf.files import UnreadableTurtle


class Chunks:
    """The triples of an open Turtle file, in the order of the file, some at a time.

    Raises UnreadableTurtle where the file is no Turtle; nothing it gives has a blank node unless the file has.
    """

    def __init__(self, file: BufferedReader, path: Path) -> None:
        self._file = file
        self._path = path
        self._prefixes: dict[str, str] = {}
        self._triples = self._read()
        self._waiting: list[Triple] = []

    def digest(self) -> str:
        """A hash of the bytes of the file."""
        self._file.seek(0)
        return hashlib.file_digest(self._file, "sha256").hexdigest()

    def count(self) -> int:
        """How many triples the file has; it is read through, so a file that is no Turtle shows here."""
        return sum(1 for _ in self._read())

    def begin(self, after: int = 0) -> None:
        """Go to the start of the file, or past some triples."""
        self._triples = self._read()
        self._waiting = []
        next(islice(self._triples, after, after), None)

    def take(self, most: int) -> list[Triple]:
        """The next triples, at most `most`: those of one subject stay together where they fit; empty at the end."""
        self._waiting += islice(self._triples, max(0, most + 1 - len(self._waiting)))
        cut = most
        if len(self._waiting) > most:
            while cut and self._waiting[cut - 1].subject == self._waiting[cut].subject:
                cut -= 1
        cut = cut or most
        taken, self._waiting = self._waiting[:cut], self._waiting[cut:]
        return taken

    def put_back(self, triples: Sequence[Triple]) -> None:
        """Let the next `take` begin with these triples."""
        self._waiting = [*triples, *self._waiting]

    def turtle(self, triples: Sequence[Triple]) -> bytes:
        """Some triples as Turtle, with the prefixes of the file: a third of the bytes of N-Triples."""
        return serialize(triples, format=RdfFormat.TURTLE, prefixes=self._prefixes) or b""

    def _read(self) -> Iterator[Triple]:
        self._file.seek(0)
        try:
            reading = parse(input=self._file, format=RdfFormat.TURTLE)
            for quad in reading:
                yield _triple(quad)
                if not self._prefixes:
                    self._prefixes = reading.prefixes
        except SyntaxError as error:
            raise UnreadableTurtle(self._path, error) from error


def _triple(quad: Quad) -> Triple:
    return Triple(quad.subject, quad.predicate, quad.object)
