"""The nouns of `stats`: what stands out in a graph, a row each.

How many articles tell of something is how many reports do: what is printed again counts once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from graph.model import Claim, Entity, Event
from ingest.article import EventType


@dataclass(frozen=True, slots=True, kw_only=True)
class Connected:
    """How an entity is joined to others by events and relations."""

    entity: Entity
    articles: int  # that speak of it
    links: int  # other entities that it shares an event or a relation with
    weight: int  # the articles that say so, added up over the links
    betweenness: float  # share of shortest paths between others that lead over it, 0 to 1
    pagerank: float  # all entities with links together have 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Community:
    """Entities that have more to do with each other than with the rest."""

    size: int
    events: int  # in which two of its members or more take part
    members: tuple[Entity, ...]  # the most connected first


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """Two who meet, work together or agree."""

    one: Entity
    other: Entity
    events: int
    articles: int  # that tell of these events
    latest: Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Hostility:
    """One who attacks, sanctions, accuses, threatens or coerces another."""

    agent: Entity
    target: Entity
    events: int
    articles: int  # that tell of these events
    types: dict[EventType, int]  # events of each type, the most frequent first
    latest: Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """What is dated to one day, or to two days of which it is one."""

    day: date
    events: int
    articles: int  # that tell of these events
    foremost: Event  # the one told by most articles


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A place where events took place."""

    place: Entity
    events: int
    articles: int  # that tell of these events
    latest: Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An event that several articles tell of."""

    event: Event
    articles: int
    publishers: int  # that printed them, reprints among them


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A claim and whose word it is."""

    claim: Claim
    by: str  # to be read: whom the article quotes, else its publisher, title or file


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """A number about an event on which two sources or more disagree: articles, or those whom articles quote."""

    event: Event
    property: str
    said: tuple[Said, ...]  # what is in conflict with another source's word, the lowest number first
    sources: int
    articles: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Publisher:
    """What one publisher tells; named by the host of its articles' addresses where they do not say who it is."""

    name: str | None  # None: the articles that tell neither
    articles: int
    events: int
    claims: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Stats:
    """What stands out in a graph; every list is sorted, the most telling first, and cut to the length asked for."""

    articles: int
    reports: int  # articles but those that print again what another one printed
    entities: int
    events: int
    claims: int
    first: date | None  # when the first and the last article were published, of those that say it
    last: date | None
    most_told: tuple[Told, ...]
    disputes: tuple[Dispute, ...]
    days: tuple[Day, ...]
    scenes: tuple[Scene, ...]
    hostilities: tuple[Hostility, ...]
    meetings: tuple[Meeting, ...]
    people: tuple[Connected, ...]
    organizations: tuple[Connected, ...]
    places: tuple[Connected, ...]
    sampled: int | None  # from how many entities the betweenness is estimated; None: all paths are counted
    communities: tuple[Community, ...]
    publishers: tuple[Publisher, ...]
