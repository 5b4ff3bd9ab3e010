"""What RDF says, a table for each predicate: the quickest form in which a million triples can be checked in Python."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, parse

from ingest.errors import NewsgraphError

# Kinds of values besides the IRIs of datatypes; "@en" and the like for text in a language.
IRI = ""
BLANK = "_:"
FORMATS = {
    ".ttl": RdfFormat.TURTLE,
    ".nt": RdfFormat.N_TRIPLES,
    ".nq": RdfFormat.N_QUADS,
    ".trig": RdfFormat.TRIG,
    ".rdf": RdfFormat.RDF_XML,
    ".jsonld": RdfFormat.JSON_LD,
}


class UnreadableRdf(NewsgraphError):
    """A file that should hold RDF holds something else."""

    def __init__(self, path: Path, problem: object) -> None:
        super().__init__(f"{path}: not readable as RDF ({problem}); write it again with newsgraph export")


@dataclass(frozen=True, slots=True)
class Column:
    """The values of one kind that one predicate has, by subject; a second value is rare, and kept apart."""

    first: dict[str, str] = field(default_factory=dict)
    more: dict[str, dict[str, None]] = field(default_factory=dict)  # subject → its other values, as an ordered set

    def add(self, subject: str, value: str) -> None:
        """Note a value; one that is known already changes nothing."""
        if self.first.setdefault(subject, value) != value:
            self.more.setdefault(subject, {})[value] = None

    def pairs(self) -> Iterator[tuple[str, str]]:
        """Each subject with each of its values."""
        yield from self.first.items()
        for subject, others in self.more.items():
            for value in others:
                yield subject, value

    def values(self, subject: str) -> list[str]:
        """The values of one subject."""
        first = self.first.get(subject)
        return [] if first is None else [first, *self.more.get(subject, ())]


class Columns:
    """Every triple of a graph, whatever its named graph, as a column for each predicate and kind of value.

    IRIs are plain text; a blank node is "_:" and its label, which tells it apart within one file only.
    """

    def __init__(self) -> None:
        self.by_predicate: dict[str, dict[str, Column]] = {}  # predicate → kind of value → column

    def column(self, predicate: str, kind: str = IRI) -> Column:
        """The column of a predicate and kind of value, made when it is missing."""
        kinds = self.by_predicate.setdefault(predicate, {})
        found = kinds.get(kind)
        if found is None:
            found = kinds[kind] = Column()
        return found

    def kinds(self, predicate: str) -> Mapping[str, Column]:
        """The columns of a predicate by kind of value."""
        return self.by_predicate.get(predicate, {})

    def pairs(self, predicate: str) -> Iterator[tuple[str, str]]:
        """Each subject with each value that it has for a predicate, of whatever kind."""
        for column in self.kinds(predicate).values():
            yield from column.pairs()

    def one(self, predicate: str) -> Mapping[str, str]:
        """A value of each subject that has one, of whatever kind: for predicates that have one value each."""
        columns = list(self.kinds(predicate).values())
        if len(columns) == 1:
            return columns[0].first
        return {subject: value for column in reversed(columns) for subject, value in column.first.items()}

    def values(self, predicate: str, subject: str) -> list[str]:
        """All values that a subject has for a predicate."""
        return [value for column in self.kinds(predicate).values() for value in column.values(subject)]

    def differences(self, other: Columns) -> Iterator[tuple[str, str, str, str, bool]]:
        """What only one of two graphs says: subject, predicate, kind and value, and whether it is this one."""
        for predicate in sorted(self.by_predicate.keys() | other.by_predicate.keys()):
            mine, theirs = self.kinds(predicate), other.kinds(predicate)
            for kind in sorted(mine.keys() | theirs.keys()):
                one, two = mine.get(kind, Column()), theirs.get(kind, Column())
                if one == two:  # as good as always, and a tenth of the work
                    continue
                ours = set(one.pairs())
                for subject, value in sorted(ours ^ set(two.pairs())):
                    yield subject, predicate, kind, value, (subject, value) in ours

    def digests(self) -> dict[tuple[str, str], int]:
        """A number for each column that tells it from others, in this process and those forked from it."""
        return {
            (predicate, kind): sum(map(hash, column.pairs())) % (1 << 64)
            for predicate, kinds in self.by_predicate.items()
            for kind, column in kinds.items()
            if column.first
        }


def read_columns(path: Path) -> Columns:
    """What a file of RDF says, by its suffix one of FORMATS. Raises UnreadableRdf, OSError when it cannot be opened."""
    columns = Columns()
    flat: dict[tuple[str, str], Column] = {}
    last = ""
    try:
        # A million rounds: whatever can be done once is done outside, and subjects come in runs.
        for node, predicate, value, _ in parse(path=path, format=FORMATS[path.suffix.lower()]):
            subject = node.value if type(node) is NamedNode else f"{BLANK}{node.value}"
            if subject == last:
                subject = last
            else:
                last = subject
            if type(value) is NamedNode:
                key, said = (predicate.value, IRI), value.value
            elif type(value) is Literal:
                kind = value.datatype.value if value.language is None else f"@{value.language}"
                key, said = (predicate.value, kind), value.value
            elif type(value) is BlankNode:
                key, said = (predicate.value, BLANK), f"{BLANK}{value.value}"
            else:
                raise UnreadableRdf(path, "a triple about a triple")
            column = flat.get(key)
            if column is None:
                column = flat[key] = columns.column(*key)
            first = column.first
            if subject not in first:
                first[subject] = said
            elif first[subject] != said:
                column.more.setdefault(subject, {})[said] = None
    except (SyntaxError, ValueError) as error:
        raise UnreadableRdf(path, error) from error
    return columns
