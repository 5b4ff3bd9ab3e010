"""Who and what is spoken of without a name: mentions such as "the man", "police" and "they", across articles.

Boosted trees say how likely two mentions are the same (`graph/nominals.tsv`, made by `python -m training.nominals` from
ECB+). Names and nouns are clustered by it, starting from the entities that name linking found; then each pronoun goes
to the likeliest of what its article spoke of before.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import MutableMapping, Sequence
from functools import cache
from importlib import resources

import numpy as np

from graph.boosting import Matrix, Numbers, Trees, read_trees
from graph.linking.agglomeration import agglomerate
from graph.linking.entity import NOMINAL, LocalEntity
from graph.linking.nominal_pairs import Mentions, Named, candidate_pairs, features, mentions_of
from graph.verdict import Join
from ingest.article import AnnotatedArticle, EntityType, Wording, WordingKind

ALIKE = 0.35  # mean probability from which two groups are one; 0.25 to 0.4 differ by less than 0.3 over topics of ECB+
NAMES_ALIKE = 0.5  # of two groups that name linking keeps apart
MEANT = 0.1  # probability from which a pronoun is what was spoken of before: it hardly ever is nobody
REASONS = 3
Group = list[LocalEntity]
Member = tuple[int, int]  # number of the article, index of the mention


def link_nominals(
    articles: Sequence[AnnotatedArticle], groups: Sequence[Group], joins: list[Join[Member]] | None = None
) -> list[Group]:
    """The entities with the mentions that name nobody, and new ones of such mentions alone; why goes into `joins`."""
    mentions = spoken_of(articles, groups)
    return _with_nominals(articles, groups, mentions, cluster(mentions, joins))


def spoken_of(articles: Sequence[AnnotatedArticle], groups: Sequence[Group]) -> Mentions:
    """All mentions of all articles, each with the named entity that it belongs to."""
    number = {told.article.id: i for i, told in enumerate(articles)}
    named: list[dict[int, Named]] = [{} for _ in articles]
    for i, group in enumerate(groups):
        for local in group:
            named[number[local.article]].update(dict.fromkeys(local.mentions, Named(i, local.family)))
    return mentions_of(articles, named)


def cluster(mentions: Mentions, joins: list[Join[Member]] | None = None) -> list[list[int]]:
    """The mentions by number, in groups of those that are one; those with one named entity stay together."""
    left, right = candidate_pairs(mentions)
    rows = matrix(mentions, left, right)
    chance = 1 / (1 + np.exp(-trees().score(rows)))
    pronoun = np.array([mentions.is_pronoun(i) for i in range(len(mentions.wordings))], dtype=bool)
    whole = ~(pronoun[left] | pronoun[right])
    pairs = list(zip(left.tolist(), right.tolist(), strict=True))
    start = _by_name(mentions)
    family = {i: named.family for i, named in enumerate(mentions.named) if named and not pronoun[i]}
    of_group = {i: family.get(group[0]) for i, group in enumerate(start)}
    members = dict(enumerate(start))
    at = {pair: row for row, pair in enumerate(pairs)}

    def may_join(one: int, two: int, mean: float) -> bool:
        ours, theirs = of_group[one], of_group[two]
        if ours is not None and theirs is not None and (ours != theirs or mean < NAMES_ALIKE):
            return False
        of_group[one] = ours or theirs
        return True

    def told(one: int, two: int, _: float) -> None:
        if joins is not None:
            between = ((min(i, j), max(i, j)) for i in members[one] for j in members[two])
            chance, best = max((likely[pair], pair) for pair in between if pair in likely)
            left_of, right_of = map(mentions.member, best)
            joins.append(Join(left_of, right_of, _reasons(rows[at[best]]), chance))
        members[one] = members[one] + members[two]

    likely = {pair: p for pair, p, kept in zip(pairs, chance.tolist(), whole.tolist(), strict=True) if kept}
    groups = agglomerate(start, likely, ALIKE, may_join, told)
    spoken = [(*pair, p) for pair, p, kept in zip(pairs, chance.tolist(), whole.tolist(), strict=True) if not kept]
    _place_pronouns(mentions, groups, spoken)
    return groups


def matrix(mentions: Mentions, left: Numbers, right: Numbers) -> Matrix:
    """The features of pairs, (pairs, features)."""
    return np.stack(list(features(mentions, left, right).values()), axis=1)


@cache
def trees() -> Trees:
    """The trees that come with newsgraph."""
    return read_trees(resources.files("graph").joinpath("nominals.tsv").read_text("utf8"))


def _reasons(row: Matrix) -> tuple[str, ...]:
    """What speaks most for a pair, with what it adds to the log-odds."""
    counted = sorted(trees().counted(row.tolist()).items(), key=lambda item: (-item[1], item[0]))
    return tuple(f"{name} ({weight:+.1f})" for name, weight in counted[:REASONS] if weight > 0)


def _by_name(mentions: Mentions) -> list[list[int]]:
    """Each mention alone, but those of one named entity together, without pronouns."""
    groups: dict[tuple[str, int], list[int]] = defaultdict(list)
    for i, named in enumerate(mentions.named):
        together = named is not None and not mentions.is_pronoun(i)
        groups[("name", named.number) if named is not None and together else ("", i)].append(i)
    return list(groups.values())


def _place_pronouns(mentions: Mentions, groups: list[list[int]], likely: Sequence[tuple[int, int, float]]) -> None:
    """Move each pronoun to the group of the likeliest mention before it, or of a noun right behind it."""
    home = {member: group for group in groups for member in group}
    meant: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for one, two, chance in likely:
        for pronoun, other in ((one, two), (two, one)):
            if mentions.is_pronoun(pronoun) and not (mentions.is_pronoun(other) and other > pronoun):
                meant[pronoun].append((chance, -other))
    for pronoun in sorted(meant):
        chance, other = max(meant[pronoun])
        if chance >= MEANT and home[-other] is not home[pronoun]:
            home[pronoun].remove(pronoun)
            home[-other].append(pronoun)
            home[pronoun] = home[-other]
    groups[:] = [sorted(group) for group in groups if group]


def _with_nominals(
    articles: Sequence[AnnotatedArticle], groups: Sequence[Group], mentions: Mentions, clusters: Sequence[Sequence[int]]
) -> list[Group]:
    """The groups of names, joined where their mentions are in one cluster, with all mentions of it that name nobody."""
    owner = {(local.article, index): local for group in groups for local in group for index in local.mentions}
    found: list[Group] = []
    placed = set[int]()
    for cluster_ in clusters:
        names = sorted({named.number for i in cluster_ if (named := mentions.named[i]) and not mentions.is_pronoun(i)})
        if not names and all(mentions.is_pronoun(i) for i in cluster_):
            continue  # nobody says who
        placed.update(names)
        group = [local for name in names for local in groups[name]]
        for i in cluster_:
            told, wording = articles[int(mentions.article[i])], mentions.wordings[i]
            if mentions.is_pronoun(i) or (told.article.id, wording.mention) not in owner:
                _add(group, told, wording, owner)
        found.append(group)
    return [*found, *(group for i, group in enumerate(groups) if i not in placed)]


def _add(
    group: Group, told: AnnotatedArticle, wording: Wording, owner: MutableMapping[tuple[str, int], LocalEntity]
) -> None:
    """Give a group a mention that names nobody: to what its article has of the group, which may be nothing yet."""
    article = told.article.id
    local = next((local for local in group if local.article == article), None)
    if local is None:
        family = group[0].family if group else NOMINAL
        local = LocalEntity(article=article, family=family)
        if family != NOMINAL:
            local.spellings[group[0].name] = 0  # named in another article only
        group.append(local)
    before = owner.get((article, wording.mention))
    if before is not None and before is not local:
        before.mentions.remove(wording.mention)  # what rules took a pronoun for
    if before is not local:
        owner[article, wording.mention] = local
        local.mentions = sorted([*local.mentions, wording.mention])
    if local.family == NOMINAL and wording.kind is not WordingKind.PRONOUN:
        local.types[_type(wording)] += 1
        local.spellings[told.mentions[wording.mention].text] += 1


def _type(wording: Wording) -> EntityType:
    """One person, several, or something else."""
    if not wording.person:
        return EntityType.OTHER
    return EntityType.GROUP if wording.plural else EntityType.PERSON
