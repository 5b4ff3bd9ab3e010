"""The ledger of one thing in lines of text: what its claims bear out, and the claims side by side."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from graph.model import Claim, Finding, KnowledgeGraph
from ingest.article import Qualifier

RELATIONS = (
    ("agrees with", "agrees"),
    ("updates", "supersedes"),
    ("part of", "part_of"),
    ("contradicts", "conflicts"),
)


def ledger_lines(
    about: str, graph: KnowledgeGraph, source: Callable[[str], str], name: Callable[[str], str]
) -> Iterator[str]:
    """The claims about a thing by property, each after the findings on it; `source` and `name` tell what ids mean.

    The claims of one property are numbered, and tell by these numbers how they stand to each other.
    """
    findings = sorted(
        (finding for finding in graph.findings if finding.about == about),
        key=lambda finding: (finding.property, finding.unit or "", finding.id),
    )
    claims = sorted(
        (claim for claim in graph.claims if claim.about == about),
        key=lambda claim: (claim.property, claim.unit or "", str(claim.as_of or ""), str(claim.value), claim.id),
    )
    if claims:
        yield "Claims"
    for property_, group in groupby(claims, key=lambda claim: claim.property):
        yield f"  {property_}"
        for finding in findings:
            if finding.property == property_:
                yield f"    best supported: {_of(finding)} ({'; '.join(finding.reasons)})"
        row = list(group)
        for place, claim in enumerate(row, 1):
            said = f"{_says(claim.who(name) or 'the article')}  [{source(claim.article)}]"
            yield f"    {place:>2}  {_of(claim):<16}  {said}  “{' '.join(claim.text.split())}”"
            standing = _standing(claim, row)
            if claim.origin != claim.article:
                standing.append(f"the report of [{source(claim.origin)}]")
            if standing:
                yield f"        {'; '.join(standing)}"


def _says(who: str) -> str:
    """ "says Ada Lind", "say the officials in Lagos" """
    last = re.split(r" (?:in|of|at|from|for) ", who)[0].rpartition(" ")[2]
    return f"{'say' if last.islower() and last.endswith('s') else 'says'} {who}"


def _standing(claim: Claim, row: Sequence[Claim]) -> list[str]:
    """How a claim stands to the others of its row, which are told by their numbers."""
    place = {other.id: number for number, other in enumerate(row, 1)}
    told = []
    for words, field in RELATIONS:
        others = sorted(place[other] for other in getattr(claim, field) if other in place)
        if others:
            told.append(f"{words} {', '.join(map(str, others))}")
    updated = sorted(number for number, other in enumerate(row, 1) if claim.id in other.supersedes)
    if updated:
        told.append(f"updated by {', '.join(map(str, updated))}")
    return told


def _of(said: Claim | Finding) -> str:
    """A number with its hedge and what it counts: "at least 56 people"."""
    number = said.value if isinstance(said.value, str) else f"{said.value:,.15g}"
    if said.upper is not None:
        number = f"{number} to {said.upper:,.15g}"
    elif said.qualifier is not Qualifier.EXACTLY:
        number = f"{said.qualifier.value} {number}"
    return f"{number} {said.unit}" if said.unit else number
