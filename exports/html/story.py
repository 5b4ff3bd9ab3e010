"""What the side panel tells of each node: facts, claims side by side, and the sentences that say so."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from operator import attrgetter
from typing import Any

from exports.html import words
from exports.html.addresses import in_explorer, is_web
from graph.mentions import Grouped, by_id
from graph.model import Claim, Entity, Event, Finding, GraphMention, KnowledgeGraph, Relation
from graph.reports import Reports
from ingest.article import Article, MentionKind, Status

STOPS = (".", "!", "?")
# A full stop and a gap before a capital, or line breaks: where one sentence ends and the next begins, well enough to
# cut a quotation. It begins with what is rare, so that nearly all of a text is passed over quickly.
BREAK = re.compile(r"[.!?\n](?:(?<=[a-z0-9”\"’)%][.!?])[”\"’)]?\s+(?=[“\"‘(A-Z0-9])|(?<=\n)\n*)")
LONGEST_QUOTE = 220  # characters before and behind the words quoted
MOST_QUOTES = 6  # of one thing; the rest is counted
MOST_EVENTS = 40  # of one entity
FIRST_TOLD = ("killed", "injured", "missing")  # what readers ask first; other properties follow by name
_READING = attrgetter("article", "start")  # one article after the other, from its start to its end
Details = dict[str, Any]  # as the page's script reads it


class Storyteller:
    """Knows a graph by its ids, and tells of its things in a form that JSON can hold."""

    def __init__(
        self,
        graph: KnowledgeGraph,
        *,
        most_quotes: int = MOST_QUOTES,
        most_events: int = MOST_EVENTS,
        explorer: str = "",
    ) -> None:
        """`most_quotes` of one thing and `most_events` of one entity are told; the rest is counted.

        `explorer` is where explorer.html is, for quotations of articles that have no address of their own.
        """
        self._graph = graph
        self._explorer = explorer
        self._most_quotes = most_quotes
        self._most_events = most_events
        self._articles = {article.id: article for article in graph.articles}
        self._reports = Reports(graph)
        self._entities = {entity.id: entity for entity in graph.entities}
        self._events = {event.id: event for event in graph.events}
        self._mentions = by_id(graph.mentions)
        self._claims: dict[str, list[Claim]] = {}
        for claim in sorted(graph.claims, key=_claim_order):
            self._claims.setdefault(claim.about, []).append(claim)
        self._findings: dict[tuple[str, str], list[Finding]] = {}
        for finding in sorted(graph.findings, key=lambda finding: (finding.unit or "", finding.id)):
            self._findings.setdefault((finding.about, finding.property), []).append(finding)
        self._replaced = {old for claim in graph.claims for old in claim.supersedes}

    # Three more, each made when it is first asked for: explorer.html asks for claims alone.

    @cached_property
    def _said(self) -> Mapping[str, list[GraphMention]]:
        """The mentions of each thing."""
        return Grouped(self._graph.mentions, "refers_to")

    @cached_property
    def _parts(self) -> dict[str, dict[str, set[str]]]:
        """The events that each entity took part in, and its roles in them."""
        parts: dict[str, dict[str, set[str]]] = {}
        for event in self._graph.events:
            for place in event.places:
                parts.setdefault(place, {}).setdefault(event.id, set()).add("place")
            for participant in event.participants:
                if participant.entity is not None:
                    parts.setdefault(participant.entity, {}).setdefault(event.id, set()).add(participant.role.value)
        return parts

    @cached_property
    def _relations(self) -> dict[str, list[Relation]]:
        """The relations at whose ends each thing stands."""
        relations: dict[str, list[Relation]] = {}
        for relation in self._graph.relations:
            for end in dict.fromkeys((relation.subject, relation.object)):
                relations.setdefault(end, []).append(relation)
        return relations

    def entity(self, entity: Entity) -> Details:
        """A person, place or organisation: facts, claims, what they took part in, quotations."""
        parts = sorted(self._parts.get(entity.id, {}).items(), key=lambda part: self._event_order(part[0]))
        return {
            "name": entity.name,
            "kind": words.plain(entity.type),
            "about": entity.description or "",
            "aliases": list(entity.aliases),
            "facts": self._facts(entity),
            "claims": self.claims(entity.id),
            "events": [
                {"id": id, "name": self._events[id].label, "when": words.when(self._events[id]), "roles": sorted(roles)}
                for id, roles in parts[: self._most_events]
            ],
            "more_events": max(0, len(parts) - self._most_events),
            **self._quotations(entity.id, MentionKind.ENTITY),
        }

    def event(self, event: Event) -> Details:
        """Something that happened: when, where, who, claims side by side, quotations."""
        roles: dict[tuple[str, str | None, str], None] = {}
        for place in event.places:
            roles["place", place, self.name(place)] = None
        for participant in event.participants:
            name = participant.text if participant.entity is None else self.name(participant.entity)
            roles[participant.role.value, participant.entity, name] = None
        return {
            "name": event.label,
            "kind": words.plain(event.type) if event.mode is None else f"{words.plain(event.type)}: {event.mode}",
            "status": "" if event.status == Status.HAPPENED else event.status.value,
            "when": words.when(event),
            "roles": [{"role": role, "id": id, "name": name} for role, id, name in roles],
            "claims": self.claims(event.id),
            **self._quotations(event.id, MentionKind.EVENT),
        }

    def name(self, id: str) -> str:
        """The name of an entity, or the text itself where it is none."""
        return self._entities[id].name if id in self._entities else id

    def told_by(self, id: str) -> int:
        """How many articles speak of a thing, reprints of one report counted once."""
        return self._reports.count(mention.article for mention in self._said.get(id, ()))

    def claims(self, about: str) -> list[Details]:
        """The claims about a thing, those on the same property side by side."""
        return [
            {
                "property": words.plain(name),
                "verdict": verdict,
                "best": best,
                "cells": [self.cell(claim) for claim in row],
            }
            for name, verdict, best, row in self.rows(about)
        ]

    def rows(self, about: str) -> list[tuple[str, str, list[str], list[Claim]]]:
        """The claims about a thing by property, with how they stand to each other and what they bear out."""
        rows: dict[str, list[Claim]] = {}
        for claim in self._claims.get(about, ()):
            rows.setdefault(claim.property, []).append(claim)
        return [
            (
                name,
                self._verdict(row),
                [_best(finding) for finding in self._findings.get((about, name), ())] if len(row) > 1 else [],
                row,
            )
            for name, row in rows.items()
        ]

    def _verdict(self, row: list[Claim]) -> str:
        if any(claim.conflicts for claim in row):
            return "disagree"
        if any(claim.supersedes for claim in row):
            return "updated"
        return "agree" if len({claim.origin for claim in row}) > 1 and any(claim.agrees for claim in row) else ""

    def cell(self, claim: Claim) -> Details:
        """One claim: what it says, who says so, when and where."""
        state = "disputed" if claim.conflicts else "replaced" if claim.id in self._replaced else ""
        return {
            "value": words.amount(claim),
            "unit": claim.unit or "",
            "speaker": claim.who(self.name),
            "source": self._source(claim.article),
            "when": words.day(claim.as_of),
            "quote": words.shortened(claim.text, LONGEST_QUOTE),
            "state": state,
        }

    def _facts(self, entity: Entity) -> list[Details]:
        facts = []
        for relation in self._relations.get(entity.id, ()):
            is_subject = relation.subject == entity.id
            other = relation.object if is_subject else relation.subject
            proof = [self.quotation(self._mentions[id]) for id in relation.mentions[:1] if id in self._mentions]
            facts.append(
                {
                    "fact": words.plain(relation.predicate),
                    "of": is_subject,
                    "id": other if other in self._entities else None,
                    "name": self.name(other),
                    "proof": proof,
                }
            )
        return facts

    def _quotations(self, id: str, kind: MentionKind) -> Details:
        """The sentences that speak of a thing, one from each article before a second from any."""
        rounds: dict[str, int] = {}
        turns: list[tuple[int, int, GraphMention]] = []
        sentences = set()
        for mention in sorted(self._said.get(id, ()), key=_READING):
            article = self._articles.get(mention.article)
            if mention.kind != kind or article is None:
                continue
            sentence = article.id, *_sentence(article, mention)
            if sentence not in sentences:
                sentences.add(sentence)
                rounds[article.id] = rounds.get(article.id, -1) + 1
                turns.append((rounds[article.id], len(turns), mention))
        quoted = sorted(turns)[: self._most_quotes]
        return {
            "quotes": [self.quotation(mention) for _, _, mention in quoted],
            "more_quotes": len(turns) - len(quoted),
        }

    def quotation(self, mention: GraphMention) -> Details:
        """A mention within its sentence."""
        article = self._articles[mention.article]
        start, end = _sentence(article, mention)
        before, behind = article.text[start : mention.start], article.text[mention.end : end]
        if len(before) > LONGEST_QUOTE:
            before = "…" + before[-LONGEST_QUOTE:].partition(" ")[2]
        if len(behind) > LONGEST_QUOTE:
            behind = behind[:LONGEST_QUOTE].rpartition(" ")[0] + "…"
        return {
            "before": before,
            "words": article.text[mention.start : mention.end],
            "behind": behind,
            "source": self._source(article.id),
            "title": article.title,
            "when": words.day(article.published),
            "link": self._link(article, mention),
        }

    def _link(self, article: Article, mention: GraphMention) -> str:
        """Where the article can be read; nothing where nobody knows."""
        if article.url is not None and is_web(article.url):
            return article.url
        if not self._explorer:
            return ""
        return in_explorer(self._explorer, article.id, article.text, mention.start, mention.end)

    def _source(self, article: str) -> str:
        """Who published an article, else what it is called."""
        found = self._articles.get(article)
        return article if found is None else found.publisher or words.shortened(words.headline(found), 60)

    def _event_order(self, id: str) -> tuple[str, str]:
        event = self._events[id]
        return str(event.start or event.end or "9999"), id


def _best(finding: Finding) -> str:
    """What the claims bear out, and why, as one line."""
    said = f"{words.amount(finding)} {finding.unit}" if finding.unit else words.amount(finding)
    return f"{said}: {', '.join(finding.reasons)}"


def _claim_order(claim: Claim) -> tuple[int, str, str, str]:
    rank = FIRST_TOLD.index(claim.property) if claim.property in FIRST_TOLD else len(FIRST_TOLD)
    return rank, claim.property, str(claim.as_of or "9999"), claim.id


def breaks(text: str) -> list[int]:
    """Where the sentences of a text begin, 0 among them, roughly."""
    return [0, *(found.end() for found in BREAK.finditer(text))]


def _sentence(article: Article, mention: GraphMention) -> tuple[int, int]:
    """Start and end of the sentence around a mention, roughly."""
    text = article.text
    start = max(0, mention.start - 4 * LONGEST_QUOTE)
    # One character more, so that a mention that opens its sentence is seen to do so.
    for found in BREAK.finditer(text, _or_its_stop(text, start), mention.start + 1):
        start = found.end()
    ending = BREAK.search(text, _or_its_stop(text, mention.end))
    return start, len(text) if ending is None else ending.start() + (ending[0][0] in STOPS)


def _or_its_stop(text: str, at: int) -> int:
    """A place in a text, or the full stop just before it, where a break begins that goes on there."""
    return at - text.endswith(STOPS, 0, at)
