"""Pairs of spellings to learn from and to measure on: of one name, and of two names that look alike.

Wikidata's labels tell which Latin spellings stand for one word of another script, its pivot. Rules of what is kept:

- Spellings are folded; those then equal, in several words or of fewer than three letters are left out.
- A pair is one name where its spellings share pivots in two scripts, Russian among them, or in three. Hebrew and Arabic
  leave vowels out and write p and f, or b and p, alike, and so does Korean: together they tell too little apart.
- They must do so for at least three names. Names are split into words by position, and the order of words differs
  between scripts at times ("general" and "joshua"): such accidents come once or twice. Spellings that share less than
  two fifths of their letters are such an accident, however often it comes.
- Two names are two where they share no pivot in any script and no spelling with which both are one, and both stand in
  at least three full names of one script: their chance to meet was fair.
- Some share a pivot in a script that writes them alike ("barker" and "parker" in Korean) and none in another, though
  both stand often there: these are told apart. They are learned from, and nothing is measured on them.

Held out are the spellings of three in ten families, drawn by a hash; a pair across the two sides is left out.
"""

from __future__ import annotations

import gzip
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from itertools import combinations
from pathlib import Path

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from graph.linking.clusters import Clusters
from graph.names import fold
from graph.variants import LEAST_SHARED, SHORTEST, skeleton

HELD_OUT = 30  # per cent
ATTESTED = 3  # full names of one script in which a spelling must stand to be told from another
OFTEN = 5  # the same where another script writes the two alike
NAMES = 3  # that share a pivot, for a pair to be trusted
HARD = ("one edit", "two edits", "same skeleton", "same beginning")  # what makes two names look alike
OPENING = 4  # letters in common at the start, for two names to share their beginning

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """Two words, whether they are one name, and how much that counts."""

    words: Pair
    same: bool
    weight: float


def lines(path: Path) -> Iterator[list[str]]:
    """The cells of each line but the first."""
    with gzip.open(path, "rt", encoding="utf8") as file:
        next(file)
        for line in file:
            yield line.rstrip("\n").split("\t")


def draw(text: str) -> int:
    """A number that looks random and is the same everywhere."""
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest())


def pair(left: str, right: str) -> Pair:
    """Two names in alphabetical order."""
    return (left, right) if left <= right else (right, left)


class NamePairs:
    """What the two files of names tell, cleaned and split by the rules above."""

    def __init__(self, folder: Path) -> None:
        self.shared: dict[Pair, tuple[frozenset[str], int]] = {}  # scripts of the pivots, and how many names
        for left, right, scripts, names in lines(folder / "latin_variants_by_pivot.tsv.gz"):
            key = pair(fold(left), fold(right))
            if key[0] != key[1]:
                known, times = self.shared.get(key, (frozenset[str](), 0))
                self.shared[key] = known | frozenset(scripts.split(",")), max(times, int(names))
        self.trusted = sorted(
            key
            for key, told in self.shared.items()
            if _usable(key) and _is_trusted(*told) and fuzz.ratio(*key) >= LEAST_SHARED
        )
        self.full, self._frequency, self._pivots = _read_full(folder / "wikidata_fullname_pairs.tsv.gz")
        self._family = _families(key for key, (scripts, _) in self.shared.items() if len(scripts) > 1)
        self._spellings = defaultdict[str, set[str]](set)
        for left, right in self.trusted:
            self._spellings[left].add(right)
            self._spellings[right].add(left)
        self._kin = defaultdict[str, set[str]](set)
        for key, (pivots, _) in self.shared.items():
            if len(pivots) > 1:
                self._kin[key[0]].add(key[1])
                self._kin[key[1]].add(key[0])

    def family(self, word: str) -> str:
        """The first of all spellings that pairs of two scripts lead to from this one."""
        return self._family.get(word, word)

    def is_held_out(self, word: str) -> bool:
        """Whether a spelling's family is for measuring."""
        return draw(self.family(word)) % 100 < HELD_OUT

    def is_learned_from(self, key: Pair) -> bool:
        """Whether both words can be compared and neither is for measuring."""
        return _usable(key) and not any(map(self.is_held_out, key))

    def same(self, *, held_out: bool) -> list[Pair]:
        """Trusted pairs of one name, both spellings on this side of the split."""
        return [key for key in self.trusted if all(self.is_held_out(word) is held_out for word in key)]

    def known(self, *, held_out: bool) -> list[str]:
        """Spellings that stand in enough full names of one script."""
        words = {
            w
            for w, by in self._frequency.items()
            if len(w) >= SHORTEST and w.isalpha() and max(by.values()) >= ATTESTED
        }
        return sorted(word for word in words if self.is_held_out(word) is held_out)

    def differ(self, left: str, right: str) -> bool:
        """Whether two spellings are of two names, as far as the files tell."""
        if left == right or pair(left, right) in self.shared or self._kin[left] & self._kin[right]:
            return False
        both = [script for script, by in self._pivots.items() if by[left] and by[right]]
        if any(self._pivots[script][left] & self._pivots[script][right] for script in both):
            return False
        return any(min(self._frequency[left][script], self._frequency[right][script]) >= ATTESTED for script in both)

    def different(self, *, held_out: bool) -> dict[str, list[Pair]]:
        """Pairs of two names that look alike, by what makes them hard."""
        known = self.known(held_out=held_out)
        keys = defaultdict[str, list[str]](list)
        for word in known:
            keys["=" + skeleton(word)].append(word)
            keys["^" + word[:OPENING]].append(word)
            for cut in range(len(word)):
                keys["-" + word[:cut] + word[cut + 1 :]].append(word)
            keys["-" + word].append(word)
            if len(word) > 5:
                keys["<" + word[: len(word) // 2]].append(word)
                keys[">" + word[len(word) // 2 :]].append(word)
        found = defaultdict[str, set[Pair]](set)
        for _, words in sorted(keys.items()):
            for left, right in combinations(sorted(set(words)), 2):
                if self.differ(left, right):
                    found[kind_of(left, right)].add((left, right))
        return {kind: sorted(pairs, key=lambda key: draw(" ".join(key))) for kind, pairs in sorted(found.items())}

    def told_apart(self) -> list[Pair]:
        """Pairs to learn from that one script writes alike, other than Russian, and another never does."""
        keys = {key for key, (scripts, _) in self.shared.items() if len(scripts) == 1 and "russian" not in scripts}
        for by in self._pivots.values():
            alike = defaultdict[str, list[str]](list)
            for word in sorted(by):
                for pivot in by[word]:
                    alike[pivot].append(word)
            keys.update(key for words in alike.values() for key in combinations(words, 2) if key not in self.shared)
        return sorted(key for key in keys if self.is_learned_from(key) and self._tells_apart(*key))

    def _tells_apart(self, left: str, right: str) -> bool:
        if self._kin.get(left, set()) & self._kin.get(right, set()) or fuzz.ratio(left, right) < LEAST_SHARED:
            return False
        return any(
            all(word in by and self._frequency[word][script] >= OFTEN for word in (left, right))
            and not by[left] & by[right]
            for script, by in self._pivots.items()
        )

    def written(self, script: str) -> list[Pair]:
        """Words to learn from, none held out, each with how a script writes it: as often as there are ways."""
        words = sorted(word for word in self._pivots[script] if _usable((word, word)) and word.isascii())
        return [
            (word, other)
            for word in words
            if not self.is_held_out(word)
            for other in sorted(self._pivots[script][word])
        ]

    def kin(self, word: str) -> list[str]:
        """Trusted spellings of the same name."""
        return sorted(self._spellings[word])


def kind_of(left: str, right: str) -> str:
    """What makes two different words look alike."""
    edits = OSA.distance(left, right)
    if edits <= 3 and skeleton(left) == skeleton(right):
        return "same skeleton"
    return {1: "one edit", 2: "two edits"}.get(
        edits, "same beginning" if left[:OPENING] == right[:OPENING] else "other"
    )


def _usable(key: Pair) -> bool:
    return all(len(word) >= SHORTEST and word.isalpha() for word in key)


def _is_trusted(scripts: frozenset[str], names: int) -> bool:
    return names >= NAMES and (len(scripts) > 2 or (len(scripts) == 2 and "russian" in scripts))


def _families(pairs: Iterable[Pair]) -> dict[str, str]:
    """Each spelling's family: the first of all spellings that pairs lead to."""
    pairs = list(pairs)
    words = sorted({word for key in pairs for word in key})
    number = {word: i for i, word in enumerate(words)}
    clusters = Clusters(len(words))
    for left, right in pairs:
        clusters.join(number[left], number[right])
    return {words[i]: words[members[0]] for members in clusters.sets() for i in members}


def _read_full(
    path: Path,
) -> tuple[list[Pair], Mapping[str, Counter[str]], Mapping[str, Mapping[str, set[str]]]]:
    """Full names of two words; in how many names of each script a word stands; what words it stands for there."""
    full = set[Pair]()
    frequency = defaultdict[str, Counter[str]](Counter)
    pivots = defaultdict[str, defaultdict[str, set[str]]](lambda: defaultdict(set))
    for script, latin, foreign in lines(path):
        words, theirs = [fold(word) for word in latin.split()], foreign.split()
        if len(words) != len(theirs):
            continue
        for word, other in zip(words, theirs, strict=True):
            frequency[word][script] += 1
            pivots[script][word].add(other)
        if len(words) == 2 and _usable((words[0], words[1])):
            full.add((words[0], words[1]))
    return sorted(full), frequency, pivots
