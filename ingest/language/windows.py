"""Cuts a text into windows of words that the model can read at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import compress, count, pairwise

from ingest.language.model import LONGEST, Window
from ingest.language.pieces import Pieces
from ingest.language.tokens import Tokens

ENDS = frozenset(".?!…")
# A paragraph of no more words, without a mark that ends a sentence, is one: a headline, an entry of a list.
HEADLINE = 16
CLOSERS = frozenset("\"'”’)]»")


@dataclass(slots=True)
class Placed:
    """A window and the numbers of its words among all tokens."""

    window: Window
    tokens: list[int]


def words_of(tokens: Tokens) -> tuple[list[int], list[str], list[bool]]:
    """The numbers of the tokens that are no white space, their texts, and whether each opens a paragraph.

    Paragraphs are what is known of them, or else what line breaks make.
    """
    begins = frozenset([start for start, _ in tokens.paragraphs])
    numbers, texts, opens = [], [], []
    begun = True
    for i, (form, place) in enumerate(zip(tokens.forms, tokens.places, strict=True)):
        if place in begins or (form.is_space and not begins and "\n" in form.text):
            begun = True
        if not form.is_space:
            numbers.append(i)
            texts.append(form.text)
            opens.append(begun)
            begun = False
    return numbers, texts, opens


def inside_headlines(texts: list[str], opens: list[bool]) -> list[bool]:
    """For each word, whether it stands in a headline, where no sentence can end."""
    inside: list[bool] = []
    bounds = [*compress(count(), opens), len(texts)]
    for start, end in pairwise(bounds):
        inside += [end - start <= HEADLINE and ENDS.isdisjoint(texts[start:end])] * (end - start)
    return inside


def cut(tokens: Tokens, pieces: Pieces) -> Iterator[Placed]:
    """Windows cut between paragraphs where that leaves them a third full, else where a sentence seems to end."""
    numbers, texts, opens = words_of(tokens)
    goes_on = inside_headlines(texts, opens)

    def placed(start: int, end: int) -> Placed:
        return Placed(
            Window(texts[start:end], opens[start:end], goes_on[start:end], split[start:end]), numbers[start:end]
        )

    split = pieces.split_all(texts)
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
    if start < len(numbers):
        yield placed(start, len(numbers))


def seems_to_end(texts: list[str], i: int) -> bool:
    """Whether a sentence seems to end before word i. The model decides in the end; this only places the cuts."""
    before = texts[i - 1]
    if before in CLOSERS and i > 1:
        before = texts[i - 2]
    return before[-1] in ENDS and not texts[i][0].islower() and texts[i] not in CLOSERS
