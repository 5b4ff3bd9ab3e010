"""What changed from one graph to another, thing by thing; of each kind what most articles speak of comes first."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from graph.counterparts import Counterparts, counterparts
from graph.model import Claim, Entity, Event, Finding, KnowledgeGraph, Relation, Storyline
from ingest.article import Article

T = TypeVar("T", bound=Article | Entity | Event | Storyline)
Thing = TypeVar("Thing", bound=Entity | Event)
ARTICLE_FIELDS = ("title", "text", "published", "publisher", "byline", "url", "language")
ENTITY_FIELDS = ("name", "type", "description", "lat", "lon", "aliases", "links")
EVENT_FIELDS = ("label", "type", "mode", "status", "start", "end", "places", "participants")
STORYLINE_FIELDS = ("label", "events")


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed(Generic[T]):
    """One thing as it was and as it is, and the fields that differ; ids that merely became others do not count."""

    before: T
    after: T
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged(Generic[Thing]):
    """Several things that are one now."""

    before: tuple[Thing, ...]  # the one whose place it took first
    after: Thing


@dataclass(frozen=True, slots=True, kw_only=True)
class Split(Generic[Thing]):
    """One thing that is several now."""

    before: Thing
    after: tuple[Thing, ...]  # the one that took its place first


@dataclass(frozen=True, slots=True, kw_only=True)
class Articles:
    """Articles that came, went, or were rewritten."""

    new: tuple[Article, ...]
    gone: tuple[Article, ...]
    changed: tuple[Changed[Article], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Things(Generic[Thing]):
    """Entities or events that came, went, or are not what they were."""

    new: tuple[Thing, ...]
    gone: tuple[Thing, ...]
    merged: tuple[Merged[Thing], ...]
    split: tuple[Split[Thing], ...]
    changed: tuple[Changed[Thing], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedNumber:
    """What the claims about a thing of both graphs bear out best, before and now; None where nothing was said."""

    about: str  # id in the newer graph
    property: str
    before: Finding | None
    after: Finding | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """Claims that came and went, and those that stand to each other as they did not before."""

    new: tuple[Claim, ...]
    gone: tuple[Claim, ...]
    conflicting: tuple[tuple[Claim, Claim], ...]
    settled: tuple[tuple[Claim, Claim], ...]  # both are still there, and do not contradict each other any more
    superseded: tuple[tuple[Claim, Claim], ...]  # the older one, and the one that takes its place


@dataclass(frozen=True, slots=True, kw_only=True)
class Relations:
    """Relations that came and went."""

    new: tuple[Relation, ...]
    gone: tuple[Relation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Storylines:
    """Storylines that came, went, or tell of other events."""

    new: tuple[Storyline, ...]
    gone: tuple[Storyline, ...]
    changed: tuple[Changed[Storyline], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Everything that changed, and the graphs between which it did."""

    old: KnowledgeGraph
    new: KnowledgeGraph
    counterparts: Counterparts
    articles: Articles
    entities: Things[Entity]
    events: Things[Event]
    numbers: tuple[MovedNumber, ...]
    claims: Claims
    relations: Relations
    storylines: Storylines

    @property
    def is_empty(self) -> bool:
        """Whether nothing changed."""
        groups = (self.articles, self.entities, self.events, self.claims, self.relations, self.storylines)
        return not self.numbers and not any(getattr(group, name) for group in groups for name in group.__slots__)


def difference(old: KnowledgeGraph, new: KnowledgeGraph, former: Mapping[str, str] | None = None) -> Difference:
    """What changed from `old` to `new`; `former` gives what former ids became, where the store of `new` knows it."""
    pairs = counterparts(old, new, former)
    then, now = _Telling(old), _Telling(new)
    return Difference(
        old=old,
        new=new,
        counterparts=pairs,
        articles=_articles(old, new, pairs),
        entities=_things(old.entities, new.entities, pairs, then, now, _entity_fields),
        events=_things(old.events, new.events, pairs, then, now, lambda a, b: _event_fields(a, b, pairs)),
        numbers=_numbers(old, new, pairs, now),
        claims=_claims(old, new, now),
        relations=_relations(old, new, pairs),
        storylines=_storylines(old, new, pairs),
    )


class _Telling:
    """How much is told of each thing in one graph."""

    def __init__(self, graph: KnowledgeGraph) -> None:
        articles: dict[str, set[str]] = defaultdict(set)
        self._mentions: Counter[str] = Counter()
        for mention in graph.mentions:
            if mention.refers_to is not None:
                articles[mention.refers_to].add(mention.article)
                self._mentions[mention.refers_to] += 1
        self._findings = Counter(finding.about for finding in graph.findings)
        self._called = {each.id: each.name for each in graph.entities} | {each.id: each.label for each in graph.events}
        self._articles = {thing: len(where) for thing, where in articles.items()}

    def place(self, thing: str) -> tuple[int, int, int, str, str]:
        """Sorts what most articles speak of first, and of the rest what numbers are told of."""
        return (
            -self._articles.get(thing, 0),
            -self._findings[thing],
            -self._mentions[thing],
            self._called.get(thing, ""),
            thing,
        )


def _articles(old: KnowledgeGraph, new: KnowledgeGraph, pairs: Counterparts) -> Articles:
    before = {article.id: article for article in old.articles}
    after = {article.id: article for article in new.articles}
    came = [after[id] for id in sorted(after.keys() - before.keys()) if id not in pairs.rewritten.values()]
    went = [before[id] for id in sorted(before.keys() - after.keys()) if id not in pairs.rewritten]
    kept = {id: id for id in before.keys() & after.keys()} | dict(pairs.rewritten)
    changed = [
        Changed(before=before[id], after=after[kept[id]], fields=fields)
        for id in sorted(kept)
        if (fields := _differing(before[id], after[kept[id]], ARTICLE_FIELDS))
    ]
    return Articles(new=tuple(came), gone=tuple(went), changed=tuple(changed))


def _things(  # noqa: PLR0913, PLR0917 - both sides, how they pair, and how to order and compare them
    old: Iterable[Thing],
    new: Iterable[Thing],
    pairs: Counterparts,
    then: _Telling,
    now: _Telling,
    fields: Callable[[Thing, Thing], tuple[str, ...]],
) -> Things[Thing]:
    before = {thing.id: thing for thing in old}
    after = {thing.id: thing for thing in new}
    back = {pairs.now[id]: id for id in before if id in pairs.now}
    taken_in = _gathered(pairs.into, before, then)
    cut_off = _gathered(pairs.out_of, after, now)
    merged = [
        Merged(before=tuple(before[id] for id in (back[home], *taken_in[home])), after=after[home])
        for home in sorted(taken_in, key=now.place)
    ]
    split = [
        Split(before=before[home], after=tuple(after[id] for id in (pairs.now[home], *cut_off[home])))
        for home in sorted(cut_off, key=then.place)
    ]
    changed = [
        Changed(before=before[back[id]], after=after[id], fields=found)
        for id in sorted(back, key=now.place)
        if (found := fields(before[back[id]], after[id]))
    ]
    came = sorted((id for id in after if id not in back and id not in pairs.out_of), key=now.place)
    went = sorted((id for id in before if id not in pairs.now and id not in pairs.into), key=then.place)
    return Things(
        new=tuple(after[id] for id in came),
        gone=tuple(before[id] for id in went),
        merged=tuple(merged),
        split=tuple(split),
        changed=tuple(changed),
    )


def _gathered(homes: Mapping[str, str], things: Iterable[str], telling: _Telling) -> dict[str, list[str]]:
    """The things that have a home, by their homes, what is told of most first."""
    gathered: dict[str, list[str]] = defaultdict(list)
    for id in sorted(things, key=telling.place):
        if id in homes:
            gathered[homes[id]].append(id)
    return gathered


def _entity_fields(before: Entity, after: Entity) -> tuple[str, ...]:
    return _differing(before, after, ENTITY_FIELDS)


def _event_fields(before: Event, after: Event, pairs: Counterparts) -> tuple[str, ...]:
    same = set()
    if {pairs.present(place) for place in before.places} == set(after.places):
        same.add("places")
    if parts(before, pairs.present) == parts(after):
        same.add("participants")
    return tuple(field for field in _differing(before, after, EVENT_FIELDS) if field not in same)


def parts(event: Event, present: Callable[[str], str] = str) -> set[tuple[str, str | None, str]]:
    """Who plays which role in an event, however many articles say so: role, entity id, and the text if it has none."""
    return {
        (part.role.value, present(part.entity), "") if part.entity is not None else (part.role.value, None, part.text)
        for part in event.participants
    }


def _differing(before: object, after: object, fields: Iterable[str]) -> tuple[str, ...]:
    return tuple(field for field in fields if getattr(before, field) != getattr(after, field))


def _numbers(old: KnowledgeGraph, new: KnowledgeGraph, pairs: Counterparts, now: _Telling) -> tuple[MovedNumber, ...]:
    known = set(pairs.now.values())
    then_found: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    now_found: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in sorted(old.findings, key=lambda each: each.id):
        then_found[pairs.present(finding.about), finding.property].append(finding)
    for finding in sorted(new.findings, key=lambda each: each.id):
        now_found[finding.about, finding.property].append(finding)
    moved = [
        MovedNumber(about=about, property=name, before=before, after=after)
        for about, name in then_found.keys() | now_found.keys()
        if about in known
        for before, after in _moves(then_found[about, name], now_found[about, name])
    ]
    return tuple(sorted(moved, key=lambda each: _weight(each, now)))


def _moves(then: list[Finding], now: list[Finding]) -> Iterator[tuple[Finding | None, Finding | None]]:
    """Findings on one property of one thing that are not the same before and now, paired by what they count."""
    came = [each for each in now if _said(each) not in map(_said, then)]
    went = [each for each in then if _said(each) not in map(_said, now)]
    for before in list(went):
        after = next((each for each in came if each.unit == before.unit), None)
        if after is None and len(went) == len(came) == 1:
            after = came[0]  # "60" is "60 people" once an article says so
        if after is not None:
            yield before, after
            went.remove(before)
            came.remove(after)
    yield from ((before, None) for before in went)
    yield from ((None, after) for after in came)


def _said(finding: Finding) -> tuple[object, ...]:
    return finding.unit, finding.value, finding.upper, finding.qualifier


def _weight(move: MovedNumber, now: _Telling) -> tuple[object, ...]:
    """A number that moved tells more than one that came, and that more than one that went."""
    kind = 0 if move.before and move.after else 1 if move.after else 2
    finding = move.after or move.before
    witnesses = len(finding.supports) + len(finding.against) if finding else 0
    return kind, -witnesses, now.place(move.about), move.property, str(finding and _said(finding))


def _claims(old: KnowledgeGraph, new: KnowledgeGraph, now: _Telling) -> Claims:
    before = {claim.id: claim for claim in old.claims}
    after = {claim.id: claim for claim in new.claims}

    def pairs(claims: Mapping[str, Claim]) -> set[tuple[str, str]]:
        return {
            (min(claim.id, other), max(claim.id, other))
            for claim in claims.values()
            for other in claim.conflicts
            if other in claims
        }

    def replaced(claims: Mapping[str, Claim]) -> set[tuple[str, str]]:
        return {(other, claim.id) for claim in claims.values() for other in claim.supersedes if other in claims}

    def place(id: str) -> tuple[object, ...]:
        return now.place(after[id].about), after[id].property, str(after[id].as_of or ""), id

    def told(found: set[tuple[str, str]]) -> tuple[tuple[Claim, Claim], ...]:
        return tuple((after[one], after[two]) for one, two in sorted(found, key=lambda each: tuple(map(place, each))))

    settled = {pair for pair in pairs(before) - pairs(after) if after.keys() >= {*pair}}
    return Claims(
        new=tuple(after[id] for id in sorted(after.keys() - before.keys(), key=place)),
        gone=tuple(before[id] for id in sorted(before.keys() - after.keys())),
        conflicting=told(pairs(after) - pairs(before)),
        settled=told(settled),
        superseded=told(replaced(after) - replaced(before)),
    )


def _relations(old: KnowledgeGraph, new: KnowledgeGraph, pairs: Counterparts) -> Relations:
    def key(relation: Relation) -> tuple[str, str, str]:
        return pairs.present(relation.subject), relation.predicate, pairs.present(relation.object)

    before = {key(relation): relation for relation in old.relations}
    after = {(relation.subject, relation.predicate, relation.object): relation for relation in new.relations}

    def place(relation: Relation) -> tuple[object, ...]:
        return -len(relation.mentions), relation.subject, relation.predicate, relation.object

    return Relations(
        new=tuple(sorted((after[id] for id in after.keys() - before.keys()), key=place)),
        gone=tuple(sorted((before[id] for id in before.keys() - after.keys()), key=place)),
    )


def _storylines(old: KnowledgeGraph, new: KnowledgeGraph, pairs: Counterparts) -> Storylines:
    before = {line.id: line for line in old.storylines}
    after = {line.id: line for line in new.storylines}
    lines_of = {event: line.id for line in new.storylines for event in line.events}
    shared = Counter(
        (line.id, lines_of[event])
        for line in old.storylines
        for event in {pairs.present(event) for event in line.events}
        if event in lines_of
    )
    now: dict[str, str] = {}
    for one, two in sorted(shared, key=lambda pair: (pair[0] != pair[1], -shared[pair], pair)):
        if one not in now and two not in now.values():
            now[one] = two
    changed = []
    for one, two in now.items():
        same = {pairs.present(event) for event in before[one].events} == set(after[two].events)
        fields = [
            field for field in _differing(before[one], after[two], STORYLINE_FIELDS) if field != "events" or not same
        ]
        if fields:
            changed.append(Changed(before=before[one], after=after[two], fields=tuple(fields)))

    def place(line: Storyline) -> tuple[int, str]:
        return -len(line.events), line.id

    return Storylines(
        new=tuple(sorted((after[id] for id in after.keys() - set(now.values())), key=place)),
        gone=tuple(sorted((before[id] for id in before.keys() - now.keys()), key=place)),
        changed=tuple(sorted(changed, key=lambda each: place(each.after))),
    )
