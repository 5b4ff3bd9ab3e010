"""A small graph of two people, two countries and a firm, whose answers are known by hand; and one with many ties."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from graph.model import Claim, Entity, Event, EventParticipant, GraphMention, KnowledgeGraph, Relation
from ingest.article import Article, EntityType, EventType, MentionKind, Qualifier, Role, Status

MAY_1, MAY_2, MAY_9, JUNE_1 = date(2024, 5, 1), date(2024, 5, 2), date(2024, 5, 9), date(2024, 6, 1)
ARTICLES = (
    Article(id="a1", title="Talks", text="", paragraphs=(), publisher="Gazette", published=MAY_2),
    Article(id="a2", title="Raid", text="", paragraphs=(), publisher="Courier", published=JUNE_1),
    Article(id="a3", title="Raid again", text="", paragraphs=(), url="https://www.herald.example/raid"),
    Article(id="a4", title="No word", text="", paragraphs=(), url="https://[no-address"),
)
ENTITIES = (
    Entity(id="acme", type=EntityType.ORGANIZATION, name="Acme"),
    Entity(id="ann", type=EntityType.PERSON, name="Ann"),
    Entity(id="bob", type=EntityType.PERSON, name="Bob"),
    Entity(id="north", type=EntityType.PLACE, name="Norland"),
    Entity(id="northerners", type=EntityType.GROUP, name="Norlanders"),
    Entity(id="south", type=EntityType.PLACE, name="Sudland"),
    Entity(id="tarn", type=EntityType.PLACE, name="Tarn"),
)


def event(
    id: str,
    type: EventType,
    articles: str,
    roles: Mapping[Role, str],
    days: tuple[date | None, date | None] = (None, None),
) -> Event:
    """An event told once in each of some articles ("a1 a2"), with in the first one mention for each role."""
    first = articles.split(maxsplit=1)[0]
    parts = [(role, entity) for role, entities in roles.items() for entity in entities.split()]
    return Event(
        id=id, type=type, mode=None, label=id, status=Status.HAPPENED, start=days[0], end=days[1],
        places=tuple(roles.get(Role.PLACE, "").split()),
        participants=tuple(
            EventParticipant(role=role, entity=entity, text=entity, mention=f"{entity} in {first}")
            for role, entity in parts
        ),
        mentions=tuple(f"{id} in {article}" for article in articles.split()),
    )  # fmt: skip


PLAN = event("plan", EventType.COOPERATE, "a1", {Role.AGENT: "ann", Role.TARGET: "bob acme"}, (MAY_9, MAY_9))
REFUSAL = event("refusal", EventType.CONSULT, "a4", {Role.AGENT: "north south"}, (MAY_1, MAY_1))
CHARGE = event("charge", EventType.ACCUSE, "a1", {Role.AGENT: "north", Role.TARGET: "south"})
EVENTS = (
    event("talks", EventType.CONSULT, "a1 a2", {Role.AGENT: "ann bob", Role.PLACE: "tarn"}, (MAY_1, MAY_1)),
    replace(PLAN, status=Status.PLANNED),
    replace(REFUSAL, status=Status.DENIED),
    event("raid", EventType.ASSAULT, "a2 a3", {Role.AGENT: "northerners", Role.TARGET: "south"}, (MAY_1, MAY_2)),
    replace(CHARGE, status=Status.ALLEGED),
    event("quarrel", EventType.THREATEN, "a1", {Role.AGENT: "north", Role.TARGET: "northerners"}),
    event("drought", EventType.DISASTER, "a3", {Role.PLACE: "tarn"}, (date(2023, 1, 1), date(2025, 12, 31))),
)


def mentions(events: tuple[Event, ...]) -> tuple[GraphMention, ...]:
    told = {mention: (event.id, MentionKind.EVENT) for event in events for mention in event.mentions}
    told |= {part.mention: (part.text, MentionKind.ENTITY) for event in events for part in event.participants}
    return tuple(
        GraphMention(id=id, article=id[-2:], start=0, end=0, text="", kind=kind, refers_to=thing)
        for id, (thing, kind) in told.items()
    )


def claim(id: str, value: float, article: str, against: str, said_by: str | None = None) -> Claim:
    return Claim(
        id=id, about="raid", property="killed", value=value, upper=None, qualifier=Qualifier.EXACTLY, unit=None,
        text=str(value), speaker=None, said_by=said_by, article=article,
        origin=article, mention="", as_of=None,
        conflicts=tuple(against.split()),
    )  # fmt: skip


GRAPH = KnowledgeGraph(
    articles=ARTICLES,
    mentions=mentions(EVENTS),
    entities=ENTITIES,
    events=EVENTS,
    claims=(
        claim("c1", 12.0, "a2", "c2"),
        claim("c2", 9.0, "a3", "c1 c3", "mayor"),
        claim("c3", 8.0, "a3", "c2", "mayor"),
    ),
    relations=(
        Relation(subject="ann", predicate="office_of", object="north", mentions=("ann in a1",)),
        Relation(subject="northerners", predicate="demonym_of", object="north", mentions=("northerners in a2",)),
    ),
)


def many() -> KnowledgeGraph:
    """Sixty people who meet in rings that touch each other, so that communities have ties to break."""
    people = tuple(Entity(id=f"p{i}", type=EntityType.PERSON, name=f"P{i}") for i in range(60))
    events = tuple(
        event(f"m{i}-{step}", EventType.CONSULT, "a1", {Role.AGENT: f"p{i} p{(i + step) % 60}"})
        for i in range(60)
        for step in (1, 2, 7)
    )
    return KnowledgeGraph(articles=ARTICLES[:1], mentions=mentions(events), entities=people, events=events)
