"""What must be found in an article: events, roles, numbers, speakers, offices, or nothing of a kind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase
from typing import Any

from ingest.article import (
    AnnotatedArticle,
    EventMention,
    EventType,
    Interval,
    Qualifier,
    Quantity,
    Role,
    Status,
)

PUBLISHED = date(2025, 6, 12)  # a Thursday

AGENT, TARGET, PLACE, TIME = Role.AGENT, Role.TARGET, Role.PLACE, Role.TIME
RECIPIENT, INSTRUMENT = Role.RECIPIENT, Role.INSTRUMENT


@dataclass(frozen=True, kw_only=True)
class Happening:
    """An event that must be told; roles are pairs of a role and a text, in which * stands for any words."""

    type: EventType
    trigger: str
    roles: tuple[tuple[Role, str], ...] = ()
    mode: str | None = None
    status: Status = Status.HAPPENED
    interval: Interval | None = None

    def is_in(self, told: AnnotatedArticle) -> bool:
        """Whether the article tells it."""
        return any(self._is(event, told) for event in told.events)

    def _is(self, event: EventMention, told: AnnotatedArticle) -> bool:
        parts = [(part.role, told.mentions[part.mention].text) for part in event.participants]
        return (
            event.type is self.type
            and told.mentions[event.trigger].text == self.trigger
            and event.status is self.status
            and self.mode in (None, event.mode)
            and self.interval in (None, event.interval)
            and all(any(role is r and fnmatchcase(text, t) for role, text in parts) for r, t in self.roles)
        )


@dataclass(frozen=True, kw_only=True)
class Number:
    """A quantity that must be told."""

    property: str
    value: float
    upper: float | None = None
    qualifier: Qualifier = Qualifier.EXACTLY
    unit: str | None = None  # None: whatever it is
    speaker: str | None = None  # None: the article itself
    of: str | None = None  # the trigger of its event; None: whichever

    def is_in(self, told: AnnotatedArticle) -> bool:
        """Whether the article tells it."""
        return any(self._is(quantity, told) for quantity in told.quantities)

    def _is(self, quantity: Quantity, told: AnnotatedArticle) -> bool:
        speaker = quantity.said_by
        return (
            (quantity.property, quantity.value, quantity.upper) == (self.property, self.value, self.upper)
            and quantity.qualifier is self.qualifier
            and (self.unit is None or fnmatchcase(quantity.unit or "", self.unit))
            and (speaker == self.speaker or (speaker is not None and fnmatchcase(speaker, self.speaker or "")))
            and self.of in (None, told.mentions[told.events[quantity.event].trigger].text)
        )


@dataclass(frozen=True, kw_only=True)
class Fact:
    """A relation that must be told: its value, or the text of its object."""

    subject: str
    predicate: str
    value: str

    def is_in(self, told: AnnotatedArticle) -> bool:
        """Whether the article tells it."""
        return any(
            told.mentions[relation.subject].text == self.subject
            and relation.predicate == self.predicate
            and (relation.value if relation.object is None else told.mentions[relation.object].text) == self.value
            for relation in told.relations
        )


@dataclass(frozen=True, kw_only=True)
class Nothing:
    """No event of this type may be told; or none with anybody in a role."""

    type: EventType
    role: Role | None = None

    def is_in(self, told: AnnotatedArticle) -> bool:
        """Whether the article keeps quiet about it."""
        events = [event for event in told.events if event.type is self.type]
        if self.role is None:
            return not events
        return all(part.role is not self.role for event in events for part in event.participants)


Expected = Happening | Number | Fact | Nothing


def happening(type_: EventType, trigger: str, *roles: tuple[Role, str], **rest: Any) -> Happening:
    """The same with fewer words."""
    return Happening(type=type_, trigger=trigger, roles=roles, **rest)


def number(property_: str, value: float, **rest: Any) -> Number:
    """The same with fewer words."""
    return Number(property=property_, value=value, **rest)


def fact(subject: str, predicate: str, value: str) -> Fact:
    """The same with fewer words."""
    return Fact(subject=subject, predicate=predicate, value=value)


def day(month: int, number_: int, year: int = 2025) -> Interval:
    """An interval of one day."""
    return Interval(start=date(year, month, number_), end=date(year, month, number_))
