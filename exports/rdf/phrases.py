"""The mentions of a graph as Turtle: two thirds of all its triples, all of one shape, written without a triple made.

What they say is what `mention_facts` and `referent_facts` say, and the bytes are those of pyoxigraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from io import BytesIO

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, serialize

from exports.rdf.terms import Names
from exports.rdf.triples import all_characters
from graph.mentions import NAMING, namings
from graph.model import GraphMention

_PLAIN_ID = re.compile("[A-Za-z0-9][A-Za-z0-9-]*")  # needs no escape, wherever it stands


def are_plain(mentions: Sequence[GraphMention], names: Names) -> bool:
    """Whether articles are written in full, and what these mentions refer to as it is, behind a prefix."""
    things = {thing for _, thing in namings(mentions)}
    if not all(map(_PLAIN_ID.fullmatch, things)):
        return False
    # Other prefixes may begin as the base does: pyoxigraph has the last word on which of them it takes.
    of_each_kind = {names.knows_entity(thing): thing for thing in things}
    prefixed = all(_written(names, names.thing(thing)) == _prefixed(names, thing) for thing in of_each_kind.values())
    in_full = [iri for each in mentions[:1] for iri in (names.named("article", each.article), names.characters(each))]
    return prefixed and all(_written(names, iri) == str(iri) for iri in in_full)


def phrases(mentions: Sequence[GraphMention], names: Names) -> Iterator[bytes]:
    """The characters of each article that mention something, in order, an empty line behind each."""
    last = context = ""
    for same in all_characters(mentions):
        article, start, end, text = same[0].article, same[0].start, same[0].end, same[0].text
        if article != last:
            last, context = article, names.named("article", article).value
        quoted = f'"{text}"' if text.isprintable() and '"' not in text and "\\" not in text else str(Literal(text))
        things = dict.fromkeys(
            _prefixed(names, each.refers_to) for each in same if each.refers_to is not None and each.kind in NAMING
        )
        refers = f" ;\n\titsrdf:taIdentRef {' , '.join(things)}" if things else ""
        yield (
            f"<{context}#char={start},{end}> a nif:Phrase ;\n\tnif:referenceContext <{context}> ;\n"
            f"\tnif:beginIndex {start} ;\n\tnif:endIndex {end} ;\n\tnif:anchorOf {quoted}{refers} .\n\n"
        ).encode()


def _prefixed(names: Names, thing: str) -> str:
    return f"{'entity' if names.knows_entity(thing) else 'event'}:{thing}"


def _written(names: Names, iri: NamedNode) -> str:
    """How pyoxigraph writes an IRI with the prefixes of a graph."""
    out = BytesIO()
    serialize([Triple(iri, iri, iri)], out, RdfFormat.TURTLE, prefixes=names.prefixes())
    return out.getvalue().decode().split()[-2]
