"""`python -m training.variants --corpora DIR`: what tells spellings of one name from names that look alike.

First the probabilities of the transducer of `graph.variants`, by expectation maximisation over spellings of one name;
then the weights of its logistic regression, on these and on names that look alike and are two. The bar is set on a
third of the families that the weights have not seen, then all are learned from. Nothing held out by
`training.name_pairs` is looked at.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from rapidfuzz import fuzz
from torch.nn.functional import binary_cross_entropy_with_logits

from graph.variants import SIZES, Costs, features, read_model
from training.name_pairs import HARD, NamePairs, Pair, draw, kind_of

ROUNDS = 8
LEAST = 1.0  # expected times that a change of several letters must be seen
FLOOR = 3e-6  # of any change of one letter: none is impossible
DISCOUNT = 0.5  # of each change's expected times, as rare ones are seen too often by chance
WEAK = 0.3  # of a trusted pair: one that shares pivots of one script
WEAK_SHARED = 60.0  # per cent of letters
SEEN = 4  # pairs that a feature must hold for
PRECISION = 0.98  # on the third that sets the bar

Probabilities = Mapping[Pair, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """Two words, whether they are one name, and how much that counts."""

    words: Pair
    same: bool
    weight: float


def weak(pairs: NamePairs) -> list[tuple[Pair, float]]:
    """Pairs to learn from that are no proof, with their weights: pivots of one script, three fifths of the letters.

    Where two names or more have it so, they count three times as much.
    """
    trusted = set(pairs.trusted)
    return [
        (key, WEAK if names > 1 else WEAK / 3)
        for key, (_, names) in sorted(pairs.shared.items())
        if key not in trusted and pairs.is_learned_from(key) and fuzz.ratio(*key) >= WEAK_SHARED
    ]


def changes_at(left: str, right: str, i: int, j: int) -> Iterable[tuple[int, int, Pair]]:
    """What may be written next at these places; groups with the same letter at one end are no change of their own."""
    for more, others in SIZES:
        one, two = left[i : i + more], right[j : j + others]
        if len(one) < more or len(two) < others:
            continue
        if more and others and more + others > 2 and (one[0] == two[0] or one[-1] == two[-1]):
            continue
        yield more, others, (one, two) if one <= two else (two, one)


def at_first(change: Pair) -> float:
    """Before anything is learned: copies are likely, and long changes unlikely."""
    one, two = change
    return 0.03 if one == two else 0.03 ** len(one + two)


def expected(left: str, right: str, chance: Probabilities | None) -> Mapping[Pair, float]:
    """How often each change is made in writing one word for the other, over all ways to do so."""
    steps: dict[tuple[int, int], list[tuple[int, int, Pair, float]]] = {}
    forward = np.zeros((len(left) + 1, len(right) + 1))
    backward = np.zeros_like(forward)
    forward[0, 0] = backward[-1, -1] = 1.0
    for i in range(len(left) + 1):
        for j in range(len(right) + 1):
            steps[i, j] = [
                (i + more, j + others, change, at_first(change) if chance is None else chance.get(change, 0.0))
                for more, others, change in changes_at(left, right, i, j)
            ]
            for to, other, _, probability in steps[i, j]:
                forward[to, other] += forward[i, j] * probability
    times = defaultdict[Pair, float](float)
    for i, j in reversed(steps):
        for to, other, change, probability in steps[i, j]:
            through = probability * backward[to, other]
            backward[i, j] += through
            times[change] += forward[i, j] * through / forward[-1, -1]
    return times


def transducer(examples: Sequence[tuple[Pair, float]]) -> Probabilities:
    """The probability of each change, learned from pairs of one name and their weights."""
    chance: Probabilities | None = None
    for _ in range(ROUNDS):
        times = defaultdict[Pair, float](float)
        for (left, right), weight in examples:
            for change, often in expected(left, right, chance).items():
                times[change] += weight * often
        kept = {
            change: max(often - DISCOUNT, 1e-3)
            for change, often in times.items()
            if often >= LEAST or max(map(len, change)) == 1
        }
        chance = {change: often / sum(kept.values()) for change, often in kept.items()}
    letters = "abcdefghijklmnopqrstuvwxyz"
    single = {(one, two) for one in ["", *letters] for two in letters if one <= two}
    return {change: max((chance or {}).get(change, 0.0), FLOOR) for change in single | set(chance or {})}


def fitted(examples: Sequence[Example], costs: Costs, decay: float) -> dict[str, float]:
    """The weights with the least regularised loss."""
    rows = [dict[str, float]() for _ in examples]
    for row, example in zip(rows, examples, strict=True):
        for name, value in features(*example.words, costs):
            row[name] = row.get(name, 0.0) + value
    seen = Counter(name for row in rows for name in row)
    names = sorted(name for name, times in seen.items() if times >= SEEN)
    column = {name: i for i, name in enumerate(names)}
    cells = [(i, column[name], row[name]) for i, row in enumerate(rows) for name in sorted(row) if name in column]
    index = torch.tensor([[i for i, _, _ in cells], [j for _, j, _ in cells]])
    values = torch.tensor([value for _, _, value in cells], dtype=torch.float64)
    matrix = torch.sparse_coo_tensor(index, values, (len(rows), len(names)), check_invariants=True).coalesce()
    wanted = torch.tensor([float(example.same) for example in examples], dtype=torch.float64)
    counts = torch.tensor([example.weight for example in examples], dtype=torch.float64)
    weight = torch.zeros(len(names), 1, dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.LBFGS([weight], max_iter=400, history_size=20, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimizer.zero_grad()
        scores = torch.sparse.mm(matrix, weight)[:, 0]
        total = binary_cross_entropy_with_logits(scores, wanted, weight=counts, reduction="sum")
        total = total + decay * (weight**2).sum()
        total.backward()
        return total

    optimizer.step(loss)
    return dict(zip(names, weight.detach().numpy()[:, 0].tolist(), strict=True))


def scores(words: Iterable[Pair], costs: Costs, weights: Mapping[str, float]) -> list[float]:
    """What the weights say of each pair."""
    return [sum(value * weights.get(name, 0.0) for name, value in features(*key, costs)) for key in words]


def bar(pairs: NamePairs, examples: Sequence[Example], costs: Costs, decay: float) -> float:
    """The score from which, on families not learned from, so many of the pairs called one name are one."""

    def aside(word: str) -> bool:
        return draw("bar " + pairs.family(word)) % 3 == 0

    kept = [example for example in examples if not any(map(aside, example.words))]
    weights = fitted(kept, costs, decay)
    judged = [example for example in examples if example.weight == 1 and all(map(aside, example.words))]
    same = [example.words for example in judged if example.same]
    kinds = defaultdict[str, list[Pair]](list)
    for example in judged:
        if not example.same:
            kinds[kind_of(*example.words)].append(example.words)
    different = [key for kind in HARD for key in kinds[kind][: len(same)]]
    ranked = sorted(
        [(score, True) for score in scores(same, costs, weights)]
        + [(score, False) for score in scores(different, costs, weights)],
        reverse=True,
    )
    right, lowest = 0, ranked[0][0]
    for found, (score, one) in enumerate(ranked, start=1):
        right += one
        if right / found >= PRECISION:
            lowest, recall = score, right / len(same)
    print(f"bar {lowest:.2f}: recall {100 * recall:.1f} of {len(same)} beside {len(different)} of two names")
    return lowest


def learned(folder: Path, decay: float) -> list[str]:
    """The lines of variants.tsv."""
    pairs = NamePairs(folder)
    same, candidates = pairs.same(held_out=False), weak(pairs)
    chance = transducer([*((key, 1.0) for key in same), *candidates])
    lines = [f"change\t{one}\t{two}\t{probability:.3g}" for (one, two), probability in sorted(chance.items())]
    costs = read_model("\n".join(lines)).costs
    examples = [
        *(Example(words=key, same=True, weight=1.0) for key in same),
        *(Example(words=key, same=True, weight=weight) for key, weight in candidates),
        *(
            Example(words=key, same=False, weight=1.0)
            for keys in pairs.different(held_out=False).values()
            for key in keys[: 4 * len(same)]
        ),
    ]
    lowest = bar(pairs, examples, costs, decay)
    weights = fitted(examples, costs, decay)
    weights["always"] -= lowest
    told = [f"weight\t{name}\t{value:.2f}" for name, value in sorted(weights.items()) if abs(value) >= 0.01]
    print(f"{len(same)} pairs of one name, {len(candidates)} candidates, {len(examples)} in all; {len(told)} weights")
    return [*lines, *told]


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m training.variants", description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--decay", type=float, default=0.4)
    parser.add_argument("--out", type=Path, default=Path("graph/variants.tsv"))
    args = parser.parse_args()
    torch.set_num_threads(1)  # sums in one order give the same bytes
    lines = learned(args.corpora / "names", args.decay)
    args.out.write_text("\n".join(lines) + "\n", encoding="utf8")
    print(f"{args.out}: {args.out.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
