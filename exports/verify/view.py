"""A graph's columns as the checks look at them: texts, mentions, and who is named where."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import NamedTuple
from urllib.parse import unquote

from exports.rdf.columns import Columns
from exports.rdf.literals import WHOLE, well_formed
from exports.rdf.terms import term
from exports.verify.problem import Kind, Problem


class Cited(NamedTuple):
    """Characters begin:end of an article, and the text that they are said to be."""

    article: str
    begin: int
    end: int
    text: str


class View:
    """The columns of one file. What is malformed is left out here: the shapes tell of it."""

    def __init__(self, columns: Columns, file: str, called: Callable[[str], str] = str) -> None:
        self.columns = columns
        self.file = file
        self._called = called  # how the file calls the thing with an IRI

    def one(self, name: str) -> Mapping[str, str]:
        """The value that each subject has for a predicate, which is given as "schema:name"."""
        return self.columns.one(term(name).value)

    def values(self, name: str, subject: str) -> list[str]:
        """All values that a subject has for a predicate."""
        return self.columns.values(term(name).value, subject)

    def all_values(self, name: str) -> dict[str, list[str]]:
        """All values of each subject that has one."""
        found: dict[str, list[str]] = {}
        for subject, value in self.columns.pairs(term(name).value):
            found.setdefault(subject, []).append(value)
        return found

    def instances(self, name: str) -> list[str]:
        """The things of a class."""
        iri = term(name).value
        return [subject for subject, value in self.columns.pairs(term("rdf:type").value) if value == iri]

    @cached_property
    def texts(self) -> Mapping[str, str]:
        """The text of each article."""
        return self.one("nif:isString")

    @cached_property
    def mentions(self) -> dict[str, Cited]:
        """The mentions that say where they are."""
        article, texts = self.one("nif:referenceContext"), self.one("nif:anchorOf")
        begin, end = self.columns.kinds(term("nif:beginIndex").value), self.columns.kinds(term("nif:endIndex").value)
        if WHOLE not in begin or WHOLE not in end:
            return {}
        starts, ends = begin[WHOLE].first, end[WHOLE].first
        number = _Numbers()
        found = {}
        for mention, text in texts.items():
            if mention in article and mention in starts and mention in ends:
                start, stop = number[starts[mention]], number[ends[mention]]
                if start >= 0 <= stop:
                    found[mention] = Cited(article[mention], start, stop, text)
        return found

    @cached_property
    def mentions_of(self) -> dict[str, list[str]]:
        """The mentions of each entity and event, and the evidence of parts and relations."""
        found: dict[str, list[str]] = defaultdict(list)
        for thing, mention in self.columns.pairs(term("gaf:denotedBy").value):
            found[thing].append(mention)
        return found

    def problem(  # noqa: PLR0913 - a problem has so many sides
        self,
        kind: Kind,
        thing: str,
        what: str,
        *,
        expected: str | None = None,
        found: str | None = None,
        cites: str | None = None,
    ) -> Problem:
        """A problem of a thing; `cites` is the mention whose characters are meant."""
        mention = self.mentions.get(thing if cites is None else cites)
        characters = None if mention is None else (mention.begin, mention.end)
        return Problem(
            kind=kind,
            file=self.file,
            thing=self._called(thing),
            what=what,
            expected=expected,
            found=found,
            characters=characters,
        )

    def called(self, thing: str) -> str:
        """How the file calls a thing."""
        return self._called(thing)


class _Numbers(dict[str, int]):
    """Offsets by how they are written, each read once; -1 for what is none."""

    def __missing__(self, text: str) -> int:
        self[text] = int(text) if well_formed(WHOLE, text) else -1
        return self[text]


def id_of(iri: str) -> str:
    """The id in the IRI of an article, entity, event, claim, finding or storyline."""
    return unquote(iri.rsplit("/", 1)[-1])
