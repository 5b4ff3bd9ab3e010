"""Cuts a spaCy Doc into windows of words that the model can read at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import IDX, IS_SPACE, ORTH
from spacy.tokens import Doc

from ingest.language.model import LONGEST, Window
from ingest.language.pieces import Pieces

ENDS = frozenset(".?!…")
# A paragraph of no more words, without a mark that ends a sentence, is one: a headline, an entry of a list.
HEADLINE = 16
TEXTS: dict[int, str] = {}  # of words by their number
CLOSERS = frozenset("\"'”’)]»")


@dataclass(slots=True)
class Placed:
    """A window and the Doc indices of its words."""

    window: Window
    tokens: list[int]


def words_of(doc: Doc) -> tuple[list[int], list[str], NDArray[np.bool_]]:
    """The Doc's tokens that are no white space, their texts, and whether each opens a paragraph.

    Paragraphs are the ranges of characters in `doc.user_data["paragraphs"]`, or else what line breaks make.
    """
    text_of = TEXTS.get
    texts = [text_of(orth) or known_text(doc, orth) for orth in doc.to_array(ORTH).tolist()]
    space = doc.to_array(IS_SPACE).astype(bool)
    ranges = doc.user_data.get("paragraphs")
    if ranges:
        breaks = np.isin(doc.to_array(IDX), [start for start, _ in ranges])
    else:
        breaks = np.array([is_space and "\n" in text for text, is_space in zip(texts, space, strict=True)], dtype=bool)
    tokens = np.flatnonzero(~space)
    # A word opens a paragraph when one has begun since the word before it.
    begun = breaks.cumsum()[tokens]
    opens = np.concatenate([[True], begun[1:] > begun[:-1]]) if len(tokens) else np.zeros(0, dtype=bool)
    return tokens.tolist(), [texts[i] for i in tokens], opens


def known_text(doc: Doc, orth: int) -> str:
    """The text that spaCy's number of a word stands for, the same in every vocabulary; remembered."""
    if len(TEXTS) >= Pieces.REMEMBERED:
        TEXTS.clear()
    text = TEXTS[orth] = doc.vocab.strings[orth]
    return text


def inside_headlines(texts: list[str], opens: NDArray[np.bool_]) -> list[bool]:
    """For each word, whether it stands in a headline, where no sentence can end."""
    inside = np.zeros(len(texts), dtype=bool)
    bounds = [*np.flatnonzero(opens).tolist(), len(texts)]
    for start, end in pairwise(bounds):
        if end - start <= HEADLINE and ENDS.isdisjoint(texts[start:end]):
            inside[start:end] = True
    known: list[bool] = inside.tolist()
    return known


def cut(doc: Doc, pieces: Pieces) -> Iterator[Placed]:
    """Windows cut between paragraphs where that leaves them a third full, else where a sentence seems to end."""
    tokens, texts, begun = words_of(doc)
    opens, goes_on = begun.tolist(), inside_headlines(texts, begun)

    def placed(start: int, end: int) -> Placed:
        return Placed(
            Window(texts[start:end], opens[start:end], goes_on[start:end], split[start:end]), tokens[start:end]
        )

    split = [pieces.split(text) for text in texts]
    sizes = [len(ids) for ids, _ in split]
    room = LONGEST - 2
    start = used = 0
    paragraph = sentence = 0  # the last good places to cut, 0 for none
    for i, size in enumerate(sizes):
        while used + size > room and i > start:
            at = paragraph or sentence or i
            yield placed(start, at)
            used = sum(sizes[at:i])
            start, paragraph, sentence = at, 0, 0
        if i > start and used > room // 3 and opens[i]:
            paragraph = i
        elif i > start and used > room // 2 and seems_to_end(texts, i):
            sentence = i
        used += size
    if start < len(tokens):
        yield placed(start, len(tokens))


def seems_to_end(texts: list[str], i: int) -> bool:
    """Whether a sentence seems to end before word i. The model decides in the end; this only places the cuts."""
    before = texts[i - 1]
    if before in CLOSERS and i > 1:
        before = texts[i - 2]
    return before[-1] in ENDS and not texts[i][0].islower() and texts[i] not in CLOSERS
