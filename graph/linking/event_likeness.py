"""How alike two event mentions are: the features of pairs that a model of boosted trees weighs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from functools import lru_cache
from math import fsum

from rapidfuzz.distance import JaroWinkler

from graph.linking.likeness import cosine
from graph.linking.tellings import Story, Telling, rarity
from ingest.article import EventType, Role

NOBODY: frozenset[str] = frozenset()
UNKNOWN = -1.0  # of a feature for which one side says nothing


@lru_cache(maxsize=1 << 16)
def spelled_alike(left: str, right: str) -> float:
    """How alike two stems are spelled, 0 to 1."""
    return JaroWinkler.similarity(left, right)


def _shared(left: frozenset[str], right: frozenset[str]) -> float:
    """The rarity of what two sets share, UNKNOWN where one is empty."""
    if not left or not right:
        return UNKNOWN
    return fsum(map(rarity, left & right))  # the same sum in whatever order a set gives its members


def share(left: Set[str], right: Set[str]) -> float:
    """How much of the smaller of two sets is in both, UNKNOWN where one is empty."""
    if not left or not right:
        return UNKNOWN
    return len(left & right) / min(len(left), len(right))


def _role(role: Role) -> Callable[[Telling, Telling], float]:
    return lambda left, right: _shared(left.roles.get(role, NOBODY), right.roles.get(role, NOBODY))


def _gap(one: Telling, two: Telling) -> float:
    """Days between two dated events, 0 where they may overlap."""
    left, right = one.draft, two.draft
    if not (left.start or left.end) or not (right.start or right.end):
        return UNKNOWN
    start = max(filter(None, (left.start, right.start)), default=None)
    end = min(filter(None, (left.end, right.end)), default=None)
    return 0.0 if start is None or end is None or start <= end else float(min((start - end).days, 400))


# Of the articles alone: worked out once for each two.
OF_STORIES: Mapping[str, Callable[[Story, Story], float]] = {
    "articles alike": lambda left, right: cosine(left.words, right.words),
    "openings alike": lambda left, right: cosine(left.opening, right.opening),
    "entities shared by the articles": lambda left, right: float(len(left.entities & right.entities)),
    "share of entities": lambda left, right: share(left.entities, right.entities),
}

OF_TELLINGS: Mapping[str, Callable[[Telling, Telling], float]] = {
    "same stem": lambda left, right: float(left.stem == right.stem),
    "same word": lambda left, right: float(left.word == right.word),
    "spelled alike": lambda left, right: spelled_alike(left.stem, right.stem),
    "rarer stem": lambda left, right: max(rarity(left.stem), rarity(right.stem)),
    "commoner stem": lambda left, right: min(rarity(left.stem), rarity(right.stem)),
    "same type": lambda left, right: float(left.type is right.type) - (left.type is right.type is EventType.OTHER) / 2,
    "types known": lambda left, right: float((left.type is not EventType.OTHER) + (right.type is not EventType.OTHER)),
    "same status": lambda left, right: float(left.status is right.status),
    "verbs": lambda left, right: float(left.verbal + right.verbal),
    "same sentence": lambda left, right: float(left.story is right.story and left.sentence == right.sentence),
    "sentences apart": lambda left, right: (
        float(min(20, abs(left.sentence - right.sentence))) if left.story is right.story else UNKNOWN
    ),
    "later position": lambda left, right: float(min(20, max(left.position, right.position))),
    "earlier position": lambda left, right: float(min(20, left.position, right.position)),
    "sentences alike": lambda left, right: cosine(left.around, right.around),
    "surroundings shared": lambda left, right: _shared(left.near, right.near),
    "trigger told around the other": lambda left, right: float(
        (left.stem in right.around) + (right.stem in left.around)
    ),
    "trigger told in the other article": lambda left, right: float(
        (left.stem in right.story.words) + (right.stem in left.story.words)
    ),
    "told how often": lambda left, right: float(
        max(left.story.told[left.stem], right.story.told[right.stem])
    ),
    "the other told here": lambda left, right: float(left.story.told[right.stem] + right.story.told[left.stem]),
    "agent shared": _role(Role.AGENT),
    "target shared": _role(Role.TARGET),
    "place shared": _role(Role.PLACE),
    "time shared": _role(Role.TIME),
    "parties shared": lambda left, right: _shared(left.parties, right.parties),
    "agent here, target there": lambda left, right: max(
        _shared(left.roles.get(Role.AGENT, NOBODY), right.roles.get(Role.TARGET, NOBODY)),
        _shared(left.roles.get(Role.TARGET, NOBODY), right.roles.get(Role.AGENT, NOBODY)),
    ),
    "entities shared": lambda left, right: _shared(left.entities, right.entities),
    "share of entities around": lambda left, right: share(left.entities, right.entities),
    "numbers shared": lambda left, right: share(left.numbers, right.numbers),
    "days between": _gap,
    "weekdays shared": lambda left, right: share(left.draft.weekdays, right.draft.weekdays),
}  # fmt: skip


ALIKE = list(OF_STORIES).index("articles alike")
FEATURES = (*OF_TELLINGS, *OF_STORIES, "vectors alike")


def features(left: Telling, right: Telling) -> list[float]:
    """What two mentions have in common, in the order of `OF_TELLINGS`."""
    return [feature(left, right) for feature in OF_TELLINGS.values()]
