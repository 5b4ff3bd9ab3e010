"""`python -m training.variants --corpora DIR`: what tells spellings of one name from names that look alike.

First the probabilities of the transducer of `graph.variants`, by expectation maximisation over spellings of one name;
then the weights of its logistic regression, on these and on names that look alike and are two, and the nets of
`graph.attention`. Each net learns without one part of the families, and so does a regression beside it: on that part
is measured how much each counts, and where the bar is. Nothing held out by `training.name_pairs` is looked at.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import torch
from rapidfuzz import fuzz
from sklearn.linear_model import LogisticRegression
from torch.nn.functional import binary_cross_entropy_with_logits

from graph.attention import MOST, Array, compared, packed, read, unpacked
from graph.variants import READ_ALIKE, SIZES, Costs, features, read_model
from training.attention import FRAMES, Settings, fit
from training.name_pairs import HARD, Example, NamePairs, Pair, draw, kind_of

ROUNDS = 8
LEAST = 1.0  # expected times that a change of several letters must be seen
FLOOR = 3e-6  # of any change of one letter: none is impossible
DISCOUNT = 0.5  # of each change's expected times, as rare ones are seen too often by chance
WEAK = 0.3  # of a trusted pair: one that shares pivots of one script
WEAK_SHARED = 60.0  # per cent of letters
APART = 0.5  # of a pair that is told apart, beside pairs that no script writes alike
SEEN = 4  # pairs that a feature must hold for
PARTS = 4  # of the families: each net learns without one
PRECISION = 0.975  # on the parts not learned from, where the bar is set: by one net of four, which together are surer
LOWER = 0.97  # the same for given names beside one surname, where less evidence is enough
SURE = 15.0  # nats of the regression, beyond which a pair is no surer

Probabilities = Mapping[Pair, float]


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


def part(pairs: NamePairs, word: str) -> int:
    """The part of the families that a word's is in, drawn by a hash."""
    return draw("part " + pairs.family(word)) % PARTS


@dataclass(frozen=True, slots=True, kw_only=True)
class Unseen:
    """What was learned without one part of the families, and what it says of pairs of that part."""

    nets: Mapping[str, Array]
    regression: list[float]
    likeness: list[float]
    same: list[bool]


def without(number: int, folder: Path, examples: Sequence[Example], costs: Costs, decay: float) -> Unseen:
    """Learns from all families but those of a part, and judges its trusted pairs beside hard ones of two names."""
    torch.set_num_threads(1)  # sums in one order give the same bytes
    pairs = NamePairs(folder)
    seen = [example for example in examples if all(part(pairs, word) != number for word in example.words)]
    words = {script: [row for row in pairs.written(script) if part(pairs, row[0]) != number] for script in FRAMES}
    nets = unpacked(packed(fit(seen, words, Settings(seed=number)).arrays()))
    judged = [
        example
        for example in examples
        if example.weight == 1 and all(part(pairs, word) == number for word in example.words)
    ]
    same = [example.words for example in judged if example.same]
    kinds = defaultdict[str, list[Pair]](list)
    for example in judged:
        if not example.same:
            kinds[kind_of(*example.words)].append(example.words)
    keys = [*same, *(key for kind in HARD for key in kinds[kind][: len(same)])]
    return Unseen(
        nets=nets,
        regression=scores(keys, costs, fitted(seen, costs, decay)),
        likeness=[min(max(compared(nets, *(read(nets, word) for word in key)), -MOST), MOST) for key in keys],
        same=[place < len(same) for place in range(len(keys))],
    )


def joined(parts: Sequence[Unseen]) -> tuple[float, float, float]:
    """How much the regression and the nets count, and the bar: from there, so many called one name are one."""
    told = np.array([row for each in parts for row in zip(each.regression, each.likeness, strict=True)])
    same = np.array([one for each in parts for one in each.same])
    model = LogisticRegression(C=1e3).fit(told.clip(-SURE, SURE), same)
    regression, nets = map(float, model.coef_[0])
    score = told @ model.coef_[0]
    order = np.argsort(-score, kind="stable")
    right = same[order].cumsum()
    precise = right / np.arange(1, len(right) + 1)
    bar, lower = (int(np.flatnonzero(precise >= least)[-1]) for least in (PRECISION, LOWER))
    print(f"regression {regression:.2f}, nets {nets:.2f}: recall {100 * right[bar] / same.sum():.1f} of {same.sum()}")
    print(f"graph.names.BESIDE_SURNAME: {score[order][lower] - score[order][bar]:.2f}")
    return regression, nets, float(score[order][bar])


def learned(folder: Path, decay: float, workers: int) -> tuple[list[str], Mapping[str, Array]]:
    """The lines of variants.tsv, and the nets of variants.npz."""
    pairs = NamePairs(folder)
    same, candidates = pairs.same(held_out=False), weak(pairs)
    chance = transducer([*((key, 1.0) for key in same), *candidates])
    lines = [f"change\t{one}\t{two}\t{probability:.3g}" for (one, two), probability in sorted(chance.items())]
    costs = read_model("\n".join(lines)).costs
    apart = set(pairs.told_apart())
    examples = [
        *(Example(words=key, same=True, weight=1.0) for key in same),
        *(Example(words=key, same=True, weight=weight) for key, weight in candidates if key not in apart),
        *(
            Example(words=key, same=False, weight=1.0)
            for keys in pairs.different(held_out=False).values()
            for key in keys[: 4 * len(same)]
        ),
        *(Example(words=key, same=False, weight=APART) for key in sorted(apart)),
    ]
    learn = partial(without, folder=folder, examples=examples, costs=costs, decay=decay)
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        parts = list(pool.map(learn, range(PARTS)))
    regression, nets, lowest = joined(parts)
    weights = {name: regression * value for name, value in fitted(examples, costs, decay).items()}
    weights["always"] -= lowest
    weights[READ_ALIKE] = nets
    told = [f"weight\t{name}\t{value:.3f}" for name, value in sorted(weights.items()) if abs(value) >= 0.005]
    print(f"{len(same)} pairs of one name, {len(candidates)} candidates, {len(examples)} in all; {len(told)} weights")
    stacked = {name: np.concatenate([each.nets[name] for each in parts]) for name in parts[0].nets}
    return [*lines, *told], stacked


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m training.variants", description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--decay", type=float, default=0.4)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--out", type=Path, default=Path("graph/variants.tsv"))
    args = parser.parse_args()
    torch.set_num_threads(1)  # sums in one order give the same bytes
    lines, nets = learned(args.corpora / "names", args.decay, args.workers)
    args.out.write_text("\n".join(lines) + "\n", encoding="utf8")
    np.savez(args.out.with_suffix(".npz"), allow_pickle=False, **packed(nets))
    for path in (args.out, args.out.with_suffix(".npz")):
        print(f"{path}: {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
