"""Labels that people can read: "Russia's drone attack on Kharkiv, 11 June 2025"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from graph.names import fold
from ingest.article import EventType

# type → what such an event is called, and what stands before whom it concerns
NOUNS: dict[EventType, tuple[str, str]] = {
    EventType.AGREE: ("agreement", "with"),
    EventType.CONSULT: ("talks", "with"),
    EventType.SUPPORT: ("support", "for"),
    EventType.CONCEDE: ("concession", "to"),
    EventType.COOPERATE: ("cooperation", "with"),
    EventType.AID: ("aid", "for"),
    EventType.RETREAT: ("withdrawal", "from"),
    EventType.REQUEST: ("request", "to"),
    EventType.ACCUSE: ("accusation", "against"),
    EventType.REJECT: ("rejection", "of"),
    EventType.THREATEN: ("threat", "against"),
    EventType.PROTEST: ("protest", "against"),
    EventType.SANCTION: ("sanctions", "on"),
    EventType.MOBILIZE: ("mobilisation", "against"),
    EventType.COERCE: ("coercion", "of"),
    EventType.ASSAULT: ("attack", "on"),
    EventType.DISASTER: ("disaster", "hitting"),
    EventType.ACCIDENT: ("accident", "involving"),
    EventType.HEALTH: ("health event", "involving"),
    EventType.ELECTION: ("election", "of"),
    EventType.ECONOMY: ("economic event", "involving"),
    EventType.JUSTICE: ("case", "against"),
    EventType.APPOINT: ("appointment", "of"),
    EventType.DEATH: ("death", "of"),
    EventType.SPORT: ("match", "against"),
    EventType.CULTURE: ("cultural event", "with"),
    EventType.OTHER: ("event", "involving"),
}
# Types whose name says less than the verb that tells of the event.
VAGUE = frozenset({EventType.OTHER, EventType.ECONOMY, EventType.HEALTH, EventType.CULTURE})
_JOURNEYS = frozenset({"visit", "visits", "trip", "trips", "tour", "tours"})
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)  # strftime would follow the machine's language


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What an event's label is made of; all names are ready to print."""

    type: EventType
    mode: str | None
    triggers: Sequence[str]  # nouns, in order of preference
    verb: str | None  # the verb for it that is told most often
    agents: Sequence[str]
    targets: Sequence[str]
    places: Sequence[str]
    start: date | None
    end: date | None


def event_label(scene: Scene) -> str:
    """Who did what to whom, where and when."""
    noun, preposition = NOUNS[scene.type]
    what = " ".join(scene.triggers[0].split()) if scene.triggers else noun
    told = what.istitle() or (scene.mode or "") in fold(what) or (scene.mode == "aerial" and "air" in fold(what))
    if scene.mode and scene.type is EventType.ASSAULT and not told:
        what = f"{scene.mode} {what}"
    if scene.type is EventType.ELECTION and (scene.verb or "").startswith("vot"):
        what, preposition = "vote", "on"
    if scene.type is EventType.CONSULT and scene.targets and set(scene.targets) <= set(scene.places):
        what = "visit" if not scene.triggers and (scene.verb or "").startswith("visit") else what
        preposition = "to" if what in _JOURNEYS else "in"  # nobody talks with a town
    # What is attacked is where: "on Kharkiv and Kyiv".
    struck = scene.type is EventType.ASSAULT and set(scene.targets) <= set(scene.places)
    targets = [*scene.targets, *(place for place in scene.places if struck and place not in scene.targets)]
    who = _listed(scene.agents)
    label = f"{_possessive(who)} {what}" if who else what
    if scene.type in VAGUE and not scene.triggers and scene.verb and (who or scene.targets):
        whom = _listed(targets)  # "Kagero bought Minowa", "prices fell": in the article's own words
        label = f"{who} {scene.verb} {whom}".strip() if who else f"{whom} {scene.verb}"
    elif targets:
        label += f" {preposition} {_listed(targets)}"
    elsewhere = [place for place in scene.places if place not in targets]
    if elsewhere:
        label += f" in {_listed(elsewhere)}"
    day = date_label(scene.start, scene.end)
    label = " ".join((f"{label}, {day}" if day else label).split())  # words may stand in two lines
    return label[:1].upper() + label[1:]


def storyline_label(places: Sequence[str], actors: Sequence[str], when: tuple[date | None, date | None]) -> str:
    """Where and who, and the time that the events span."""
    who = _listed([actor for actor in actors if actor not in places])
    label = ": ".join(part for part in (_listed(places), who) if part)
    day = date_label(*when)
    return f"{label}, {day}" if day else label


def date_label(start: date | None, end: date | None) -> str:
    """A day or a span of days, in English; empty when both ends are open."""
    if start is None and end is None:
        return ""
    if start is None or end is None:
        return f"since {_day(start)}" if start else f"until {_day(end)}"
    if start == end:
        return _day(start)
    if (start.month, start.day) == (1, 1) and (end.month, end.day) == (12, 31):
        return str(start.year) if start.year == end.year else f"{start.year}–{end.year}"
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{_day(end)}"
    return f"{_day(start)} – {_day(end)}"


def _day(day: date | None) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}" if day else ""


def _listed(names: Sequence[str]) -> str:
    shown = list(dict.fromkeys(names))[:3]
    return " and ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)


def _possessive(name: str) -> str:
    return f"{name}'" if name.endswith("s") else f"{name}'s"
