"""What stands out in a graph, as short tables for people and as JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields, is_dataclass
from datetime import date

from exports.html.words import amount, counted, plain, shortened
from graph.model import Claim, Entity, Event
from graph.stats import Connected, Stats
from ingest.article import Status
from newsgraph.printing import WIDEST, as_table

LONGEST = 60  # characters of an event's label
MOST = 6  # members named of a community, numbers given of a dispute
# What JSON tells of the nouns of the graph; their ids lead to the rest.
KEYS: dict[type, tuple[str, ...]] = {
    Entity: ("id", "type", "name"),
    Event: ("id", "type", "label", "status", "start", "end"),
    Claim: ("id", "value", "upper", "qualifier", "text", "said_by", "article"),
}
Rows = Sequence[Sequence[object]]


def as_json(stats: Stats) -> str:
    """One object with the keys of `graph.stats.Stats`; of entities, events and claims it tells what `KEYS` names."""
    return json.dumps(_told(stats), indent=2, ensure_ascii=False) + "\n"


def as_text(stats: Stats) -> str:
    """A line of counts, then each list as a table, or in a line what there is none of."""
    days = sorted({str(day) for day in (stats.first, stats.last) if day})
    counts = (
        counted(stats.articles, "article", "articles") + (f" ({' to '.join(days)})" if days else ""),
        *([counted(stats.reports, "report", "reports")] if stats.reports < stats.articles else []),
        counted(stats.entities, "entity", "entities"),
        counted(stats.events, "event", "events"),
        counted(stats.claims, "claim", "claims"),
    )
    head = ", ".join(counts) + "\n"
    return "\n".join([head, *_tables(stats)]) if stats.articles else head


FORMS: dict[str, Callable[[Stats], str]] = {"table": as_text, "json": as_json}


def _tables(stats: Stats) -> Iterator[str]:
    yield _table(
        "Told by most articles",
        "no event is told by two articles",
        ("event", "articles", "publishers"),
        [(_label(row.event), row.articles, row.publishers) for row in stats.most_told],
    )
    yield _table(
        "Reports that disagree",
        "no two sources give numbers for one event that contradict each other",
        ("event", "number", "articles", "said"),
        [
            (
                _label(row.event),
                plain(row.property),
                row.articles,
                _some((f"{_amount(said.claim)} ({shortened(said.by, LONGEST)})" for said in row.said), " | "),
            )
            for row in stats.disputes
        ],
    )
    yield _table(
        "Busiest days",
        "no event is dated to a day or two",
        ("day", "events", "articles", "most told"),
        [(row.day, row.events, row.articles, _label(row.foremost)) for row in stats.days],
    )
    yield _table(
        "Busiest places",
        "no event has a place",
        ("place", "events", "articles", "latest"),
        [(row.place.name, row.events, row.articles, _label(row.latest)) for row in stats.scenes],
    )
    yield _table(
        "Who acts against whom",
        "nobody attacks, sanctions, accuses, threatens or coerces anybody",
        ("who", "whom", "events", "types", "latest"),
        [
            (
                row.agent.name,
                row.target.name,
                row.events,
                ", ".join(f"{plain(type)} {times}" for type, times in row.types.items()),
                _label(row.latest),
            )
            for row in stats.hostilities
        ],
    )
    yield _table(
        "Who meets whom",
        "no two talk, work together or agree",
        ("who", "with", "events", "latest"),
        [(row.one.name, row.other.name, row.events, _label(row.latest)) for row in stats.meetings],
    )
    for title, nothing, connected in (
        ("Most connected people", "nobody shares an event or a relation with anybody", stats.people),
        ("Most connected organizations", "none shares an event or a relation with another", stats.organizations),
        ("Most connected places", "none shares an event or a relation with another", stats.places),
    ):
        yield _connected(title, nothing, connected)
    if stats.people or stats.organizations or stats.places:
        yield _legend(stats)
    yield _table(
        "Communities",
        "no three are joined by events or relations",
        ("size", "events", "members"),
        [(row.size, row.events, _some((entity.name for entity in row.members), ", ")) for row in stats.communities],
    )
    yield _table(
        "Publishers",
        "no articles",
        ("publisher", "articles", "events", "claims"),
        [(row.name or "(not given)", row.articles, row.events, row.claims) for row in stats.publishers],
    )


def _connected(title: str, nothing: str, rows: Sequence[Connected]) -> str:
    return _table(
        title,
        nothing,
        ("name", "articles", "links", "weight", "between", "pagerank"),
        [
            (row.entity.name, row.articles, row.links, row.weight, f"{row.betweenness:.2%}", f"{row.pagerank:.2%}")
            for row in rows
        ],
    )


def _table(title: str, nothing: str, columns: Sequence[str], rows: Rows) -> str:
    """A table under its title; in one line why there is none."""
    if not rows:
        return f"{title}: {nothing}\n"
    return f"{title}\n\n{as_table(columns, [[str(cell) for cell in row] for row in rows])}"


def _legend(stats: Stats) -> str:
    estimated = f", estimated from {stats.sampled:,} of them all" if stats.sampled else ""
    return (
        "links: entities that share an event or a relation with it; weight: the articles that say so, added up;\n"
        f"between: share of the shortest paths between others that lead over it{estimated}\n"
    )


def _amount(claim: Claim) -> str:
    return f"{amount(claim)} {claim.unit}" if claim.unit else amount(claim)


def _label(event: Event) -> str:
    status = "" if event.status is Status.HAPPENED else f" ({event.status})"
    return shortened(event.label, LONGEST) + status


def _some(texts: Iterable[str], between: str) -> str:
    """The first few of some texts, each once, as far as a cell is wide."""
    different = list(dict.fromkeys(texts))
    more = [] if len(different) <= MOST else ["…"]
    return shortened(between.join([*different[:MOST], *more]), WIDEST)


def _told(value: object) -> object:
    """A row as JSON knows it."""
    if is_dataclass(value):
        names = KEYS.get(type(value)) or tuple(field.name for field in fields(value))
        return {name: _told(getattr(value, name)) for name in names}
    if isinstance(value, tuple):
        return [_told(part) for part in value]
    if isinstance(value, dict):
        return {name: _told(part) for name, part in value.items()}
    if isinstance(value, float) and value.is_integer():
        return int(value)  # 39, as in graph.json
    return value.isoformat() if isinstance(value, date) else value
