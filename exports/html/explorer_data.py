"""A graph as explorer.html carries it: columns instead of objects, positions instead of ids, texts once each."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from itertools import pairwise
from typing import Any

from exports.html import headings, words
from exports.html.addresses import is_web, utf16
from exports.html.families import FAMILIES, family
from exports.html.places import places
from exports.html.story import Storyteller, breaks
from exports.html.ties import ties
from graph.mentions import NAMING, by_id
from graph.model import Claim, Entity, Event, GraphMention, KnowledgeGraph
from graph.reports import Reports
from ingest.article import Article, EntityType, Status

KINDS = [*(type.value for type in EntityType), "event"]  # as data.ts counts them
VERDICTS = ["", "disagree", "updated", "agree"]
DAY_0 = date(1970, 1, 1).toordinal()
MOST_PROOFS = 3  # of one fact
CLOSE = 0.5  # how hard events of one storyline pull each other, in ties of a participant
Embedded = dict[str, Any]


class _Words:
    """Texts that many rows share, each with a number; the empty one is 0."""

    def __init__(self) -> None:
        self.all: dict[str, int] = {"": 0}

    def __call__(self, text: str) -> int:
        return self.all.setdefault(text, len(self.all))


def embedded(graph: KnowledgeGraph) -> Embedded:
    """What data.ts reads; equal graphs give equal rows, in whatever order theirs are."""
    return _Embedding(headings.in_order(graph)).all()


class _Embedding:
    def __init__(self, graph: KnowledgeGraph) -> None:
        self._graph = graph
        self._teller = Storyteller(graph)
        self._shared = _Words()
        self._things: list[Entity | Event] = [*graph.entities, *graph.events]
        self._at = {thing.id: number for number, thing in enumerate(self._things)}
        self._articles = {article.id: number for number, article in enumerate(graph.articles)}
        self._mentions = by_id(graph.mentions)
        self._units = [utf16(article.text) for article in graph.articles]
        self._publishers = {
            name: number
            for number, name in enumerate(sorted({each.publisher for each in graph.articles if each.publisher}))
        }
        self._storylines = sorted(graph.storylines, key=lambda line: line.id)
        self._reports = Reports(graph)
        self._lines = {line.id: number for number, line in enumerate(self._storylines)}
        self._roles: dict[str, int] = {}
        self._said: dict[int, list[GraphMention]] = defaultdict(list)
        for mention in graph.mentions:
            if mention.article in self._articles and mention.refers_to in self._at:
                self._said[self._articles[mention.article]].append(mention)

    def all(self) -> Embedded:
        graph = self._graph
        told: dict[str | None, set[str]] = defaultdict(set)
        for mentions in self._said.values():
            for mention in mentions:
                told[mention.refers_to].add(self._reports.of(mention.article))
        joined = self._ties()
        claims, rows = self._claims()
        return {
            "summary": headings.summary(graph),
            "sources": headings.sources(graph),
            "disputes": headings.disputes(graph),
            "publishers": list(self._publishers),
            "storylines": [line.label for line in self._storylines],
            "nodes": self._nodes(joined, told),
            "located": [
                [self._at[entity.id], round(entity.lat, 4), round(entity.lon, 4)]
                for entity in graph.entities
                if entity.lat is not None and entity.lon is not None
            ],
            "aliases": [[self._at[entity.id], list(entity.aliases)] for entity in graph.entities if entity.aliases],
            "links": self._links(),
            "edges": [number for tie in joined for number in tie],
            "unnamed": self._unnamed(),
            "articles": [self._article(article) for article in graph.articles],
            "claims": claims,
            "rows": rows,
            "facts": self._facts(),
            "roles": list(self._roles),
            "strings": list(self._shared.all),
        }

    def _links(self) -> list[list[Any]]:
        """Where the same thing is told of elsewhere."""
        safe = ((self._at[entity.id], list(filter(is_web, entity.links))) for entity in self._graph.entities)
        return [[number, links] for number, links in safe if links]

    def _ties(self) -> list[tuple[int, int, int, int]]:
        """Edges: two nodes, the role, and how many articles say so."""
        found = []
        for (source, target, _, role), mentions in sorted(ties(self._graph).items()):
            if source not in self._at or target not in self._at:
                continue
            articles = {self._mentions[id].article for id in mentions if id in self._mentions}
            told = self._reports.count(articles)
            found.append((self._at[source], self._at[target], self._role(words.plain(role)), told))
        return found

    def _role(self, name: str) -> int:
        return self._roles.setdefault(name, len(self._roles))

    def _nodes(self, joined: list[tuple[int, int, int, int]], told: dict[str | None, set[str]]) -> Embedded:
        things = self._things
        pulls = [(source, target, 1.0) for source, target, _, _ in joined]
        by_line: dict[str, list[int]] = defaultdict(list)
        for event in self._graph.events:
            if event.storyline in self._lines:
                by_line[event.storyline].append(self._at[event.id])
        for members in by_line.values():
            pulls += [(one, other, CLOSE) for one, other in pairwise(members)]
        at = places(len(things), pulls)
        shared = self._shared

        def of_events(value: Callable[[Event], Any], none: Any) -> list[Any]:
            return [value(thing) if isinstance(thing, Event) else none for thing in things]

        families = list(FAMILIES)
        return {
            "id": [thing.id for thing in things],
            "name": [thing.label if isinstance(thing, Event) else thing.name for thing in things],
            "kind": [KINDS.index("event" if isinstance(thing, Event) else thing.type.value) for thing in things],
            "about": [shared(_kind(each) if isinstance(each, Event) else each.description or "") for each in things],
            "family": of_events(lambda event: families.index(family(event.type)), -1),
            "status": of_events(lambda event: shared("" if event.status is Status.HAPPENED else event.status.value), 0),
            "from": of_events(lambda event: _day(event.start), None),
            "to": of_events(lambda event: _day(event.end), None),
            "when": of_events(lambda event: shared(words.when(event)), 0),
            "weight": [len(told[thing.id]) for thing in things],
            "x": [x for x, _ in at],
            "y": [y for _, y in at],
            "storyline": of_events(lambda event: self._lines.get(event.storyline or "", -1), -1),
        }

    def _unnamed(self) -> list[list[Any]]:
        """Those who take part in an event and are nobody the graph knows."""
        found: dict[tuple[int, int, str], None] = {}
        for event in self._graph.events:
            for part in event.participants:
                if part.entity not in self._at:
                    found[self._at[event.id], self._role(part.role.value), part.text] = None
        return [list(row) for row in found]

    def _article(self, article: Article) -> list[Any]:
        number = self._articles[article.id]
        unit = self._units[number]
        flat: list[int] = []
        last = 0
        for mention in sorted(self._said[number], key=lambda each: (each.start, -each.end, each.refers_to or "")):
            if mention.kind in NAMING:
                start, end = unit(mention.start), unit(mention.end)
                flat += (start - last, end - start, self._at[mention.refers_to or ""])
                last = start
        return [
            article.id,
            article.title,
            article.text,
            _day(article.published),
            self._shared(words.day(article.published)),
            self._publishers.get(article.publisher or "", -1),
            article.byline or "",
            article.url if article.url and is_web(article.url) else "",
            list(map(unit, breaks(article.text))),
            flat,
            "" if article.title else re.split(r"[/\\]", article.path or "")[-1],
        ]

    def _claims(self) -> tuple[list[list[Any]], list[list[Any]]]:
        """The claims, those about one property of one thing in a row; and those rows, each with its verdict."""
        claims: list[Claim] = []
        rows: list[list[Any]] = []
        for thing in self._things:
            for name, verdict, best, row in self._teller.rows(thing.id):
                said = [claim for claim in row if claim.article in self._articles]
                if said:
                    about, known_as = self._at[thing.id], self._shared(words.plain(name))
                    rows.append([about, known_as, VERDICTS.index(verdict), best, len(claims), len(said)])
                    claims += said
        at = {claim.id: number for number, claim in enumerate(claims)}
        return [self._claim(claim, at) for claim in claims], rows

    def _claim(self, claim: Claim, at: dict[str, int]) -> list[Any]:
        article = self._articles[claim.article]
        start, end, said = self._wording(claim, article)
        shared = self._shared
        return [
            words.amount(claim),
            shared(claim.unit or ""),
            shared(claim.qualifier.value),
            shared(claim.who(self._teller.name)),
            self._at.get(claim.speaker or "", -1),
            article,
            start,
            end,
            said,
            shared(words.day(claim.as_of)),
            self._articles.get(claim.origin, article),
            *(_known(ids, at) for ids in (claim.agrees, claim.conflicts, claim.supersedes, claim.part_of)),
            self._figure(claim, article),
        ]

    def _wording(self, claim: Claim, article: int) -> tuple[int, int, str]:
        """Where the words of a claim stand, and what they are where the text does not have them as they are."""
        text, unit = self._graph.articles[article].text, self._units[article]
        mention = self._mention(claim)
        if mention is None:
            return 0, 0, claim.text
        # The words around the mention; else where they stand nearest to it.
        before = text.rfind(claim.text, 0, mention.start + len(claim.text))
        behind = text.find(claim.text, mention.start)
        found = [start for start in (before, behind) if start >= 0 and claim.text]
        if found:
            start = min(found, key=lambda at: _gap(at, at + len(claim.text), mention))
            return unit(start), unit(start + len(claim.text)), ""
        return unit(mention.start), unit(mention.end), claim.text

    def _figure(self, claim: Claim, article: int) -> list[int]:
        """Start and end of the mention that a claim rests on, most often its number."""
        mention = self._mention(claim)
        return [] if mention is None else list(map(self._units[article], (mention.start, mention.end)))

    def _mention(self, claim: Claim) -> GraphMention | None:
        mention = self._mentions.get(claim.mention)
        return mention if mention is not None and mention.article == claim.article else None

    def _facts(self) -> list[list[Any]]:
        rows = []
        for fact in self._graph.relations:
            if fact.subject not in self._at:
                continue
            proof: list[int] = []
            known = (self._mentions[id] for id in fact.mentions if id in self._mentions)
            for mention in [each for each in known if each.article in self._articles][:MOST_PROOFS]:
                article = self._articles[mention.article]
                proof += (article, *map(self._units[article], (mention.start, mention.end)))
            other = self._at.get(fact.object, -1)
            name = fact.object if other < 0 else ""
            rows.append([self._at[fact.subject], self._shared(words.plain(fact.predicate)), other, name, proof])
        return rows


def _known(ids: Iterable[str], at: dict[str, int]) -> list[int]:
    return sorted(at[id] for id in ids if id in at)


def _gap(start: int, end: int, mention: GraphMention) -> int:
    """How many characters lie between start:end and a mention; fewer than none where they overlap."""
    return max(start - mention.end, mention.start - end)


def _kind(event: Event) -> str:
    return words.plain(event.type) if event.mode is None else f"{words.plain(event.type)}: {event.mode}"


def _day(when: date | None) -> int | None:
    return None if when is None else when.toordinal() - DAY_0
