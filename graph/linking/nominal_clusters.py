"""Mentions to groups of those that mean the same: pair by pair, then group by group, then the pronouns.

Two tables of boosted trees, made by `python -m training.nominals` from ECB+, say how likely two mentions
(`graph/nominals.tsv`) and two groups of them (`graph/nominal_groups.tsv`) are one.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from importlib import resources

import numpy as np

from graph.boosting import Matrix, Trees, read_trees
from graph.linking.agglomeration import agglomerate
from graph.linking.nominal_features import features
from graph.linking.nominal_groups import group_pairs, joined
from graph.linking.nominal_pairs import Compared, Mentions, candidate_pairs
from graph.verdict import Join

# Over topics of ECB+ train not learned from, given mentions (CoNLL F1, and precision of B³): 0.35 and 0.4 give 78.1 and
# 83, these 77.2 and 87, 0.5 and 0.6 76.2 and 88. News at large has more that is alike and is not the same.
ALIKE = 0.45  # mean probability of the pairs of two groups from which they are one
NAMES_ALIKE = 0.6  # the same for two that name linking keeps apart
GROUPS_ALIKE = 0.5  # probability from which two groups are one after all
UNLIKELY = 0.02  # what is less is taken for nothing
MEANT = 0.3  # probability from which a pronoun means what was spoken of before
REASONS = 3
Member = tuple[int, int]  # number of the article, index of the mention
Groups = list[list[int]]


def cluster(mentions: Mentions, joins: list[Join[Member]] | None = None) -> Groups:
    """The mentions by number, in groups of those that are one; why goes into `joins`.

    Those of one named entity stay together.
    """
    compared = compare(mentions, pair_trees())
    groups = by_pairs(compared, joins)
    pairs, told, best = group_pairs(compared, groups)
    if pairs:
        rows = np.stack(list(told.values()), axis=1)
        chance = probability(group_trees(), rows)
        order = [i for i in np.argsort(-chance, kind="stable").tolist() if chance[i] >= GROUPS_ALIKE]
        named = [any(mentions.name(i) for i in group) for group in groups]
        groups, done = joined(groups, (pairs[i] for i in order), named)
        if joins is not None:
            number = {pair: i for i, pair in enumerate(pairs)}
            for pair in done:
                i = number[pair]
                joins.append(_join(compared, best[i], reasons(group_trees(), rows[i]), float(chance[i])))
    return with_pronouns(compared, groups)


def compare(mentions: Mentions, trees: Trees) -> Compared:
    """The pairs of mentions that are worth comparing, and how likely each is one."""
    left, right = candidate_pairs(mentions)
    told = features(mentions, left, right)
    chance = probability(trees, np.stack(list(told.values()), axis=1))
    return Compared(mentions=mentions, left=left, right=right, told=told, chance=chance)


def by_pairs(compared: Compared, joins: list[Join[Member]] | None = None) -> Groups:
    """The names and nouns in groups by the mean over their pairs; pronouns stay alone."""
    mentions = compared.mentions
    start = _by_name(mentions)
    family = [next((named.family for i in group if (named := mentions.name(i))), None) for group in start]
    members = dict(enumerate(start))
    rows = np.flatnonzero(compared.whole & (compared.chance >= UNLIKELY)).tolist()
    row_of = {(int(compared.left[row]), int(compared.right[row])): row for row in rows}
    likely = {pair: float(compared.chance[row]) for pair, row in row_of.items()}

    def may_join(one: int, two: int, mean: float) -> bool:
        ours, theirs = family[one], family[two]
        return ours is None or theirs is None or (ours == theirs and mean >= NAMES_ALIKE)

    def told(one: int, two: int, mean: float) -> None:
        if joins is not None:
            between = ((min(i, j), max(i, j)) for i in members[one] for j in members[two])
            _, pair = max((likely[pair], pair) for pair in between if pair in likely)
            row = np.array([values[row_of[pair]] for values in compared.told.values()])
            joins.append(_join(compared, row_of[pair], reasons(pair_trees(), row), mean))
        members[one] = members[one] + members[two]
        family[one] = family[one] or family[two]

    return agglomerate(start, likely, ALIKE, may_join, told)


def with_pronouns(compared: Compared, groups: Groups) -> Groups:
    """The groups, with each pronoun in that of the likeliest mention before it, or of a noun right behind it."""
    mentions = compared.mentions
    home = {member: number for number, group in enumerate(groups) for member in group}
    meant: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for row in np.flatnonzero(~compared.whole & (compared.chance >= MEANT)).tolist():
        one, two = int(compared.left[row]), int(compared.right[row])
        for pronoun, other in ((one, two), (two, one)):
            if mentions.is_pronoun(pronoun) and not (mentions.is_pronoun(other) and other > pronoun):
                meant[pronoun].append((float(compared.chance[row]), -other))
    for pronoun in sorted(meant):
        home[pronoun] = home[-max(meant[pronoun])[1]]
    found: dict[int, list[int]] = defaultdict(list)
    for member in sorted(home):
        found[home[member]].append(member)
    return list(found.values())


def probability(trees: Trees, rows: Matrix) -> Matrix:
    """How likely each row is one."""
    return 1 / (1 + np.exp(-trees.score(rows)))


def reasons(trees: Trees, row: Matrix) -> tuple[str, ...]:
    """What speaks most for a pair, with what it adds to the log-odds."""
    counted = sorted(trees.counted(row.tolist()).items(), key=lambda item: (-item[1], item[0]))
    return tuple(f"{name} ({weight:+.1f})" for name, weight in counted[:REASONS] if weight > 0)


@cache
def pair_trees() -> Trees:
    """The trees for pairs of mentions that come with newsgraph."""
    return _table("nominals.tsv")


@cache
def group_trees() -> Trees:
    """The trees for pairs of groups that come with newsgraph."""
    return _table("nominal_groups.tsv")


def _table(name: str) -> Trees:
    return read_trees(resources.files("graph").joinpath(name).read_text("utf8"))


def _join(compared: Compared, row: int, why: tuple[str, ...], score: float) -> Join[Member]:
    left, right = int(compared.left[row]), int(compared.right[row])
    return Join(compared.mentions.member(left), compared.mentions.member(right), why, round(score, 4))


def _by_name(mentions: Mentions) -> Groups:
    """Each mention alone, but those of one named entity together."""
    groups: dict[tuple[str, int], list[int]] = defaultdict(list)
    for i in range(len(mentions.wordings)):
        named = mentions.name(i)
        groups[("", i) if named is None else ("name", named.number)].append(i)
    return list(groups.values())
