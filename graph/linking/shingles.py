"""Words as numbers, four in a row as one, and which of many texts share enough of these to be worth comparing.

A quarter of the shingles, the same ones of every text, stands for all (Manber 1994; Broder 1997): what share of a text
another holds shows in them however much longer that one is, which signatures of whole texts do not show.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.uint32]
LENGTH = 4  # words that follow each other
_WORD = re.compile(r"[0-9]+(?:[.,][0-9]+)*|\w+")
_SAMPLED = 4  # one shingle in so many
_LONGEST = 8  # texts that are looked at for one shingle: a phrase that a thousand texts share names none of them
_MOST = 4  # texts that one text is compared with
_LEAST = 0.2  # of the shingles that stand in for a text, those that another must hold
_MIX = np.uint32(0x9E3779B1), np.uint32(0x85EBCA6B)  # odd, so that multiplying by them loses nothing


def words_of(text: str) -> list[str]:
    """Words and numbers, as they are written."""
    return _WORD.findall(text)


def codes_of(folded: Sequence[str]) -> Codes:
    """A number for each word, given without capitals."""
    return np.fromiter(map(zlib.crc32, map(str.encode, folded)), dtype=np.uint32, count=len(folded))


def shingles(codes: Codes) -> Codes:
    """A number for each four words in a row, in their order."""
    count = len(codes) - LENGTH + 1
    if count < 1:
        return codes[:0]
    mixed: Codes = np.zeros(count, dtype=np.uint32)
    for place in range(LENGTH):
        mixed = mixed * _MIX[0] + codes[place : place + count]
    mixed ^= mixed >> np.uint32(15)
    mixed *= _MIX[1]
    mixed ^= mixed >> np.uint32(13)
    return mixed


def sample(codes: Codes) -> Codes:
    """The shingles that stand in for all of a text, in ascending order."""
    found: Codes = np.unique(shingles(codes))
    kept: Codes = found[found % _SAMPLED == 0]
    return kept


class Index:
    """Which of some texts share shingles. Texts are told by their place in the order given: the longest first."""

    def __init__(self, samples: Sequence[Codes]) -> None:
        self._samples = samples
        counts = [len(sample) for sample in samples]
        held = np.concatenate([*samples, np.zeros(0, dtype=np.uint32)]).astype(np.uint64)
        pairs = held << np.uint64(32) | np.repeat(np.arange(len(samples), dtype=np.uint64), counts)
        pairs.sort()
        self._shingle = (pairs >> np.uint64(32)).astype(np.uint32)
        self._text = pairs.astype(np.uint32).astype(np.int64)

    def alike(self, text: int, home: NDArray[np.int64]) -> Iterator[int]:
        """The longer texts that share shingles with one, of each group the one that shares most, and the most first.

        `home` gives for each text the group that it is in.
        """
        sample = self._samples[text]
        if not len(sample):
            return
        places = np.searchsorted(self._shingle, sample)[:, None] + np.arange(_LONGEST)
        places = np.minimum(places, len(self._shingle) - 1)
        others = self._text[places]
        found, shared = np.unique(
            others[(self._shingle[places] == sample[:, None]) & (others < text)], return_counts=True
        )
        enough = shared >= max(2.0, _LEAST * len(sample))
        found, shared = found[enough], shared[enough]
        order = np.lexsort((found, -shared))
        _, first = np.unique(home[found[order]], return_index=True)
        yield from found[order][np.sort(first)[:_MOST]].tolist()
