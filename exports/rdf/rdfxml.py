"""The graph as RDF/XML, written a subject at a time.

pyoxigraph's own writer puts namespaces in the order of a hash map, loses carriage returns, and lets through characters
that XML does not have.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import BinaryIO, cast
from xml.sax.saxutils import escape, quoteattr

from pyoxigraph import NamedNode, Triple

from exports import DEFAULT_BASE
from exports.rdf.terms import PREFIXES, Names
from exports.rdf.triples import triples
from exports.whole_file import whole_file
from graph.model import KnowledgeGraph
from ingest.characters import NOT_XML
from ingest.errors import NewsgraphError

XSD_STRING = PREFIXES["xsd"] + "string"
# The end of a predicate that can be the name of an element; ASCII will do for what has words of ours.
LOCAL_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*\Z")


class NotInXml(NewsgraphError):
    """Something in a graph that RDF/XML has no way to say."""

    def __init__(self, subject: str, problem: str) -> None:
        super().__init__(f"{subject}: {problem} cannot be written as RDF/XML; export turtle or ntriples instead")


def write_rdfxml(graph: KnowledgeGraph, path: Path, base: str = DEFAULT_BASE) -> None:
    """Write `graph` as RDF/XML; equal graphs give equal bytes. May raise BadBase and NotInXml."""
    names = Names(graph, base)
    with whole_file(path) as out:
        serialize_rdfxml(triples(graph, names), out)


def serialize_rdfxml(statements: Iterable[Triple], out: BinaryIO) -> None:
    """Write triples of IRIs and literals as RDF/XML, those of one subject that come together as one element.

    Raises NotInXml.
    """
    out.write(b'<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF')
    out.writelines(f"\n  xmlns:{prefix}={quoteattr(iri)}".encode() for prefix, iri in sorted(PREFIXES.items()))
    out.write(b">\n")
    elements = _Elements()
    for subject, facts in groupby(statements, key=lambda each: each.subject):
        out.write("".join(_description(cast(NamedNode, subject), facts, elements)).encode())
    out.write(b"</rdf:RDF>\n")


def _description(subject: NamedNode, facts: Iterator[Triple], elements: _Elements) -> Iterator[str]:
    yield f"<rdf:Description rdf:about={quoteattr(subject.value)}>\n"
    for _, predicate, value in facts:
        try:
            opening, closing = elements[predicate.value]
        except ValueError as error:
            raise NotInXml(subject.value, f"the predicate {predicate.value}") from error
        if isinstance(value, NamedNode):
            yield f"  <{opening} rdf:resource={quoteattr(value.value)}/>\n"
            continue
        text, kind = value.value, value.datatype.value
        stray = NOT_XML.search(text)
        if stray:
            raise NotInXml(subject.value, f"the character U+{ord(stray[0]):04X}")
        typed = "" if kind == XSD_STRING else f" rdf:datatype={quoteattr(kind)}"
        # An unescaped carriage return is read as a line feed.
        yield f"  <{opening}{typed}>{escape(text, {chr(13): '&#13;'})}</{closing}>\n"
    yield "</rdf:Description>\n"


class _Elements(dict[str, tuple[str, str]]):
    """What opens and closes the element of a predicate, by its IRI; ValueError for one that can name no element."""

    def __missing__(self, iri: str) -> tuple[str, str]:
        local = LOCAL_NAME.search(iri)
        if local is None:
            raise ValueError(iri)
        namespace = iri[: local.start()]
        known = next((prefix for prefix, start in PREFIXES.items() if start == namespace), None)
        name = f"{known or 'p'}:{local[0]}"
        self[iri] = (name if known else f"{name} xmlns:p={quoteattr(namespace)}", name)
        return self[iri]
