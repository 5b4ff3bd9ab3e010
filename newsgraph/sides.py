"""What somebody means by the two sides of a correction: a name, an id, or a name in one article ("NAME@ARTICLE")."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath

from graph.model import Entity, Event, GraphMention, KnowledgeGraph
from graph.names import title_and_name
from ingest.article import Article, MentionKind
from ingest.errors import NewsgraphError
from newsgraph.finding import EXACT, plain, ranked, title

MOST_MENTIONS = 64  # of one side that are kept; the first of each article come first
_SHOWN = 6


class UnclearSide(NewsgraphError):
    """It is not clear what one side of a correction is."""

    def __init__(self, name: str, problem: str, candidates: Iterable[str], next_step: str) -> None:
        listed = list(candidates)
        more = f" and {len(listed) - _SHOWN} more" if len(listed) > _SHOWN else ""
        super().__init__(f"{name}: {problem} {', '.join(listed[:_SHOWN])}{more}; {next_step}")


@dataclass(frozen=True, slots=True, kw_only=True)
class SideOf:
    """A side of a correction: the thing that it belongs to, and those of its mentions that are meant."""

    name: str  # as it was called
    thing: Entity | Event
    mentions: tuple[GraphMention, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the mentions that are kept."""
        return tuple(mention.id for mention in self.mentions[:MOST_MENTIONS])


class Sides:
    """Finds sides in one graph."""

    def __init__(self, graph: KnowledgeGraph) -> None:
        self._graph = graph
        things: list[Entity | Event] = [*graph.entities, *graph.events]
        self._things = {thing.id: thing for thing in things}
        self._articles = {article.id: article for article in graph.articles}

    def two(self, left: str, right: str) -> tuple[SideOf, SideOf]:
        """Both sides; of one thing, each is the mentions that bear its name. Raises UnclearSide, UnknownName."""
        one, two = self._side(left), self._side(right)
        if isinstance(one.thing, Entity) != isinstance(two.thing, Entity):
            raise UnclearSide(left, "an entity and an event cannot be compared:", [left, right], "name two of one kind")
        if one.thing.id == two.thing.id and {*one.ids} & {*two.ids}:
            return self._within(one, two)
        return one, two

    def _within(self, one: SideOf, two: SideOf) -> tuple[SideOf, SideOf]:
        """Two sides of one thing that overlap: by spelling, or a part and the rest."""
        left, right = (
            tuple(mention for mention in side.mentions if _bears(mention, side.name.rpartition("@")[0] or side.name))
            for side in (one, two)
        )
        if not left or not right or {*left} & {*right}:
            left, right = one.mentions, two.mentions
            if {*left} > {*right}:
                left = tuple(mention for mention in left if mention not in right)
            elif {*right} > {*left}:
                right = tuple(mention for mention in right if mention not in left)
        if not left or not right or {*left} & {*right}:
            where = sorted({f"{title(one.thing)}@{self._call(mention.article)}" for mention in one.mentions})
            if len(where) == 1:
                where = [f"{mention.id} (at {mention.start})" for mention in one.mentions]
            problem = f"is the same as {two.name} ({one.thing.id}), spoken of in"
            raise UnclearSide(one.name, problem, where, "name two of these")
        return (
            SideOf(name=one.name, thing=one.thing, mentions=left),
            SideOf(name=two.name, thing=two.thing, mentions=right),
        )

    def _side(self, name: str) -> SideOf:
        called, at, where = name.rpartition("@")
        articles = self._named_articles(where) if at and called else []
        if articles:
            return self._in_articles(name, called, {article.id for article in articles})
        mentions = [mention for mention in self._graph.mentions if mention.id == name and mention.refers_to]
        if mentions:
            return self._of(name, str(mentions[0].refers_to), mentions)
        scored = ranked(self._graph, name)  # raises UnknownName when nothing comes close
        top = scored[0][0]
        meant = [thing for score, thing in scored if score == top or top < EXACT]
        if len(meant) > 1:
            step = "give an id, or name an article with NAME@ARTICLE"
            raise UnclearSide(name, "could be", (f"{title(thing)} ({thing.id})" for thing in meant), step)
        said = [mention for mention in self._graph.mentions if mention.refers_to == meant[0].id]
        return self._of(name, meant[0].id, said)

    def _in_articles(self, name: str, called: str, articles: set[str]) -> SideOf:
        here = [mention for mention in self._graph.mentions if mention.article in articles and mention.refers_to]
        bearing = [mention for mention in here if _bears(mention, called)]
        ids = {mention.refers_to for mention in here}
        if not bearing:
            known = [
                thing
                for thing in self._things.values()
                if thing.id in ids and (thing.id == called or plain(title(thing)) == plain(called))
            ]
            bearing = [mention for mention in here if mention.refers_to in {thing.id for thing in known}]
        homes = sorted({str(mention.refers_to) for mention in bearing})
        if not homes:
            names = sorted({title(self._things[str(thing)]) for thing in ids})
            raise UnclearSide(name, "nothing goes by that name in this article, which speaks of", names, "name one")
        if len(homes) > 1:
            listed = (f"{title(self._things[home])} ({home})" for home in homes)
            raise UnclearSide(name, "could be", listed, "give the id before the @")
        return self._of(name, homes[0], [mention for mention in here if mention.refers_to == homes[0]])

    def _of(self, name: str, thing: str, mentions: Sequence[GraphMention]) -> SideOf:
        """The mentions in an order of their own: the first of each article, the earliest articles before others."""
        kind = MentionKind.ENTITY if isinstance(self._things[thing], Entity) else MentionKind.EVENT
        own = [mention for mention in mentions if mention.kind is kind]
        in_article: dict[str, int] = {}
        order = {}
        for mention in sorted(own, key=lambda each: (each.article, each.start)):
            in_article[mention.article] = in_article.get(mention.article, 0) + 1
            published = self._articles[mention.article].published or date.max
            order[mention.id] = (in_article[mention.article], published, mention.article, mention.start)
        said = tuple(sorted(own, key=lambda each: order[each.id]))
        return SideOf(name=name, thing=self._things[thing], mentions=said)

    def _named_articles(self, where: str) -> list[Article]:
        return [article for article in self._graph.articles if where in _calls(article)]

    def _call(self, article: str) -> str:
        return _calls(self._articles[article])[0]


def _calls(article: Article) -> list[str]:
    """How an article may be called after the @, the handiest first; several of one file go by their ids."""
    path = PurePath(article.path or "")
    if path.suffix == ".jsonl":
        return [article.id, article.title]
    return [each for each in (path.stem, path.name, article.path, article.id, article.title) if each]


def _bears(mention: GraphMention, name: str) -> bool:
    wanted = plain(name)
    return wanted in {plain(mention.text), plain(title_and_name(mention.text)[1])}
