"""What "the city", "she" and "both countries" mean: the entity of the same article, where there is one that is plain.

Only mentions that something rests on are looked at, and none is resolved against doubt: no speaker or place is better
than a wrong one.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter
from typing import NamedTuple

from graph.linking.entity import LocalEntity
from graph.names import REFERENCE, fold
from graph.places import country_of_people
from ingest.article import AnnotatedArticle, EntityType, Mention, MentionKind, Role

# "the", or "this" and "that"; what stands between it and the noun belongs to the mention.
_DEFINITE = re.compile(r"\b(?:the|this|that)\s+$", re.IGNORECASE)
_BOTH = re.compile(r"\b(?:both|two|the)\s+$", re.IGNORECASE)
_OF = re.compile(r"\s+of\s+(?:the\s+)?", re.IGNORECASE)
# "the town where it began", "the city in the north" say themselves which one is meant.
_DEFINED = re.compile(r"\s+(?:of|where|that|which|who|in|near|with)\b", re.IGNORECASE)
_NEAR = 2  # sentences back that a pronoun or "the company" reaches
_FAR = 8  # and "the city" or "the mayor"
# Who does something and to whom it is done are two: "Mora, who beat him" beat somebody else.
_SIDES = frozenset({Role.AGENT, Role.TARGET, Role.RECIPIENT})


class _Named(NamedTuple):
    start: int
    sentence: int
    entity: LocalEntity


_start = attrgetter("start")


def resolve_references(annotated: AnnotatedArticle, entities: Sequence[LocalEntity]) -> None:
    """Give each entity the mentions without a name that mean it."""
    nameless = [
        index
        for index, mention in enumerate(annotated.mentions)
        if mention.kind is MentionKind.ENTITY and not mention.label
    ]
    if nameless:
        _resolve(annotated, entities, nameless)
    for entity in entities:
        entity.mentions.sort()


def _resolve(annotated: AnnotatedArticle, entities: Sequence[LocalEntity], nameless: Iterable[int]) -> None:
    starts = [start for start, _ in annotated.sentences]

    def sentence(start: int) -> int:
        return bisect_right(starts, start)

    named = sorted(
        (
            _Named(annotated.mentions[index].start, sentence(annotated.mentions[index].start), entity)
            for entity in entities
            for index in entity.mentions
        ),
        key=_start,
    )
    opposite = _opposite(annotated, nameless)
    for index in nameless:
        mention = annotated.mentions[index]
        sides = opposite.get(index, set())
        others = [each for each in named if sides.isdisjoint(each.entity.mentions)] if sides else named
        meant = _meant(mention, annotated.article.text, others, sentence(mention.start))
        if meant is not None:
            meant.mentions.append(index)
        for state in _two_states(mention, annotated.article.text, named, sentence(mention.start)):
            state.shared += (index,)


def _opposite(annotated: AnnotatedArticle, nameless: Iterable[int]) -> dict[int, set[int]]:
    """For each mention without a name those that stand on another side of one event."""
    wanted = set(nameless)
    found: dict[int, set[int]] = {}
    for event in annotated.events:
        sides = [part for part in event.participants if part.role in _SIDES]
        for part in sides:
            if part.mention in wanted:
                others = {each.mention for each in sides if each.role is not part.role}
                found.setdefault(part.mention, set()).update(others - {part.mention})
    return found


def _meant(mention: Mention, text: str, named: Sequence[_Named], here: int) -> LocalEntity | None:
    word = mention.text.lower()
    before = named[: bisect_left(named, mention.start, key=_start)]
    if word in REFERENCE["personal_pronouns"]:
        return _person_spoken_of(before, here)
    *described, noun = word.split()
    named_behind = _OF.match(text, mention.end)
    if named_behind and noun in REFERENCE["settlements"]:  # "Brazil's southern city of Porto Alegre"
        behind = next((each.entity for each in named if each.start == named_behind.end()), None)
        return behind if behind is not None and _is_settlement(behind) else None
    if mention.text != word or not _DEFINITE.search(text[max(0, mention.start - 8) : mention.start]):
        return None
    if REFERENCE["other_than_the_last"] & set(described):
        return None
    if _DEFINED.match(text, mention.end):
        return None
    if noun in REFERENCE["settlements"]:
        return _nearest(before, here - _FAR, _is_settlement)
    if noun in REFERENCE["states"]:
        return _nearest(before, here - _FAR, _is_country)
    if noun in REFERENCE["firms"]:
        return _only(before, here - _NEAR, lambda entity: entity.types[EntityType.ORGANIZATION] > 0)
    return _only(before, here - _FAR, lambda entity: any(office.split()[-1:] == [noun] for office in entity.offices))


def _two_states(mention: Mention, text: str, named: Sequence[_Named], here: int) -> list[LocalEntity]:
    """Both countries, where the nearest sentences that name any name two of them: "talks between the nations"."""
    if mention.text.lower() not in REFERENCE["both_states"]:
        return []
    if not _BOTH.search(text[max(0, mention.start - 10) : mention.start]) or _DEFINED.match(text, mention.end):
        return []
    before = [each for each in named[: bisect_left(named, mention.start, key=_start)] if each.sentence >= here - _FAR]
    found: dict[str, LocalEntity] = {}
    for sentence in sorted({each.sentence for each in before}, reverse=True):
        for each in before:
            state = _state(each.entity) if each.sentence == sentence else None
            if state is not None:
                found.setdefault(state, each.entity)
        if len(found) > 1:
            break
    return list(found.values()) if len(found) == 2 else []


def _state(entity: LocalEntity) -> str | None:
    """The country, by ISO code, that a country's or a people's name stands for."""
    if entity.family == "people":
        return country_of_people(fold(entity.name))
    return entity.located.place.country if _is_country(entity) and entity.located is not None else None


def _is_settlement(entity: LocalEntity) -> bool:
    if entity.family != "place":
        return False
    return entity.located.place.kind == "city" if entity.located else not _is_country(entity)


def _is_country(entity: LocalEntity) -> bool:
    return entity.family == "place" and entity.located is not None and entity.located.place.kind == "country"


def _person_spoken_of(before: Iterable[_Named], here: int) -> LocalEntity | None:
    """The one person of the nearest sentence that names any."""
    people = [each for each in before if each.entity.family == "person" and each.sentence >= here - _NEAR]
    last = max((each.sentence for each in people), default=0)
    spoken_of = {id(each.entity): each.entity for each in people if each.sentence == last}
    return next(iter(spoken_of.values())) if len(spoken_of) == 1 else None


def _nearest(before: Sequence[_Named], first: int, fits: Callable[[LocalEntity], bool]) -> LocalEntity | None:
    return next((each.entity for each in reversed(before) if each.sentence >= first and fits(each.entity)), None)


def _only(before: Iterable[_Named], first: int, fits: Callable[[LocalEntity], bool]) -> LocalEntity | None:
    fitting = {id(each.entity): each.entity for each in before if each.sentence >= first and fits(each.entity)}
    return next(iter(fitting.values())) if len(fitting) == 1 else None
