"""Whether ids are the hashes of what they stand for, which proves what no text shows: a role, what a number counts.

Entities are left out, whose ids hang on the gazetteer, and findings, whose ids hang on the reader's words. A linker of
one's own may make its ids otherwise: where not one claim, event or storyline has an id of ours, none has to have one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from exports.rdf.columns import IRI
from exports.rdf.facts import PREDICATES
from exports.rdf.terms import coined, concept, term
from exports.verify.problem import Kind, Problem
from exports.verify.view import Cited, View, id_of
from ingest.article import MentionKind, Qualifier, content_id

_HASH = re.compile(r".*/(claim|event|storyline|role|relation|publication)-[0-9a-f]{16}")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_HEDGES = {concept(qualifier).value: qualifier for qualifier in Qualifier}
_WORDS = {iri.value: words for words, iri in PREDICATES.items()} | {term("schema:containedInPlace").value: "located_in"}


def check_ids(view: View) -> Iterator[Problem]:
    """Roles and relations, whose ids the export makes, and what the linker makes."""
    hashes = _Hashes(view)
    for thing, expected in (*hashes.roles(), *hashes.relations(), *hashes.publications()):
        if id_of(thing) not in expected:
            yield _wrong(view, thing)
    linked = [*hashes.claims(), *hashes.events(), *hashes.storylines()]
    wrong = [thing for thing, expected in linked if id_of(thing) not in expected]
    if len(wrong) < len(linked):
        yield from (_wrong(view, thing) for thing in wrong)


def _wrong(view: View, thing: str) -> Problem:
    cites = next(iter(view.values("prov:wasQuotedFrom", thing)), None)
    return view.problem(Kind.ID, thing, "the id is not the hash of what is said of it", cites=cites)


class _Hashes:
    """The ids that things may have, by what is said of them; of things whose ids have the form of ours."""

    def __init__(self, view: View) -> None:
        self._view = view

    def roles(self) -> Iterator[tuple[str, set[str]]]:
        """Who plays which part in which event."""
        types = self._view.one("sem:roleType")
        event_of = {role: event for event, role in self._view.columns.pairs(term("ng:role").value)}
        for kind, column in self._view.columns.kinds(term("rdf:value").value).items():
            for role, value in column.first.items():
                if role in types and role in event_of and _HASH.fullmatch(role):
                    who = ("entity", id_of(value)) if kind == IRI else ("text", value)
                    yield role, {content_id("role", id_of(event_of[role]), _local(types[role]), *who)}

    def publications(self) -> Iterator[tuple[str, set[str]]]:
        """Who else published which article, where and when."""
        told = [self._view.one(name) for name in ("schema:publishedBy", "schema:url", "schema:startDate")]
        for article, place in self._view.columns.pairs(term("schema:publication").value):
            if _HASH.fullmatch(place):
                parts = (each.get(place) for each in told)
                yield place, {content_id("publication", id_of(article), *parts)}

    def relations(self) -> Iterator[tuple[str, set[str]]]:
        """What is said of whom."""
        subjects, predicates = self._view.one("rdf:subject"), self._view.one("rdf:predicate")
        for kind, column in self._view.columns.kinds(term("rdf:object").value).items():
            for relation, value in column.first.items():
                if relation in subjects and relation in predicates and _HASH.fullmatch(relation):
                    predicate = predicates[relation]
                    words = _WORDS.get(predicate) or _HUMP.sub("_", _local(predicate)).lower()
                    if predicate in _WORDS or coined(words).value == predicate:
                        what = id_of(value) if kind == IRI else value
                        yield relation, {content_id("relation", id_of(subjects[relation]), words, what)}

    def claims(self) -> Iterator[tuple[str, set[str]]]:
        """The number, what it counts, and a mention of the event that it is about."""
        view = self._view
        quoted, about, properties = view.one("prov:wasQuotedFrom"), view.one("ng:about"), view.one("ng:property")
        hedges, units, uppers = view.one("ng:qualifier"), view.one("ng:unit"), view.one("ng:upper")
        for claim, value in view.one("ng:value").items():
            cited = view.mentions.get(quoted.get(claim, ""))
            if cited is None or claim not in about or hedges.get(claim) not in _HEDGES or not _HASH.fullmatch(claim):
                continue
            try:
                number, upper = float(value), float(uppers[claim]) if claim in uppers else None
            except ValueError:
                continue
            said = (_local(properties.get(claim, "")), number, upper, _HEDGES[hedges[claim]], units.get(claim))
            number_id = _mention_id(cited, MentionKind.NUMBER)
            yield claim, {content_id("claim", number_id, told, *said) for told in self._told_by(about[claim])}

    def events(self) -> Iterator[tuple[str, set[str]]]:
        """The mention that told of the event first."""
        for event in self._view.instances("sem:Event"):
            if _HASH.fullmatch(event):
                yield event, {content_id("event", told) for told in self._told_by(event)}

    def storylines(self) -> Iterator[tuple[str, set[str]]]:
        """The first of the events, by id."""
        for line, events in self._view.all_values("schema:hasPart").items():
            if _HASH.fullmatch(line):
                yield line, {content_id("storyline", min(map(id_of, events)))}

    def _told_by(self, event: str) -> list[str]:
        """The ids of an event's mentions."""
        mentions = (self._view.mentions.get(each) for each in self._view.mentions_of.get(event, ()))
        return [_mention_id(each, MentionKind.EVENT) for each in mentions if each is not None]


def _mention_id(cited: Cited, kind: MentionKind) -> str:
    return content_id("mention", id_of(cited.article), cited.begin, cited.end, kind)


def _local(iri: str) -> str:
    return iri.rpartition("#")[2]
