"""A made graph of any size, to see how the views bear it: events among people and places, with articles and claims."""

from __future__ import annotations

import random
from datetime import date, timedelta

from graph.model import (
    Claim,
    Entity,
    Event,
    EventParticipant,
    GraphMention,
    KnowledgeGraph,
    Storyline,
)
from ingest.article import Article, EntityType, EventType, MentionKind, Qualifier, Role, Status

FIRST_DAY = date(2024, 1, 1)
TYPES = (EntityType.PERSON, EntityType.PLACE, EntityType.ORGANIZATION)
SENTENCE = "{agent} met {target} in {place} on the matter of the day, and {number} were hurt. "


def many_nodes(nodes: int = 20_000, edges: int = 60_000, seed: int = 7) -> KnowledgeGraph:
    """A graph of so many entities and events, two events to an entity, joined by so many roles; the same every time."""
    chance = random.Random(seed)
    entity_count = nodes // 3
    event_count = nodes - entity_count
    entities = tuple(
        Entity(
            id=f"entity-{number:06}",
            type=TYPES[number % 3],
            name=f"{TYPES[number % 3].value.title()} {number}",
            lat=chance.uniform(-60, 70) if number % 3 == 1 else None,
            lon=chance.uniform(-170, 170) if number % 3 == 1 else None,
        )
        for number in range(entity_count)
    )
    kinds = list(EventType)
    articles: list[Article] = []
    mentions: list[GraphMention] = []
    events: list[Event] = []
    claims: list[Claim] = []
    left = edges
    for number in range(event_count):
        share = round(left / (event_count - number))
        left -= share
        # A few are in the news every day, most once: as in real news; and each event has its own corner of the world.
        corner = (number * entity_count) // event_count
        chosen: dict[int, None] = {}
        while len(chosen) < min(share, entity_count):
            near = (
                corner + round(chance.gauss(0, 12))
                if chance.random() < 0.8
                else int(entity_count * chance.random() ** 6)
            )
            chosen[near % entity_count] = None
        parts = [entities[each] for each in chosen]
        named = [part.name for part in parts] + ["Somebody"] * 3
        killed = chance.randrange(1, 90)
        text = SENTENCE.format(agent=named[0], target=named[1], place=named[2], number=killed)
        article, event, mention = f"article-{number:06}", f"event-{number:06}", f"mention-{number:06}"
        day = FIRST_DAY + timedelta(days=number * 700 // event_count)
        articles.append(
            Article(
                id=article, title=f"What happened on day {number}", text=text, paragraphs=((0, len(text)),),
                published=day, publisher=f"Paper {number % 40}",
            )
        )  # fmt: skip
        start = len(named[0]) + 1
        mentions.append(
            GraphMention(
                id=mention, article=article, start=start, end=start + 3, text="met", kind=MentionKind.EVENT,
                refers_to=event,
            )
        )  # fmt: skip
        for place, part in enumerate(parts[:3]):
            at = text.index(part.name)
            mentions.append(
                GraphMention(
                    id=f"{mention}-{place}", article=article, start=at, end=at + len(part.name), text=part.name,
                    kind=MentionKind.ENTITY, refers_to=part.id,
                )
            )  # fmt: skip
        events.append(
            Event(
                id=event, type=kinds[number % len(kinds)], mode=None, label=f"{named[0]} meets {named[1]}",
                status=Status.HAPPENED, start=day, end=day, mentions=(mention,),
                participants=tuple(
                    EventParticipant(
                        role=Role.TARGET if place else Role.AGENT, entity=part.id, text=part.name, mention=mention
                    )
                    for place, part in enumerate(parts)
                ),
                storyline=f"storyline-{number // 20:05}" if number % 3 == 0 else None,
            )
        )  # fmt: skip
        claims.append(
            Claim(
                id=f"claim-{number:06}", about=event, property="injured", value=float(killed), upper=None,
                qualifier=Qualifier.EXACTLY, unit=None, text=f"{killed} were hurt", speaker=None, said_by=None,
                article=article, mention=mention, as_of=day, origin=article,
            )
        )  # fmt: skip
    lines: dict[str, list[str]] = {}
    for each in events:
        if each.storyline is not None:
            lines.setdefault(each.storyline, []).append(each.id)
    return KnowledgeGraph(
        articles=tuple(articles),
        mentions=tuple(mentions),
        entities=entities,
        events=tuple(events),
        claims=tuple(claims),
        storylines=tuple(Storyline(id=id, label=f"Story {id[-5:]}", events=tuple(own)) for id, own in lines.items()),
    )
