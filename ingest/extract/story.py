"""What a story is about: the type of the event that its headline tells, learned from headlines.

The weights in story.tsv are made by `python -m training.story`; the table of words (types.toml) types all other events.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from ingest.article import EventType
from ingest.extract.lexicon import is_a
from ingest.extract.types import event_type
from ingest.language.text import Text, Word

CONTENT = frozenset({"VERB", "NOUN", "ADJ"})
TELLING = CONTENT | {"AUX", "PROPN"}
SCALE = 100.0  # of the whole numbers in story.tsv
# How likely the learned type must be, to be told where the table knows none, and against one of the table.
LIKELY, SURE = 0.6, 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """A linear classifier: what each feature adds to the score of each type."""

    types: tuple[EventType, ...]
    bias: NDArray[np.float64]
    by_feature: Mapping[str, NDArray[np.float64]]


@cache
def weights() -> Weights:
    """The weights that come with newsgraph."""
    return read_weights(resources.files(__package__).joinpath("story.tsv").read_text("utf8").splitlines())


def read_weights(lines: Iterable[str]) -> Weights:
    """Lines of story.tsv: the types in the first, the biases in the second, a feature in each other."""
    rows = [line.split("\t") for line in lines]
    numbers = {name: np.array(cells, dtype=np.float64) / SCALE for name, *cells in rows[1:]}
    return Weights(types=tuple(map(EventType, rows[0][1:])), bias=numbers.pop(""), by_feature=numbers)


@dataclass(frozen=True, slots=True)
class Told:
    """A word of a headline that is part of no name, what it tells of by the table, how many words stand above it."""

    token: Word
    type: EventType
    depth: int


def headline(doc: Text) -> list[Told]:
    """The words of the first sentence without its names; a headline is a sentence of its own."""
    first = next((sentence for sentence in doc.sents if not sentence.text.isspace()), ())
    words = (token for token in first if not token.is_space and not (token.ent_type_ and token.pos_ == "PROPN"))
    return [
        Told(token, event_type(token) if token.pos_ in TELLING else EventType.OTHER, len(token.ancestors))
        for token in words
    ]


def main_word(words: Iterable[Told]) -> Told | None:
    """The word that tells of an event by the table, the highest in its tree."""
    typed = (word for word in words if word.type is not EventType.OTHER)
    return min(typed, key=lambda word: (word.depth, word.token.i), default=None)


def headline_event(doc: Text) -> tuple[int, EventType] | None:
    """The token of the event that the headline tells and its type: the word for it, else the headline's verb."""
    words = headline(doc)
    type_ = main_type(words)
    word = main_word(words) or next((word for word in words if not word.depth), None)
    if type_ is EventType.OTHER or word is None or word.token.pos_ not in ("VERB", "NOUN"):
        return None
    if word.type is EventType.OTHER and is_a(word.token, "speech"):
        return None
    return word.token.i, type_


def features(words: Sequence[Told]) -> dict[str, float]:
    """The words of a headline, where they stand in its tree, and what they tell of by the table."""
    found: dict[str, float] = {}

    def count(name: str, most: float = 1.0) -> None:
        found[name] = min(most, found.get(name, 0.0) + 1)

    for word in words:
        lemma, level = word.token.lemma_.lower(), min(word.depth, 2)
        count(f"word {lemma}")
        if word.token.pos_ in CONTENT:
            count(f"word {level} {lemma}")
        if word.type is not EventType.OTHER:
            count(f"type {word.type}", most=3)
            count(f"type {level} {word.type}", most=3)
            count(f"type {word.token.dep_} {word.type}")
    top = main_word(words)
    count(f"main {top.type if top else ''}")
    for other in words:
        if top is not None and other is not top and other.type is not EventType.OTHER:
            count(f"main {top.type} {other.type}")
    return found


def main_type(words: Sequence[Told], known: Weights | None = None) -> EventType:
    """The type of the event that a headline tells: by the table, or the learned one where that is surer."""
    known = known or weights()
    word = main_word(words)
    by_table = EventType.OTHER if word is None else word.type
    if by_table not in known.types:
        return by_table
    learned, sure = learned_type(words, known)
    if learned is EventType.OTHER or sure < (LIKELY if by_table is EventType.OTHER else SURE):
        return by_table
    return learned


def learned_type(words: Sequence[Told], known: Weights) -> tuple[EventType, float]:
    """The likeliest of the learned types, OTHER among them, and how likely it is."""
    row_of, rows = known.by_feature.get, [known.bias]
    for name, value in features(words).items():
        row = row_of(name)
        if row is not None:
            rows.append(row if value == 1 else value * row)
    scores = np.add.reduce(rows)
    likely = np.exp(scores - np.maximum.reduce(scores))
    best = int(likely.argmax())
    return known.types[best], float(likely[best] / np.add.reduce(likely))
