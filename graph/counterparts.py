"""Which entities and events of one graph are which of another, where articles came, went, or were read anew between.

What two things share is mentions: their ids hang on the texts alone, so they are the same in both graphs. Ids of things
come first where mentions bear them out, since an id may pass to a namesake; former ids stand in where no mention does.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePath

from graph.mentions import NAMING
from graph.model import Entity, Event, GraphMention, KnowledgeGraph
from ingest.article import Article, MentionKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Counterparts:
    """What things of an older graph are in a newer one, by their ids."""

    now: Mapping[str, str]  # old to new, one to one
    into: Mapping[str, str]  # old to the new one that took its mentions in, which is the counterpart of another
    out_of: Mapping[str, str]  # new to the old one that it had its mentions from, which is now another
    rewritten: Mapping[str, str]  # articles: old to new of those that have another text, or another id, now

    def present(self, thing: str) -> str:
        """The id that stands for an old entity or event in the newer graph; the old one where none does."""
        return self.now.get(thing) or self.into.get(thing) or thing


def counterparts(old: KnowledgeGraph, new: KnowledgeGraph, former: Mapping[str, str] | None = None) -> Counterparts:
    """Match two graphs; `former` gives, for ids of things that are gone, what they became."""
    rewritten = _rewritten(old, new)
    olds, news = _things(old), _things(new)
    back = {after: after for after in rewritten.values()}
    homes_then = dict(_named(old, olds, rewritten))
    homes_now = dict(_named(new, news, back))
    shared = Counter(
        (thing, homes_now[mention])
        for mention, thing in homes_then.items()
        if mention in homes_now and olds[thing] is news[homes_now[mention]]
    )
    now = _pairs(shared, olds, news, former or {})
    taken = set(now.values())
    into: dict[str, str] = {}
    out_of: dict[str, str] = {}
    # What shares most comes first, so the first home found is the one with most of the mentions.
    for before, after in sorted(shared, key=lambda pair: (-shared[pair], pair)):
        if before not in now:
            into.setdefault(before, after)
        if after not in taken:
            out_of.setdefault(after, before)
    return Counterparts(now=now, into=into, out_of=out_of, rewritten=rewritten)


def _pairs(
    shared: Mapping[tuple[str, str], int],
    olds: Mapping[str, type],
    news: Mapping[str, type],
    former: Mapping[str, str],
) -> dict[str, str]:
    """One counterpart at most for each thing, by what tells most: id and mentions, mentions, id, former id."""
    kept = [(thing, thing) for thing in sorted(olds) if (thing, thing) in shared]
    alike = sorted(shared, key=lambda pair: (-shared[pair], pair))
    # An id that shares no mention is the same thing still, unless mentions show that either is something else.
    bare = [(thing, thing) for thing in sorted(olds) if thing in news]
    became = [(thing, former[thing]) for thing in sorted(olds) if former.get(thing, "") in news]
    now: dict[str, str] = {}
    taken: set[str] = set()
    moved = {before for before, _ in shared}
    filled = {after for _, after in shared}
    bare = [(before, after) for before, after in [*bare, *became] if before not in moved and after not in filled]
    for before, after in [*kept, *alike, *bare]:
        if before not in now and after not in taken and olds[before] is news[after]:
            now[before] = after
            taken.add(after)
    return now


def _things(graph: KnowledgeGraph) -> dict[str, type]:
    return {entity.id: Entity for entity in graph.entities} | {event.id: Event for event in graph.events}


def _named(
    graph: KnowledgeGraph, things: Mapping[str, type], rewritten: Mapping[str, str]
) -> Iterator[tuple[Hashable, str]]:
    """Mentions that name a thing, under what they are called in both graphs, each with the thing.

    In an article that was rewritten that is what they say, and the how-manieth there that says it.
    """
    times: Counter[tuple[str, MentionKind, str]] = Counter()
    for mention in sorted(graph.mentions, key=_place) if rewritten else graph.mentions:
        thing = mention.refers_to
        if thing is None or thing not in things or mention.kind not in NAMING:
            continue
        article = rewritten.get(mention.article)
        if article is None:
            yield mention.id, thing
            continue
        said = (article, mention.kind, mention.text)
        times[said] += 1
        yield (*said, times[said]), thing


def _place(mention: GraphMention) -> tuple[str, int, int, str]:
    return mention.article, mention.start, mention.end, mention.id


def _rewritten(old: KnowledgeGraph, new: KnowledgeGraph) -> dict[str, str]:
    """Articles with another text now: those whose id stayed, and those that came from the same file or address."""
    before = {article.id: article for article in old.articles}
    after = {article.id: article for article in new.articles}
    found = {id: id for id in before if id in after and before[id].text != after[id].text}
    gone = [article for id, article in before.items() if id not in after]
    come = [article for id, article in after.items() if id not in before]
    for of in (_address, _file):
        then, now = _alone(gone, of), _alone(come, of)
        for where in sorted(then.keys() & now.keys()):
            if then[where] not in found and now[where] not in found.values():
                found[then[where]] = now[where]
    return found


def _alone(articles: list[Article], of: Callable[[Article], str | None]) -> dict[str, str]:
    """The articles that are the only one of their place, by the place."""
    places: dict[str, list[str]] = defaultdict(list)
    for article in articles:
        place = of(article)
        if place:
            places[place].append(article.id)
    return {place: ids[0] for place, ids in places.items() if len(ids) == 1}


def _address(article: Article) -> str | None:
    return article.url


def _file(article: Article) -> str | None:
    return article.path if article.path and PurePath(article.path).suffix != ".jsonl" else None
