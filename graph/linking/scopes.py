"""What a number counts: whether two count the same things, or one a part of what the other counts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from graph.linking.numbers import scope
from ingest.article import Quantity

# Of whoever is hurt, all are people; of what is launched or damaged, nothing follows from a bare number.
OF_PEOPLE = frozenset({"killed", "injured", "missing", "detained", "displaced"})
# One event has many amounts and shares, and the name of the property does not tell which is which.
LOOSE = frozenset({"money", "percent", "count", "votes"})
_SYNONYMS = {"uav": "drone", "projectile": "missile", "kid": "child", "troop": "soldier"}
_ANYBODY = frozenset({"them", "those", "whom", "injured", "wounded", "hurt", "arrest", "detainee"})
_IDLE = frozenset({"other", "more", "another", "additional", "further", "estimated", "total", "new", "unmanned"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """The things counted: "young women" are women that are young; people in general are ""."""

    head: str
    marks: frozenset[str] = frozenset()

    def __str__(self) -> str:
        return " ".join([*sorted(self.marks), self.head])


def counted(quantity: Quantity) -> Counted:
    """What a quantity counts, in the singular, whatever is idle left out."""
    return _counted(scope(quantity))


@lru_cache(maxsize=1 << 14)
def _counted(things: str) -> Counted:
    *marks, head = things.split() or [""]
    head = "" if head in _ANYBODY else _SYNONYMS.get(head, head)
    return Counted(head=head, marks=frozenset(marks) - _IDLE)


def narrower(part: Counted, whole: Counted, name: str) -> bool:
    """Whether one counts some of what the other counts, as numbers for the property `name`."""
    if part == whole or name in LOOSE:
        return False
    if part.head == whole.head:
        return part.marks > whole.marks
    return name in OF_PEOPLE and whole.head == "" and not whole.marks
