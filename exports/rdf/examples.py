"""The example queries: questions that a reader would ask, each in a file that can be pasted into any SPARQL 1.1 tool.

A file begins with comments: the question, then what the rows show and what to change. What a reader is meant to change
stands in a line of its own, `VALUES ?name { "literal" }`, with one literal: a string, an xsd:date or a number. Such a
line is a parameter of the query, and its literal the value that is used unless another is given.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files

from ingest.errors import NewsgraphError

PARAMETER = re.compile(
    r"""^(?P<before>[ ]*VALUES[ ]\?(?P<name>\w+)[ ]\{[ ])
        (?P<literal>"(?:[^"\\\n]|\\.)*"(?:\^\^xsd:date)?|[-+]?\d+(?:\.\d+)?)
        (?P<after>[ ]\}[ ]*)$""",
    re.MULTILINE | re.VERBOSE,
)
NUMBER = re.compile(r"[-+]?\d+(?:\.\d+)?", re.ASCII)
# What ends a string, and what a tool on the way might take for the end of a line.
ESCAPES = {'"': r"\"", "\\": r"\\", "\n": r"\n", "\r": r"\r", "\t": r"\t", "\b": r"\b", "\f": r"\f"}
UNESCAPED = {escape: character for character, escape in ESCAPES.items()}


class UnknownExample(NewsgraphError):
    """A name that none of the example queries has."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name!r}: no example query has this name; there are {', '.join(examples())}")


class BadParameter(NewsgraphError):
    """A value that an example query has no place for, or that is of another kind than the one it would replace."""

    def __init__(self, example: str, problem: str, next_step: str) -> None:
        super().__init__(f"example {example}: {problem}; {next_step}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One example query, and what may be changed in it."""

    name: str
    title: str  # the question
    about: str  # what the rows show, and what to change
    sparql: str
    parameters: Mapping[str, str | date | Decimal]  # by name, the value that it has unless another is given

    def with_values(self, values: Mapping[str, str]) -> str:
        """The query with other values for some of its parameters, as a user writes them.

        Dates are written 2025-06-11, numbers 100 or -0.5. Raises BadParameter.
        """
        for name in values:
            if name not in self.parameters:
                known = ", ".join(self.parameters) or "none"
                raise BadParameter(self.name, f"it has no parameter {name!r}", f"its parameters: {known}")

        def replaced(found: re.Match[str]) -> str:
            name = found["name"]
            if name not in values:
                return found[0]
            return f"{found['before']}{self._literal(name, values[name])}{found['after']}"

        return PARAMETER.sub(replaced, self.sparql)

    def _literal(self, name: str, value: str) -> str:
        """A value of a parameter as SPARQL writes it."""
        match self.parameters[name]:
            case date():
                try:
                    return f'"{date.fromisoformat(value).isoformat()}"^^xsd:date'
                except ValueError as error:
                    raise BadParameter(self.name, f"{name}={value!r} is no date", "write it as 2025-06-11") from error
            case Decimal():
                if not NUMBER.fullmatch(value):
                    raise BadParameter(self.name, f"{name}={value!r} is no number", "write it as 100 or -0.5")
                # rdflib 7 cannot read a negative decimal unless its datatype is told.
                return f'"{value}"^^xsd:decimal' if value.startswith("-") else value
            case _:
                return f'"{_escaped(value)}"'


@cache
def examples() -> dict[str, Example]:
    """Every example query by its name, in alphabetical order."""
    folder = files("exports.rdf") / "examples"
    found = {file.name.removesuffix(".rq"): file.read_text("utf8") for file in folder.iterdir()}
    return {name: _read(name, found[name]) for name in sorted(found)}


def example(name: str) -> Example:
    """The example query of this name; raises UnknownExample."""
    try:
        return examples()[name]
    except KeyError:
        raise UnknownExample(name) from None


def _read(name: str, text: str) -> Example:
    """An example from its file."""
    comments = []
    for line in text.splitlines():
        if not line.startswith("# "):
            break
        comments.append(line[2:])
    return Example(
        name=name,
        title=comments[0],
        about=" ".join(comments[1:]),
        sparql=text,
        parameters={found["name"]: _value(found["literal"]) for found in PARAMETER.finditer(text)},
    )


def _value(literal: str) -> str | date | Decimal:
    if not literal.startswith('"'):
        return Decimal(literal)
    text, _, type_ = literal.rpartition('"')
    plain = re.sub(r"\\.", lambda found: UNESCAPED[found[0]], text[1:])
    return date.fromisoformat(plain) if type_ else plain


def _escaped(text: str) -> str:
    """A text as it stands inside a string of SPARQL; lone surrogates, which UTF-8 cannot write, become U+FFFD."""
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return "".join(ESCAPES.get(character, character) for character in whole)
