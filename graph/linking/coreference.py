"""Event mentions to events by a learned likeness, within articles and across them: all mentions at once, typed or not.

Pairs of mentions of one article, or of two articles that share some of their weightiest words, are scored by boosted
trees, twice: by what the two tell (`event_likeness`), then also by what the first scores say of the pairs around them
(`neighbours`) and of their articles (`standing`). Average-link clustering makes tight groups of them; trees of their
own say which of these are one (`event_groups`). `training.event_likeness` fits the trees.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from importlib import resources

import numpy as np

from graph.boosting import Matrix, Trees, read_trees
from graph.linking import event_groups, event_likeness, neighbours, standing
from graph.linking.agglomeration import agglomerate
from graph.linking.drafts import Known, Meant, gap, impossible, same_day
from graph.linking.likeness import cosine
from graph.linking.scorers import EVENTS
from graph.linking.sources import Source
from graph.linking.tellings import Story, Telling, tellings
from graph.verdict import Join
from ingest.article import AnnotatedArticle
from ingest.vectors import unpacked

TIGHT = 0.5  # least average likelihood of the pairs between two groups that are joined at first
# Least likelihood of two that are one of these: the mean of what the trees of groups and what the pairs say on average.
# The trees of groups alone find more in ECB+, whose articles tell of few events, and join too much elsewhere.
BAR = 0.42
FORBIDDEN = 0.7  # share of the compared pairs from which what is known of them keeps two groups apart
LEAST = 0.02  # pairs that are less likely one are nothing to each other
WEIGHTIEST = 25  # words of an article by which it is looked up
SHARED = 2  # of them, at least, with an article that it is compared with
ALIKE = 0.12  # least cosine of two articles whose mentions are compared
PROMISING = 0.27  # least sum of the cosine of two mentions' vectors and half that of their articles: else no pair
WITHIN = 0.3  # what counts as the cosine of an article with itself
LARGEST_BLOCK = 300  # articles with one of their weightiest words in common: more, and the word says nothing
WEEKS = timedelta(days=14)  # between two articles: what counts as weeks
REASONS = 4  # of a join: the features that counted most
TABLES = ("event_likeness.tsv", "neighbours.tsv", "event_groups.tsv")

Member = tuple[int, int]  # number of an article, index of an event mention
Couple = tuple[int, int]  # two mentions by their numbers, the smaller first


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """The trees that score pairs by themselves, those that see what is around them, and those that score groups."""

    alone: Trees
    among: Trees
    groups: Trees


@lru_cache(maxsize=1)
def shipped() -> Model:
    """The model that comes with newsgraph."""
    folder = resources.files("graph.linking")
    alone, among, groups = (read_trees(folder.joinpath(name).read_text(encoding="utf-8")) for name in TABLES)
    return Model(alone=alone, among=among, groups=groups)


def told(articles: Sequence[AnnotatedArticle], meant: Meant, known: Known) -> list[Telling]:
    """All event mentions of these articles, by article and index."""
    return [one for number, annotated in enumerate(articles) for one in tellings(number, annotated, meant, known)]


def comparable(stories: Sequence[Story]) -> Iterator[tuple[Story, Story]]:
    """Each article with itself, and every two that may tell of one event."""
    heaviest = [sorted(story.words, key=lambda word: (-story.words[word], word))[:WEIGHTIEST] for story in stories]
    blocks: defaultdict[str, list[int]] = defaultdict(list)
    for i, words in enumerate(heaviest):
        for word in words:
            blocks[word].append(i)
    for i, words in enumerate(heaviest):
        yield stories[i], stories[i]
        shared: defaultdict[int, int] = defaultdict(int)
        for word in words:
            if len(blocks[word]) <= LARGEST_BLOCK:
                for j in blocks[word]:
                    shared[j] += j > i
        for j in sorted(j for j, count in shared.items() if count >= SHARED):
            if cosine(stories[i].words, stories[j].words) >= ALIKE:
                yield stories[i], stories[j]


def compared(mentions: Sequence[Telling]) -> tuple[list[Couple], Matrix]:
    """The pairs of mentions that may be one, and their features, in the order of `event_likeness.FEATURES`."""
    by_story: defaultdict[int, list[int]] = defaultdict(list)
    stories = {}
    for i, one in enumerate(mentions):
        by_story[one.story.number].append(i)
        stories[one.story.number] = one.story
    vectors = unpacked(one.vector for one in mentions)
    couples: list[Couple] = []
    rows: list[list[float]] = []
    for left, right in comparable([stories[number] for number in sorted(stories)]):
        both = [feature(left, right) for feature in event_likeness.OF_STORIES.values()]
        cosines = vectors[by_story[left.number]] @ vectors[by_story[right.number]].T
        alike = WITHIN if left is right else both[event_likeness.ALIKE]
        for m, n in np.argwhere(cosines >= PROMISING - alike / 2).tolist():
            i, j = by_story[left.number][m], by_story[right.number][n]
            if i < j:
                couples.append((i, j))
                rows.append([*event_likeness.features(mentions[i], mentions[j]), *both, round(float(cosines[m, n]), 6)])
    return couples, np.array(rows).reshape(len(rows), len(event_likeness.FEATURES))


def among(
    mentions: Sequence[Telling], couples: Sequence[Couple], rows: Matrix, scores: Matrix
) -> tuple[list[Couple], Matrix]:
    """The pairs that are likely enough by themselves, and their features with those of their neighbours."""
    likely = [neighbours.likelihood(score) for score in scores.tolist()]
    kept = [k for k, each in enumerate(likely) if each >= LEAST]
    pairs = [(*couples[k], likely[k]) for k in kept]
    around = neighbours.neighbour_features([one.story.number for one in mentions], pairs)
    beside = np.array(around).reshape(len(around), len(neighbours.FEATURES))
    couples, rows = [couples[k] for k in kept], rows[kept]
    placed = standing.standing(
        mentions,
        np.array(couples, dtype=np.int64).reshape(-1, 2),
        rows[:, event_likeness.FEATURES.index("articles alike")],
        np.array([likely[k] for k in kept]),
    )
    return couples, np.hstack([rows, beside, placed])


def scored(
    mentions: Sequence[Telling], couples: Sequence[Couple], rows: Matrix, scores: Matrix
) -> event_groups.Compared:
    """The pairs of `among` with their scores, and how likely they are one in the light of what forbids it."""
    chances = [_likely(mentions[i], mentions[j], score) for (i, j), score in zip(couples, scores.tolist(), strict=True)]
    pairs = np.array(couples, dtype=np.int64).reshape(-1, 2)
    return event_groups.Compared(mentions=mentions, couples=pairs, rows=rows, scores=scores, likely=np.array(chances))


def tight(compared: event_groups.Compared, bar: float = TIGHT) -> list[list[int]]:
    """The mentions in groups by their pairs alone."""
    pairs = zip(map(tuple, compared.couples.tolist()), compared.likely.tolist(), strict=True)
    return agglomerate([[i] for i in range(len(compared.mentions))], dict(pairs), bar)


def grouped(compared: event_groups.Compared, trees: Trees) -> list[list[int]]:
    """The mentions in groups, one for each event: those that their trees and pairs take for one are joined."""
    groups = tight(compared)
    pairs, rows = event_groups.group_pairs(compared, groups)
    means, forbidden = (
        rows[:, event_groups.FEATURES.index(name)].tolist()
        for name in ("mean of the pairs", "share of pairs that are forbidden")
    )
    likely = {
        (min(pair), max(pair)): (neighbours.likelihood(score) + mean) / 2 if share < FORBIDDEN else 0.0
        for pair, score, mean, share in zip(pairs, trees.score(rows).tolist(), means, forbidden, strict=True)
    }
    events = agglomerate([[number] for number in range(len(groups))], likely, BAR)
    return [sorted(member for number in event for member in groups[number]) for event in events]


def link_mentions(
    articles: Sequence[Source], meant: Meant, known: Known, joins: list[Join[Member]] | None = None
) -> list[list[Member]]:
    """The event mentions of all articles in groups, one for each event; why goes into `joins`."""
    mentions = told([source.annotated for source in articles], meant, known)
    couples, rows = compared(mentions)
    model = shipped()
    couples, rows = among(mentions, couples, rows, model.alone.score(rows))
    found = scored(mentions, couples, rows, model.among.score(rows))
    groups = grouped(found, model.groups)
    member = [(one.story.number, one.index) for one in mentions]
    if joins is not None:
        home = {i: number for number, group in enumerate(groups) for i in group}
        likely = found.likely.tolist()
        best: dict[int, tuple[float, int, int]] = {}  # of each mention with one before it
        for k, (i, j) in enumerate(couples):
            if home[i] == home[j]:
                best[j] = max(best.get(j, (-1.0, 0, 0)), (likely[k], -i, k))
        for j, (value, i, k) in sorted(best.items()):
            reasons = _reasons(model.alone, rows[k].tolist())
            joins.append(Join(member[-i], member[j], reasons, round(value, 6)))
    return [[member[i] for i in group] for group in groups]


def _likely(one: Telling, two: Telling, score: float) -> float:
    """How likely two mentions of this score are one: not at all, where what is known of them forbids it.

    The trees learned from news without dates; weeks between two articles speak against one event, as `EVENTS` has it.
    """
    if impossible(one.draft, two.draft):
        return 0.0
    apart = gap(one.draft, two.draft) > WEEKS and not same_day(one.draft, two.draft)
    return neighbours.likelihood(score + (EVENTS.weights["published weeks apart"] if apart else 0.0))


def _reasons(trees: Trees, row: Sequence[float]) -> tuple[str, ...]:
    """What of the two mentions themselves, whatever is around them, counted most."""
    counted = sorted(trees.counted(row).items(), key=lambda item: (-abs(item[1]), item[0]))
    return tuple(f"{name} ({value:+.2f})" for name, value in counted[:REASONS])
