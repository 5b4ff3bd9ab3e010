"""The numbers of all articles as claims, and what the words around each say of it: a part, an earlier count, a rise."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from graph.linking.event_rows import Member
from graph.linking.sources import Source
from graph.model import Claim, Event
from ingest.article import Mention, MentionKind, Quantity, Status, content_id

_HEDGE = r"(?:[\w-]+\W+){0,3}$"  # up to three words between a cue and the number: "to at least 64"
# "including nine children", "among them two", "up from 39", "had earlier put it at 39", "rose to 64"
_PART_BEFORE = re.compile(r"\b(?:including|among (?:them|whom|those)|of (?:them|whom|those))\W+" + _HEDGE)
_PART_BEHIND = re.compile(
    r"\s+(?:[a-z]+\s+)?(?:of|among) (?:them|whom|those|the (?:dead|injured|wounded|victims|killed))\b"
)
_EARLIER = re.compile(
    r"\b(?:(?:earlier|previous(?:ly)?|(?:initial|original)(?:ly)?)(?! (?:this|that|in|on)\b)|at first|up from"
    r"|had (?:been )?(?:reported|said|put|counted|given|stood))\b[^.;]{0,60}$"
)
_RISEN = re.compile(
    r"\b(?:ris(?:en|es?|ing)|rose|climb(?:ed|s|ing)|gr[eo]wn?|jump(?:ed|s)|increased|soar(?:ed|s)|went|gone)"
    r"(?: [\w-]+){0,2}? to\W+" + _HEDGE
)
_REVISED = re.compile(r"\b(?:revis|correct|lower|reduc)(?:ed|es|ing)\b[^.;]{0,40}?\bto\W+" + _HEDGE)
# "two in the city centre": of a place that is smaller than what an event is called by
_PLACES = "cent(?:re|er)|downtown|districts?|suburbs?|outskirts|neighbou?rhoods?|quarters?|villages?|streets?"
_LOCAL = re.compile(rf"(?:\W+[\w-]+){{0,4}}?\W+(?:in|at|on|near)\W+(?:[\w-]+\W+){{0,3}}?(?:{_PLACES})\b")
_DATED = re.compile(r"\b(?:as of|as at|by|until|up to)\W+(?:(?:early|late|the|midday|noon|on|end|of|morning)\W+)*$")
_NOT_FACT = frozenset({Status.DENIED, Status.PLANNED, Status.POSSIBLE, Status.DEMANDED})
_REACH = 90  # characters on either side of a number in which a cue is looked for


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A claim, the number that it was made from, and how its article puts it."""

    claim: Claim
    quantity: Quantity
    sentence: str = ""
    start: int = 0  # where the number stands in its article
    is_rough: bool = False  # "dozens", "thousands": a number that leaves much room above
    is_part: bool = False  # "nine of them", "two in the city centre"
    is_earlier: bool = False  # a count that the article itself calls outdated
    is_risen: bool = False  # "has risen to 64"
    is_revised: bool = False  # "was revised to 58", which may be lower
    is_denied: bool = False  # the event did not happen, or not yet


def statements(
    number: int, source: Source, refers: Mapping[int, str], events: Mapping[Member, Event]
) -> Iterator[Statement]:
    """One statement for each number that an article gives for an event; `number` is that of the article in `events`.

    `refers` gives the entity of each of its mentions.
    """
    starts = [start for start, _ in source.annotated.sentences]
    for quantity in source.annotated.quantities:
        yield _statement(source, quantity, events[number, quantity.event], refers, starts)


def _statement(
    source: Source, quantity: Quantity, event: Event, refers: Mapping[int, str], starts: Sequence[int]
) -> Statement:
    article, annotated = source.article, source.annotated
    mention = annotated.mentions[quantity.mention]
    trigger = source.mention_ids[annotated.events[quantity.event].trigger]
    start, end = _sentence(source, mention, starts)
    before = article.text[max(start, mention.start - _REACH) : mention.start].casefold()
    behind = article.text[mention.end : min(end, mention.end + _REACH)].casefold()
    earlier = _EARLIER.search(before) is not None
    said = (quantity.property, quantity.value, quantity.upper, quantity.qualifier, quantity.unit)
    claim = Claim(
        id=content_id("claim", source.mention_ids[quantity.mention], trigger, *said),
        about=event.id,
        property=quantity.property,
        value=quantity.value,
        upper=quantity.upper,
        qualifier=quantity.qualifier,
        unit=quantity.unit,
        text=article.text[quantity.start : quantity.end] or mention.text,
        speaker=None if quantity.speaker is None else refers.get(quantity.speaker),
        said_by=quantity.said_by,
        article=article.id,
        mention=source.mention_ids[quantity.mention],
        as_of=_day_said(source, (start, end), is_earlier=earlier) or article.published,
        origin=article.id,
    )
    return Statement(
        claim=claim,
        quantity=quantity,
        sentence=article.text[start:end],
        start=mention.start,
        is_rough=mention.text.endswith("s") and not any(map(str.isdigit, mention.text)),
        is_part=bool(_PART_BEFORE.search(before) or _PART_BEHIND.match(behind) or _LOCAL.match(behind)),
        is_earlier=earlier,
        is_risen=_RISEN.search(before) is not None,
        is_revised=_REVISED.search(before) is not None,
        is_denied=annotated.events[quantity.event].status in _NOT_FACT,
    )


def _sentence(source: Source, mention: Mention, starts: Sequence[int]) -> tuple[int, int]:
    """The sentence that holds a mention; where sentences are not known, the mention's line."""
    at = bisect_right(starts, mention.start) - 1
    if at >= 0 and mention.end <= source.annotated.sentences[at][1]:
        return source.annotated.sentences[at]
    text = source.article.text
    end = text.find("\n", mention.end)
    return text.rfind("\n", 0, mention.start) + 1, len(text) if end < 0 else end


def _day_said(source: Source, sentence: tuple[int, int], *, is_earlier: bool) -> date | None:
    """The day for which a sentence gives its number: "as of Tuesday", "on Friday it had reported 39"."""
    text = source.article.text
    for mention in source.annotated.mentions:
        if mention.kind is not MentionKind.TIME or not sentence[0] <= mention.start < sentence[1]:
            continue
        if is_earlier or _DATED.search(text[sentence[0] : mention.start].casefold()):
            day = _day(mention.label)
            published = source.article.published
            if day and (published is None or day <= published):
                return day
    return None


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value[:10])
    except ValueError:
        return None  # a week, a month, a season
