"""Relations, parts in events, mentions and how claims stand to each other, as FollowTheMoney's links."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from exports.ftm.proxy import Proxy, link, name, proxy, string
from exports.ftm.things import LEGAL_ENTITIES, Things
from exports.html.words import plain
from exports.ids import portable
from graph.model import Claim, Relation
from ingest.article import content_id

_KIN = frozenset(
    {
        *("wife_of", "husband_of", "widow_of", "spouse_of", "partner_of", "son_of", "daughter_of", "child_of"),
        *("mother_of", "father_of", "parent_of", "sister_of", "brother_of", "sibling_of", "uncle_of", "aunt_of"),
        *("nephew_of", "niece_of", "cousin_of", "grandson_of", "granddaughter_of", "grandmother_of", "grandfather_of"),
    }
)


def links(things: Things) -> Iterator[Proxy]:
    """Each link once, in an order that depends on the graph alone; what is left out is linked to nothing."""
    yield from _mentions(things)
    yield from _parts(things)
    yield from _relations(things)
    for claim in sorted(things.graph.claims, key=lambda claim: claim.id):
        yield from _standing(claim)


def _mentions(things: Things) -> Iterator[Proxy]:
    """Each spelling of a person, organisation or group in an article."""
    spellings = {
        (mention.article, mention.refers_to, name(mention.text))
        for mention in things.graph.mentions
        if mention.refers_to is not None and things.schema(mention.refers_to) in LEGAL_ENTITIES
    }
    for article, entity, words in sorted(spellings):
        if words:
            yield proxy(
                content_id("mention", portable(article), entity, words),
                "Mention",
                document=portable(article),
                resolved=things.refer(entity),
                name=words,
                detectedSchema=things.schema(entity) or "",
            )


def _parts(things: Things) -> Iterator[Proxy]:
    """Who had which part in an event, since `involved` does not tell one part from another."""
    parts = {
        (event.id, part.entity, part.role.value)
        for event in things.graph.events
        for part in event.participants
        if part.entity is not None
    }
    for event, entity, role in sorted(parts):
        if things.refer(entity):
            ends = ("subject", things.refer(event)), ("object", things.refer(entity))
            yield link("UnknownLink", *ends, role, role=role)


def _relations(things: Things) -> Iterator[Proxy]:
    titles: dict[str, list[Relation]] = defaultdict(list)
    for relation in things.graph.relations:
        if relation.predicate == "job_title" and relation.object not in things.entities:
            titles[relation.subject].append(relation)
    article_of = {mention.id: mention.article for mention in things.graph.mentions}
    for relation in sorted(things.graph.relations, key=lambda each: (each.subject, each.predicate, each.object)):
        if things.refer(relation.subject) and things.refer(relation.object) and relation.subject != relation.object:
            proof = sorted({portable(article_of[each]) for each in relation.mentions if each in article_of})
            held = _title(relation, titles[relation.subject])
            if held and things.schema(relation.subject) == "Person":
                yield from _office(relation, held, things, proof)
            else:
                yield _relation(relation, things, proof)


def _title(relation: Relation, titles: list[Relation]) -> str:
    """The title that the words which tell of an office give to who holds it."""
    said = set(relation.mentions)
    held = sorted(title.object for title in titles if said.intersection(title.mentions))
    return held[0] if held and relation.predicate == "office_of" else ""


def _office(relation: Relation, title: str, things: Things, proof: list[str]) -> Iterator[Proxy]:
    """A position and its holder; each who holds it brings it anew, under the one id, which readers merge."""
    of = things.entities[relation.object]
    called = name(title)
    position = content_id("position", called, relation.object)
    yield proxy(
        position,
        "Position",
        name=name(f"{title}, {of.name}", position),
        organization=things.refer(of.id) if things.schema(of.id) == "Organization" else "",
        country=things.country(of.id),
        subnationalArea="" if things.schema(of.id) != "Address" or things.is_country(of.id) else string(of.name),
    )
    yield link("Occupancy", ("holder", things.refer(relation.subject)), ("post", position), called, proof=proof)


def _relation(relation: Relation, things: Things, proof: list[str]) -> Proxy:
    subject, object = things.refer(relation.subject), things.refer(relation.object)
    schemata = things.schema(relation.subject), things.schema(relation.object)
    role = string(plain(relation.predicate))
    if relation.predicate == "member_of" and schemata[0] in LEGAL_ENTITIES and schemata[1] == "Organization":
        return link("Membership", ("member", subject), ("organization", object), role, role="member", proof=proof)
    if relation.predicate in _KIN and schemata == ("Person", "Person"):
        # FollowTheMoney tells it of the other: the relative is the person's mother.
        kin = role.removesuffix(" of")
        return link("Family", ("person", object), ("relative", subject), kin, relationship=kin, proof=proof)
    return link("UnknownLink", ("subject", subject), ("object", object), role, role=role, proof=proof)


def _standing(claim: Claim) -> Iterator[Proxy]:
    """How a claim stands to others; agreeing and conflicting go both ways and are told once."""
    for role, others in (
        ("agrees with", [other for other in claim.agrees if claim.id < other]),
        ("conflicts with", [other for other in claim.conflicts if claim.id < other]),
        ("supersedes", claim.supersedes),
        ("counts a part of", claim.part_of),
    ):
        for other in others:
            ends = ("subject", portable(claim.id)), ("object", portable(other))
            yield link("UnknownLink", *ends, role, role=role)
