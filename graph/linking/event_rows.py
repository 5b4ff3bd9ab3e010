"""Groups of event mentions to events: type, label, time, places, participants and status."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from datetime import date
from typing import TypeVar

from graph.linking.drafts import is_struck, role_of
from graph.linking.entity_rows import Linked
from graph.linking.labels import VAGUE, Scene, event_label
from graph.linking.sources import Source
from graph.model import Event, EventParticipant
from graph.names import REFERENCE, fold, without_dress
from graph.places import country_name
from ingest.article import EventMention, EventType, Interval, Role, Status, content_id

# When as many mentions say one as the other: the first of these.
_STATUS_ORDER = (
    Status.HAPPENED,
    Status.ONGOING,
    Status.ALLEGED,
    Status.DENIED,
    Status.PLANNED,
    Status.DEMANDED,
    Status.POSSIBLE,
)
T = TypeVar("T", bound=Hashable)
_ROLE_ORDER = {role: number for number, role in enumerate(Role)}
Member = tuple[int, int]  # number of the article, index of the event mention


def event_rows(groups: Iterable[Sequence[Member]], sources: Sequence[Source], linked: Linked) -> dict[Member, Event]:
    """The event that each event mention belongs to."""
    states = {country: entity for entity, country in linked.known.country.items() if entity in linked.known.places}
    rows = {}
    for group in sorted(groups, key=min):  # in the order of the articles
        event = _event(group, sources, linked, states)
        rows.update(dict.fromkeys(group, event))
    return rows


def _event(group: Sequence[Member], sources: Sequence[Source], linked: Linked, states: Mapping[str, str]) -> Event:
    mentions = [sources[number].annotated.events[index] for number, index in group]
    participants = _participants(group, sources, linked, states)
    type_ = _most_said([mention.type for mention in mentions], str)
    modes = [mention.mode for mention in mentions if mention.mode is not None]
    told_by = [_told_by(member, sources) for member in group]
    places = _places(participants, type_, linked)
    names = sorted({linked.entities[place].name for place in places})
    agents, targets = _actors(participants, names, type_, linked)
    start, end = _when(mentions)
    scene = Scene(
        type=type_,
        mode=_most_said(modes, str) if modes else None,
        triggers=_triggers(told_by),
        verb=_verb(told_by),
        agents=agents,
        targets=targets,
        places=names,
        start=start,
        end=end,
    )
    # the id hangs on the earliest article that tells of the event, so later articles leave it alone
    number, index = min(group, key=lambda member: (_first_key(sources[member[0]], member[1]), member))
    trigger = sources[number].annotated.events[index].trigger
    return Event(
        id=content_id("event", sources[number].mention_ids[trigger]),
        type=type_,
        mode=scene.mode,
        label=event_label(scene),
        status=_most_said([mention.status for mention in mentions], _STATUS_ORDER.index),
        start=start,
        end=end,
        places=tuple(places),
        participants=tuple(participants),
        mentions=tuple(sorted({sources[n].mention_ids[sources[n].annotated.events[i].trigger] for n, i in group})),
    )


def _times(said: Iterable[T]) -> dict[T, int]:
    """How often each is said: for the handful that tell of one event a Counter costs thrice as much."""
    times: dict[T, int] = {}
    for each in said:
        times[each] = times.get(each, 0) + 1
    return times


def _most_said(said: Sequence[T], rank: Callable[[T], str | int]) -> T:
    """What is said most often; among equals what comes first in rank."""
    if len(said) == 1:
        return said[0]
    times = _times(said)
    return min(times, key=lambda each: (-times[each], rank(each)))


def _first_key(source: Source, index: int) -> tuple[date, str, int]:
    trigger = source.annotated.mentions[source.annotated.events[index].trigger]
    return source.article.published or date.max, source.article.id, trigger.start


def _when(mentions: Sequence[EventMention]) -> tuple[date | None, date | None]:
    """The days that all mentions allow; where they allow none in common, the most frequent of their intervals."""
    if len(mentions) == 1:
        only = mentions[0].interval
        return (only.start, only.end) if only else (None, None)
    intervals = _times(mention.interval for mention in mentions if mention.interval)
    start = max((each.start for each in intervals if each.start), default=None)
    end = min((each.end for each in intervals if each.end), default=None)
    if start and end and start > end:
        best = min(intervals, key=lambda each: (-intervals[each], *_ends(each)))
        return best.start, best.end
    return start, end


def _ends(interval: Interval) -> tuple[date, date]:
    return interval.start or date.min, interval.end or date.max


def _participants(
    group: Sequence[Member], sources: Sequence[Source], linked: Linked, states: Mapping[str, str]
) -> list[EventParticipant]:
    """Each participant once in each role, with the first mention that says so; times are the event's own.

    `states` gives the place of each country that is named as one, by ISO code.
    """
    found: dict[tuple[Role, str], EventParticipant] = {}
    known = linked.known
    for number, index in group:
        source = sources[number]
        for part in source.annotated.events[index].participants:
            if part.role is Role.TIME:
                continue
            text = source.annotated.mentions[part.mention].text
            for entity in linked.meant(number, part.mention):
                if entity is None and text.lower() in REFERENCE["personal_pronouns"]:
                    continue  # nobody knows who "he" is
                role = role_of(part, entity, source.annotated.events[index].type, known)
                # "Russian forces" are Russia's, and what "Moscow" demands Russia demands.
                country = known.country.get(entity or "") or (
                    known.capitals.get(entity or "") if role is Role.AGENT else None
                )
                actor = states.get(country or "", entity)
                row = EventParticipant(role=role, entity=actor, text=text, mention=source.mention_ids[part.mention])
                key = (role, actor or fold(text))
                if key not in found or row.mention < found[key].mention:
                    found[key] = row
    return sorted(found.values(), key=lambda row: (_ROLE_ORDER[row.role], row.entity or "", row.text, row.mention))


def _places(participants: Iterable[EventParticipant], type_: EventType, linked: Linked) -> list[str]:
    """Where it happened: cities rather than the countries that they lie in."""
    known = linked.known
    said = {
        part.entity
        for part in participants
        if part.entity
        and (part.role is Role.PLACE or (part.role is Role.TARGET and is_struck(part.entity, type_, known)))
    }
    within = {known.lies_in[place] for place in said if place in known.lies_in and place not in known.country}
    return sorted(place for place in said if known.country.get(place) not in within)


def _triggers(told_by: Iterable[tuple[str, bool]]) -> list[str]:
    """The nouns for the event, the most frequent first."""

    def shown(text: str) -> str:
        return text if " " in text and text == text.title() else text.lower()

    texts = _times(shown(without_dress(text)) for text, verbal in told_by if not verbal)
    return sorted(texts, key=lambda text: (-texts[text], text))


def _verb(told_by: Iterable[tuple[str, bool]]) -> str | None:
    """The verb for the event that is told most often, as the articles put it."""
    verbs = [text.lower() for text, verbal in told_by if verbal]
    return _most_said(verbs, str) if verbs else None


def _told_by(member: Member, sources: Sequence[Source]) -> tuple[str, bool]:
    """The word that tells of an event, and whether it is a verb."""
    annotated = sources[member[0]].annotated
    event = annotated.events[member[1]]
    return annotated.mentions[event.trigger].text, event.verbal


def _actors(
    participants: Sequence[EventParticipant], places: Sequence[str], type_: EventType, linked: Linked
) -> tuple[list[str], list[str]]:
    """Who did it and whom it concerns, by the names that a label gives them."""

    def named(role: Role) -> list[str]:
        return sorted({_actor_name(part.entity, linked) for part in participants if part.role is role and part.entity})

    def nameless(role: Role) -> list[str]:
        return sorted({part.text for part in participants if part.role is role and not part.entity})[:1]

    targets = named(Role.TARGET)
    if set(targets) & set(places):  # "on Kharkiv" says more than "on Ukraine in Kharkiv"
        targets = [name for name in targets if name in places]
    if not targets and type_ in VAGUE:
        targets = nameless(Role.TARGET)
    return named(Role.AGENT) or nameless(Role.AGENT), targets


def _actor_name(entity: str, linked: Linked) -> str:
    """The name of a participant; of a people that of its country ("Kenyan" → "Kenya")."""
    known: Mapping[str, str] = linked.known.country
    return country_name(known[entity]) if entity in known else linked.entities[entity].name
