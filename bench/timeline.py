"""Scores timelines of entities on SemEval-2015 Task 4 (Minard et al. 2015): which events, and in which order.

Precision is the share of our order's relations that follow from the gold's, recall the share of the gold's that follow
from ours, as in TempEval-3: an order is put as one relation between each event mention and the next, "before" or "at
the same time", and all that follows from these is their closure. Events that the gold cannot place in time (order 0)
count for nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

from bench.coref import Read
from bench.gold import GoldDocument, head_token
from graph.model import Event, KnowledgeGraph
from graph.names import fold
from training.corpora import json_lines

# The trial timelines are over the texts on Apple; the other ones are kept for a last test of all.
TRIAL = "TimeLines_trial_data_task4_v1.2"
Told = tuple[str, int, str]  # document, number of the sentence, head word
Order = Sequence[Set[Told]]  # event mentions by time, the earliest first


@dataclass(frozen=True, slots=True)
class Relations:
    """Relations of ours and of the gold, how many of each follow from the other side; and the mentions themselves."""

    found: int = 0
    found_right: int = 0
    gold: int = 0
    gold_found: int = 0
    mentions_found: int = 0
    mentions_right: int = 0
    mentions_gold: int = 0

    def __add__(self, other: Relations) -> Relations:
        return Relations(*(getattr(self, name) + getattr(other, name) for name in self.__slots__))

    @property
    def precision(self) -> float:
        """Share of our relations that follow from the gold's."""
        return self.found_right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Share of the gold's relations that follow from ours."""
        return self.gold_found / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of the two."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def line(self, name: str) -> str:
        """One row."""
        figures = f"P {100 * self.precision:6.2f}  R {100 * self.recall:6.2f}  F1 {100 * self.f1:6.2f}"
        mentions = f"right {self.mentions_right:3d}  found {self.mentions_found:3d}  gold {self.mentions_gold:3d}"
        return f"{name:20s} {figures}  relations {self.gold:3d}  event mentions: {mentions}"


def compare(found: Order, gold: Order) -> Relations:
    """Count the relations of two orders against each other."""
    ours, theirs = places(found), places(gold)
    steps, gold_steps = list(relations(found)), list(relations(gold))
    return Relations(
        found=len(steps),
        found_right=sum(follows(step, theirs) for step in steps),
        gold=len(gold_steps),
        gold_found=sum(follows(step, ours) for step in gold_steps),
        mentions_found=len(ours),
        mentions_right=len(ours.keys() & theirs.keys()),
        mentions_gold=len(theirs),
    )


def places(order: Order) -> dict[Told, int]:
    """The place of each mention; who comes before whom in the closure is told by these numbers alone."""
    return {mention: number for number, mentions in enumerate(order) for mention in mentions}


def relations(order: Order) -> Iterator[tuple[Told, Told, bool]]:
    """One relation between each mention and the next, the third True where the first comes before."""
    row = [(mention, number) for number, mentions in enumerate(order) for mention in sorted(mentions)]
    for (one, first), (other, second) in pairwise(row):
        yield one, other, first < second


def follows(relation: tuple[Told, Told, bool], closure: Mapping[Told, int]) -> bool:
    """Whether a relation is in the closure of an order."""
    one, other, before = relation
    if one not in closure or other not in closure:
        return False
    return closure[one] < closure[other] if before else closure[one] == closure[other]


def score_timelines(path: Path, reads: Sequence[Read], graph: KnowledgeGraph) -> dict[str, Relations]:
    """The relations of each target entity."""
    rows = [row for row in json_lines(path) if row["corpus"] == TRIAL]
    named = named_documents(rows, [read.gold for read in reads])
    return {
        row["entity"]: compare(timeline(row["entity"], reads, graph), gold_order(row["events"], named)) for row in rows
    }


def mention_parts(mention: str) -> tuple[str, int, list[str]]:
    """Document, sentence and words of a mention such as `4954-2-court_case`."""
    document, sentence, words = mention.split("-", 2)
    return document, int(sentence), words.split("_")


def named_documents(rows: Iterable[Mapping[str, Any]], golds: Sequence[GoldDocument]) -> dict[str, str]:
    """Our document for each of theirs, whose numbers differ: the one that holds most of their words in their places."""
    told: dict[str, list[tuple[int, list[str]]]] = defaultdict(list)
    for row in rows:
        for event in row["events"]:
            for mention in event["mentions"]:
                document, sentence, words = mention_parts(mention)
                told[document].append((sentence, words))
    return {
        document: max(golds, key=lambda gold: (sum(holds(gold, *one) for one in mentions), gold.article.id)).article.id
        for document, mentions in told.items()
    }


def holds(gold: GoldDocument, sentence: int, words: Sequence[str]) -> bool:
    """Whether a document has these words in this sentence."""
    if sentence >= len(gold.sentences):
        return False
    start, end = gold.sentences[sentence]
    return all(word in gold.article.text[start:end] for word in words)


def gold_order(events: Iterable[Mapping[str, Any]], named: Mapping[str, str]) -> list[set[Told]]:
    """The gold's order, without what it cannot place."""
    by_place: dict[int, set[Told]] = defaultdict(set)
    for event in events:
        for mention in event["mentions"]:
            document, sentence, words = mention_parts(mention)
            head = words[head_token(words, list(range(len(words))))]
            by_place[int(event["order"])].add((named[document], sentence, head.lower()))
    return [by_place[place] for place in sorted(by_place) if place > 0]


def timeline(target: str, reads: Sequence[Read], graph: KnowledgeGraph) -> list[set[Told]]:
    """Our order of the events that an entity takes part in, by the first day that each may have begun.

    An event without a day of its own is put on the day of the article that tells of it: news is mostly of its day.
    """
    golds = {read.gold.article.id: read.gold for read in reads}
    told = {row.id: row for row in graph.mentions}
    ours = named_entities(target, graph)
    by_day: dict[date, set[Told]] = defaultdict(set)
    for event in graph.events:
        if not ours & {part.entity for part in event.participants}:
            continue
        for mention in event.mentions:
            gold = golds[told[mention].article]
            day = day_of(event, gold)
            head = gold.head(told[mention].start, told[mention].end)
            if day is not None and head is not None:
                number = next(i for i, (start, end) in enumerate(gold.sentences) if start <= head[0] < end)
                by_day[day].add((gold.article.id, number, gold.article.text[slice(*head)].lower()))
    return [by_day[day] for day in sorted(by_day)]


def day_of(event: Event, gold: GoldDocument) -> date | None:
    """The first day of an event, or that of the article."""
    return event.start or gold.article.published


def named_entities(target: str, graph: KnowledgeGraph) -> set[str | None]:
    """The entities with a spelling that is the target's, else that is its last words ("Beatles Apple Corps")."""
    wanted = fold(target)
    spellings = {entity.id: {fold(name) for name in (entity.name, *entity.aliases)} for entity in graph.entities}
    exact = {one for one, names in spellings.items() if wanted in names}
    return {*exact} or {
        one for one, names in spellings.items() if any(" " in name and wanted.endswith(" " + name) for name in names)
    }
