"""What turns the triples of one Turtle file into those of another, as an RDF Patch of Apache Jena's text form.

The files are as `exports.rdf.files` writes them: a block of lines for each subject, equal where nothing changed. Only
blocks that one of the files lacks are read as RDF. Any other Turtle is read whole.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, NamedTuple
from uuid import NAMESPACE_URL, uuid5

from pyoxigraph import RdfFormat, parse

from exports.rdf.files import UnreadableTurtle

GAP = b"\n\n"
# Where one of these stands, an empty line may not be the end of a block, or a block not mean the same everywhere.
OTHER_FORMS = (b'"""', b"'''", b"\n@", b"\r", b"_:")


class Patch(NamedTuple):
    """Triples in the form of N-Triples, each without its full stop, sorted by code point."""

    deleted: Sequence[str]
    added: Sequence[str]


def patch(old: Path, new: Path) -> Patch:
    """The exact difference of two Turtle files without blank nodes; raises UnreadableTurtle, and OSError."""
    (prefixes, *blocks), (other_prefixes, *other_blocks) = (_blocks(path) for path in (old, new))
    before, after = set(blocks), set(other_blocks)
    if prefixes == other_prefixes:
        before, after = before - after, after - before
    gone = set(_triples(prefixes, sorted(before), old))
    come = set(_triples(other_prefixes, sorted(after), new))
    return Patch(deleted=sorted(gone - come), added=sorted(come - gone))


def write_patch(found: Patch, out: BinaryIO) -> None:
    """Write a patch as one transaction, deletions before additions; its id is a hash of its lines."""
    lines = [*(f"D {triple} .\n" for triple in found.deleted), *(f"A {triple} .\n" for triple in found.added)]
    body = "".join(lines).encode()
    id = uuid5(NAMESPACE_URL, f"urn:sha256:{hashlib.sha256(body).hexdigest()}")
    out.write(f"H id <urn:uuid:{id}> .\nTX .\n".encode() + body + b"TC .\n")


def _blocks(path: Path) -> list[bytes]:
    """The prefixes of a file, and its blocks; as one block where the file is in another form."""
    written = path.read_bytes()
    if not written.startswith(b"@prefix "):
        return [b"", written]
    prefixes, _, body = written.partition(GAP)
    if any(mark in body for mark in OTHER_FORMS):
        return [b"", written]
    return [prefixes, *body.split(GAP)]


def _triples(prefixes: bytes, blocks: Sequence[bytes], path: Path) -> Iterator[str]:
    try:
        for quad in parse(input=GAP.join([prefixes, *blocks]), format=RdfFormat.TURTLE):
            yield str(quad.triple)
    except SyntaxError as error:
        raise UnreadableTurtle(path, error) from error
