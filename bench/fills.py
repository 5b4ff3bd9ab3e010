"""Scores the events of a whole text against MUC-4's templates: perpetrators, targets, victims and weapons."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from spacy.language import Language

from bench.score import Counts, Scorecard
from ingest.annotate import annotated
from ingest.article import AnnotatedArticle, Article, EntityType, EventType, Role, Status
from ingest.extract.lexicon import words
from ingest.language.pipeline import reader_of
from training.corpora import json_lines

# Their slots → ours; the names and the descriptions of people hit are one slot, as in the published scores.
SLOTS = {
    "PERP: INDIVIDUAL ID": "perpetrator", "PERP: ORGANIZATION ID": "perpetrator organisation", "PHYS TGT: ID": "target",
    "HUM TGT: NAME": "victim", "HUM TGT: DESCRIPTION": "victim", "INCIDENT: INSTRUMENT ID": "weapon",
}  # fmt: skip
# Attacks, bombings, arson, kidnappings, robberies and what they end in.
INCIDENTS = frozenset({EventType.ASSAULT, EventType.COERCE, EventType.DEATH})
FACT = frozenset({Status.HAPPENED, Status.ONGOING, Status.ALLEGED})
Fill = frozenset[str]  # the spellings of one party, lower case


def score_fills(nlp: Language, path: Path) -> Scorecard:
    """A found party is right when its head word ends a spelling of one in the gold; each gold party counts once."""
    card = Scorecard()
    rows = list(json_lines(path))
    texts = [" ".join(row["text"].split("[TEXT]")[-1].split()) for row in rows]
    docs = map(reader_of(nlp).read, map(nlp.make_doc, texts))
    for row, text, doc in zip(rows, texts, docs, strict=True):
        article = Article(id=row["id"], title="", text=text, paragraphs=((0, len(text)),))
        gold, found = gold_fills(row["events"]), set(found_fills(annotated(article, doc)))
        for slot in dict.fromkeys(SLOTS.values()):
            theirs = [fill for name, fill in gold if name == slot]
            mine = [fill for name, fill in found if name == slot]
            card.by_label[slot] += match(mine, theirs)
    return card


def match(found: list[Fill], gold: list[Fill]) -> Counts:
    """How many were found, each gold party by at most one."""
    left, right = sorted(gold, key=sorted), 0
    for fill in sorted(found, key=sorted):
        hit = next((other for other in left if alike(fill, other)), None)
        if hit is not None:
            left.remove(hit)
            right += 1
    return Counts(right, len(found), len(gold))


def alike(found: Fill, gold: Fill) -> bool:
    """Whether two parties share the word that their phrases end in."""
    return bool({spelling.split()[-1] for spelling in found} & {spelling.split()[-1] for spelling in gold})


def gold_fills(events: list[dict[str, Any]]) -> set[tuple[str, Fill]]:
    """Slot and spellings of every party of the templates; one said in several templates is one."""
    fills = set()
    for event in events:
        for argument in event["args"]:
            spellings = frozenset(text.lower().strip(' "\\') for text in argument["strings"]) - {""}
            if argument["role"] in SLOTS and spellings:
                fills.add((SLOTS[argument["role"]], spellings))
    return fills


def found_fills(told: AnnotatedArticle) -> Iterator[tuple[str, Fill]]:
    """Slot and spelling of every party of the text's incidents, those that end in the same word once."""
    seen = set()
    for event in told.events:
        if event.type not in INCIDENTS or event.status not in FACT:
            continue
        fills = []
        for part in event.participants:
            mention = told.mentions[part.mention]
            fills.append((slot_of(part.role, mention.label, mention.text.lower()), mention.text.lower()))
        if not {"victim", "target", "weapon"} & {slot for slot, _ in fills}:
            continue  # a clash, a search: an incident hits somebody or something, or is made with something
        for slot, text in fills:
            key = slot, text.split()[-1]
            if slot and key not in seen:
                seen.add(key)
                yield slot, frozenset({text})


def slot_of(role: Role, label: str, text: str) -> str:
    """Which slot a party fills, "" for none: people who are hit are victims, buildings and the like are targets."""
    if role is Role.AGENT:
        return "perpetrator organisation" if label == EntityType.ORGANIZATION else "perpetrator"
    if role is Role.INSTRUMENT:
        return "weapon"
    if role is not Role.TARGET:
        return ""
    last = text.rsplit(maxsplit=1)[-1]
    forms = {last, last.removesuffix("s"), last.removesuffix("es"), last.removesuffix("men") + "man"}
    if label in (EntityType.PERSON, EntityType.GROUP) or last.endswith(("man", "men")):
        return "victim"
    if forms & (words("people") | words("offices") | words("callings")):
        return "victim"
    thing = label in (EntityType.FACILITY, EntityType.ORGANIZATION, EntityType.PRODUCT) or forms & words("buildings")
    return "target" if thing else ""
