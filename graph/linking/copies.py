"""Near-duplicate texts: which of many repeat the words of an earlier one. Linear in the texts.

MinHash signatures of word shingles in a locality-sensitive index (Broder 1997; Leskovec et al., Mining of Massive
Datasets, chapter 3) name the few pairs that are worth comparing; those are then compared exactly.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from rensa import RMinHash, RMinHashLSH

_WORD = re.compile(r"\w+")
_SHINGLE = 4  # words that follow each other
# Of the shingles of the shorter text, the share that the other has too; the shorter, because papers cut from the end.
# 0.7: of 10,625 Reuters stories, pairs above are one story sent again, pairs below two stories in one form ("weekly
# electric output up 2.4 pct").
_REPEATED = 0.7
_LEAST = 6  # shingles; what is shorter may well be said twice in the same words
# Bands of three values: of two texts that share 0.3 of their shingles, 68 % meet; that share 0.5, 99.6 %.
_BANDS = 42
_PERMUTATIONS = 3 * _BANDS
_SEED = 1


def originals(texts: Sequence[str]) -> list[int]:
    """For each text the index of the first one that it repeats, its own where it repeats none.

    A text that repeats one is not itself repeated: what follows it goes back to the same first text.
    """
    index = RMinHashLSH(threshold=0.3, num_perm=_PERMUTATIONS, num_bands=_BANDS)
    kept: dict[int, NDArray[np.uint32]] = {}  # the shingles of texts that repeat no other
    known: dict[bytes, int] = {}  # exact copies need no signature
    found = []
    for number, text in enumerate(texts):
        shingles = _shingles(text)
        if len(shingles) < _LEAST:
            found.append(number)
            continue
        own = _sums(shingles)
        first = known.get(own.tobytes())
        if first is None:
            signature = RMinHash(num_perm=_PERMUTATIONS, seed=_SEED)
            signature.update(shingles)
            first = min((other for other in index.query(signature) if _repeats(own, kept[other])), default=number)
            known[own.tobytes()] = first
            if first == number:
                index.insert(number, signature)
                kept[number] = own
        found.append(first)
    return found


def _shingles(text: str) -> list[str]:
    words = _WORD.findall(text.casefold())
    return list(map(" ".join, zip(*(words[start:] for start in range(_SHINGLE)), strict=False)))


def _sums(shingles: Sequence[str]) -> NDArray[np.uint32]:
    """The distinct shingles as 32-bit checksums, in ascending order: a twentieth of the memory of a set of texts."""
    return np.unique(np.fromiter(map(zlib.crc32, map(str.encode, shingles)), dtype=np.uint32, count=len(shingles)))


def _repeats(left: NDArray[np.uint32], right: NDArray[np.uint32]) -> bool:
    shared = len(np.intersect1d(left, right, assume_unique=True))
    return shared >= _REPEATED * min(len(left), len(right))
