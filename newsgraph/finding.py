"""Finds the entity or event that somebody means by a name, an alias, an id, or something close to one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from anyascii import anyascii
from rapidfuzz import fuzz

from graph.model import Entity, Event, KnowledgeGraph
from ingest.errors import NewsgraphError

# Out of 100. Spellings of one name in two alphabets ("Zelensky", "Zelenskyy", "Selenskyj") score 80 to 94; names of
# different people seldom pass 75.
CLOSE = 78.0
SUGGESTED = 55.0
EXACT = 101.0  # by its name, another spelling of it, or its id


class UnknownName(NewsgraphError):
    """Nothing in the graph goes by a name."""

    def __init__(self, name: str, nearest: tuple[str, ...]) -> None:
        step = f"the nearest names are {', '.join(nearest)}" if nearest else "try another spelling"
        super().__init__(f"{name}: nothing in this graph goes by that name; {step}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The thing most likely meant, and what else the name could mean, best first."""

    thing: Entity | Event
    others: tuple[Entity | Event, ...]


def find(graph: KnowledgeGraph, name: str) -> Found:
    """The entity or event meant; UnknownName when nothing comes close. Of equals, the one spoken of most."""
    scored = ranked(graph, name)
    top = scored[0][0]
    return Found(thing=scored[0][1], others=tuple(thing for score, thing in scored[1:9] if score >= top - 5))


def ranked(graph: KnowledgeGraph, name: str) -> list[tuple[float, Entity | Event]]:
    """What a name may mean, each with how well it answers to it, best first; UnknownName when nothing comes close."""
    said = Counter(mention.refers_to for mention in graph.mentions)
    wanted = plain(name)
    things: list[Entity | Event] = [*graph.entities, *graph.events]
    scored = [(_score(thing, name, wanted), thing) for thing in things]
    scored.sort(key=lambda each: (-each[0], -said[each[1].id], each[1].id))
    best = [(score, thing) for score, thing in scored if score >= CLOSE]
    if not best:
        raise UnknownName(name, tuple(title(thing) for score, thing in scored[:3] if score >= SUGGESTED))
    return best


def _score(thing: Entity | Event, name: str, wanted: str) -> float:
    """How well a thing answers to a name: 103 by its id, 102 its name, 101 another spelling, below that by likeness."""
    if thing.id == name:
        return 103
    first, *rest = (plain(each) for each in _names(thing))
    if wanted == first:
        return 102
    if wanted in rest:
        return 101
    return max(_likeness(wanted, each) for each in (first, *rest))


def _likeness(wanted: str, name: str) -> float:
    if not wanted or not name:
        return 0
    words = set(wanted.split())
    if words <= set(name.split()):  # "terekhov" for "ihor terekhov"; the more is left out, the less sure
        return 90 + 9 * len(wanted) / len(name)
    return fuzz.ratio(wanted, name)


def _names(thing: Entity | Event) -> Iterator[str]:
    if isinstance(thing, Event):
        yield thing.label
    else:
        yield thing.name
        yield from thing.aliases


def title(thing: Entity | Event) -> str:
    """An entity's name, an event's label."""
    return next(_names(thing))


def plain(name: str) -> str:
    """A name in plain lower-case words, to be compared."""
    return " ".join("".join(c if c.isalnum() else " " for c in anyascii(name).casefold()).split())
