"""Scores the roles of events on the `events/*` form: who does what to whom, the trigger given, by argument heads."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from bench.score import Scorecard
from ingest.extract.entities import mark_entities
from ingest.extract.events import parties, read_events, with_trigger
from ingest.extract.marks import Marks
from ingest.extract.when import mark_times
from ingest.language.pipeline import reader_of
from ingest.language.text import Text
from training.corpora import json_lines

Triple = tuple[tuple[int, int], str]  # (number of the event, token of the argument's head), role


@cache
def table() -> Mapping[str, frozenset[str]]:
    """Their roles, lower case, as sets of ours."""
    roles = tomllib.loads(Path(__file__).with_name("arguments.toml").read_text(encoding="utf8"))["roles"]
    return {theirs: frozenset(ours.split()) for theirs, ours in roles.items()}


def score_arguments(nlp: Language, path: Path) -> tuple[Scorecard, list[str]]:
    """Right where the head of an argument has one of the roles that its own maps to, and a line for each event that
    is not all right. Roles that the table leaves out count for nothing, found or not.
    """
    card, lines = Scorecard(), []
    rows = list(json_lines(path))
    docs = (Doc(nlp.vocab, words=[word or " " for word in row["tokens"]]) for row in rows)
    for row, doc in zip(rows, map(reader_of(nlp).read, docs), strict=True):
        found, gold, ignored = arguments(doc, row["events"])
        found -= ignored
        card.add(found, gold)
        for number, event in enumerate(row["events"]):
            mine = {(doc[at].text, role) for (n, at), role in found if n == number}
            theirs = {(doc[at].text, role) for (n, at), role in gold if n == number}
            if mine != theirs:
                start, end, _ = event["trigger"]
                lines.append(
                    f"{event['type']} {doc[start:end].text} | missed {sorted(theirs - mine)} wrong "
                    f"{sorted(mine - theirs)} right {sorted(mine & theirs)} | {doc[start].sent.text}"
                )
    return card, lines


def arguments(doc: Text, events: list[dict[str, Any]]) -> tuple[set[Triple], set[Triple], set[Triple]]:
    """The arguments found, those in the gold, and those found at the head of one whose role the table leaves out."""
    marks = Marks(doc)
    mark_entities(marks)
    mark_times(marks, None)
    drafts = read_events(marks)
    found, gold, ignored = set[Triple](), set[Triple](), set[Triple]()
    for number, event in enumerate(events):
        start, end, _ = event["trigger"]
        told = with_trigger(doc[start:end].root, drafts, marks)
        found |= {((number, head.i), role.value) for role, head, _ in parties(told, marks)}
        for argument in event["args"]:
            head = doc[argument["start"] : argument["end"]].root.i
            allowed = table().get(argument["role"].lower())
            mine = {role for (n, at), role in found if n == number and at == head}
            if allowed is None:
                ignored |= {((number, head), role) for role in mine}
            else:
                gold.add(((number, head), min(mine & allowed, default=min(allowed))))
    return found, gold, ignored
