"""Near-duplicate texts: which of many repeat the words of an earlier one. Linear in the texts, whatever their order.

MinHash signatures of word shingles in a locality-sensitive index (Broder 1997; Leskovec et al., chapter 3) name the
few pairs that are worth comparing; those are then compared exactly.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

_WORD = re.compile(r"\w+")
_SHINGLE = 4  # words that follow each other
# Of the shingles of the shorter text, the share that the other has too; the shorter, because papers cut from the end.
# 0.7: of 10,625 Reuters stories, pairs above are one story sent again, pairs below two stories in one form ("weekly
# electric output up 2.4 pct").
_REPEATED = 0.7
_LEAST = 6  # shingles; what is shorter may well be said twice in the same words
_CANDIDATES = 0.3  # the Jaccard similarity that the index looks for: a story and its first third
_PERMUTATIONS = 128


def originals(texts: Sequence[str]) -> list[int]:
    """For each text the index of the first one that it repeats, its own where it repeats none.

    A text that repeats one is not itself repeated: what follows it goes back to the same first text.
    """
    # brings scipy: 0.3 s, which only a build that has something to compare should pay
    from datasketch import MinHash, MinHashLSH  # noqa: PLC0415

    index = MinHashLSH(threshold=_CANDIDATES, num_perm=_PERMUTATIONS)
    kept: dict[int, NDArray[np.uint32]] = {}  # the shingles of texts that repeat no other
    known: dict[bytes, int] = {}  # exact copies need no signature
    found = []
    for number, text in enumerate(texts):
        own = _shingles(text)
        first = known.get(own.tobytes()) if len(own) >= _LEAST else number
        if first is None:
            signature = MinHash(num_perm=_PERMUTATIONS, hashfunc=int)  # seeded, so the same on any machine
            signature.update_batch(own.tolist())
            first = min((other for other in index.query(signature) if _repeats(own, kept[other])), default=number)
            known[own.tobytes()] = first
            if first == number:
                index.insert(number, signature)
                kept[number] = own
        found.append(first)
    return found


def _shingles(text: str) -> NDArray[np.uint32]:
    """The distinct shingles of a text as 32-bit checksums, in ascending order."""
    words = _WORD.findall(text.casefold())
    sums = (zlib.crc32(" ".join(words[i : i + _SHINGLE]).encode()) for i in range(len(words) - _SHINGLE + 1))
    return np.unique(np.fromiter(sums, dtype=np.uint32))


def _repeats(left: NDArray[np.uint32], right: NDArray[np.uint32]) -> bool:
    shared = len(np.intersect1d(left, right, assume_unique=True))
    return shared >= _REPEATED * min(len(left), len(right))
