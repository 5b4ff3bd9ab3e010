"""Whether two words may spell one name ("zelensky", "zelenskiy"): an edit transducer, a logistic regression, and nets.

The transducer (Ristad and Yianilos 1998, with groups of up to three letters) says which letters of one spelling stand
where others do in another, and how rare that is. Each such change, where in the word it is and beside which letters,
counts for or against, as do a few figures of the whole pair; these numbers stand in `variants.tsv`. Where they leave
the matter open, the nets of `graph.attention` say whether the words are read alike ("renault", "reno").
`training.variants` makes all of it. A sum of zero or more means one name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from math import log

from rapidfuzz import fuzz
from rapidfuzz.distance import JaroWinkler

from graph.attention import MOST, likeness

SHORTEST = 3  # letters: shorter words are one name only when they are equal
LEAST_SHARED = 40.0  # per cent of letters: below this, nothing is compared further
LEAST_WITHOUT_SOUNDS = 50.0  # the same for words that share no way to be read: spellings of one name nearly always do
OUT_OF_REACH = -1.0  # nats: nobody asks how far below this a sum is
READ_ALIKE = "read alike"  # the feature that the nets give
# How many letters of either side one change may take.
SIZES = ((1, 1), (1, 0), (0, 1), (2, 1), (1, 2), (2, 2), (3, 1), (1, 3), (3, 2), (2, 3))
_VOWELS = frozenset("aeiouy")

# Letters and digraphs that romanisations of one sound choose between; longest first. Classes after the skeleton
# keys of record linkage (Soundex and kin), with Cyrillic, Arabic and Chinese romanisation in mind.
_SOUNDS = (
    ("shch", "S"), ("tsch", "S"), ("tch", "S"), ("sch", "S"), ("sh", "S"), ("zh", "S"), ("ch", "S"),
    ("kh", "k"), ("gh", "k"), ("dh", "d"), ("th", "t"), ("ph", "f"), ("ck", "k"), ("qu", "k"), ("ts", "s"),
    ("tz", "s"), ("dj", "S"), ("dz", "s"), ("x", "ks"), ("q", "k"), ("g", "k"), ("c", "k"), ("z", "s"), ("w", "f"),
    ("v", "f"),
)  # fmt: skip
_SOUND_PATTERN = re.compile("|".join(letters for letters, _ in _SOUNDS))
_SOUND_OF = dict(_SOUNDS)
_SILENT_H = re.compile(r"h(?=[^aeiouy]|$)")
_DOUBLED = re.compile(r"(.)\1+")
_READINGS = (("h$", "g"), ("ch", "k"), ("c(?=[eiy])|sz", "s"), ("g(?=[eiy])", "j"), ("w", "u"))

Change = tuple[str, str, int, int]  # letters of the first and of the second spelling, and where they start
Costs = Mapping[tuple[str, str], float]


@dataclass(frozen=True, slots=True)
class Model:
    """What each change costs, in nats, in both directions; what each feature weighs."""

    costs: Costs
    weights: Mapping[str, float]


def read_model(text: str) -> Model:
    """The model that a table tells: `change, letters, letters, probability` and `weight, feature, value`."""
    costs: dict[tuple[str, str], float] = {}
    weights = {}
    for line in text.splitlines():
        kind, *cells = line.split("\t")
        if kind == "change":
            costs[cells[0], cells[1]] = costs[cells[1], cells[0]] = -log(float(cells[2]))
        else:
            weights[cells[0]] = float(cells[1])
    return Model(costs, weights)


@lru_cache(maxsize=1)
def shipped() -> Model:
    """The model that comes with newsgraph."""
    return read_model(resources.files("graph").joinpath("variants.tsv").read_text(encoding="utf-8"))


@lru_cache(maxsize=1 << 18)
def evidence(left: str, right: str) -> float:
    """How much speaks for two folded words being one name, in nats; zero is where one name begins."""
    if left == right:
        return float("inf")
    if not comparable(left, right):
        return float("-inf")
    return sum(value for _, value in _counted(left, right))


def reasons(left: str, right: str) -> tuple[str, ...]:
    """What counted for and against two folded words being one name, the weightiest first."""
    if left == right or not comparable(left, right):
        return ()
    counted = sorted(_counted(left, right), key=lambda each: -abs(each[1]))
    return tuple(f"{name} ({value:+.2f})" for name, value in counted if value)


def _counted(left: str, right: str) -> list[tuple[str, float]]:
    """What each feature adds, in nats; the nets are asked only where they can turn the sum."""
    model = shipped()
    weight = model.weights.get
    counted = [(name, value * weight(name, 0.0)) for name, value in features(left, right, model.costs)]
    told, most = sum(value for _, value in counted), model.weights[READ_ALIKE]
    if told + most * MOST >= OUT_OF_REACH and told - most * MOST < 0:
        counted.append((READ_ALIKE, most * likeness(left, right)))
    return counted


def comparable(left: str, right: str) -> bool:
    """Whether two different folded words are so alike that it is worth asking for the evidence."""
    shared = fuzz.ratio(left, right)
    if shared < LEAST_SHARED or min(len(left), len(right)) < SHORTEST or not (left + right).isalpha():
        return False
    return shared >= LEAST_WITHOUT_SOUNDS or not sounds(left).isdisjoint(sounds(right))


def features(left: str, right: str, costs: Costs) -> Iterator[tuple[str, float]]:
    """The features of two different words, each with its value; the order of the words does not matter.

    `y~iy` is a change; `^c~k` one at the start and `y~iy$` at the end; `k[y~iy` one after a k and `c~k]a` one before an
    a; `C[a~o]V` says the kinds of both neighbours, consonant or vowel.
    """
    if left > right:
        left, right = right, left
    changes, spent = aligned(left, right, costs)
    shorter, longer = sorted((len(left), len(right)))
    consonants = 0
    dearest = 0.0
    for one, two, i, j in changes:
        cost = costs[one, two]
        dearest = max(dearest, cost)
        name = f"{one}~{two}" if one <= two else f"{two}~{one}"
        consonants += not _VOWELS.issuperset(one + two)
        before = left[i - 1] if i else right[j - 1] if j else "^"
        end, other_end = i + len(one), j + len(two)
        after = left[end] if end < len(left) else right[other_end] if other_end < len(right) else "$"
        yield name, 1.0
        if not i and not j:
            yield "^" + name, 1.0
        if end == len(left) and other_end == len(right):
            yield name + "$", 1.0
        yield f"{before}[{name}", 1.0
        yield f"{name}]{after}", 1.0
        yield f"{_sort(before)}[{name}]{_sort(after)}", 1.0
    yield "always", 1.0
    yield "cost of the changes", spent / 10
    yield "cost of the changes a letter", 2 * spent / (shorter + longer)
    yield "cost of the dearest change", dearest / 10
    yield "letters of the shorter", shorter / 10
    yield "one in so many letters", 3 / shorter
    yield "letters more", (longer - shorter) / 5
    yield "letters shared", fuzz.ratio(left, right) / 100
    yield "likeness by Jaro and Winkler", JaroWinkler.similarity(left, right)
    yield "same first letter", float(left[0] == right[0])
    yield "same last letter", float(left[-1] == right[-1])
    yield f"{min(shorter, 8)} letters, {min(len(changes), 4)} changes", 1.0
    yield f"{min(shorter, 8)} letters, {min(consonants, 4)} changes of consonants", 1.0
    same = not sounds(left).isdisjoint(sounds(right))
    number = min(len(skeleton(left)), len(skeleton(right)), 6)
    yield f"{'same' if same else 'other'} sounds, {number}", 1.0
    if same:
        yield f"same sounds, {number}, {min(len(changes) - consonants, 3)} changes of vowels", 1.0
    yield "vowel groups more", abs(_syllables(left) - _syllables(right)) / 2


def _sort(letter: str) -> str:
    return letter if letter in "^$" else "V" if letter in _VOWELS else "C"


@lru_cache(maxsize=1 << 16)
def skeleton(word: str) -> str:
    """The consonants of a folded word by class of sound: spellings of one foreign name mostly share it.

    It is a key to find candidates, not a proof: "syniehubov" and "synegubov" share "snkbf".
    """
    sounds = _SOUND_PATTERN.sub(lambda match: _SOUND_OF[match.group()], word)
    sounds = _SILENT_H.sub("", sounds).replace("h", "k")
    consonants = re.sub(r"[aeiouyj]", "", sounds)
    return _DOUBLED.sub(r"\1", consonants) or word[:1]


@lru_cache(maxsize=1 << 16)
def sounds(word: str) -> frozenset[str]:
    """The skeletons of all ways to read a folded word: spellings of one name nearly always share one.

    A last h may be silent ("abdullah") or a g ("oleh"), ch a k ("christina"), c an s ("marcin"), g a j ("gina"), w a
    vowel ("lawrie").
    """
    readings = {word, *(re.sub(letters, sound, word) for letters, sound in _READINGS)}
    return frozenset(map(skeleton, readings))


@lru_cache(maxsize=1 << 16)
def _syllables(word: str) -> int:
    return sum(letter in _VOWELS and (not i or word[i - 1] not in _VOWELS) for i, letter in enumerate(word))


def aligned(left: str, right: str, costs: Costs) -> tuple[list[Change], float]:
    """The cheapest changes that make one word of the other, and what they cost beyond writing either as it is, in nats.

    Letters that both words begin or end with are passed over.
    """
    start, end, other_end = 0, len(left), len(right)
    while start < min(end, other_end) and left[start] == right[start]:
        start += 1
    while min(end, other_end) > start and left[end - 1] == right[other_end - 1]:
        end, other_end = end - 1, other_end - 1
    changes, spent = _middle(left[start:end], right[start:other_end], costs)
    return [(one, two, i + start, j + start) for one, two, i, j in changes], spent


def _middle(left: str, right: str, costs: Costs) -> tuple[list[Change], float]:
    rows, columns = len(left), len(right)
    best = [[float("inf")] * (columns + 1) for _ in range(rows + 1)]
    back: list[list[tuple[int, int]]] = [[(0, 0)] * (columns + 1) for _ in range(rows + 1)]
    best[0][0] = 0.0
    for i in range(rows + 1):
        for j in range(columns + 1):
            here = best[i][j]
            for more, others in SIZES:
                to, other = i + more, j + others
                if to > rows or other > columns:
                    continue
                cost = costs.get((left[i:to], right[j:other]))
                if cost is not None and here + cost < best[to][other]:
                    best[to][other] = here + cost
                    back[to][other] = (i, j)
    changes = []
    i, j = rows, columns
    while i or j:
        i_before, j_before = back[i][j]
        one, two = left[i_before:i], right[j_before:j]
        if one != two:
            changes.append((one, two, i_before, j_before))
        i, j = i_before, j_before
    usual = sum(costs[letter, letter] for letter in left + right) / 2
    return changes[::-1], best[rows][columns] - usual
