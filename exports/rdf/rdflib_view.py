"""The graph as rdflib knows it."""

from __future__ import annotations

import pyoxigraph
import rdflib

from exports import DEFAULT_BASE
from exports.rdf.terms import Names
from exports.rdf.triples import triples
from graph.model import KnowledgeGraph


def to_rdflib(graph: KnowledgeGraph, base: str = DEFAULT_BASE) -> rdflib.Graph:
    """The same triples as `write_turtle` writes, in memory, with the prefixes bound.

    rdflib builds about seven times slower than pyoxigraph: for millions of triples write Turtle and query that.
    """
    names = Names(graph, base)
    view = rdflib.Graph(bind_namespaces="none")
    for prefix, namespace in names.prefixes().items():
        view.bind(prefix, namespace)
    for triple in triples(graph, names):
        view.add(as_rdflib(triple))
    return view


def as_rdflib(triple: pyoxigraph.Triple) -> tuple[rdflib.term.Node, rdflib.term.Node, rdflib.term.Node]:
    """A triple of pyoxigraph's as one of rdflib's."""
    return _node(triple.subject), _node(triple.predicate), _node(triple.object)


def _node(term: object) -> rdflib.URIRef | rdflib.Literal:
    if isinstance(term, pyoxigraph.NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, pyoxigraph.Literal):
        datatype = term.datatype.value
        plain = datatype == str(rdflib.XSD.string)
        return rdflib.Literal(term.value, datatype=None if plain else rdflib.URIRef(datatype), normalize=False)
    raise TypeError(f"a graph of ours has neither blank nodes nor quoted triples, yet here is {term!r}")
