"""What one mention tells of its event, and what is told around it: all that says whether two mentions tell of one."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from math import log

from graph.linking.drafts import END_MARKS, Draft, Known, Meant, counted_for, draft, lemma
from graph.linking.likeness import unit
from graph.names import SMALL_WORDS, fold
from ingest.article import AnnotatedArticle, EventType, Role, Status

_WORD = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)?")
NEAR = 4  # words on either side of a trigger that are its surroundings


@lru_cache(maxsize=1 << 17)
def stem(word: str) -> str:
    """The stem of one word as written; "" of a function word."""
    folded = fold(word)
    return "" if folded in SMALL_WORDS or not folded else lemma(folded)


def stems(text: str) -> list[str]:
    """The stems of a text's words in order, function words left out."""
    return [found for word in _WORD.findall(text) if (found := stem(word))]


@lru_cache(maxsize=1)
def _rarities() -> tuple[Mapping[str, float], float]:
    first, *lines = resources.files("graph.linking").joinpath("words.tsv").read_text(encoding="utf-8").splitlines()
    articles = int(first)
    known = {}
    for line in lines:
        word, count = line.split("\t")
        known[word] = log(articles / int(count))
    return known, max(known.values()) + 1.0


def rarity(word: str) -> float:
    """How seldom an article holds a stem, in nats: the logarithm of one in how many does."""
    known, unseen = _rarities()
    return known.get(word, unseen)


Weights = Mapping[str, float]


def weighed(counts: Mapping[str, int]) -> Weights:
    """Stems by how often and how seldom they are told, as a vector of length 1."""
    return unit({word: (1 + log(count)) * rarity(word) for word, count in counts.items()})


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Story:
    """One article: its words, whom it speaks of, which stems tell of its events how often."""

    number: int
    words: Weights
    opening: Weights  # the words of its title and its first two sentences
    entities: frozenset[str]
    told: Counter[str]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Telling:
    """One event mention with its surroundings."""

    story: Story
    index: int
    position: int  # how many event mentions the article has before it
    sentence: int
    word: str
    stem: str
    type: EventType
    status: Status
    verbal: bool
    roles: Mapping[Role, frozenset[str]]  # entity ids and stems of what has no name
    parties: frozenset[str]  # those of all roles but times
    around: Weights  # the stems of its sentence, its own left out
    near: frozenset[str]
    entities: frozenset[str]  # those named in its sentence
    numbers: frozenset[str]  # those in its sentence
    draft: Draft
    vector: str


def tellings(number: int, annotated: AnnotatedArticle, meant: Meant, known: Known) -> list[Telling]:
    """The event mentions of an article, in the order of its `events`."""
    text = annotated.article.text
    sentences = annotated.sentences or ((0, len(text)),)
    starts = [start for start, _ in sentences]
    words_of = [stems(text[start:end]) for start, end in sentences]
    named: dict[int, set[str]] = defaultdict(set)
    for i, mention in enumerate(annotated.mentions):
        for entity in meant(number, i):
            if entity is not None:
                named[_sentence(starts, mention.start)].add(known.country.get(entity, entity))
    triggers = [annotated.mentions[event.trigger] for event in annotated.events]
    own = [stem(trigger.text.split()[-1]) if trigger.text.split() else "" for trigger in triggers]
    first = [i for i, (start, end) in enumerate(sentences) if text[start:end].rstrip().endswith(END_MARKS)][:2]
    story = Story(
        number=number,
        words=weighed(Counter(word for words in words_of for word in words)),
        opening=weighed(Counter(word for words in words_of[: max(first, default=0) + 1] for word in words)),
        entities=frozenset(entity for entities in named.values() for entity in entities),
        told=Counter(own),
    )
    order = {index: place for place, index in enumerate(sorted(range(len(own)), key=lambda i: triggers[i].start))}
    counted = counted_for(annotated)
    found = []
    for index, event in enumerate(annotated.events):
        trigger = triggers[index]
        at = _sentence(starts, trigger.start)
        start, end = sentences[at]
        roles = _roles(number, annotated, index, meant, known)
        words = Counter(words_of[at])
        words.subtract(stems(trigger.text))
        before, after = stems(text[start : trigger.start])[-NEAR:], stems(text[trigger.end : end])[:NEAR]
        found.append(
            Telling(
                story=story,
                index=index,
                position=order[index],
                sentence=at,
                word=fold(trigger.text),
                stem=own[index],
                type=event.type,
                status=event.status,
                verbal=event.verbal,
                roles=roles,
                parties=frozenset[str]().union(*(who for role, who in roles.items() if role is not Role.TIME)),
                around=weighed(+words),
                near=frozenset(before) | frozenset(after),
                entities=frozenset(named[at]),
                numbers=frozenset(word for word in words_of[at] if word[0].isdigit()),
                draft=draft(number, index, annotated, counted, meant, known),
                vector=event.vector,
            )
        )
    return found


def _sentence(starts: Sequence[int], place: int) -> int:
    return max(0, bisect_right(starts, place) - 1)


def _roles(
    number: int, annotated: AnnotatedArticle, index: int, meant: Meant, known: Known
) -> dict[Role, frozenset[str]]:
    found: dict[Role, set[str]] = defaultdict(set)
    for participant in annotated.events[index].participants:
        for entity in meant(number, participant.mention):
            if entity is not None:
                found[participant.role].add(known.country.get(entity, entity))
        found[participant.role].update(stems(annotated.mentions[participant.mention].text))
    return {role: frozenset(members) for role, members in found.items()}
