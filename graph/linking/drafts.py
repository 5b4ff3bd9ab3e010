"""What is known of an event while its mentions are being gathered, and what forbids that two drafts are one."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import TypeVar

from graph.linking.numbers import Bounds, bounds, kind_counted
from graph.names import OPENING_NAMES, SMALL_WORDS, fold, without_dress
from ingest.article import AnnotatedArticle, EventMention, EventType, Participant, Quantity, Role, Status

Member = TypeVar("Member")
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKDAYS = frozenset(WEEKDAYS)
_FACT = frozenset({Status.HAPPENED, Status.ONGOING, Status.ALLEGED})
TAKE_PLACE = frozenset({EventType.ASSAULT, EventType.DISASTER, EventType.ACCIDENT, EventType.DEATH, EventType.HEALTH})
_IRREGULAR = {
    "struck": "strike", "shot": "shoot", "fought": "fight", "met": "meet", "won": "win", "lost": "lose",
    "bought": "buy", "sold": "sell", "held": "hold", "fell": "fall", "flew": "fly", "broke": "break",
    "began": "begin", "sank": "sink", "burnt": "burn", "slain": "slay", "slew": "slay", "fled": "flee",
    "swept": "sweep", "dead": "die", "death": "die", "deaths": "die",
}  # fmt: skip
# The entities that a mention (by its index) of an article (by its number) stands for; [None] for nobody known.
Meant = Callable[[int, int], Sequence[str | None]]
END_MARKS = (*".!?…:\"'”’)",)  # of a sentence that is no heading
WEEK = timedelta(days=7)
ROUGHLY = 1.25
Numbers = Mapping[tuple[str, str], list[tuple[float, Bounds]]]
_NO_NUMBERS: Numbers = {}
NARROW = timedelta(days=1)  # an interval of at most two days dates an event ("overnight" touches two)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the linked entities say that event linking needs, by entity id."""

    country: Mapping[str, str]  # a country's or a people's id → ISO code
    lies_in: Mapping[str, str]  # a place's id → ISO code of its country; countries too
    places: frozenset[str]  # the ids of all places
    capitals: Mapping[str, str]  # the ids of capitals → ISO code of the country whose government they stand for
    towns: frozenset[str]  # of those the cities that are no capital, and so stand for no government


def role_of(participant: Participant, entity: str | None, type_: EventType, known: Known) -> Role:
    """A participant's role; a town that a raid or a flood is called by is where it happened ("the Goma attack")."""
    if participant.role is Role.AGENT and type_ in TAKE_PLACE and entity in known.towns:
        return Role.PLACE
    return participant.role


def is_struck(entity: str | None, type_: EventType, known: Known) -> bool:
    """Whether what an event is done to is also where it happens: a raid on Goma, but no sanctions on Serbia."""
    return type_ in TAKE_PLACE and entity in known.places


@dataclass(slots=True, kw_only=True)
class Draft:
    """An event as far as its mentions have been gathered; what it holds is never changed, so most is shared by many."""

    type: EventType
    mentions: tuple[tuple[int, int], ...] = ()  # number of the article, index of the event mention
    articles: frozenset[int] = frozenset()
    fact: frozenset[bool] = frozenset()
    modes: frozenset[str] = frozenset()
    triggers: frozenset[str] = frozenset()  # lemmas
    names: frozenset[str] = frozenset()  # what the event itself is called: "sunrise" for "Operation Sunrise"
    agents: frozenset[str] = frozenset()  # ISO code for countries and peoples, else entity id
    targets: frozenset[str] = frozenset()
    others: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()  # entity ids, no countries
    countries: frozenset[str] = frozenset()  # ISO codes
    start: date | None = None
    end: date | None = None
    weekdays: frozenset[str] = frozenset()
    numbers: Numbers = field(default_factory=lambda: _NO_NUMBERS)
    nameless: frozenset[Role] = frozenset()  # in which roles somebody or something without a name takes part
    published: frozenset[date] = frozenset()

    @property
    def bare(self) -> bool:
        """Whether nothing but the trigger is known."""
        named = self.names or self.agents or self.targets or self.others or self.places or self.countries
        return not (named or self.numbers)

    @property
    def told(self) -> bool:
        """Whether enough is known to speak of it: a name, a number, a day, or who did it to whom."""
        return not self.bare or bool(self.start or self.end) or self.nameless >= {Role.AGENT, Role.TARGET}

    @property
    def narrow(self) -> bool:
        """Whether the event is dated to a day or two."""
        return self.start is not None and self.end is not None and self.end - self.start <= NARROW

    def copy(self) -> Draft:
        """A draft of its own with the same content."""
        twin = Draft(type=self.type)
        twin.absorb(self)
        return twin

    def absorb(self, other: Draft) -> None:
        """Take over the mentions of another draft and what they say; times are narrowed to what both allow."""
        self.mentions = tuple(sorted({*self.mentions, *other.mentions}))
        for name in _SETS:
            mine, theirs = getattr(self, name), getattr(other, name)
            if theirs and theirs is not mine:
                setattr(self, name, mine | theirs if mine else theirs)
        self.start = max(filter(None, (self.start, other.start)), default=None)
        self.end = min(filter(None, (self.end, other.end)), default=None)
        if other.numbers:
            numbers = {key: [*values] for key, values in self.numbers.items()}
            for key, values in other.numbers.items():
                known = numbers.setdefault(key, [])
                known += [value for value in values if value not in known]
            self.numbers = numbers


_SETS = (
    "articles",
    "fact",
    "modes",
    "triggers",
    "names",
    "agents",
    "targets",
    "others",
    "places",
    "countries",
    "weekdays",
    "nameless",
    "published",
)


def draft(  # noqa: PLR0913, PLR0917 - all that is known of it
    number: int,
    index: int,
    annotated: AnnotatedArticle,
    counted: Mapping[int, Sequence[Quantity]],
    meant: Meant,
    known: Known,
) -> Draft:
    """The draft of one event mention; `counted` as `counted_for` its article."""
    event = annotated.events[index]
    trigger = annotated.mentions[event.trigger].text
    result = Draft(
        type=event.type,
        mentions=((number, index),),
        articles=_one(number),
        fact=_one(event.status in _FACT),
        triggers=_one(lemma(trigger)),
    )
    if event.mode:
        result.modes = _one(event.mode)
    names = event_names(trigger)
    if names and not in_heading(annotated, event.trigger):
        result.names = names
    if annotated.article.published:
        result.published = _one(annotated.article.published)
    _add_time(result, event, annotated)
    for participant in event.participants:
        for entity in meant(number, participant.mention):
            _add_participant(result, participant, entity, known)
    if index in counted:
        result.numbers = _numbers(counted[index])
    return result


def _numbers(quantities: Iterable[Quantity]) -> Numbers:
    numbers: dict[tuple[str, str], list[tuple[float, Bounds]]] = {}
    for each in quantities:
        numbers.setdefault((each.property, kind_counted(each)), []).append((each.value, bounds(each)))
    return numbers


@lru_cache(maxsize=1 << 14, typed=True)  # article 1 is not True
def _one(member: Member) -> frozenset[Member]:
    """A set of one, the same for all who need it."""
    return frozenset([member])


def _with(members: frozenset[Member], member: Member) -> frozenset[Member]:
    return _one(member) if not members else members if member in members else members | {member}


def counted_for(annotated: AnnotatedArticle) -> Mapping[int, Sequence[Quantity]]:
    """The numbers that an article gives for each of its event mentions, those without any left out."""
    counted: dict[int, list[Quantity]] = defaultdict(list)
    for quantity in annotated.quantities:
        counted[quantity.event].append(quantity)
    return counted


def _add_participant(result: Draft, participant: Participant, entity: str | None, known: Known) -> None:
    role = role_of(participant, entity, result.type, known)
    if entity is None:
        result.nameless = _with(result.nameless, role)
    if entity is None or role is Role.SOURCE:
        return
    actor = known.country.get(entity, entity)
    if role is Role.PLACE or (role is Role.TARGET and is_struck(entity, result.type, known)):
        if entity in known.lies_in:
            result.countries = _with(result.countries, known.lies_in[entity])
        if entity not in known.country:
            result.places = _with(result.places, entity)
    elif role is Role.AGENT:
        result.agents = _with(result.agents, known.capitals.get(entity, actor))
    elif role is Role.TARGET:
        result.targets = _with(result.targets, actor)
    else:
        result.others = _with(result.others, actor)


def in_heading(annotated: AnnotatedArticle, mention: int) -> bool:
    """Whether a mention stands in a heading, where every word may have a capital."""
    start = annotated.mentions[mention].start
    at = bisect_right(annotated.sentences, (start, len(annotated.article.text))) - 1
    sentence = annotated.sentences[at] if at >= 0 and start < annotated.sentences[at][1] else (0, 0)
    return not annotated.article.text[slice(*sentence)].rstrip().endswith(END_MARKS)


@lru_cache(maxsize=1 << 14)
def event_names(trigger: str) -> frozenset[str]:
    """The name that a trigger of several words gives an event, without what opens or closes such names."""
    words = without_dress(trigger).replace('"', " ").split()
    if len(words) < 2:
        return frozenset()
    words = words[1:] if fold(words[0]) in OPENING_NAMES else words
    words = words[:-1] if len(words) > 1 and fold(words[-1]) in OPENING_NAMES else words
    named = all(word[:1].isupper() or word[:1].isdigit() or word in SMALL_WORDS for word in words)
    return _one(fold(" ".join(words))) if named else frozenset()


@lru_cache(maxsize=1 << 14)
def lemma(trigger: str) -> str:
    """The last word of a trigger without its ending: "strikes", "striking" and "struck" → "strik"."""
    words = fold(trigger).split()
    word = words[-1] if words else trigger.casefold()
    word = _IRREGULAR.get(word, word)
    for ending in ("ing", "ied", "ies", "ed", "es", "s", "e", "y"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


def _add_time(result: Draft, event: EventMention, annotated: AnnotatedArticle) -> None:
    if event.interval:
        result.start, result.end = event.interval.start, event.interval.end
    for part in event.participants:
        if part.role is Role.TIME:
            time = annotated.mentions[part.mention]
            for day in _WEEKDAYS.intersection(fold(f"{time.text} {time.label}").split()):
                result.weekdays = _with(result.weekdays, day)
    if result.start and result.start == result.end:
        result.weekdays = _one(WEEKDAYS[result.start.weekday()])


def overlap(left: Draft, right: Draft) -> bool:
    """Whether both are dated and some day is possible for both."""
    start = max(filter(None, (left.start, right.start)), default=None)
    end = min(filter(None, (left.end, right.end)), default=None)
    dated = bool((left.start or left.end) and (right.start or right.end))
    return dated and (start is None or end is None or start <= end)


def same_day(left: Draft, right: Draft) -> bool:
    """Whether both are dated to a day or two, and share one."""
    return left.narrow and right.narrow and overlap(left, right)


def same_weekday(left: Draft, right: Draft) -> bool:
    """Whether both happened on one weekday in one place, and nothing says that weeks lie between them."""
    near = gap(left, right) < WEEK
    return bool(left.weekdays & right.weekdays and left.places & right.places) and near and not same_day(left, right)


def gap(left: Draft, right: Draft) -> timedelta:
    """The least time between the publications of two drafts; three days, neither together nor weeks, where unknown."""
    if not left.published or not right.published:
        return timedelta(days=3)
    return min(abs(one - two) for one in left.published for two in right.published)


def number_features(left: Draft, right: Draft) -> list[str]:
    """ "same number" for each that both tell, "numbers differ" for each kind of which two cannot both be true.

    Told of one weekday in one place, numbers may be a little off: a toll rises, and one counts wreckage, another arms.
    """
    features: list[str] = []
    shared = left.numbers.keys() & right.numbers.keys()
    if not shared:
        return features
    slack = ROUGHLY if same_weekday(left, right) else 1.0
    for key in sorted(shared):
        pairs = [(one, two) for one in left.numbers[key] for two in right.numbers[key]]
        meeting = [(one, two) for one, two in pairs if one[1].meets(two[1])]
        if meeting:
            # "one dead" is said of too many events
            features += ["same number"] if any(max(one[0], two[0]) >= 2 for one, two in meeting) else []
        elif all(max(one[0], two[0]) > slack * min(one[0], two[0]) for one, two in pairs):
            features.append("numbers differ")
    return features


def impossible(left: Draft, right: Draft) -> bool:
    """Whether times, places or numbers forbid that two drafts are one, or, of typed events, who takes part."""
    if any(holds(left, right) for holds in (_times_differ, _weekdays_differ, _places_differ, _numbers_differ)):
        return True
    typed = EventType.OTHER not in (left.type, right.type)
    return typed and (_apart(left.agents, right.agents) or _apart(left.targets, right.targets))


def agree(left: Draft, right: Draft) -> bool:
    """Whether none of the vetoes of the event scorer holds between two drafts."""
    return not any(holds(left, right) for _, holds in _CONFLICTS)


def conflicts(left: Draft, right: Draft) -> set[str]:
    """The vetoes of the event scorer that hold between two drafts."""
    return {name for name, holds in _CONFLICTS if holds(left, right)}


def _times_differ(left: Draft, right: Draft) -> bool:
    dated = bool((left.start or left.end) and (right.start or right.end))
    return dated and not overlap(left, right)


def _apart(left: frozenset[str], right: frozenset[str]) -> bool:
    return bool(left and right) and left.isdisjoint(right)


def _weekdays_differ(left: Draft, right: Draft) -> bool:
    return _apart(left.weekdays, right.weekdays) and not same_day(left, right)


def _places_differ(left: Draft, right: Draft) -> bool:
    return _apart(left.places, right.places) or _apart(left.countries, right.countries)


def _numbers_differ(left: Draft, right: Draft) -> bool:
    features = number_features(left, right)
    if "numbers differ" not in features:
        return False
    if left.articles & right.articles:
        return True
    if same_day(left, right) and left.places & right.places:
        return False
    return not same_weekday(left, right) or features.count("numbers differ") > features.count("same number")


_CONFLICTS = (
    ("types differ", lambda left, right: left.type is not right.type),
    ("one is not fact", lambda left, right: left.fact != right.fact),
    ("times differ", _times_differ),
    ("weekdays differ", _weekdays_differ),
    ("places differ", _places_differ),
    ("agents differ", lambda left, right: _apart(left.agents, right.agents)),
    ("targets differ", lambda left, right: _apart(left.targets, right.targets)),
    ("numbers differ without a day", _numbers_differ),
)
