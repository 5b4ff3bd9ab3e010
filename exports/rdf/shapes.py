"""Checks RDF against shapes.ttl: the part of SHACL that those shapes use, on columns rather than nodes.

pyshacl takes minutes for a million triples. Here a constraint takes the values that it allows from a set of values,
which comes to half a second. Anything of SHACL that is not known here is refused, never passed over.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import chain, product
from operator import le, lt

from exports.rdf.columns import BLANK, IRI, Column, Columns
from exports.rdf.literals import well_formed, worth
from exports.rdf.shape_reading import NodeShape, Path, PropertyShape, read_shapes
from exports.rdf.terms import PREFIXES

RDF_TYPE = PREFIXES["rdf"] + "type"


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """A node that does not have the shape that it should have."""

    focus: str
    path: str | None  # the property, "^" before it where it points at the node; None: the node itself
    value: str | None  # the value that is wrong; None where it is their number, or that one is missing
    message: str
    severity: str  # the IRI of a sh:Severity


@cache
def our_shapes() -> tuple[NodeShape, ...]:
    """The shapes that come with newsgraph."""
    return read_shapes(resources.files("exports.rdf").joinpath("shapes.ttl").read_bytes())


def violations(columns: Columns, shapes: Iterable[NodeShape]) -> Iterator[Violation]:
    """Every violation of the shapes, for each node of a shape's targets."""
    checker = _Checker(columns)
    for shape in shapes:
        nodes = checker.targets(shape)
        if nodes:
            yield from checker.violations(shape, nodes)


class _Checker:
    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self._instances: dict[str, set[str]] = {}
        for column in columns.kinds(RDF_TYPE).values():
            for subject, name in column.pairs():
                self._instances.setdefault(name, set()).add(subject)

    def targets(self, shape: NodeShape) -> set[str]:
        """The nodes that a shape speaks of."""
        found = set[str]()
        for name in shape.target_classes:
            found |= self._instances.get(name, set())
        for predicate in shape.target_subjects_of:
            found.update(*(column.first for column in self._columns.kinds(predicate).values()))
        return found

    def violations(self, shape: NodeShape, nodes: set[str]) -> Iterator[Violation]:
        """Where nodes that should have a shape do not have it."""
        for node in self._wrong_values(shape, IRI, nodes):
            yield _violation(shape, node, None, node)
        if shape.closed is not None:
            for predicate, kinds in self._columns.by_predicate.items():
                if predicate not in shape.closed:
                    for node, value in chain.from_iterable(_pairs(column, nodes) for column in kinds.values()):
                        yield _violation(shape, node, predicate, value)
        for part in shape.properties:
            for node, wrong in self._wrong_at(part, nodes):
                yield _violation(part, node, str(part.path), wrong)

    def _wrong_values(self, shape: NodeShape | PropertyShape, kind: str, values: set[str]) -> set[str]:
        """Which of some values of one kind do not meet what a shape says of values by themselves."""
        wrong = set[str]()
        if shape.node_kind is not None and not _is_of_kind(kind, shape.node_kind):
            return values
        if shape.datatype is not None:
            if kind != shape.datatype:
                return values
            wrong |= {value for value in values if not well_formed(kind, value)}
        for name in shape.classes:
            wrong |= values - self._instances.get(name, set()) if kind in (IRI, BLANK) else values
        if shape.allowed is not None:
            wrong |= values - shape.allowed.get(kind, frozenset())
        if shape.pattern is not None:
            wrong |= values if kind == BLANK else {value for value in values if not shape.pattern.search(value)}
        if shape.min_length:
            wrong |= values if kind == BLANK else {value for value in values if len(value) < shape.min_length}
        if shape.least is not None:
            wrong |= {value for value in values if not shape.least <= worth(kind, value)}
        if shape.most is not None:
            wrong |= {value for value in values if not worth(kind, value) <= shape.most}
        for node in shape.nodes:
            wrong |= self._without_shape(node, kind, values)
        for alternatives in shape.any_of:
            wrong |= set.intersection(*(self._without_shape(each, kind, values) for each in alternatives))
        return wrong

    def _without_shape(self, shape: NodeShape, kind: str, values: set[str]) -> set[str]:
        """Which of some values do not have a shape, properties and all."""
        wrong = self._wrong_values(shape, kind, values)
        for part in shape.properties:
            if kind not in (IRI, BLANK):
                return values if part.min_count else wrong
            wrong = wrong | {node for node, _ in self._wrong_at(part, values)}
        return wrong

    def _wrong_at(self, part: PropertyShape, nodes: set[str]) -> Iterator[tuple[str, str | None]]:
        """The nodes at which a property is wrong, with the value that is, or None where values are too few or many."""
        kinds = self._kinds(part.path)
        yield from ((node, None) for node in _too_few(part.min_count, kinds, nodes))
        if part.max_count is not None:
            yield from ((node, None) for node in _too_many(part.max_count, kinds, nodes))
        for kind, column in kinds.items():
            values = {value for node, value in column.first.items() if node in nodes}
            values.update(*(others for node, others in column.more.items() if node in nodes))
            wrong = self._wrong_values(part, kind, values)
            if wrong:
                yield from (pair for pair in _pairs(column, nodes) if pair[1] in wrong)
        if part.has_value is not None:
            kind, fixed = part.has_value
            pairs = _pairs(kinds[kind], nodes) if kind in kinds else ()
            yield from ((node, None) for node in nodes.difference(node for node, value in pairs if value == fixed))
        if part.less_than or part.disjoint or part.equals:
            yield from self._wrong_beside(part, kinds, nodes)

    def _wrong_beside(
        self, part: PropertyShape, kinds: Mapping[str, Column], nodes: set[str]
    ) -> Iterator[tuple[str, str]]:
        """Where the values of a property do not stand to those of another as they should."""
        for holds, predicate in part.less_than:
            for other, beside in self._columns.kinds(predicate).items():
                for kind, column in kinds.items():
                    yield from _out_of_order(holds, (kind, column), (other, beside), nodes)
        for predicate in part.disjoint:
            for kind, column in self._columns.kinds(predicate).items():
                if kind in kinds:
                    yield from (pair for pair in _pairs(kinds[kind], nodes) if pair[1] in column.values(pair[0]))
        for predicate in part.equals:
            mine_all, theirs = (
                {(kind, *pair) for kind, column in each.items() for pair in _pairs(column, nodes)}
                for each in (kinds, self._columns.kinds(predicate))
            )
            yield from ((node, value) for _, node, value in mine_all ^ theirs)

    def _kinds(self, path: Path) -> Mapping[str, Column]:
        """The columns of a path; of an inverse one, whose values are subjects, turned around."""
        kinds = self._columns.kinds(path.predicate)
        if not path.inverse:
            return kinds
        turned = Column()
        for kind in (IRI, BLANK):
            if kind in kinds:
                for subject, value in kinds[kind].pairs():
                    turned.add(value, subject)
        return {IRI: turned}


def _pairs(column: Column, nodes: set[str]) -> Iterator[tuple[str, str]]:
    """The pairs of a column that are about some nodes."""
    if not column.first.keys().isdisjoint(nodes):
        yield from (pair for pair in column.pairs() if pair[0] in nodes)


def _too_few(least: int, kinds: Mapping[str, Column], nodes: set[str]) -> set[str]:
    """The nodes that have fewer values than they should."""
    if least == 0:
        return set()
    missing = nodes.difference(*(column.first for column in kinds.values()))
    if least == 1:
        return missing
    return {node for node in nodes if sum(len(column.values(node)) for column in kinds.values()) < least}


def _too_many(most: int, kinds: Mapping[str, Column], nodes: set[str]) -> set[str]:
    """The nodes that have more values than they should; only those with a second value are counted."""
    several = set[str]()
    for column in kinds.values():
        several.update(nodes.intersection(column.more))
        if most == 0 or len(kinds) > 1:
            several.update(column.first.keys() & nodes)
    return {node for node in several if sum(len(column.values(node)) for column in kinds.values()) > most}


def _violation(shape: NodeShape | PropertyShape, focus: str, path: str | None, value: str | None) -> Violation:
    return Violation(focus=focus, path=path, value=value, message=shape.message, severity=shape.severity)


def _is_of_kind(kind: str, allowed: frozenset[str]) -> bool:
    """Whether values of a kind are IRIs, blank nodes or literals, as sh:nodeKind allows."""
    return {IRI: "IRI", BLANK: "BlankNode"}.get(kind, "Literal") in allowed


def _out_of_order(
    holds: str, lower: tuple[str, Column], upper: tuple[str, Column], nodes: set[str]
) -> Iterator[tuple[str, str]]:
    """The nodes whose value in one column is not below ("<", "<=") that in another, with the value."""
    (kind, column), (other, beside) = lower, upper
    in_order = {"<": lt, "<=": le}[holds]
    bounds = beside.first
    for node, value in column.first.items():
        if node in bounds and node in nodes and not in_order(worth(kind, value), worth(other, bounds[node])):
            yield node, value
    for node in nodes.intersection(column.more.keys() | beside.more.keys()):
        pairs = list(product(column.values(node), beside.values(node)))[1:]
        yield from ((node, mine) for mine, bound in pairs if not in_order(worth(kind, mine), worth(other, bound)))
