"""How alike articles and sentences are by their words: the cosine of word counts, weighed by how rare each word is."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

WORD = re.compile(r"[a-z]+(?:'[a-z]+)?|\d+")
LEAST_ALIKE = 0.1  # articles less alike than this are strangers; of ECB+'s pairs of one entity 99 % are more alike
MOST_ALIKE = 100  # of all articles, the likest that each is compared with
COMMON = 100  # articles that a word may be in, or a tenth of all, before it tells nothing


def words(text: str) -> list[str]:
    """The words of a text, lower case."""
    return WORD.findall(text.lower())


class Likeness:
    """Articles by number, and how alike they are."""

    def __init__(self, texts: Sequence[str]) -> None:
        counts = [Counter(words(text)) for text in texts]
        frequency = Counter(word for count in counts for word in count)
        self._articles = len(texts)
        self._rarity = {word: math.log((len(texts) + 1) / (times + 0.5)) for word, times in frequency.items()}
        most = max(COMMON, len(texts) // 10)
        vectors = [
            unit({word: (1 + math.log(n)) * self._rarity[word] for word, n in count.items() if frequency[word] <= most})
            for count in counts
        ]
        self.near = _near(vectors)  # for each article those that are alike, with their likeness; itself with 1

    def rarity(self, word: str) -> float:
        """The logarithm of how many articles there are to one that has the word, in nats."""
        return self._rarity.get(word) or math.log(2 * (self._articles + 1))

    def sentence(self, text: str) -> Mapping[str, float]:
        """The words of a sentence as a vector of length one."""
        return unit({word: self.rarity(word) for word in sorted(set(words(text)))})


def unit(vector: Mapping[str, float]) -> Mapping[str, float]:
    """The vector of length one in the same direction."""
    length = math.sqrt(sum(value * value for value in vector.values())) or 1.0
    return {word: value / length for word, value in vector.items()}


def cosine(left: Mapping[str, float], right: Mapping[str, float]) -> float:
    """The cosine of two vectors of length one."""
    few, many = (left, right) if len(left) < len(right) else (right, left)
    return sum(value * many[word] for word, value in few.items() if word in many)


def _near(vectors: Iterable[Mapping[str, float]]) -> list[dict[int, float]]:
    vectors = list(vectors)
    held: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for number, vector in enumerate(vectors):
        for word, value in vector.items():
            held[word].append((number, value))
    columns = {
        word: (np.array([number for number, _ in rows]), np.array([value for _, value in rows]))
        for word, rows in held.items()
        if len(rows) > 1
    }
    found: list[dict[int, float]] = []
    for number, vector in enumerate(vectors):
        cosines = np.zeros(len(vectors))
        for word in sorted(vector.keys() & columns.keys()):
            rows, values = columns[word]
            cosines[rows] += vector[word] * values
        cosines[number] = 1.0
        alike = np.flatnonzero(cosines >= LEAST_ALIKE)
        nearest = alike[np.argsort(-cosines[alike], kind="stable")][:MOST_ALIKE]
        found.append({int(other): float(cosines[other]) for other in nearest})
    return found
