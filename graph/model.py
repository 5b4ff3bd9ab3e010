"""The nouns of the finished graph: entities, events, claims, findings, relations, storylines, mentions behind them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from ingest.article import Article, EntityType, EventType, MentionKind, Qualifier, Role, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class GraphMention:
    """Characters start:end of one article, and the entity or event that they stand for."""

    id: str
    article: str
    start: int
    end: int
    text: str
    kind: MentionKind
    refers_to: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """A person, place or organisation in the world."""

    id: str
    type: EntityType
    name: str  # the canonical name
    aliases: tuple[str, ...] = ()  # every other spelling, sorted
    description: str | None = None
    lat: float | None = None  # degrees, WGS 84
    lon: float | None = None
    links: tuple[str, ...] = ()  # IRIs of the same thing elsewhere


@dataclass(frozen=True, slots=True, kw_only=True)
class EventParticipant:
    """Who or what took part in an event, and the mention that says so."""

    role: Role
    entity: str | None  # None where the text names nobody we know ("residents")
    text: str
    mention: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened, is planned, or is denied."""

    id: str
    type: EventType
    mode: str | None
    label: str
    status: Status
    start: date | None
    end: date | None
    places: tuple[str, ...] = ()  # entity ids
    participants: tuple[EventParticipant, ...] = ()
    mentions: tuple[str, ...] = ()
    storyline: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One article's word for one fact, kept even when others disagree."""

    id: str
    about: str  # event or entity id
    property: str
    value: float | str
    upper: float | None
    qualifier: Qualifier
    unit: str | None
    text: str  # the words that say it
    speaker: str | None  # entity id; None: the article itself, or somebody without a name
    said_by: str | None  # how the article calls who says so ("Ukrainian officials"); None: the article itself
    article: str
    mention: str
    as_of: date | None  # the day for which it is said, else the day on which the article was published
    origin: str  # the earliest article that carries the same report, its own where no other does
    agrees: tuple[str, ...] = ()  # claim ids
    conflicts: tuple[str, ...] = ()
    supersedes: tuple[str, ...] = ()
    part_of: tuple[str, ...] = ()  # claims that count all of what this one counts a part of

    def who(self, name: Callable[[str], str]) -> str:
        """Who says so, to be read: a name before "mayor", "Kenyan officials" before "Kenya"; "" for the article itself.

        `name` gives the name of an entity id.
        """
        words = self.said_by or ""
        if self.speaker is not None and not words[:1].isupper():
            return name(self.speaker)
        return f"the {words}" if words[:1].islower() and not words.endswith("s") else words


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """The value that the claims about one thing bear out best, and why; the claims stay as they are."""

    id: str
    about: str  # event or entity id
    property: str
    unit: str | None  # what is counted; None: people in general, or whatever the property says
    value: float | str
    upper: float | None
    qualifier: Qualifier
    supports: tuple[str, ...]  # claim ids
    against: tuple[str, ...]
    origins: tuple[str, ...]  # of the claims that support it: each counts as one witness
    reasons: tuple[str, ...]  # in a few words each, what speaks for it


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """A fact between two entities, or between an entity and a text, with the mentions that say it."""

    subject: str
    predicate: str
    object: str  # an entity id, or the text itself
    mentions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Storyline:
    """Events that belong together."""

    id: str
    label: str
    events: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """Why two mentions of one entity or event were taken for one: a decision that was acted on. In the store only."""

    thing: str  # entity or event id
    left: str  # mention ids
    right: str
    reasons: tuple[str, ...]
    score: float | None  # None where a rule decided, or somebody by hand


@dataclass(frozen=True, slots=True, kw_only=True)
class Reprint:
    """An article that prints a report again which another one printed first."""

    article: str
    origin: str  # the earliest article with this report, by day and id; it is nobody's reprint


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """One place where the text of an article was found, as it was told there."""

    article: str
    path: str | None
    publisher: str | None
    url: str | None
    published: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class KnowledgeGraph:
    """Everything known from a set of articles; each sequence sorted by id, so equal input gives equal bytes.

    Publications tell all places of the articles that were found in more than one.
    """

    articles: tuple[Article, ...] = ()
    mentions: Sequence[GraphMention] = ()
    entities: tuple[Entity, ...] = ()
    events: tuple[Event, ...] = ()
    claims: tuple[Claim, ...] = ()
    findings: tuple[Finding, ...] = ()
    relations: tuple[Relation, ...] = ()
    storylines: tuple[Storyline, ...] = ()
    reprints: tuple[Reprint, ...] = ()
    publications: tuple[Publication, ...] = ()
    merges: tuple[Merge, ...] = ()
