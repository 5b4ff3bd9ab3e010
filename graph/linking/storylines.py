"""Storylines: events that share a place and a participant, each within days of the next."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise

from graph.linking.clusters import Clusters
from graph.linking.labels import storyline_label
from graph.model import Event, Storyline
from ingest.article import Role, content_id

WINDOW = timedelta(days=7)  # a story that rests for longer is a new one


def storylines(
    events: Sequence[Event], names: Mapping[str, str], articles: Mapping[str, Collection[str]]
) -> list[Storyline]:
    """Groups of two events or more, each in order of time; `names` of entities, `articles` that tell of each event.

    Dated events are joined across articles, undated ones only with events of the same article.
    """
    clusters = Clusters(len(events))
    by_scene: dict[tuple[str, str], list[int]] = defaultdict(list)
    for i, event in enumerate(events):
        for place in event.places:
            for actor in {part.entity for part in event.participants if part.entity and part.role is not Role.SOURCE}:
                if actor not in event.places:
                    by_scene[place, actor].append(i)
    for scene in by_scene.values():
        dated = sorted((events[i].start or events[i].end or date.max, i) for i in scene)
        for (one, i), (two, j) in pairwise(dated):
            if two < date.max and two - one <= WINDOW:
                clusters.join(i, j)
        of_article: dict[str, int] = {}
        for i in scene:
            for article in articles[events[i].id]:
                if _undated(events[i]) or (article in of_article and _undated(events[of_article[article]])):
                    clusters.join(i, of_article.setdefault(article, i))
                of_article.setdefault(article, i)
    return [_storyline([events[i] for i in members], names) for members in clusters.sets() if len(members) > 1]


def _undated(event: Event) -> bool:
    return event.start is None and event.end is None


def _storyline(events: Sequence[Event], names: Mapping[str, str]) -> Storyline:
    ordered = sorted(events, key=lambda event: (event.start or event.end or date.max, event.id))
    places = Counter(place for event in ordered for place in event.places)
    actors = Counter(
        part.entity for event in ordered for part in event.participants if part.entity and part.role is not Role.SOURCE
    )
    starts = [event.start for event in ordered if event.start]
    ends = [event.end for event in ordered if event.end]
    return Storyline(
        id=content_id("storyline", min(event.id for event in ordered)),
        label=storyline_label(
            _most_named(places, names, 1),
            _most_named(Counter({actor: times for actor, times in actors.items() if actor not in places}), names, 2),
            (min(starts, default=None), max(ends, default=None)),
        ),
        events=tuple(event.id for event in ordered),
    )


def _most_named(counts: Counter[str], names: Mapping[str, str], most: int) -> list[str]:
    ranked = sorted(counts, key=lambda entity: (-counts[entity], names[entity]))
    return [names[entity] for entity in ranked[:most]]
