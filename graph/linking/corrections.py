"""Corrections by hand, applied to the groups that the linker found: first those of entities, then those of events."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from graph.linking.entity import LocalEntity
from graph.linking.event_rows import Member
from graph.linking.local import one_by_one, union
from graph.linking.partition import Known, Ruling, corrected, rulings
from graph.linking.sources import Source, Sources
from graph.names import fold
from graph.verdict import Correction, Join, Verdict
from ingest.article import MentionKind

T = TypeVar("T")


def correct_entities(
    groups: Sequence[Sequence[LocalEntity]], sources: Sources, corrections: Iterable[Correction]
) -> tuple[list[list[LocalEntity]], list[Join[str]]]:
    """The groups as the corrections want them, and the joins made by hand."""
    asked = [each for each in corrections if each.kind is MentionKind.ENTITY]
    if not asked:
        return [list(group) for group in groups], []
    wanted = _wanted(asked)
    ids = {source.article.id: _ids(source, wanted) for source in sources}
    members, numbered = _numbered(_taken_apart(groups, sources, ids, asked))
    holder = {mention: number for number, local in enumerate(members) for mention in _mentions(local, ids)}
    names: dict[str, set[str]] = defaultdict(set)
    for local in members:
        names[local.article].add(fold(local.name))

    def likeness(number: int) -> Known:
        local = members[number]
        own = {fold(spelling) for spelling in local.spellings}
        return (
            frozenset([fold(local.name)]),
            frozenset([local.article]),
            frozenset(local.offices),
            frozenset(names[local.article] - own),
            frozenset(own),
        )

    parts, joined = corrected(numbered, rulings(asked, holder), likeness)
    return [_whole([members[number] for number in part]) for part in parts], _by_hand(joined, holder)


def correct_events(
    groups: Sequence[Sequence[Member]],
    sources: Sequence[Source],
    refers: Sequence[Mapping[int, str]],
    corrections: Iterable[Correction],
) -> tuple[list[list[Member]], list[Join[str]]]:
    """The groups as the corrections want them, and the joins made by hand; `refers` gives each mention's entity."""
    asked = [each for each in corrections if each.kind is MentionKind.EVENT]
    if not asked:
        return [list(group) for group in groups], []
    wanted = _wanted(asked)
    # What one word tells stays together: an event is known by the mention of that word.
    tellings = [list(_by_trigger(group, sources).items()) for group in groups]
    members, numbered = _numbered(tellings)
    holder = {mention: number for number, (mention, _) in enumerate(members) if mention in wanted}

    def likeness(number: int) -> Known:
        told = members[number][1]
        events = [sources[article].annotated.events[index] for article, index in told]
        actors = {
            refers[article][part.mention]
            for (article, _), event in zip(told, events, strict=True)
            for part in event.participants
            if part.mention in refers[article]
        }
        triggers = {
            fold(sources[article].annotated.mentions[event.trigger].text)
            for (article, _), event in zip(told, events, strict=True)
        }
        return (
            frozenset(article for article, _ in told),
            frozenset(event.interval for event in events if event.interval),
            frozenset(actors),
            frozenset(triggers),
        )

    parts, joined = corrected(numbered, rulings(asked, holder), likeness)
    return [[one for number in part for one in members[number][1]] for part in parts], _by_hand(joined, holder)


def _wanted(corrections: Iterable[Correction]) -> frozenset[str]:
    return frozenset(mention for each in corrections for side in (each.left, each.right) for mention in side)


def _ids(source: Source, wanted: frozenset[str]) -> dict[int, str]:
    """The mentions of an article that are wanted, by their index."""
    return {index: mention for index, mention in enumerate(source.mention_ids) if mention in wanted}


def _mentions(local: LocalEntity, ids: Mapping[str, Mapping[int, str]]) -> Iterator[str]:
    """Those of the wanted mentions that are of an entity; `ids` gives them by article."""
    wanted = ids[local.article]
    return (wanted[index] for index in local.mentions if index in wanted)


def _numbered(groups: Sequence[Sequence[T]]) -> tuple[list[T], list[list[int]]]:
    """All members in one list, and the groups as numbers of that list."""
    members = [member for group in groups for member in group]
    numbers = iter(range(len(members)))
    return members, [[next(numbers) for _ in group] for group in groups]


def _taken_apart(
    groups: Sequence[Sequence[LocalEntity]],
    sources: Sources,
    ids: Mapping[str, Mapping[int, str]],
    corrections: Iterable[Correction],
) -> list[list[LocalEntity]]:
    """The groups, with each local entity that holds both sides of a division as one entity for each of its mentions."""
    divisions = [
        (frozenset(each.left), frozenset(each.right)) for each in corrections if each.verdict is Verdict.DIFFERENT
    ]

    def parts(local: LocalEntity) -> list[LocalEntity]:
        held = frozenset(_mentions(local, ids))
        if len(held) > 1 and any(held & left and held & right for left, right in divisions):
            return one_by_one(local, sources[sources.number[local.article]].annotated)
        return [local]

    return [[part for local in group for part in parts(local)] for group in groups]


def _whole(locals_: Sequence[LocalEntity]) -> list[LocalEntity]:
    """Mentions of one article and family that went to the same side, as one local entity again."""
    by_home: dict[tuple[str, str], list[LocalEntity]] = defaultdict(list)
    for local in locals_:
        by_home[local.article, local.family].append(local)
    return [union(parts) if len(parts) > 1 else parts[0] for parts in by_home.values()]


def _by_trigger(group: Sequence[Member], sources: Sequence[Source]) -> dict[str, list[Member]]:
    told: dict[str, list[Member]] = defaultdict(list)
    for number, index in group:
        told[sources[number].mention_ids[sources[number].annotated.events[index].trigger]].append((number, index))
    return told


def _by_hand(joined: Iterable[Ruling], holder: Mapping[str, int]) -> list[Join[str]]:
    """The joins made by hand, each with the mentions that stand for its sides."""
    return [
        Join(
            next(mention for mention in each.correction.left if mention in holder),
            next(mention for mention in each.correction.right if mention in holder),
            (each.correction.by_hand,),
        )
        for each in joined
    ]
