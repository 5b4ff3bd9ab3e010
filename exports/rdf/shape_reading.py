"""Reads SHACL shapes; whatever is not known here is refused by name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from math import isnan
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, parse

from exports.rdf.columns import BLANK, IRI
from exports.rdf.literals import worth
from exports.rdf.terms import PREFIXES
from ingest.errors import NewsgraphError

SH = "http://www.w3.org/ns/shacl#"
RDF = PREFIXES["rdf"]
Term = NamedNode | BlankNode | Literal
Values = dict[str, list[Term]]  # of one subject: predicate, without the namespace of SHACL, → values
_KINDS = ("IRI", "BlankNode", "Literal")
NODE_KINDS = {
    f"{SH}{name}": frozenset(kind for kind in _KINDS if kind in name)
    for name in ("IRI", "BlankNode", "Literal", "BlankNodeOrIRI", "BlankNodeOrLiteral", "IRIOrLiteral")
}
_SAYS_NOTHING = {f"{RDF}type"}
_OF_VALUES = {"class", "datatype", "nodeKind", "in", "pattern", "minLength", "minInclusive", "maxInclusive", "node"}
_OF_VALUES |= {"or", "message", "severity"}
_OF_NODES = _OF_VALUES | {"targetClass", "targetSubjectsOf", "property", "closed", "ignoredProperties"}
_OF_PROPERTIES = _OF_VALUES | {"path", "minCount", "maxCount", "hasValue", "lessThan", "lessThanOrEquals"}
_OF_PROPERTIES |= {"disjoint", "equals"}


class UnknownShape(NewsgraphError):
    """Shapes that ask for more than is known here."""

    def __init__(self, what: str) -> None:
        super().__init__(f"shapes: {what} is not known here; check the graph with pyshacl, or leave it out")


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    """A property, or the same seen from its values."""

    predicate: str
    inverse: bool = False

    def __str__(self) -> str:
        return f"^{self.predicate}" if self.inverse else self.predicate


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shape:
    """What every shape may ask of values by themselves."""

    message: str = ""
    severity: str = f"{SH}Violation"
    node_kind: frozenset[str] | None = None
    datatype: str | None = None
    classes: tuple[str, ...] = ()
    allowed: dict[str, frozenset[str]] | None = None  # kind of value → the values of sh:in
    pattern: re.Pattern[str] | None = None
    min_length: int = 0
    least: float | None = None  # what sh:minInclusive is worth
    most: float | None = None
    nodes: tuple[NodeShape, ...] = ()
    any_of: tuple[tuple[NodeShape, ...], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeShape(_Shape):
    """What is asked of some nodes."""

    target_classes: tuple[str, ...] = ()
    target_subjects_of: tuple[str, ...] = ()
    properties: tuple[PropertyShape, ...] = ()
    closed: frozenset[str] | None = None  # the only predicates that a node may have


@dataclass(frozen=True, slots=True, kw_only=True)
class PropertyShape(_Shape):
    """What is asked of the values that a node has for a path."""

    path: Path
    min_count: int = 0
    max_count: int | None = None
    has_value: tuple[str, str] | None = None  # kind and value
    less_than: tuple[tuple[str, str], ...] = ()  # "<" or "<=", predicate
    disjoint: tuple[str, ...] = ()
    equals: tuple[str, ...] = field(default=())


def read_shapes(turtle: bytes) -> tuple[NodeShape, ...]:
    """The node shapes of a Turtle file that have targets, sorted by IRI. Raises UnknownShape."""
    reader = _Reader(turtle)
    return tuple(shape for name in reader.node_shapes() if _is_aimed(shape := reader.node_shape(name)))


def _is_aimed(shape: NodeShape) -> bool:
    return bool(shape.target_classes or shape.target_subjects_of)


class _Reader:
    def __init__(self, turtle: bytes) -> None:
        self._said: dict[Term, dict[str, list[Term]]] = {}
        for subject, predicate, value, _ in parse(input=turtle, format=RdfFormat.TURTLE):
            assert isinstance(subject, Term)
            assert isinstance(value, Term)
            self._said.setdefault(subject, {}).setdefault(predicate.value, []).append(value)
        self._reading: list[Term] = []

    def node_shapes(self) -> list[Term]:
        """The names of all node shapes that have one."""
        named = (name for name, said in self._said.items() if NamedNode(f"{SH}NodeShape") in said.get(f"{RDF}type", ()))
        return sorted(named, key=str)

    def node_shape(self, name: Term) -> NodeShape:
        """The node shape of a name."""
        if name in self._reading:
            raise UnknownShape(f"{name} within itself")
        self._reading.append(name)
        values = self._values(name, _OF_NODES)
        parts = tuple(self._property_shape(each) for each in values.get("property", ()))
        closed = None
        if _flag(self._only(values, "closed")):
            ignored = [each for at in values.get("ignoredProperties", ()) for each in self._list(at)]
            paths = [part.path.predicate for part in parts if not part.path.inverse]
            closed = frozenset([_iri(each) for each in ignored] + paths)
        shape = NodeShape(
            target_classes=tuple(map(_iri, values.get("targetClass", ()))),
            target_subjects_of=tuple(map(_iri, values.get("targetSubjectsOf", ()))),
            properties=parts,
            closed=closed,
            **self._of_values(values),
        )
        self._reading.pop()
        return shape

    def _property_shape(self, name: Term) -> PropertyShape:
        values = self._values(name, _OF_PROPERTIES)
        path = self._only(values, "path")
        if path is None:
            raise UnknownShape(f"{name}, a property shape without a path,")
        most = self._only(values, "maxCount")
        fixed = self._only(values, "hasValue")
        return PropertyShape(
            path=self._path(path),
            min_count=_number(self._only(values, "minCount")) or 0,
            max_count=_number(most),
            has_value=None if fixed is None else _value(fixed),
            less_than=(
                *(("<", _iri(each)) for each in values.get("lessThan", ())),
                *(("<=", _iri(each)) for each in values.get("lessThanOrEquals", ())),
            ),
            disjoint=tuple(map(_iri, values.get("disjoint", ()))),
            equals=tuple(map(_iri, values.get("equals", ()))),
            **self._of_values(values),
        )

    def _of_values(self, values: Values) -> dict[str, Any]:
        """What every shape may ask, as the fields of `_Shape`."""
        kind, allowed = self._only(values, "nodeKind"), self._only(values, "in")
        if kind is not None and _iri(kind) not in NODE_KINDS:
            raise UnknownShape(f"sh:nodeKind {kind}")
        by_kind: dict[str, set[str]] = {}
        for each in [] if allowed is None else self._list(allowed):
            by_kind.setdefault(_value(each)[0], set()).add(_value(each)[1])
        pattern, datatype = self._only(values, "pattern"), self._only(values, "datatype")
        message, severity = self._only(values, "message"), self._only(values, "severity")
        return {
            "message": "" if message is None else message.value,
            "severity": f"{SH}Violation" if severity is None else _iri(severity),
            "node_kind": None if kind is None else NODE_KINDS[_iri(kind)],
            "datatype": None if datatype is None else _iri(datatype),
            "classes": tuple(map(_iri, values.get("class", ()))),
            "allowed": None if allowed is None else {kind: frozenset(each) for kind, each in by_kind.items()},
            "pattern": None if pattern is None else re.compile(pattern.value),
            "min_length": _number(self._only(values, "minLength")) or 0,
            "least": _bound(self._only(values, "minInclusive")),
            "most": _bound(self._only(values, "maxInclusive")),
            "nodes": tuple(map(self.node_shape, values.get("node", ()))),
            "any_of": tuple(tuple(map(self.node_shape, self._list(each))) for each in values.get("or", ())),
        }

    def _values(self, name: Term, known: set[str]) -> Values:
        """What a shape says, without the namespace of SHACL; every word has to be known."""
        said = self._said.get(name, {})
        values: Values = {}
        for predicate, terms in said.items():
            word = predicate.removeprefix(SH)
            if predicate in _SAYS_NOTHING:
                continue
            if not predicate.startswith(SH) or word not in known:
                raise UnknownShape(f"{predicate} of {name}")
            values[word] = terms
        return values

    def _path(self, path: Term) -> Path:
        if isinstance(path, NamedNode):
            return Path(predicate=path.value)
        said = self._said.get(path, {})
        if set(said) != {f"{SH}inversePath"}:
            raise UnknownShape(f"the path {', '.join(said)}")
        return Path(predicate=_iri(said[f"{SH}inversePath"][0]), inverse=True)

    @staticmethod
    def _only(values: Values, word: str) -> Term | None:
        found = values.get(word, [])
        if len(found) > 1:
            raise UnknownShape(f"sh:{word} given {len(found)} times")
        return found[0] if found else None

    def _list(self, head: Term) -> Iterator[Term]:
        while head != NamedNode(f"{RDF}nil"):
            yield self._said[head][f"{RDF}first"][0]
            head = self._said[head][f"{RDF}rest"][0]


def _iri(term: Term) -> str:
    if not isinstance(term, NamedNode):
        raise UnknownShape(f"{term} in the place of an IRI")
    return term.value


def _value(term: Term) -> tuple[str, str]:
    """A value's kind, as `Columns` has it, and its text."""
    if isinstance(term, Literal):
        return term.datatype.value if term.language is None else f"@{term.language}", term.value
    return (IRI, term.value) if isinstance(term, NamedNode) else (BLANK, f"{BLANK}{term.value}")


def _number(term: Term | None) -> int | None:
    return None if term is None else int(term.value)


def _flag(term: Term | None) -> bool:
    return term is not None and term.value == "true"


def _bound(term: Term | None) -> float | None:
    """What a bound is worth; bounds that cannot be compared are refused."""
    if term is None:
        return None
    found = worth(*_value(term))
    if isnan(found):
        raise UnknownShape(f"the bound {term}")
    return found
