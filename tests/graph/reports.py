"""Hand-made reports of a flood, a merger, an election and a raid, as annotated articles."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from graph.model import Entity, KnowledgeGraph
from ingest.article import (
    AnnotatedArticle,
    Article,
    EntityRelation,
    EntityType,
    EventMention,
    EventType,
    Interval,
    Mention,
    MentionKind,
    Participant,
    Qualifier,
    Quantity,
    Role,
    Status,
    content_id,
)

MARK = re.compile(r"\[([^|\]]+)\|(\w+)\]")
MONDAY, TUESDAY, WEDNESDAY = date(2025, 3, 3), date(2025, 3, 4), date(2025, 3, 5)


@dataclass(frozen=True, kw_only=True)
class Told:
    """An event of a report: its trigger, who plays which role, and the numbers given for it, all by their words."""

    trigger: str
    roles: Mapping[Role, str]
    day: date | None = None
    mode: str | None = None
    status: Status = Status.HAPPENED
    numbers: Sequence[tuple[str, str, float, Qualifier, str | None]] = ()


def report(marked: str, *told: Told, published: date | None = None, jobs: Mapping[str, str] | None = None) -> Any:
    """An annotated article from a text with marks: "[Nairobi|place] [voted|ELECTION] on [Monday|time]"."""
    text, mentions, last = "", [], 0
    for match in MARK.finditer(marked):
        text += marked[last : match.start()]
        words, label = match.groups()
        kind = {"time": MentionKind.TIME, "number": MentionKind.NUMBER}.get(label)
        kind = kind or (MentionKind.EVENT if label.isupper() else MentionKind.ENTITY)
        start, end = len(text), len(text) + len(words)
        mentions.append(Mention(start=start, end=end, kind=kind, text=words, label=label))
        text, last = text + words, match.end()
    text += marked[last:]
    index = {mention.text: i for i, mention in reversed(list(enumerate(mentions)))}
    events, quantities = [], []
    for number, event in enumerate(told):
        events.append(
            EventMention(
                trigger=index[event.trigger],
                type=EventType(mentions[index[event.trigger]].label),
                mode=event.mode,
                status=event.status,
                participants=tuple(Participant(role=role, mention=index[who]) for role, who in event.roles.items()),
                interval=Interval(start=event.day, end=event.day) if event.day else None,
            )
        )
        for words, name, value, qualifier, unit in event.numbers:
            quantities.append(
                Quantity(mention=index[words], event=number, property=name, value=value, qualifier=qualifier, unit=unit)
            )
    relations = [
        EntityRelation(subject=index[who], predicate="job_title", object=None, value=job)
        for who, job in (jobs or {}).items()
    ]
    ends = [match.end() for match in re.finditer(r"[.](?: |$)", text)]
    article = Article(
        id=content_id("article", text), title="", text=text, paragraphs=((0, len(text)),), published=published
    )
    return AnnotatedArticle(
        article=article,
        mentions=tuple(mentions),
        events=tuple(events),
        quantities=tuple(quantities),
        relations=tuple(relations),
        sentences=tuple(pairwise([0, *ends])),
    )


def entity(graph: KnowledgeGraph, name: str) -> Entity:
    (found,) = [each for each in graph.entities if each.name == name]
    return found


def names(graph: KnowledgeGraph, kind: EntityType | None = None) -> list[str]:
    return sorted(each.name for each in graph.entities if kind in {None, each.type})


def raid(
    killed: int, *, day: date | None = MONDAY, city: str = "Kharkiv", when: str = "Monday", words: str = "raid"
) -> Any:
    """A report of a drone raid; `words` makes each report a text of its own."""
    return report(
        f"A [drone attack|ASSAULT] by [Russia|place] on [{city}|place] on [{when}|time] killed [{killed}|number]: "
        f"{words}",
        Told(
            trigger="drone attack",
            roles={Role.AGENT: "Russia", Role.TARGET: city, Role.TIME: when},
            mode="drone",
            day=day,
            numbers=[(str(killed), "killed", killed, Qualifier.EXACTLY, "people")],
        ),
        published=day,
    )


FLOOD = report(
    "The [flood|DISASTER] in [Porto Alegre|place], [Brazil|place], left [at least 60|number] dead, Governor "
    "[Eduardo Leite|person] said. [Leite|person] asked [Brazilians|group] for help. [BRAZIL|place] mourns.",
    Told(
        trigger="flood",
        roles={Role.PLACE: "Porto Alegre"},
        numbers=[("at least 60", "killed", 60, Qualifier.AT_LEAST, "people")],
        day=MONDAY,
    ),
    published=MONDAY,
    jobs={"Eduardo Leite": "governor"},
)
FLOOD_LATER = report(
    "In [Porto Alegre|place] the [flood|DISASTER] of [Monday|time] has now killed [75|number], and nine of them were "
    "[9|number] children. Governor [Leite|person] flew over the city.",
    Told(
        trigger="flood",
        roles={Role.PLACE: "Porto Alegre", Role.TIME: "Monday"},
        numbers=[
            ("75", "killed", 75, Qualifier.EXACTLY, None),
            ("9", "killed", 9, Qualifier.EXACTLY, "children"),
        ],
        day=MONDAY,
    ),
    published=WEDNESDAY,
    jobs={"Leite": "governor"},
)
MERGER = report(
    "[Sakura Motor Corporation|organization] will [merge|COOPERATE] with [Hikari Electric|organization] in "
    "[Japan|place]. [Sakura|organization]'s chief [Kenji Mori|person] told the [Tokyo Stock Exchange|organization] "
    "([TSE|organization]). The [TSE|organization] halted trade. [The chief executive|person] smiled on "
    "[Thursday|other].",
    Told(trigger="merge", roles={Role.AGENT: "Sakura Motor Corporation", Role.TARGET: "Hikari Electric"}),
)
ELECTION = report(
    "[Kenya|place] [voted|ELECTION] on [Tuesday|time]. [Amina W. Otieno|person], whom [Kenyans|group] call "
    "[Otieno|person], leads [Samuel Kiprop|person] in [Nairobi|place]. The [UN|organization] watched.",
    Told(trigger="voted", roles={Role.PLACE: "Kenya", Role.TIME: "Tuesday"}, day=TUESDAY),
)
ELECTION_TOO = report(
    "Observers of the [United Nations|organization] saw no fraud in [Nairobi|place], and [Amina Otieno|person] thanked "
    "[Kenya|place]'s voters."
)
RAIDS = [raid(3), raid(3, words="again"), raid(4, day=WEDNESDAY, when="Wednesday")]
EVERYTHING = [FLOOD, FLOOD_LATER, MERGER, ELECTION, ELECTION_TOO, *RAIDS]
