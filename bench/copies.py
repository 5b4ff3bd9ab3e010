"""Which articles are one report: pairs found among made reprints, against what they were made of."""

from __future__ import annotations

import random
import resource
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from bench.reprints import EDITS, SHORTEST, Report, mixed, report
from bench.score import Counts
from graph.linking.clusters import Clusters
from graph.linking.copies import originals
from training.corpora import json_lines

# Pairs of articles in public corpora that are one report, sent twice or cut: by their ids, a line each.
READ = Path(__file__).with_name("copies_read.tsv")
AFTER = 3  # days after a report in which papers print it again
Row = tuple[str, Report, date | None]
_SENTENCE = range(8, 41)  # words of a sentence that a paper may add


@dataclass(frozen=True, slots=True, kw_only=True)
class Print:
    """A report as one paper printed it."""

    family: str  # the id of the article that it was made of
    kind: str  # the edit that made it; "" where it is that article
    text: str
    day: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What was found in a set of prints."""

    pairs: Counts
    linked: dict[str, Counts]  # prints joined with the report that they were made of, by edit


def articles(path: Path) -> list[Row]:
    """The articles of a file that are long enough to be cut: id, report, day."""
    rows = ((row["id"], report(row.get("title") or "", row["text"]), _day(row.get("date"))) for row in json_lines(path))
    return [row for row in rows if row[1].words >= SHORTEST]


def prints(pools: Sequence[Sequence[Row]], count: int, seed: int) -> list[Print]:
    """So many articles, drawn evenly from some files, each with two or three reprints; what papers add others wrote."""
    chance = random.Random(seed)
    drawn: list[Row] = []
    others: list[str] = []
    for number, pool in enumerate(pools):
        shuffled = chance.sample(pool, len(pool))
        share = (count - len(drawn)) // (len(pools) - number)
        drawn += shuffled[:share]
        others += [each for _, told, _ in shuffled[share:] for each in told.sentences if len(each.split()) in _SENTENCE]
    names = list(EDITS)
    made = []
    for number, (id, told, day) in enumerate(drawn):
        made.append(Print(family=id, kind="", text=told.text, day=day))
        kinds = [names[number % len(names)], mixed.__name__, *([chance.choice(names)] if number % 2 else [])]
        for kind in kinds:
            later = day + timedelta(days=chance.randint(0, AFTER)) if day else None
            made.append(Print(family=id, kind=kind, text=EDITS[kind](told, chance, others).text, day=later))
    return made


def score(made: Sequence[Print], read: Iterable[tuple[str, str]]) -> Found:
    """The grouping of some prints against what they were made of; `read` says which of these articles are one, too."""
    groups = originals([each.text for each in made], [each.day for each in made])
    families = _joined([each.family for each in made], read)
    root = {each.family: group for each, group in zip(made, groups, strict=True) if not each.kind}
    linked: dict[str, Counts] = defaultdict(Counts)
    for each, group in zip(made, groups, strict=True):
        if each.kind:
            linked[each.kind] += Counts(right=group == root[each.family], found=1, gold=1)
    pairs = Counts(right=_pairs(zip(groups, families, strict=True)), found=_pairs(groups), gold=_pairs(families))
    return Found(pairs=pairs, linked=dict(linked))


def as_they_are(pools: Sequence[Sequence[Row]], read: Iterable[tuple[str, str]]) -> tuple[int, list[tuple[str, str]]]:
    """How many articles of some files are taken for others, and the pairs of these that nobody has read as one."""
    rows = [row for pool in pools for row in pool]
    groups = originals([told.text for _, told, _ in rows], [day for _, _, day in rows])
    ids = [id for id, _, _ in rows]
    families = _joined(ids, read)
    pairs = [(number, group) for number, group in enumerate(groups) if group != number]
    return len(pairs), [(ids[one], ids[other]) for one, other in pairs if families[one] != families[other]]


def measure(texts: Sequence[str]) -> tuple[float, float]:
    """CPU seconds of grouping some texts, and the peak memory in MB; in a process of its own, which holds the texts."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(_measured, texts).result()


def _measured(texts: Sequence[str]) -> tuple[float, float]:
    originals(texts[:100])  # what is imported late
    began = time.process_time()
    originals(texts)
    return time.process_time() - began, _peak()


def read_pairs(path: Path = READ) -> list[tuple[str, str]]:
    """The pairs of articles that were read and are one report."""
    rows = (line.split() for line in path.read_text(encoding="utf-8").splitlines())
    return [(one, other) for one, other in rows]


def _joined(families: Sequence[str], read: Iterable[tuple[str, str]]) -> list[int]:
    """A number for each family, the same for those that are one by the pairs that were read."""
    number = {family: place for place, family in enumerate(dict.fromkeys(families))}
    for one, other in read:
        for each in (one, other):
            number.setdefault(each, len(number))
    groups = Clusters(len(number))
    for one, other in read:
        groups.join(number[one], number[other])
    return [groups.find(number[family]) for family in families]


def _pairs(labels: Iterable[Hashable]) -> int:
    """How many pairs have one label."""
    return sum(count * (count - 1) // 2 for count in Counter(labels).values())


def _day(told: Any) -> date | None:
    """The day of "2005-02-03", or of "26-FEB-1987 15:01:01.79"."""
    day = str(told or "").split()[:1]
    for form in ("%Y-%m-%d", "%d-%b-%Y"):
        try:
            return datetime.strptime(day[0], form).date()
        except (IndexError, ValueError):
            continue
    return None


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)
