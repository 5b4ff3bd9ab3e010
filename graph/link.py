"""Linking: annotated articles in, one knowledge graph out; a pure function, and any order of input gives the same.

The steps stand in `graph/linking`: entities within an article, then across; event mentions within an article, then
across; corrections by hand after each; which articles print one report; claims side by side and what they bear out;
relations; storylines.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter

from graph.linking.coreference import link_mentions
from graph.linking.corrections import correct_entities, correct_events
from graph.linking.entities import link_entities
from graph.linking.entity import LocalEntity
from graph.linking.entity_rows import Linked, entity_rows
from graph.linking.event_rows import Member, event_rows
from graph.linking.events import link_events, local_events
from graph.linking.facts import Facts
from graph.linking.ledger import ledger
from graph.linking.local import EntitiesOf, entities_of
from graph.linking.named import NamedThings
from graph.linking.nominals import link_nominals
from graph.linking.origins import origins_of
from graph.linking.sources import Source, Sources
from graph.linking.statements import Statement, statements
from graph.linking.storylines import storylines
from graph.mentions import Row, by_id, gathered
from graph.model import Event, GraphMention, KnowledgeGraph, Merge, Relation, Reprint
from graph.verdict import Correction, Join, Thing
from graph.wanted import Wanted, kept
from ingest.article import AnnotatedArticle, MentionKind

_THINGS = frozenset({MentionKind.EVENT, MentionKind.ENTITY})


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What is known once entities are linked, and events not yet."""

    linked: Linked
    joins: tuple[Join[str], ...]  # of mentions of entities
    origins: dict[str, str]  # of each article the earliest that carries the same report, ids both


def link(
    annotated: Sequence[AnnotatedArticle],
    corrections: Sequence[Correction] = (),
    *,
    every_mention: bool = False,
    entities_of: EntitiesOf = entities_of,
    wanted: Wanted | None = None,
) -> KnowledgeGraph:
    """The graph of a set of articles, as corrections by hand want it; each article counts once, however often given.

    `every_mention` makes the fuller graph of articles that were annotated with it. `entities_of` gives the entities
    within each article; it may remember them, since they depend on nothing else. `wanted` says what users know of
    things by name, and which types are kept.
    """
    known_sources = Sources(annotated)
    wanted = wanted or Wanted()
    found = find_entities(
        known_sources, corrections, every_mention=every_mention, entities_of=entities_of, wanted=wanted
    )
    return finish(known_sources, found, corrections, every_mention=every_mention, wanted=wanted)


def find_entities(
    known_sources: Sources,
    corrections: Sequence[Correction],
    *,
    every_mention: bool,
    entities_of: EntitiesOf,
    wanted: Wanted,
) -> Found:
    """The first half of `link`."""
    origins = origins_of(known_sources.articles.values())  # first, while little else is in memory
    linked, joins = _entities(
        known_sources, corrections, entities_of, NamedThings(wanted.named), every_mention=every_mention
    )
    return Found(linked=linked, joins=tuple(joins), origins=origins)


def finish(
    known_sources: Sources, found: Found, corrections: Sequence[Correction], *, every_mention: bool, wanted: Wanted
) -> KnowledgeGraph:
    """The second half of `link`; the sources are used up."""
    linked, origins = found.linked, found.origins
    events, why_events = _events(known_sources, linked, corrections, every_mention=every_mention)
    rows = sorted({event.id: event for event in events.values()}.values(), key=lambda event: event.id)
    named = {entity.id: entity.name for entity in linked.entities.values()}
    ids = [*known_sources.articles]
    told_in: dict[str, set[str]] = defaultdict(set)
    for (number, _), event in events.items():
        told_in[event.id].add(ids[number])
    lines = storylines(rows, named, told_in)
    line_of = {event: line.id for line in lines for event in line.events}
    cited = frozenset(part.mention for event in rows for part in event.participants)
    told_by = {mention: event.id for event in rows for mention in event.mentions}
    mentions, said, facts = _last_look(known_sources, linked, events, told_by, cited)
    del events, told_by, told_in, cited
    claims, findings = ledger(said, known_sources.articles, named, origins)
    graph = KnowledgeGraph(
        articles=tuple(known_sources.articles.values()),
        mentions=mentions,
        entities=tuple(sorted(linked.entities.values(), key=lambda entity: entity.id)),
        events=tuple(replace(event, storyline=line_of[event.id]) if event.id in line_of else event for event in rows),
        claims=claims,
        findings=findings,
        relations=tuple(sorted([*facts, *linked.demonyms], key=attrgetter("subject", "predicate", "object"))),
        storylines=tuple(sorted(lines, key=lambda line: line.id)),
        reprints=tuple(Reprint(article=id, origin=first) for id, first in sorted(origins.items()) if id != first),
        merges=_merges([*found.joins, *why_events], mentions),
    )
    return kept(graph, wanted.keep) if wanted.keep else graph


def link_entities_of(known_sources: Sources) -> Linked:
    """The entities of a set of articles that were annotated with every mention, without corrections."""
    return _entities(known_sources, (), entities_of, NamedThings(), every_mention=True)[0]


def _entities(
    known_sources: Sources,
    corrections: Iterable[Correction],
    entities_of: EntitiesOf,
    names: NamedThings,
    *,
    every_mention: bool,
) -> tuple[Linked, list[Join[str]]]:
    """The entities, and the joins of their mentions."""
    joins: list[Join[LocalEntity]] = []
    groups = link_entities(entities_of(known_sources), joins)
    groups = names.joined(groups, joins)
    nameless: list[Join[Member]] = []
    if every_mention:
        groups = link_nominals([source.annotated for source in known_sources], groups, nameless)
    groups, by_hand = correct_entities(groups, known_sources, corrections)

    def first(local: LocalEntity) -> str:
        return known_sources[known_sources.number[local.article]].mention_ids[local.mentions[0]]

    return entity_rows(groups, known_sources, names), [
        *(_between(each, first) for each in joins),
        *(_between(each, lambda member: known_sources[member[0]].mention_ids[member[1]]) for each in nameless),
        *by_hand,
    ]


def _events(
    known_sources: Sources, linked: Linked, corrections: Iterable[Correction], *, every_mention: bool
) -> tuple[dict[Member, Event], list[Join[str]]]:
    """The event of each event mention, and the joins of these."""
    joins: list[Join[Member]] = []
    groups: Sequence[Sequence[Member]]
    if every_mention:
        groups = link_mentions(known_sources, linked.meant, linked.known, joins)
    else:
        drafts = (
            local_events(number, source.annotated, linked.meant, linked.known)
            for number, source in enumerate(known_sources)
        )
        groups = link_events(drafts, [refers.values() for refers in linked.refers], joins)
    groups, by_hand = correct_events(groups, known_sources, linked.refers, corrections)

    def trigger(member: Member) -> str:
        number, index = member
        return known_sources[number].mention_ids[known_sources[number].annotated.events[index].trigger]

    return event_rows(groups, known_sources, linked), [*(_between(each, trigger) for each in joins), *by_hand]


def _between(join: Join[Thing], mention: Callable[[Thing], str]) -> Join[str]:
    """A join of two things as a join of the mentions that stand for them."""
    return Join(mention(join.left), mention(join.right), join.reasons, join.score)


def _merges(joins: Sequence[Join[str]], mentions: Sequence[GraphMention]) -> tuple[Merge, ...]:
    """The joins that hold: those of mentions of one thing. What was divided by hand afterwards is left out."""
    held = by_id(mentions)
    thing = {side: held[side].refers_to for each in joins for side in (each.left, each.right) if side in held}
    merges = (
        Merge(thing=home, left=each.left, right=each.right, reasons=each.reasons, score=each.score)
        for each in joins
        if (home := thing.get(each.left)) is not None and home == thing.get(each.right)
    )
    return tuple(sorted(merges, key=lambda merge: (merge.thing, merge.left, merge.right, merge.reasons)))


def _last_look(
    known_sources: Sources,
    linked: Linked,
    events: Mapping[Member, Event],
    told_by: Mapping[str, str],
    cited: frozenset[str],
) -> tuple[Sequence[GraphMention], list[Statement], list[Relation]]:
    """The mentions that the graph holds, what articles say of numbers, and facts; the sources are used up."""
    said: dict[str, Statement] = {}
    facts = Facts()

    def mentions() -> Iterator[Row]:
        for number, source in enumerate(known_sources.used_up()):
            refers = linked.refers[number]
            said.update((one.claim.id, one) for one in statements(number, source, refers, events))
            facts.add(source, refers)
            yield from _mentions(source, refers, told_by, cited)

    held = gathered(mentions())
    return held, [said[id] for id in sorted(said)], [*facts.rows()]


def _mentions(
    source: Source, refers: Mapping[int, str], told_by: Mapping[str, str], cited: frozenset[str]
) -> Iterable[Row]:
    """The mentions of one article that the graph holds."""
    rows: dict[str, Row] = {}
    article, ids = source.article.id, source.mention_ids
    for index, mention in enumerate(source.annotated.mentions):
        mention_id = ids[index]
        refers_to = told_by.get(mention_id) or refers.get(index)
        if refers_to is None and mention_id not in cited and mention.kind in _THINGS:
            continue  # nothing in the graph rests on it
        if mention_id in rows and (refers_to is None or rows[mention_id][-1] is not None):
            continue  # the same characters marked twice
        rows[mention_id] = (
            mention_id,
            article,
            mention.start,
            mention.end,
            mention.text,
            mention.kind,
            refers_to,
        )
    return rows.values()
