"""What tells whether two groups of mentions mean the same, where no name keeps them apart: "the mother", Ana Silva."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from graph.boosting import Matrix, Numbers
from graph.linking.clusters import Clusters
from graph.linking.nominal_features import FAMILIES
from graph.linking.nominal_pairs import UNKNOWN, Compared, Mentions

LEAST = 0.05  # probability of the likeliest pair of two groups that are worth comparing
Pair = tuple[int, int]
Groups = Sequence[Sequence[int]]


def group_pairs(compared: Compared, groups: Groups) -> tuple[list[Pair], dict[str, Matrix], list[int]]:
    """The pairs of groups that are worth comparing, the named or larger first; their features by name; and, for each,
    the number of its likeliest pair of mentions.
    """
    between = _between(compared, groups)
    mentions, chance = compared.mentions, compared.chance
    best = {pair: max(rows, key=lambda row: (chance[row], -row)) for pair, rows in between.items()}
    rivals: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for (one, two), row in best.items():
        rivals[one].append((float(chance[row]), two))
        rivals[two].append((float(chance[row]), one))
    for ranked in rivals.values():
        ranked.sort(reverse=True)
    names = [_family(mentions, group) for group in groups]
    pairs, rows = [], []
    for (one, two), row in sorted(best.items()):
        if chance[row] < LEAST or (names[one] is not None and names[two] is not None):
            continue
        if names[two] is not None or (names[one] is None and len(groups[one]) < len(groups[two])):
            one, two = two, one
        pairs.append((one, two))
        rivalry = {
            "likeliest other of the first": _other(rivals[one], two),
            "likeliest other of the second": _other(rivals[two], one),
            "family of the name": UNKNOWN if names[one] is None else FAMILIES.get(names[one] or "", UNKNOWN),
        }
        here = np.array(between[min(one, two), max(one, two)])
        rows.append({**_of_pairs(compared, here), **_of_groups(mentions, groups[one], groups[two]), **rivalry})
    told = {name: np.array([row[name] for row in rows]) for name in (rows[0] if rows else ())}
    return pairs, told, [best[min(pair), max(pair)] for pair in pairs]


def _between(compared: Compared, groups: Groups) -> Mapping[Pair, list[int]]:
    """The numbers of the pairs of mentions between each two groups, without pronouns."""
    home = {member: number for number, group in enumerate(groups) for member in group}
    found: dict[Pair, list[int]] = defaultdict(list)
    for row in np.flatnonzero(compared.whole).tolist():
        one, two = home[int(compared.left[row])], home[int(compared.right[row])]
        if one != two:
            found[min(one, two), max(one, two)].append(row)
    return found


def _family(mentions: Mentions, group: Sequence[int]) -> str | None:
    """The family of a group with a name."""
    named = (mentions.named[i] for i in group if not mentions.is_pronoun(i))
    return next((each.family for each in named if each is not None), None)


def _other(ranked: Sequence[tuple[float, int]], group: int) -> float:
    """The probability of the likeliest pair with any other group."""
    return next((chance for chance, other in ranked if other != group), 0.0)


def _of_pairs(compared: Compared, rows: Numbers) -> dict[str, float]:
    """What the pairs between two groups say together."""
    chance, told = compared.chance[rows], compared.told
    ranked = np.sort(chance)[::-1]
    inside = told["same article"][rows] > 0
    return {
        "likeliest pair": float(ranked[0]),
        "second likeliest pair": float(ranked[1]) if len(ranked) > 1 else UNKNOWN,
        "mean of the pairs": float(chance.mean()),
        "mean in one article": float(chance[inside].mean()) if inside.any() else UNKNOWN,
        "likeliest across articles": float(chance[~inside].max()) if not inside.all() else UNKNOWN,
        "sum of the pairs": float(chance.sum()),
        "pairs": float(len(rows)),
        "pairs in one article": float(inside.sum()),
        "said to be one": float(told["said to be one"][rows].sum()),
        "same verbs": float(told["same verbs"][rows].mean()),
        "same roles": float(told["same roles"][rows].sum()),
        "same company": float(told["same company"][rows].max()),
        "articles alike": float(told["articles alike"][rows].mean()),
        "same gender": float(told["same gender"][rows].max()),
        "words shared": float(told["words shared"][rows].mean()),
    }


def _of_groups(mentions: Mentions, first: Sequence[int], second: Sequence[int]) -> dict[str, float]:
    """How large two groups are, where they are told of, and what they are."""
    ours, theirs = ({int(mentions.article[i]) for i in group} for group in (first, second))
    one, two = ([mentions.wordings[i] for i in group] for group in (first, second))
    heads = Counter(each.head for each in one) & Counter(each.head for each in two)
    return {
        "mentions of the first": float(len(first)),
        "mentions of the second": float(len(second)),
        "articles of the first": float(len(ours)),
        "articles of the second": float(len(theirs)),
        "articles of both": float(len(ours & theirs)),
        "share of articles of both": len(ours & theirs) / min(len(ours), len(theirs)),
        "people in the first": sum(each.person for each in one) / len(one),
        "people in the second": sum(each.person for each in two) / len(two),
        "plurals in the second": sum(each.plural for each in two) / len(two),
        "definite in the second": sum(each.determiner == "the" for each in two) / len(two),
        "heads shared": float(heads.total()),
    }


def joined(groups: Groups, ranked: Iterable[Pair], is_named: Sequence[bool]) -> tuple[list[list[int]], list[Pair]]:
    """The groups, with the ranked pairs joined one after the other, and the pairs that were; never two with a name."""
    clusters, named = Clusters(len(groups)), list(is_named)
    done: list[Pair] = []
    for one, two in ranked:
        left, right = clusters.find(one), clusters.find(two)
        if left != right and not (named[left] and named[right]):
            named[clusters.join(left, right)] = named[left] or named[right]
            done.append((one, two))
    return [sorted(member for number in part for member in groups[number]) for part in clusters.sets()], done
