"""Scores the model of spellings on names that it never saw: single words, and full names made of them.

The pairs and what is held out are those of `training.name_pairs`; the same files give the same pairs each time.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.score import Counts
from graph import variants
from graph.names import alike
from training.name_pairs import HARD, NamePairs, Pair, draw

Name = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """Two names, whether they are one, and what makes the pair hard."""

    left: Name
    right: Name
    same: bool
    kind: str


def words(pairs: NamePairs) -> Iterator[Judged]:
    """Held-out pairs of single words: all of one name, and of each kind of two names as many."""
    same = pairs.same(held_out=True)
    for left, right in same:
        yield Judged(left=(left,), right=(right,), same=True, kind="one name")
    different = pairs.different(held_out=True)
    for kind in HARD:
        for left, right in different[kind][: len(same)]:
            yield Judged(left=(left,), right=(right,), same=False, kind=kind)


def full_names(pairs: NamePairs, most: int) -> Iterator[Judged]:
    """Pairs of held-out full names: one with another spelling of one word or both, and others of each kind."""
    known = sorted(
        (name for name in pairs.full if all(map(pairs.is_held_out, name))), key=lambda name: draw(" ".join(name))
    )
    groups = {place: defaultdict[str, list[Pair]](list) for place in (0, 1)}
    for name in known:
        for place, group in groups.items():
            group[name[place]].append(name)
    near = defaultdict[str, list[str]](list)
    for kind, keys in pairs.different(held_out=True).items():
        for left, right in keys if kind in HARD else ():
            near[left].append(right)
            near[right].append(left)
    found = defaultdict[str, list[tuple[Pair, Pair]]](list)
    for given, surname in known:
        spelled = [(one, two) for one in (given, *pairs.kin(given)) for two in (surname, *pairs.kin(surname))]
        found["one name"].extend(((given, surname), other) for other in _drawn(spelled[1:], given + surname)[:2])
        for place, kind in ((0, "same given name"), (1, "same surname")):
            other = _drawn(groups[place][(given, surname)[place]], surname + given)[0]
            if pairs.differ((given, surname)[1 - place], other[1 - place]):
                found[kind].append(((given, surname), other))
        if near[surname]:
            found["surname that looks alike"].append(((given, surname), (given, _first(near[surname], given))))
        if near[given]:
            found["given name that looks alike"].append(((given, surname), (_first(near[given], surname), surname)))
    for kind, couples in found.items():
        for one, two in couples[:most]:
            yield Judged(left=one, right=two, same=kind == "one name", kind=kind)


def _drawn(names: list[Pair], key: str) -> list[Pair]:
    return sorted(names, key=lambda name: draw(key + " ".join(name)))


def _first(names: list[str], key: str) -> str:
    return min(names, key=lambda name: draw(key + name))


def called_one(left: Name, right: Name) -> bool:
    """Whether the model takes two names of as many words for one: word by word."""
    return all(alike(one, two) for one, two in zip(left, right, strict=True))


def score_variants(folder: Path) -> dict[str, dict[str, Counts]]:
    """For single words, full names and both: pairs of one name found; of each kind of two names, those taken for one.

    For a kind of two names `found` counts the pairs wrongly taken for one, and `gold` all of them.
    """
    pairs = NamePairs(folder)
    singles = list(words(pairs))
    parts = {"single words": singles, "full names": list(full_names(pairs, sum(each.same for each in singles)))}
    parts["both"] = [each for part in parts.values() for each in part]
    return {name: _counted(judged) for name, judged in parts.items()}


def _counted(judged: Iterable[Judged]) -> dict[str, Counts]:
    card = defaultdict[str, Counts](Counts)
    for each in judged:
        found = called_one(each.left, each.right)
        card["one name"] += Counts(right=found and each.same, found=found, gold=each.same)
        if not each.same:
            card[each.kind] += Counts(found=found, gold=1)
    return dict(card)


def pairs_a_second(folder: Path) -> float:
    """How many pairs of different words the model judges in a second of one core, each for the first time."""
    judged = [(each.left[0], each.right[0]) for each in words(NamePairs(folder))]
    variants.evidence.cache_clear()
    start = time.process_time()
    for left, right in judged:
        variants.evidence(left, right)
    return len(judged) / (time.process_time() - start)
