"""What a story is about: the type of the event that its headline tells, learned from headlines.

The weights in story.tsv are made by `python -m training.story`; the table of words (types.toml) types all other events.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from spacy.tokens import Doc, Token

from ingest.article import EventType
from ingest.extract.types import event_type

TELLING = frozenset({"VERB", "NOUN", "ADJ"})
SCALE = 100.0  # of the whole numbers in story.tsv
# How likely the learned type must be, to be told where the table knows none, and against one of the table.
LIKELY, SURE = 0.6, 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """A linear classifier: what each feature adds to the score of each type."""

    types: tuple[EventType, ...]
    bias: tuple[float, ...]
    by_feature: Mapping[str, tuple[float, ...]]


@cache
def weights() -> Weights:
    """The weights that come with newsgraph."""
    return read_weights(resources.files(__package__).joinpath("story.tsv").read_text("utf8").splitlines())


def read_weights(lines: Iterable[str]) -> Weights:
    """Lines of story.tsv: the types in the first, the biases in the second, a feature in each other."""
    rows = [line.split("\t") for line in lines]
    numbers = {name: tuple(int(cell) / SCALE for cell in cells) for name, *cells in rows[1:]}
    return Weights(types=tuple(map(EventType, rows[0][1:])), bias=numbers.pop(""), by_feature=numbers)


def headline(doc: Doc) -> list[Token]:
    """The words of the first sentence; a headline is a sentence of its own."""
    first = next((sentence for sentence in doc.sents if not sentence.text.isspace()), None)
    return [] if first is None else [token for token in first if not token.is_space]


def main_word(doc: Doc) -> Token | None:
    """The word of the headline that tells of an event by the table, the highest in its tree."""
    typed = [token for token in headline(doc) if may_tell(token) and event_type(token) is not EventType.OTHER]
    return min(typed, key=lambda token: (depth(token), token.i), default=None)


def headline_event(doc: Doc) -> tuple[int, EventType] | None:
    """The token of the event that the headline tells and its type: the word for it, else the headline's verb."""
    type_ = main_type(doc)
    word = main_word(doc) or next((token for token in headline(doc) if token.head == token), None)
    if type_ is EventType.OTHER or word is None or word.pos_ not in ("VERB", "NOUN"):
        return None
    return word.i, type_


def may_tell(token: Token) -> bool:
    """Whether a word can be an event's: no name, no function word."""
    return token.pos_ in ("VERB", "NOUN", "ADJ", "AUX") or (token.pos_ == "PROPN" and not token.ent_type_)


def depth(token: Token) -> int:
    """How many words stand above a word in its tree."""
    return sum(1 for _ in token.ancestors)


def features(doc: Doc) -> dict[str, float]:
    """The words of a headline, where they stand in its tree, and what they tell of by the table."""
    found: dict[str, float] = {}

    def count(name: str, most: float = 1.0) -> None:
        found[name] = min(most, found.get(name, 0.0) + 1)

    typed: list[tuple[int, str]] = []
    for token in headline(doc):
        if token.ent_type_ and token.pos_ == "PROPN":
            continue
        lemma, type_, level = token.lemma_.lower(), type_name(token), depth(token)
        count(f"word {lemma}")
        if token.pos_ in TELLING:
            count(f"word {min(level, 2)} {lemma}")
        if type_:
            typed.append((level, type_))
            count(f"type {type_}", most=3)
            count(f"type {min(level, 2)} {type_}", most=3)
            count(f"type {token.dep_} {type_}")
    top = min(typed, key=lambda one: one[0], default=None)
    count(f"main {top[1] if top else ''}")
    for other in typed:
        if top is not None and other is not top:
            count(f"main {top[1]} {other[1]}")
    return found


def type_name(token: Token) -> str:
    """A word's type by the table, "" for none."""
    found = event_type(token) if may_tell(token) else EventType.OTHER
    return "" if found is EventType.OTHER else found.value


def main_type(doc: Doc, known: Weights | None = None) -> EventType:
    """The type of the event that the headline tells: by the table, or the learned one where that is surer."""
    word = main_word(doc)
    by_table = EventType.OTHER if word is None else event_type(word)
    known = known or weights()
    learned, sure = learned_type(doc, known)
    if learned is EventType.OTHER or by_table not in known.types:
        return by_table
    return learned if sure >= (LIKELY if by_table is EventType.OTHER else SURE) else by_table


def learned_type(doc: Doc, known: Weights) -> tuple[EventType, float]:
    """The likeliest of the learned types, OTHER among them, and how likely it is."""
    scores = list(known.bias)
    for name, value in features(doc).items():
        for i, weight in enumerate(known.by_feature.get(name, ())):
            scores[i] += value * weight
    most = max(scores)
    return known.types[scores.index(most)], 1 / sum(math.exp(score - most) for score in scores)
