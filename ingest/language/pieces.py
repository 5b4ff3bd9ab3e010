"""Words to word pieces and shapes, the encoder's two inputs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import cast

from tokenizers import BertWordPieceTokenizer

Split = tuple[list[int], list[int]]  # the ids of a word's pieces, and of their shapes
CLS, SEP = 101, 102
# Ids of word shapes; a continuation piece carries its word's shape plus CONTINUED. 0 is padding and the two marks.
LOWER, TITLE, UPPER, INITIAL, MIXED, DIGITS, WITH_DIGIT, OTHER = range(1, 9)
CONTINUED = 8
SHAPES = 17
# Typographic marks and the plain ones that the training corpora use.
PLAIN = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "´": "'", "`": "'",
     "–": "-", "—": "-", "−": "-", "‑": "-", "…": "...", "\u00ad": ""}
)  # fmt: skip


def word_shape(word: str) -> int:
    """The shape id of a word: what its capitals and digits look like."""
    if word.isdigit():
        return DIGITS
    if word.islower():
        return LOWER
    if word.isupper():
        return UPPER if len(word) > 1 else INITIAL
    if word[:1].isupper():
        return TITLE
    if any(c.isupper() for c in word):
        return MIXED
    if any(c.isdigit() for c in word):
        return WITH_DIGIT
    return OTHER


class Pieces:
    """Splits words into the encoder's word pieces; remembers each word it has seen."""

    # News repeats its words: 100,000 of them cover 99 % of the running text.
    REMEMBERED = 100_000
    # A longer run of characters is not a word that anybody reads: keep its start.
    LONGEST = 16

    def __init__(self, vocabulary: Path) -> None:
        self._tokenizer = BertWordPieceTokenizer(str(vocabulary), lowercase=True)
        self._whole = {word: number for number, word in enumerate(vocabulary.read_text("utf8").split("\n"))}
        self._seen: dict[str, Split] = {}

    def split(self, word: str) -> Split:
        """Piece ids and shape ids of one word, never empty, at most LONGEST long."""
        known = self._seen.get(word)
        if known is None:
            ids = self._longest(word.lower()) if word.isascii() and word.isalpha() else self._encoded(word)
            shape = word_shape(word)
            known = ids, [shape] + [shape + CONTINUED] * (len(ids) - 1)
            if len(self._seen) >= self.REMEMBERED:
                self._seen.clear()
            self._seen[word] = known
        return known

    def _longest(self, letters: str) -> list[int]:
        """The same as `_encoded` of plain letters, which have no mark to be taken off: the longest pieces first."""
        known = self._whole.get
        if (whole := known(letters)) is not None:
            return [whole]
        ids: list[int] = []
        start, end = 0, len(letters) - 1
        while start < len(letters):
            while (piece := known("##" + letters[start:end] if start else letters[:end])) is None:
                end -= 1
                if end <= start:
                    return self._encoded(letters)
            ids.append(piece)
            start, end = end, len(letters)
        return ids[: self.LONGEST]

    def _encoded(self, word: str) -> list[int]:
        ids: list[int] = self._tokenizer.encode(word.translate(PLAIN), add_special_tokens=False).ids[: self.LONGEST]
        return ids or [100]

    def split_all(self, words: Sequence[str]) -> list[Split]:
        """The same of many words."""
        found = list(map(self._seen.get, words))
        if None not in found:
            return cast(list[Split], found)
        return [self.split(word) if split is None else split for word, split in zip(words, found, strict=True)]
