"""Ways to tamper with a graph in RDF and in the interchange form, each with the problem that it makes and where."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from exports.rdf.terms import PREFIXES
from exports.verify.problem import Kind
from tests.exports.verify.sound import BASE

Edit = Callable[[str], str]
Arrays = dict[str, list[dict[str, Any]]]


def iri(name: str) -> str:
    """The IRI of "schema:name", or of a thing of the graph such as "event/event-flood", as N-Triples has it."""
    prefix, _, local = name.partition(":")
    return f"<{PREFIXES[prefix]}{local}>" if prefix in PREFIXES else f"<{BASE}{name}>"


def said(subject: str, predicate: str) -> str:
    """How the line of a statement begins."""
    return f"{iri(subject)} {iri(predicate)} "


def change(subject: str, predicate: str, value: str, new: str) -> Edit:
    """Put another value in the place of one."""

    def edit(text: str) -> str:
        old = f"{said(subject, predicate)}{value} ."
        assert old in text, f"{old} is not in the graph"
        return text.replace(old, f"{said(subject, predicate)}{new} .")

    return edit


def drop(*beginnings: str) -> Edit:
    """Leave out the lines that begin so."""

    def edit(text: str) -> str:
        kept = [line for line in text.splitlines(keepends=True) if not line.startswith(beginnings)]
        assert len(kept) < text.count("\n")
        return "".join(kept)

    return edit


def add(subject: str, predicate: str, value: str) -> Edit:
    """Say one thing more."""
    return lambda text: f"{text}{said(subject, predicate)}{value} .\n"


def words(text: str, kind: str = "") -> str:
    """A literal."""
    return json.dumps(text, ensure_ascii=False) + (f"^^{iri(f'xsd:{kind}')}" if kind else "")


MARREN = "article/article-1#char=73,79"
BRANDT = "article/article-2#char=236,247"
RDF: dict[str, tuple[Edit, Kind, str]] = {
    "a moved offset": (
        change(MARREN, "nif:beginIndex", words("73", "integer"), words("74", "integer")),
        Kind.MENTION, MARREN,
    ),
    "a mention moved with its name": (
        lambda text: text.replace("#char=73,79", "#char=75,81").replace(
            f"{said('article/article-1#char=75,81', 'nif:beginIndex')}{words('73', 'integer')}",
            f"{said('article/article-1#char=75,81', 'nif:beginIndex')}{words('75', 'integer')}",
        ).replace(
            f"{said('article/article-1#char=75,81', 'nif:endIndex')}{words('79', 'integer')}",
            f"{said('article/article-1#char=75,81', 'nif:endIndex')}{words('81', 'integer')}",
        ),
        Kind.MENTION, "article/article-1#char=75,81",
    ),
    "a mention beyond the article's end": (
        change(MARREN, "nif:endIndex", words("79", "integer"), words("7900", "integer")),
        Kind.MENTION, MARREN,
    ),
    "changed anchor text": (
        change(MARREN, "nif:anchorOf", words("Marren"), words("Warren")), Kind.MENTION, MARREN,
    ),
    "a changed number": (
        change("claim/claim-1", "ng:value", words("4", "integer"), words("5", "integer")),
        Kind.CLAIM, "claim/claim-1",
    ),
    "a changed number in the finding": (
        change("finding/finding-1", "ng:bestValue", words("6", "integer"), words("16", "integer")),
        Kind.FINDING, "finding/finding-1",
    ),
    "an upper end that nobody gave": (
        lambda text: change("claim/claim-5", "ng:qualifier", iri("ng:Exactly"), iri("ng:Range"))(
            add("claim/claim-5", "ng:upper", words("130", "integer"))(text)
        ),
        Kind.CLAIM, "claim/claim-5",
    ),
    "a hedge taken away": (
        change("claim/claim-2", "ng:qualifier", iri("ng:Nearly"), iri("ng:Exactly")), Kind.CLAIM, "claim/claim-2",
    ),
    "a qualifier that is none": (
        change("claim/claim-2", "ng:qualifier", iri("ng:Nearly"), iri("ng:Happened")), Kind.SHAPE, "claim/claim-2",
    ),
    "something else counted": (
        change("claim/claim-1", "ng:unit", words("people"), words("horses")), Kind.CLAIM, "claim/claim-1",
    ),
    "changed words of a claim": (
        change("claim/claim-1", "schema:text", words("Four people died"), words("Four people left")),
        Kind.CLAIM, "claim/claim-1",
    ),
    "the words of a claim from elsewhere in the article": (
        change("claim/claim-1", "schema:text", words("Four people died"), words("nearly 60 were hurt")),
        Kind.CLAIM, "claim/claim-1",
    ),
    "a claim put into another article": (
        change("claim/claim-1", "prov:hadPrimarySource", iri("article/article-1"), iri("article/article-2")),
        Kind.CLAIM, "claim/claim-1",
    ),
    "a speaker replaced by somebody of another article": (
        change("claim/claim-1", "prov:wasAttributedTo", iri("entity/entity-brandt"), iri("event/event-flood")),
        Kind.SHAPE, "claim/claim-1",
    ),
    "a saying put into a mouth that the article does not have": (
        add("claim/claim-3", "ng:saidBy", words("the prime minister")), Kind.CLAIM, "claim/claim-3",
    ),
    "a saying taken from one and given to another": (
        add("claim/claim-4", "ng:saidBy", words("Ilse Brandt")), Kind.CLAIM, "claim/claim-4",
    ),
    "a claim for a day after its article": (
        change("claim/claim-1", "ng:asOf", words("2024-05-14", "date"), words("2024-05-24", "date")),
        Kind.CLAIM, "claim/claim-1",
    ),
    "a swapped article": (
        lambda text: re.sub(
            f"({re.escape(said('article/article-1', 'nif:isString'))}).*",
            rf"\g<1>{words('Nothing happened in Marren.')} .", text,
        ),
        Kind.MENTION, MARREN,
    ),
    "a letter changed where no mention is": (
        lambda text: text.replace("early on Tuesday", "early on Twosday"), Kind.ARTICLE, "article/article-1",
    ),
    "an article without its hash": (drop(said("article/article-1", "schema:sha256")), Kind.SHAPE, "article/article-1"),
    "a shortened article": (
        lambda text: text.replace("to strike on Friday over pay.", "to strike on Friday."),
        Kind.ARTICLE, "article/article-1",
    ),
    "a dropped article": (drop(iri("article/article-2") + " "), Kind.SHAPE, BRANDT),
    "a dropped mention": (drop(iri(BRANDT) + " "), Kind.SHAPE, "entity/entity-brandt"),
    "a mention without a link back": (
        drop(said(BRANDT, "itsrdf:taIdentRef")), Kind.LINK, "entity/entity-brandt",
    ),
    "an article that is said to mention what it does not": (
        add("article/article-2", "schema:mentions", iri("entity/entity-port")), Kind.LINK, "article/article-2",
    ),
    "an article that is not said to mention what it does": (
        drop(said("article/article-1", "schema:mentions") + iri("entity/entity-brandt")),
        Kind.LINK, "article/article-1",
    ),
    "a mention given to another": (
        lambda text: change(BRANDT, "itsrdf:taIdentRef", iri("entity/entity-brandt"), iri("entity/entity-port"))(
            change("entity/entity-brandt", "gaf:denotedBy", iri(BRANDT), iri("article/article-1#char=140,157"))(
                add("entity/entity-port", "gaf:denotedBy", iri(BRANDT))(text)
            )
        ),
        Kind.NAME, BRANDT,
    ),
    "a reference to nothing": (
        change("claim/claim-1", "ng:about", iri("event/event-flood"), iri("event/event-fire")),
        Kind.SHAPE, "claim/claim-1",
    ),
    "a changed name": (
        change("entity/entity-brandt", "schema:name", words("Ilse Brandt"), words("Elsa Brandt")),
        Kind.NAME, "entity/entity-brandt",
    ),
    "another spelling that nobody used": (
        add("entity/entity-brandt", "skos:altLabel", words("Brandt the Brave")), Kind.NAME, "entity/entity-brandt",
    ),
    "two names": (
        add("entity/entity-brandt", "schema:name", words("Brandt")), Kind.SHAPE, "entity/entity-brandt",
    ),
    "a description from nowhere": (
        change("entity/entity-brandt", "schema:description", words("Mayor of Marren"), words("arsonist")),
        Kind.NAME, "entity/entity-brandt",
    ),
    "a fact without evidence": (
        add("entity/entity-brandt", "schema:jobTitle", words("arsonist")), Kind.LINK, "entity/entity-brandt",
    ),
    "a removed type": (
        drop(said("event/event-flood", "rdf:type")), Kind.LINK, "event/event-flood",
    ),
    "a removed class of an article": (
        drop(f"{said('article/article-1', 'rdf:type')}{iri('schema:NewsArticle')}"), Kind.SHAPE, "article/article-1",
    ),
    "a datatype that is wrong": (
        change("claim/claim-1", "ng:asOf", words("2024-05-14", "date"), words("2024-05-14")),
        Kind.SHAPE, "claim/claim-1",
    ),
    "a day that there is not": (
        change("claim/claim-1", "ng:asOf", words("2024-05-14", "date"), words("2025-13-45", "date")),
        Kind.SHAPE, "claim/claim-1",
    ),
    "an event that ends before it begins": (
        change(
            "event/event-flood", "sem:hasLatestEndTimeStamp", words("2024-05-14", "date"), words("2024-05-13", "date")
        ),
        Kind.SHAPE, "event/event-flood",
    ),
    "an event without a status": (drop(said("event/event-flood", "ng:status")), Kind.SHAPE, "event/event-flood"),
    "a type of event that there is not": (
        change("event/event-flood", "sem:eventType", iri("ng:DISASTER"), iri("ng:CARNIVAL")),
        Kind.SHAPE, "event/event-flood",
    ),
    "a conflict on one side only": (
        drop(said("claim/claim-1", "ng:conflictsWith")), Kind.LINK, "claim/claim-3",
    ),
    "a claim that agrees with a claim about something else": (
        lambda text: add("claim/claim-1", "ng:agreesWith", iri("claim/claim-5"))(
            add("claim/claim-5", "ng:agreesWith", iri("claim/claim-1"))(text)
        ),
        Kind.LINK, "claim/claim-1",
    ),
    "a finding that leaves out where it comes from": (
        change("finding/finding-1", "ng:origin", iri("article/article-2"), iri("article/article-1")),
        Kind.FINDING, "finding/finding-1",
    ),
    "a part that somebody else plays": (
        lambda text: re.sub(
            f"(<{BASE}role/[^>]+> {re.escape(iri('rdf:value'))} ){re.escape(iri('entity/entity-brandt'))}",
            rf"\g<1>{iri('entity/entity-port')}",
            text,
        ),
        Kind.ID, "role/role-",
    ),
    "a place moved off the map": (
        change("geometry/entity-marren", "schema:latitude", words("48.25", "decimal"), words("148.25", "decimal")),
        Kind.SHAPE, "geometry/entity-marren",
    ),
    "something more said of a mention": (
        add(MARREN, "schema:name", words("Marren")), Kind.SHAPE, MARREN,
    ),
    "something unknown": (
        lambda text: f"{text}<https://example.org/x> {iri('schema:knows')} <https://example.org/y> .\n",
        Kind.LINK, "https://example.org/x",
    ),
    "an event of one's own": (
        lambda text: text
        + f"{said('event/event-fire', 'rdf:type')}{iri('sem:Event')} .\n"
        + f"{said('event/event-fire', 'rdfs:label')}{words('Fire')} .\n",
        Kind.SHAPE, "event/event-fire",
    ),
}  # fmt: skip


def row(arrays: Arrays, array: str, id: str) -> dict[str, Any]:
    """One row of the interchange form."""
    return next(each for each in arrays[array] if each["id"] == id)


@dataclass(frozen=True)
class Update:
    """Changes some keys of a row."""

    array: str
    id: str
    new: dict[str, Any]

    def __call__(self, arrays: Arrays) -> None:
        row(arrays, self.array, self.id).update(self.new)


@dataclass(frozen=True)
class Drop:
    """Leaves out a row."""

    array: str
    id: str

    def __call__(self, arrays: Arrays) -> None:
        arrays[self.array].remove(row(arrays, self.array, self.id))


JSON: dict[str, tuple[Callable[[Arrays], None], Kind, str]] = {
    "a moved offset": (Update("mentions", "mention-01", {"start": 74, "end": 80}), Kind.MENTION, "mention-01"),
    "changed anchor text": (Update("mentions", "mention-01", {"text": "Warren"}), Kind.MENTION, "mention-01"),
    "a changed number": (Update("claims", "claim-1", {"value": 5}), Kind.CLAIM, "claim-1"),
    "a hedge taken away": (Update("claims", "claim-2", {"qualifier": "exactly"}), Kind.CLAIM, "claim-2"),
    "changed words of a claim": (Update("claims", "claim-1", {"text": "Four people left"}), Kind.CLAIM, "claim-1"),
    "a swapped article": (
        Update("articles", "article-2", {"text": "Nothing happened in Marren on Tuesday, and nobody was hurt."}),
        Kind.MENTION, "mention-12",
    ),
    "a dropped mention": (Drop("mentions", "mention-04"), Kind.SHAPE, "claim-1"),
    "a dropped article": (Drop("articles", "article-2"), Kind.SHAPE, "mention-12"),
    "a dropped entity": (Drop("entities", "entity-brandt"), Kind.SHAPE, "claim-1"),
    "a mention of nothing": (Update("mentions", "mention-01", {"refers_to": "entity-x"}), Kind.LINK, "mention-01"),
    "a changed name": (Update("entities", "entity-brandt", {"name": "Elsa Brandt"}), Kind.NAME, "entity-brandt"),
    "a speaker replaced by somebody of another article": (
        Update("claims", "claim-3", {"speaker": "entity-port"}), Kind.CLAIM, "claim-3",
    ),
    "a qualifier that there is not": (Update("claims", "claim-2", {"qualifier": "almost"}), Kind.FILE, ""),
    "a day that there is not": (Update("claims", "claim-1", {"as_of": "2025-13-45"}), Kind.FILE, ""),
    "an event that ends before it begins": (
        Update("events", "event-flood", {"end": "2024-05-13"}), Kind.SHAPE, "event-flood",
    ),
    "a conflict on one side only": (Update("claims", "claim-1", {"conflicts": []}), Kind.LINK, "claim-3"),
    "a storyline that the event does not have": (
        Update("events", "event-flood", {"storyline": None}), Kind.LINK, "event-flood",
    ),
    "a paragraph beyond the end": (
        Update("articles", "article-1", {"paragraphs": [[0, 9999]]}), Kind.ARTICLE, "article-1",
    ),
    "an entity told twice": (
        lambda arrays: arrays["entities"].append({**row(arrays, "entities", "entity-port"), "name": "Marren Port"}),
        Kind.ID, "entity-port",
    ),
    "a finding that no claim bears out": (Update("findings", "finding-1", {"value": 16}), Kind.FINDING, "finding-1"),
}  # fmt: skip
