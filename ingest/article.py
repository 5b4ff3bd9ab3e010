"""Articles and what was marked in them: the nouns of the reading stage."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


def content_id(kind: str, *parts: object) -> str:
    """A short id that depends on nothing but its parts: the same on any machine, in any order of input."""
    joined = "\x1f".join([kind, *map(str, parts)])
    return f"{kind}-{hashlib.sha256(joined.encode()).hexdigest()[:16]}"


class DateSource(StrEnum):
    """Where the day of publication was found; the first that is there counts."""

    METADATA = "metadata"  # a field for it: of a page's head, a feed, a column, a line "Published: …"
    DATELINE = "dateline"
    URL = "url"
    TEXT = "text"
    GIVEN = "given"  # by whoever had the article read


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One news text with what is known of it."""

    id: str
    title: str
    text: str  # the normalised text; every offset in newsgraph counts its Unicode characters
    paragraphs: tuple[tuple[int, int], ...]  # start, end of each paragraph in text, the title's first when it has one
    published: date | None = None
    dated_by: DateSource | None = None  # None where published is
    publisher: str | None = None
    byline: str | None = None
    url: str | None = None
    language: str = "en"
    path: str | None = None  # as given on the command line, never made absolute


class MentionKind(StrEnum):
    """What the characters of a mention stand for."""

    ENTITY = "entity"
    EVENT = "event"
    TIME = "time"
    NUMBER = "number"


class EntityType(StrEnum):
    """What kind of thing in the world an entity is."""

    PERSON = "person"
    PLACE = "place"
    ORGANIZATION = "organization"
    GROUP = "group"
    FACILITY = "facility"
    PRODUCT = "product"
    WORK = "work"
    OTHER = "other"


class EventType(StrEnum):
    """PLOVER's sixteen types, and ten that news is full of and PLOVER lacks; OTHER when nothing fits."""

    AGREE = "AGREE"
    CONSULT = "CONSULT"
    SUPPORT = "SUPPORT"
    CONCEDE = "CONCEDE"
    COOPERATE = "COOPERATE"
    AID = "AID"
    RETREAT = "RETREAT"
    REQUEST = "REQUEST"
    ACCUSE = "ACCUSE"
    REJECT = "REJECT"
    THREATEN = "THREATEN"
    PROTEST = "PROTEST"
    SANCTION = "SANCTION"
    MOBILIZE = "MOBILIZE"
    COERCE = "COERCE"
    ASSAULT = "ASSAULT"
    DISASTER = "DISASTER"
    ACCIDENT = "ACCIDENT"
    HEALTH = "HEALTH"
    ELECTION = "ELECTION"
    ECONOMY = "ECONOMY"
    JUSTICE = "JUSTICE"
    APPOINT = "APPOINT"
    DEATH = "DEATH"
    SPORT = "SPORT"
    CULTURE = "CULTURE"
    OTHER = "OTHER"


class Status(StrEnum):
    """Whether an event took place, as the article puts it."""

    HAPPENED = "happened"
    ONGOING = "ongoing"
    PLANNED = "planned"
    POSSIBLE = "possible"
    DENIED = "denied"
    DEMANDED = "demanded"
    ALLEGED = "alleged"


class Role(StrEnum):
    """What a participant is to an event."""

    AGENT = "agent"
    TARGET = "target"
    PLACE = "place"
    TIME = "time"
    INSTRUMENT = "instrument"
    RECIPIENT = "recipient"
    SOURCE = "source"


class Qualifier(StrEnum):
    """How a number is hedged: "at least 60" and "nearly 60" are different claims."""

    EXACTLY = "exactly"
    AT_LEAST = "at least"
    MORE_THAN = "more than"
    NEARLY = "nearly"
    ABOUT = "about"
    UP_TO = "up to"
    LESS_THAN = "less than"
    RANGE = "range"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Mention:
    """Characters start:end of an article that name an entity, trigger an event, give a time or a number."""

    start: int
    end: int
    kind: MentionKind
    text: str
    label: str = ""  # entity: an EntityType; event: an EventType; time: its value; number: ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """One mention in one role of an event mention."""

    role: Role
    mention: int  # index into AnnotatedArticle.mentions


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """A stretch of time, both ends included; None where the article leaves it open."""

    start: date | None
    end: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventMention:
    """One place where an article tells of an event."""

    trigger: int  # index into AnnotatedArticle.mentions
    type: EventType
    mode: str | None = None  # for ASSAULT: drone, aerial, explosives, firearms …
    status: Status = Status.HAPPENED
    verbal: bool = False  # whether a verb tells of it ("struck"), not a noun ("strike")
    participants: tuple[Participant, ...] = ()
    interval: Interval | None = None
    vector: str = ""  # of what is told here, as `ingest.language.mentions` packs it; "": none was asked for


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number that an article gives for an event."""

    mention: int  # the characters of the number, index into AnnotatedArticle.mentions
    event: int  # index into AnnotatedArticle.events
    property: str  # killed, injured, missing, detained, displaced, launched, intercepted, damaged, money, count
    value: float
    upper: float | None = None  # the upper end of a range
    qualifier: Qualifier = Qualifier.EXACTLY
    unit: str | None = None  # what is counted: "drones", "children", "USD"
    speaker: int | None = None  # the mention that says so; None: the article itself, or somebody without a name
    said_by: str | None = None  # how the article calls who says so ("Ukrainian officials"); None: the article itself
    start: int = 0  # the clause that says it, as characters of the text
    end: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityRelation:
    """A fact between two entity mentions, or between one and a text ("mayor")."""

    subject: int
    predicate: str  # job_title, office_of, member_of, part_of, located_in, son_of and other kin, age, occupation
    object: int | None  # index into AnnotatedArticle.mentions
    value: str | None  # the text, where the object is no entity
    start: int = 0  # the characters that say it
    end: int = 0


class WordingKind(StrEnum):
    """What stands for somebody or something."""

    NAME = "name"
    NOUN = "noun"
    PRONOUN = "pronoun"
    NUMBER = "number"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """How a mention of somebody or something is worded, and what its sentence tells of it; base forms, lower case."""

    mention: int  # index into AnnotatedArticle.mentions
    kind: WordingKind
    head: str  # the word that stands for it; of a name its last
    determiner: str  # the, this, a, his (any possessive), or ""
    plural: bool
    number: str  # how many, as written, or ""
    words: tuple[str, ...]  # the others of the phrase
    owner: str  # whose: the head of the possessive, or ""
    wholes: tuple[str, ...]  # heads of what stands behind "of"
    acts: tuple[str, ...]  # what it takes part in, with its PropBank role: "arrest ARG1"
    beside: tuple[str, ...]  # heads of who and what takes part in the same
    place: str  # what it is in its clause: "nsubj", "obl in"
    person: bool  # whether it is a word or a name for people
    takes_part: bool = True  # in something that is told; names that do not are kept for what they tie together
    ties: tuple[int, ...] = ()  # index into AnnotatedArticle.wordings of what it is said to be one with


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnotatedArticle:
    """What was read in one article: the only thing that `graph` knows of it."""

    article: Article
    mentions: tuple[Mention, ...] = ()
    events: tuple[EventMention, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    relations: tuple[EntityRelation, ...] = ()
    sentences: tuple[tuple[int, int], ...] = field(default=())
    wordings: tuple[Wording, ...] = ()  # where every mention was asked for
