"""What stands out in a graph: who is connected, meets whom, acts against whom, and when, where, by whom told.

A people ("Kenyans") is taken for its country where the graph knows it. What is only denied, demanded or possible is
no meeting, no hostile act and happens on no day and in no place. Articles that print one report again count once.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from itertools import combinations, product
from urllib.parse import urlsplit

from graph.connections import (
    articles_about,
    betweenness,
    communities,
    connections,
    countries_of_peoples,
    pagerank,
    sample,
)
from graph.model import Claim, Entity, Event, KnowledgeGraph, Publication
from graph.networkx_view import to_networkx
from graph.reports import Reports, places
from graph.stats import (
    Community,
    Connected,
    Day,
    Dispute,
    Hostility,
    Meeting,
    Publisher,
    Said,
    Scene,
    Stats,
    Told,
)
from ingest.article import Article, EntityType, EventType, Role, Status

PEOPLE = frozenset({EntityType.PERSON})
ORGANIZATIONS = frozenset({EntityType.ORGANIZATION, EntityType.GROUP})
PLACES = frozenset({EntityType.PLACE, EntityType.FACILITY})
ACTORS = PEOPLE | ORGANIZATIONS | {EntityType.PLACE}  # countries are places
TAKEN_PLACE = frozenset({Status.HAPPENED, Status.ONGOING, Status.PLANNED, Status.ALLEGED})
MEETINGS = frozenset({EventType.CONSULT, EventType.COOPERATE, EventType.AGREE})
HOSTILE = frozenset({EventType.ASSAULT, EventType.SANCTION, EventType.ACCUSE, EventType.THREATEN, EventType.COERCE})
PARTIES = frozenset({Role.AGENT, Role.TARGET, Role.RECIPIENT})
SMALLEST_COMMUNITY = 3
A_DAY_OR_TWO = timedelta(days=1)  # between the first and the last day
A_YEAR = timedelta(days=366)


def stats(graph: KnowledgeGraph, top: int = 10) -> Stats:
    """What stands out in a graph, at most `top` rows a list."""
    observer = _Observer(graph)
    dates = sorted(article.published for article in graph.articles if article.published)
    connected = observer.connected()

    def of(types: frozenset[EntityType]) -> tuple[Connected, ...]:
        return tuple([row for row in connected if row.entity.type in types][:top])

    return Stats(
        articles=len(graph.articles),
        reports=Reports(graph).count(article.id for article in graph.articles),
        entities=len(graph.entities),
        events=len(graph.events),
        claims=len(graph.claims),
        first=dates[0] if dates else None,
        last=dates[-1] if dates else None,
        most_told=tuple(observer.most_told()[:top]),
        disputes=tuple(observer.disputes()[:top]),
        days=tuple(observer.days()[:top]),
        scenes=tuple(observer.scenes()[:top]),
        hostilities=tuple(observer.hostilities()[:top]),
        meetings=tuple(observer.meetings()[:top]),
        people=of(PEOPLE),
        organizations=of(ORGANIZATIONS),
        places=of(PLACES),
        sampled=sample(observer.network),
        communities=tuple(observer.communities()[:top]),
        publishers=tuple(observer.publishers()[:top]),
    )


class _Observer:
    """Knows a graph by its ids; each method gives all rows of one list, the most telling first."""

    def __init__(self, graph: KnowledgeGraph) -> None:
        self._graph = graph
        view = to_networkx(graph)
        reports = Reports(graph)
        self._printed = articles_about(graph, view)
        self._articles = defaultdict(set, {id: reports.among(told) for id, told in self._printed.items()})
        self._reports = reports
        self._country = countries_of_peoples(graph)
        self._entities = {entity.id: entity for entity in graph.entities}
        self._events = [event for event in graph.events if event.status in TAKEN_PLACE]
        self._by_id = {article.id: article for article in graph.articles}
        self._publisher = {article.id: _publisher(article) for article in graph.articles}
        self._publishers = {id: {_publisher(place) for place in found} for id, found in places(graph).items()}
        self.network = connections(graph, view)
        self._weight: dict[str, int] = dict(self.network.degree(weight="weight"))

    def connected(self) -> list[Connected]:
        between, rank = betweenness(self.network), pagerank(self.network)
        rows = [
            Connected(
                entity=self._entities[id],
                articles=len(self._articles[id]),
                links=len(self.network[id]),
                weight=self._weight[id],
                betweenness=round(between[id], 6),
                pagerank=round(rank[id], 6),
            )
            for id in self.network
        ]
        return sorted(rows, key=lambda row: (-row.weight, -row.articles, -row.links, self._name(row.entity.id)))

    def communities(self) -> list[Community]:
        found = [members for members in communities(self.network) if len(members) >= SMALLEST_COMMUNITY]
        belongs = {member: number for number, members in enumerate(found) for member in members}
        inside = Counter[int]()
        for event in self._events:
            times = Counter(belongs[id] for id in self._parts(event, frozenset(Role)) if id in belongs)
            inside.update(number for number, members in times.items() if members > 1)
        rows = [
            Community(
                size=len(members),
                events=inside[number],
                members=tuple(self._entities[id] for id in sorted(members, key=lambda id: (-self._weight[id], id))),
            )
            for number, members in enumerate(found)
        ]
        return sorted(rows, key=lambda row: (-row.events, -row.size, row.members[0].id))

    def meetings(self) -> list[Meeting]:
        shared: dict[tuple[str, str], list[Event]] = defaultdict(list)
        for event in self._events:
            if event.type in MEETINGS:
                parties = sorted(self._actors(event, PARTIES, ACTORS), key=self._name)
                for pair in combinations(parties, 2):
                    shared[pair].append(event)
        rows = [
            Meeting(
                one=self._entities[one],
                other=self._entities[other],
                events=len(events),
                articles=self._told_by(events),
                latest=self._latest(events),
            )
            for (one, other), events in shared.items()
        ]
        return sorted(
            rows,
            key=lambda row: (
                -row.events,
                -row.articles,
                -self._known(row.one, row.other),
                self._name(row.one.id),
                self._name(row.other.id),
            ),
        )

    def hostilities(self) -> list[Hostility]:
        acts: dict[tuple[str, str], list[Event]] = defaultdict(list)
        for event in self._events:
            if event.type in HOSTILE:
                agents = self._actors(event, frozenset({Role.AGENT}), ACTORS)
                targets = self._actors(event, frozenset({Role.TARGET}), ACTORS | PLACES)
                for agent, target in product(agents, targets):
                    if agent != target:
                        acts[agent, target].append(event)
        rows = [
            Hostility(
                agent=self._entities[agent],
                target=self._entities[target],
                events=len(events),
                articles=self._told_by(events),
                types=dict(sorted(Counter(event.type for event in events).items(), key=lambda of: (-of[1], of[0]))),
                latest=self._latest(events),
            )
            for (agent, target), events in acts.items()
        ]
        return sorted(
            rows,
            key=lambda row: (
                -row.events,
                -row.articles,
                -self._known(row.agent, row.target),
                self._name(row.agent.id),
                self._name(row.target.id),
            ),
        )

    def days(self) -> list[Day]:
        dated: dict[date, list[Event]] = defaultdict(list)
        for event in self._events:
            if event.start and event.end and event.end - event.start <= A_DAY_OR_TWO:
                for day in sorted({event.start, event.end}):
                    dated[day].append(event)
        rows = [
            Day(day=day, events=len(events), articles=self._told_by(events), foremost=self._foremost(events))
            for day, events in dated.items()
        ]
        return sorted(rows, key=lambda row: (-row.events, -row.articles, row.day))

    def scenes(self) -> list[Scene]:
        at: dict[str, list[Event]] = defaultdict(list)
        for event in self._events:
            for place in sorted(set(event.places)):
                at[place].append(event)
        rows = [
            Scene(
                place=self._entities[place],
                events=len(events),
                articles=self._told_by(events),
                latest=self._latest(events),
            )
            for place, events in at.items()
        ]
        return sorted(
            rows, key=lambda row: (-row.events, -row.articles, -self._known(row.place), self._name(row.place.id))
        )

    def most_told(self) -> list[Told]:
        """Only events that more than one article tells of."""
        rows = [
            Told(
                event=event,
                articles=len(self._articles[event.id]),
                publishers=len(self._printers(event) - {None}),
            )
            for event in self._graph.events
            if len(self._articles[event.id]) > 1
        ]
        return sorted(
            rows, key=lambda row: (-row.articles, -row.publishers, -self._fame(row.event), self._title(row.event))
        )

    def disputes(self) -> list[Dispute]:
        """An article that corrects itself in its own voice is in no dispute."""
        events = {event.id: event for event in self._graph.events}
        claims = {claim.id: claim for claim in self._graph.claims}
        contested: dict[tuple[str, str], list[Claim]] = defaultdict(list)
        for claim in self._graph.claims:
            against = {self._source(claims[other]) for other in claim.conflicts if other in claims}
            if claim.about in events and against - {self._source(claim)}:
                contested[claim.about, claim.property].append(claim)
        rows = [
            Dispute(
                event=events[about],
                property=name,
                said=tuple(
                    Said(claim=claim, by=self._voice(claim))
                    for claim in sorted(said, key=lambda claim: (_height(claim), claim.id))
                ),
                sources=len({self._source(claim) for claim in said}),
                articles=self._reports.count(claim.article for claim in said),
            )
            for (about, name), said in contested.items()
        ]
        return sorted(
            rows,
            key=lambda row: (-row.articles, -row.sources, -self._fame(row.event), self._title(row.event), row.property),
        )

    def publishers(self) -> list[Publisher]:
        articles = Counter(name for names in self._publishers.values() for name in names)
        events = Counter(name for event in self._graph.events for name in self._printers(event))
        claims = Counter(name for claim in self._graph.claims for name in self._publishers[claim.article])
        rows = [
            Publisher(name=name, articles=articles[name], events=events[name], claims=claims[name]) for name in articles
        ]
        return sorted(rows, key=lambda row: (-row.articles, -row.events, -row.claims, row.name or ""))

    def _printers(self, event: Event) -> set[str | None]:
        """Who published the articles that tell of an event, reprints among them; None where it is not said."""
        return {name for article in self._printed[event.id] for name in self._publishers[article]}

    def _source(self, claim: Claim) -> tuple[str, str | None]:
        """Whose word a claim is: the report's, or that of somebody in it."""
        return self._reports.of(claim.article), claim.speaker or claim.said_by

    def _parts(self, event: Event, roles: frozenset[Role]) -> set[str]:
        """The entities in some roles of an event."""
        return {
            self._country.get(part.entity, part.entity)
            for part in event.participants
            if part.entity is not None and part.role in roles
        }

    def _actors(self, event: Event, roles: frozenset[Role], types: frozenset[EntityType]) -> set[str]:
        return {id for id in self._parts(event, roles) if self._entities[id].type in types}

    def _told_by(self, events: Iterable[Event]) -> int:
        return len({article for event in events for article in self._articles[event.id]})

    def _latest(self, events: Iterable[Event]) -> Event:
        """The one that began last, as far as the year is known; without any, the one told most."""
        return max(events, key=lambda event: (_began(event), *self._prominence(event)))

    def _foremost(self, events: Iterable[Event]) -> Event:
        return max(events, key=self._prominence)

    def _prominence(self, event: Event) -> tuple[int, int, int, str]:
        """Of two events, the one told by more articles, in more words or of better known entities comes first."""
        return len(self._articles[event.id]), len(event.mentions), self._fame(event), event.id

    def _fame(self, event: Event) -> int:
        """How many articles speak of the best known entity that took part."""
        return max((len(self._articles[id]) for id in self._parts(event, frozenset(Role))), default=0)

    def _known(self, *entities: Entity) -> int:
        """How many articles speak of the least known of some entities."""
        return min(len(self._articles[entity.id]) for entity in entities)

    def _name(self, id: str) -> tuple[str, str]:
        return self._entities[id].name, id

    def _voice(self, claim: Claim) -> str:
        article = self._by_id[claim.article]
        said_by = claim.who(lambda id: self._entities[id].name)
        return said_by or self._publisher[article.id] or article.title or article.path or article.id

    @staticmethod
    def _title(event: Event) -> tuple[str, str]:
        return event.label, event.id


def _began(event: Event) -> date:
    """The first day of an event; the first of all days where it is not known to the year."""
    is_vague = event.start is None or (event.end is not None and event.end - event.start > A_YEAR)
    return date.min if is_vague or event.start is None else event.start


def _height(claim: Claim) -> tuple[float, str]:
    """Where a claim stands among others: numbers by size, before texts."""
    return (claim.value, "") if isinstance(claim.value, float | int) else (math.inf, claim.value)


def _publisher(place: Article | Publication) -> str | None:
    """Who published an article: as is said, else the host of its address."""
    try:
        host = urlsplit(place.url or "").hostname
    except ValueError:  # what articles give as their address is not always one
        host = None
    return place.publisher or (host.removeprefix("www.") if host else None)
