"""What changed between two graphs, in lines for people and as JSON for programs."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import PurePath

from exports.html.words import amount, counted, day, days, plain, shortened
from graph.difference import Changed, Difference, Merged, MovedNumber, Split, parts
from graph.model import Claim, Entity, Event, Finding, KnowledgeGraph, Relation, Storyline
from ingest.article import Article
from newsgraph.printing import as_table, printable

LONGEST = 60  # characters of a label or name in a line
MOST = 12  # names in a line
# What JSON tells of the nouns of the graph; their ids lead to the rest.
KEYS: dict[type, tuple[str, ...]] = {
    Article: ("id", "title", "published", "publisher", "path"),
    Entity: ("id", "type", "name"),
    Event: ("id", "type", "label", "status", "start", "end"),
    Claim: ("id", "about", "property", "value", "upper", "qualifier", "unit", "text", "said_by", "article"),
    Finding: ("id", "about", "property", "value", "upper", "qualifier", "unit", "reasons"),
}
GROUPS = ("articles", "entities", "events", "numbers", "claims", "relations", "storylines")


def as_json(found: Difference) -> str:
    """One object with the lists of `graph.difference.Difference`, none of them cut.

    A change tells `id`, `was` (the id before) and for each field its value before and after.
    """
    told = {name: _told(getattr(found, name)) for name in GROUPS}
    return json.dumps(told, indent=2, ensure_ascii=False) + "\n"


def as_text(found: Difference, top: int) -> str:
    """Counts, then what changed, the most telling first: at most `top` lines a list."""
    if found.is_empty:
        return f"Nothing changed: {', '.join(_counts(found.new))}.\n"
    return "\n".join([_overview(found), *_Words(found, top).sections()])


def _told(value: object) -> object:
    if isinstance(value, Changed):
        changes = {name: {"before": _told(getattr(value.before, name)), "after": _told(getattr(value.after, name))}
                   for name in value.fields}  # fmt: skip
        return {"id": value.after.id, "was": value.before.id, "fields": changes}
    if is_dataclass(value):
        names = KEYS.get(type(value), tuple(each.name for each in fields(value)))
        return {name: _told(getattr(value, name)) for name in names}
    if isinstance(value, tuple):
        return [_told(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value


def _counts(graph: KnowledgeGraph) -> Iterator[str]:
    yield counted(len(graph.articles), "article", "articles")
    yield counted(len(graph.entities), "entity", "entities")
    yield counted(len(graph.events), "event", "events")
    yield counted(len(graph.claims), "claim", "claims")


def _overview(found: Difference) -> str:
    """How many there are of each kind, and how many of them changed in which way."""
    ways = ("new", "gone", "merged", "split", "changed")
    rows = []
    for name in ("articles", "entities", "events", "claims", "relations", "storylines"):
        group = getattr(found, name)
        tallies = [f"{len(getattr(group, way)):,}" if hasattr(group, way) else "" for way in ways]
        then, now = (len(getattr(graph, name)) for graph in (found.old, found.new))
        rows.append((name, f"{then:,}", f"{now:,}", *tallies))
    return as_table(("", "before", "now", *ways), rows)


class _Words:
    """Words for one difference."""

    def __init__(self, found: Difference, top: int) -> None:
        self._found = found
        self._top = top
        self._present = found.counterparts.present
        graphs = (found.old, found.new)  # what is in both is called as it is now
        self._names = {entity.id: entity.name for graph in graphs for entity in graph.entities}
        self._labels = {event.id: event.label for graph in graphs for event in graph.events}
        self._articles = {article.id: article for graph in graphs for article in graph.articles}
        self._known = set(found.counterparts.now.values())
        self._findings: dict[tuple[bool, str], list[Finding]] = defaultdict(list)
        self._told_in: dict[tuple[bool, str], set[str]] = defaultdict(set)
        for graph in graphs:
            for mention in graph.mentions:
                if mention.refers_to is not None:
                    self._told_in[graph is found.new, mention.refers_to].add(mention.article)
            for finding in graph.findings:
                self._findings[graph is found.new, finding.about].append(finding)

    def sections(self) -> Iterator[str]:
        """Each list that has anything in it, under its title."""
        found = self._found
        lists: Sequence[tuple[str, Iterable[str]]] = (
            ("New articles", map(self._article, found.articles.new)),
            ("Articles that are gone", map(self._article, found.articles.gone)),
            ("Articles that were changed", map(self._changed_article, found.articles.changed)),
            ("Numbers that moved (best supported)", self._numbers()),
            ("Reports that now contradict each other", self._pairs(found.claims.conflicting, " | ")),
            ("Reports that no longer contradict each other", self._pairs(found.claims.settled, " | ")),
            ("Claims that are now superseded", self._pairs(found.claims.superseded, " → ")),
            ("New claims about what was known", self._new_claims()),
            ("Entities that are now one", map(self._merged, found.entities.merged)),
            ("Entities that are now several", map(self._split, found.entities.split)),
            ("Events that are now one", map(self._merged, found.events.merged)),
            ("Events that are now several", map(self._split, found.events.split)),
            ("New events", (self._event(event, is_new=True) for event in found.events.new)),
            ("Events that are gone", (self._event(event, is_new=False) for event in found.events.gone)),
            ("Events that changed", map(self._changed_event, found.events.changed)),
            ("New entities", self._by_type(found.entities.new)),
            ("Entities that are gone", self._by_type(found.entities.gone)),
            ("Entities that changed", map(self._changed_entity, found.entities.changed)),
            ("New relations", map(self._relation, found.relations.new)),
            ("Relations that are gone", map(self._relation, found.relations.gone)),
            ("New storylines", (f"{_short(line.label)} ({len(line.events)} events)" for line in found.storylines.new)),
            (
                "Storylines that are gone",
                (f"{_short(line.label)} ({len(line.events)} events)" for line in found.storylines.gone),
            ),
            ("Storylines that changed", map(self._storyline, found.storylines.changed)),
        )
        for title, lines in lists:
            told = list(lines)
            if told:
                more = [f"  … and {len(told) - self._top:,} more"] if len(told) > self._top else []
                yield "\n".join([title, *(f"  {printable(line)}" for line in told[: self._top]), *more]) + "\n"

    def _article(self, article: Article) -> str:
        path = None if PurePath(article.path or "").suffix == ".jsonl" else article.path  # which holds many
        known = ", ".join(filter(None, (article.publisher, day(article.published), path)))
        return _short(article.title or article.text) + (f" ({known})" if known else "")

    def _changed_article(self, change: Changed[Article]) -> str:
        return f"{self._article(change.after)}: {', '.join(change.fields)}"

    def _numbers(self) -> Iterator[str]:
        """A line for each thing, as the first of its numbers comes."""
        moves: dict[str, list[str]] = defaultdict(list)
        for move in self._found.numbers:
            moves[move.about].append(_moved(move))
        for about, told in moves.items():
            yield f"{self._name(about)}: {_some(told, '; ')}"

    def _pairs(self, pairs: Iterable[tuple[Claim, Claim]], between: str) -> Iterator[str]:
        """A line for each two values, as the first two claims come that give them."""
        sources: dict[tuple[str, str, str, str], tuple[set[str], set[str]]] = {}
        for one, two in pairs:
            sides = sources.setdefault((two.about, plain(two.property), _much(one), _much(two)), (set(), set()))
            for side, claim in zip(sides, (one, two), strict=True):
                side.add(self._source(claim.article))
        for (about, words, *values), sides in sources.items():
            said = (f"{value} ({_some(sorted(side))})" for value, side in zip(values, sides, strict=True))
            yield f"{self._name(about)}: {words} {between.join(said)}"

    def _new_claims(self) -> Iterator[str]:
        """A line for each value that somebody now gives for something in a thing of both graphs."""
        sources: dict[tuple[str, str], set[str]] = defaultdict(set)
        for claim in self._found.claims.new:
            if claim.about in self._known:
                sources[claim.about, f"{plain(claim.property)} {_much(claim)}"].add(self._source(claim.article))
        for (about, said), articles in sources.items():
            yield f"{self._name(about)}: {said} ({_some(sorted(articles))})"

    def _merged(self, merged: Merged[Entity] | Merged[Event]) -> str:
        before = " + ".join(self._called(each, is_new=False) for each in merged.before)
        return f"{before} → {self._called(merged.after, is_new=True)}"

    def _split(self, split: Split[Entity] | Split[Event]) -> str:
        after = " | ".join(self._called(each, is_new=True) for each in split.after)
        return f"{self._called(split.before, is_new=False)} → {after}"

    def _called(self, thing: Entity | Event, *, is_new: bool) -> str:
        """A thing with what tells it from its namesakes."""
        articles = counted(len(self._told_in[is_new, thing.id]), "article", "articles")
        if isinstance(thing, Entity):
            return f"{_short(thing.name)} ({thing.type.value}, {articles})"
        return f"{_short(thing.label)} ({', '.join(filter(None, (days(thing.start, thing.end), articles)))})"

    def _event(self, event: Event, *, is_new: bool) -> str:
        numbers = [f"{plain(each.property)} {_much(each)}" for each in self._findings.get((is_new, event.id), ())]
        told = "; ".join(filter(None, (days(event.start, event.end), event.status.value, *numbers[:MOST])))
        return f"{_short(event.label)} ({plain(event.type.value)}; {told})"

    def _changed_event(self, change: Changed[Event]) -> str:
        before, after = change.before, change.after
        changes = []
        if "label" in change.fields:
            changes.append(f"was “{_short(before.label)}”")
        if {"type", "mode"} & {*change.fields}:
            changes.append(f"type {_kind(before)} → {_kind(after)}")
        if "status" in change.fields:
            changes.append(f"{before.status.value} → {after.status.value}")
        if {"start", "end"} & {*change.fields}:
            changes.append(" → ".join(days(each.start, each.end) or "no date" for each in (before, after)))
        if "places" in change.fields:
            changes.append("place " + self._sets(map(self._present, before.places), after.places))
        if "participants" in change.fields:
            came, went = parts(after) - parts(before, self._present), parts(before, self._present) - parts(after)
            changes.append(_come_and_gone(map(self._part, came), map(self._part, went)))
        return f"{_short(after.label)}: {'; '.join(changes)}"

    def _part(self, part: tuple[str, str | None, str]) -> str:
        role, entity, text = part
        return f"{role} {self._name(entity) if entity else _short(text)}"

    def _by_type(self, entities: Iterable[Entity]) -> Iterator[str]:
        """A line for each type, with what most articles speak of first."""
        named: dict[str, list[str]] = defaultdict(list)
        for entity in entities:
            named[entity.type.value].append(_short(entity.name))
        for type, names in sorted(named.items(), key=lambda each: (-len(each[1]), each[0])):
            yield f"{type}: {_some(names)}"

    def _changed_entity(self, change: Changed[Entity]) -> str:
        before, after = change.before, change.after
        changes = []
        if "name" in change.fields:
            changes.append(f"was {_short(before.name)}")
        if "type" in change.fields:
            changes.append(f"{before.type.value} → {after.type.value}")
        if "description" in change.fields:
            changes.append(f"{_short(before.description or 'nothing')} → {_short(after.description or 'nothing')}")
        if {"lat", "lon"} & {*change.fields}:
            changes.append(f"at {_position(before)} → {_position(after)}")
        for field, words in (("aliases", "also"), ("links", "see")):
            if field in change.fields:
                changes.append(f"{words} {self._sets(getattr(before, field), getattr(after, field))}")
        return f"{_short(after.name)} ({after.type.value}): {'; '.join(changes)}"

    def _relation(self, relation: Relation) -> str:
        return f"{self._name(relation.subject)}: {plain(relation.predicate)} {self._name(relation.object)}"

    def _storyline(self, change: Changed[Storyline]) -> str:
        then, now = {self._present(event) for event in change.before.events}, set(change.after.events)
        events = _come_and_gone(map(self._name, now - then), map(self._name, then - now))
        was = [f"was “{_short(change.before.label)}”"] if "label" in change.fields else []
        return f"{_short(change.after.label)}: {'; '.join(filter(None, [*was, events]))}"

    def _sets(self, before: Iterable[str], after: Iterable[str]) -> str:
        then, now = set(before), set(after)
        return _come_and_gone(map(self._name, now - then), map(self._name, then - now))

    def _name(self, id: str) -> str:
        """What a thing is called; a text as it is."""
        return _short(self._names.get(id) or self._labels.get(id) or id)

    def _source(self, id: str) -> str:
        """How an article is called in few words: by its file, or by its title where a file holds several."""
        article = self._articles.get(id)
        path = PurePath((article and article.path) or "")
        return _short(path.name if path.suffix not in {"", ".jsonl"} else (article and article.title) or id)


def _short(text: str) -> str:
    return shortened(text, LONGEST)


def _come_and_gone(come: Iterable[str], gone: Iterable[str]) -> str:
    """+ what came, − what went"""
    signed = [*(f"+ {each}" for each in sorted(come)), *(f"− {each}" for each in sorted(gone))]
    return _some(signed)


def _moved(move: MovedNumber) -> str:
    if move.before and move.after:
        before = amount(move.before) if move.before.unit == move.after.unit else _much(move.before)
        return f"{plain(move.property)} {before} → {_much(move.after)}"
    if move.after:
        return f"{plain(move.property)} {_much(move.after)} (new)"
    return f"{plain(move.property)} {_much(move.before)} (no longer said)" if move.before else ""


def _much(said: Claim | Finding) -> str:
    """How many of what: "at least 60 people"."""
    return f"{amount(said)} {said.unit or ''}".strip()


def _some(names: Sequence[str], between: str = ", ") -> str:
    more = f" … and {len(names) - MOST:,} more" if len(names) > MOST else ""
    return between.join(names[:MOST]) + more


def _kind(event: Event) -> str:
    return plain(f"{event.type.value} {event.mode}" if event.mode else event.type.value)


def _position(entity: Entity) -> str:
    return "nowhere" if entity.lat is None or entity.lon is None else f"{entity.lat:.4f}, {entity.lon:.4f}"
