"""Event mentions to events: first within each article, then across articles. A wrong merge is worse than a missed one.

Across articles only drafts that share a key are compared (type, place or actor, and a day or a number), so the cost
grows with the articles, not with their pairs.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from datetime import timedelta

from graph.linking.clusters import Clusters
from graph.linking.drafts import (
    END_MARKS,
    TAKE_PLACE,
    WEEKDAYS,
    Draft,
    Known,
    Meant,
    agree,
    conflicts,
    counted_for,
    draft,
    gap,
    number_features,
    overlap,
    same_day,
    same_weekday,
)
from graph.linking.scorers import EVENTS
from graph.verdict import Decision, Join, Verdict
from ingest.article import AnnotatedArticle

LARGEST_BLOCK = 40
_NEIGHBOURS = 10
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "such"})
_DAYS = frozenset({*WEEKDAYS, "yesterday", "today"})  # "Wednesday's barrage"
_LONG = timedelta(days=31)
_TELLING = 20  # a number of this size is seldom said of two events in one article
_LOOK_BACK = 30  # characters before a trigger in which its article stands ("the large-scale overnight attack")


def local_events(number: int, annotated: AnnotatedArticle, meant: Meant, known: Known) -> list[Draft]:
    """The events of one article, in the order of their first mention."""
    order = sorted(
        range(len(annotated.events)), key=lambda i: (annotated.mentions[annotated.events[i].trigger].start, i)
    )
    told_in = _sentences(annotated, order)
    by_sentence: dict[int, set[int]] = defaultdict(set)
    for i, sentence in told_in.items():
        by_sentence[sentence].add(i)
    counted = counted_for(annotated)
    found: list[Draft] = []
    by_trigger: dict[tuple[int, int], Draft] = {}
    for index in order:
        new = draft(number, index, annotated, counted, meant, known)
        trigger = annotated.mentions[annotated.events[index].trigger]
        span = (trigger.start, trigger.end)
        home = by_trigger.get(span)
        alike = [] if home else [old for old in reversed(found) if old.type is new.type]
        if alike:
            definite = _is_definite(annotated, trigger.start)
            home = _home(new, alike, definite=definite, near=_just_told(by_sentence, told_in[index]))
        if home is None:
            found.append(new)
            home = new
        else:
            home.absorb(new)
        by_trigger[span] = home
    return found


def _sentences(annotated: AnnotatedArticle, events: Iterable[int]) -> dict[int, int]:
    """The number of the sentence of each event mention, headings not counted."""
    text = annotated.article.text
    starts = [start for start, end in annotated.sentences if text[start:end].rstrip().endswith(END_MARKS)]
    return {i: bisect_right(starts, annotated.mentions[annotated.events[i].trigger].start) for i in events}


def _just_told(by_sentence: Mapping[int, set[int]], here: int) -> frozenset[int]:
    """The event mentions of a sentence and the two before it."""
    return frozenset().union(*(by_sentence.get(sentence, ()) for sentence in range(here - 2, here + 1)))


def _home(new: Draft, alike: Sequence[Draft], *, definite: bool, near: frozenset[int]) -> Draft | None:
    """The event that a further mention speaks of: the nearest before it that shares enough and conflicts in nothing.

    `alike` are the events of its type that the article told of before, the last one first.
    """
    if new.bare:
        fitting = [old for old in alike if _may_be_meant(old, new)] if definite else []
        # "the attack" is what was just told of, or else what the article tells most of; no blast without a name.
        told = [old for old in fitting if not old.bare]
        just = [old for old in told if any(i in near for _, i in old.mentions)]
        return next(iter(just or sorted(told, key=lambda old: -len(old.mentions)) or fitting), None)
    best, most = None, 1
    for old in alike:
        if agree(old, new) and (evidence := _evidence(old, new, definite=definite, near=near)) > most:
            best, most = old, evidence
    return best


def _evidence(old: Draft, new: Draft, *, definite: bool, near: frozenset[int]) -> int:
    """How much speaks for a further mention to be of an event that the article told of before."""
    same_trigger = bool(old.triggers & new.triggers)
    same_place = bool(old.places & new.places)
    same_actor = bool(old.agents & new.agents or old.targets & new.targets or old.others & new.others)
    same_mode = bool(old.modes & new.modes)
    same_name = bool(old.names & new.names)
    same_number = max((_weight(old, new, key) for key in old.numbers.keys() & new.numbers.keys()), default=0)
    # A mention that names nobody and no place speaks of what the sentences just before it speak of.
    nobody = not (new.agents or new.targets or new.places or new.countries)
    goes_on = nobody and any(i in near for _, i in old.mentions)
    evidence = 2 * (same_place + same_name) + same_actor + same_trigger + same_number
    return evidence + goes_on + (same_mode and (definite or goes_on))


def _may_be_meant(old: Draft, new: Draft) -> bool:
    """Whether a mention that says nothing more can mean an event: "the attack", but no invasion that took a year."""
    long = old.start is not None and old.end is not None and old.end - old.start > _LONG
    return agree(old, new) and not (long and not old.triggers & new.triggers)


def _weight(old: Draft, new: Draft, key: tuple[str, str]) -> int:
    """How much a number that both tell speaks for one event: "one dead" is said of many, "over 300 drones" of few."""
    pairs = [(one, two) for one in old.numbers[key] for two in new.numbers[key]]
    if not pairs or any(not one[1].meets(two[1]) for one, two in pairs):
        return 0
    least = min(value for pair in pairs for value, _ in pair)
    return (least >= 2) + (least >= _TELLING)


def _is_definite(annotated: AnnotatedArticle, start: int) -> bool:
    before = annotated.article.text[max(0, start - _LOOK_BACK) : start].replace("\n", ".").lower()
    for mark in ".,;:!?":
        before = before.rpartition(mark)[2]
    words = before.replace("’", "'").split()[-4:]
    if {"one", "of"} <= set(words):  # "one of the deadliest attacks"
        return False
    return bool(_DEFINITE & set(words)) or bool({word.removesuffix("'s") for word in words} & _DAYS)


def link_events(
    articles: Iterable[Sequence[Draft]],
    company: Sequence[Iterable[str]],
    joins: list[Join[tuple[int, int]]] | None = None,
) -> list[tuple[tuple[int, int], ...]]:
    """The event mentions of all articles in groups, one for each event; why goes into `joins`.

    `company` gives each article's entities.
    """
    drafts = [event for events in articles for event in events]
    clusters = Clusters(len(drafts))
    same = []
    for i, j in _pairs(drafts):
        decision = compare_events(drafts[i], drafts[j], company)
        if decision.verdict is Verdict.SAME:
            same.append((-decision.score.value, i, j, decision.score.reasons))
    joined = {one for _, *pair, _ in same for one in pair}
    whole = {i: event.copy() if i in joined else event for i, event in enumerate(drafts)}
    for score, i, j, reasons in sorted(same):
        left, right = clusters.find(i), clusters.find(j)
        # what one article keeps apart, another cannot join
        if left == right or whole[left].articles & whole[right].articles or not agree(whole[left], whole[right]):
            continue
        root = clusters.join(left, right)
        other = right if root == left else left
        whole[root].absorb(whole.pop(other))
        if joins is not None:
            joins.append(Join(drafts[i].mentions[0], drafts[j].mentions[0], reasons, -score))
    events = (whole[members[0]] for members in clusters.sets())
    # "the violence", "support": of an event of which nothing is told but the word, there is nothing to say.
    return [event.mentions for event in events if event.told]


def compare_events(left: Draft, right: Draft, company: Sequence[Iterable[str]]) -> Decision:
    """Whether two articles tell of one event."""
    vetoes = conflicts(left, right)
    if vetoes:
        return EVENTS.decide(vetoes)
    numbers = number_features(left, right)
    names = {
        "same name": bool(left.names & right.names),
        "same place": bool(left.places & right.places),
        "same agent": bool(left.agents & right.agents),
        "same target": bool(left.targets & right.targets),
        "shared participant": bool(left.others & right.others),
        "same day": same_day(left, right),
        "same weekday": same_weekday(left, right),
        "times overlap": overlap(left, right) and not same_day(left, right),
        "same trigger": bool(left.triggers & right.triggers),
        "same mode": bool(left.modes & right.modes),
        "articles alike": _alike(left, right, company),
        "published together": gap(left, right) <= timedelta(days=1),
        "published weeks apart": _published_apart(left, right),
    }
    features = [name for name, holds in names.items() if holds] + numbers
    weekday = {"same weekday", "articles alike"} <= set(features)
    if not weekday and not {"same day", "same number", "same name"} & set(features):
        features.append("no anchor")
    if not {"same name", "same place", "same agent", "same target", "shared participant"} & set(features):
        features.append("no actor or place")
    return EVENTS.decide(features)


def _published_apart(left: Draft, right: Draft) -> bool:
    return not same_day(left, right) and gap(left, right) > timedelta(days=14)


def _alike(left: Draft, right: Draft, company: Sequence[Iterable[str]]) -> bool:
    one = frozenset[str]().union(*(company[number] for number in left.articles))
    two = frozenset[str]().union(*(company[number] for number in right.articles))
    return len(one & two) >= 0.25 * len(one | two) > 0


def _keys(event: Draft) -> set[Hashable]:
    """Two drafts are compared when they share one of these."""
    keys: set[Hashable] = set()
    days = []
    if event.narrow and event.start and event.end:
        days = [event.start + timedelta(days=shift) for shift in range((event.end - event.start).days + 1)]
    counted = [(name, value) for (name, _), values in event.numbers.items() for value, _ in values if value >= 2]
    keys.update(("name", event.type, name) for name in event.names)
    for place in event.places:
        keys.update(("place", event.type, place, anchor) for anchor in [*days, *counted])
        # A weekday is shared by many: beside it, what does not befall a place must be told by the same word.
        words = [""] if event.type in TAKE_PLACE else [*event.triggers]
        keys.update(("place", event.type, place, weekday, word) for weekday in event.weekdays for word in words)
    for actor in event.agents | event.targets | event.others:
        keys.update(("actor", event.type, actor, trigger, day) for trigger in event.triggers for day in days)
        keys.update(("actor", event.type, actor, number) for number in counted)
    return keys


def _pairs(drafts: Sequence[Draft]) -> list[tuple[int, int]]:
    blocks: dict[Hashable, list[int]] = defaultdict(list)
    for i, event in enumerate(drafts):
        for key in _keys(event):
            blocks[key].append(i)
    pairs = set[tuple[int, int]]()
    for block in blocks.values():
        reach = len(block) if len(block) <= LARGEST_BLOCK else _NEIGHBOURS
        for position, i in enumerate(block):
            pairs.update(
                (i, j)
                for j in block[position + 1 : position + 1 + reach]
                if not drafts[i].articles & drafts[j].articles
            )
    return sorted(pairs)
