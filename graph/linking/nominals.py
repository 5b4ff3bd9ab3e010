"""Who and what is spoken of without a name: mentions such as "the man", "police" and "they", across articles."""

from __future__ import annotations

from collections.abc import MutableMapping, Sequence

from graph.linking.entity import NOMINAL, LocalEntity
from graph.linking.nominal_clusters import Member, cluster
from graph.linking.nominal_pairs import Mentions, Named, mentions_of
from graph.verdict import Join
from ingest.article import AnnotatedArticle, EntityType, Wording, WordingKind

Group = list[LocalEntity]


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


def _with_nominals(
    articles: Sequence[AnnotatedArticle], groups: Sequence[Group], mentions: Mentions, clusters: Sequence[Sequence[int]]
) -> list[Group]:
    """The groups of names, joined where their mentions are in one cluster, with all mentions of it that name nobody."""
    owner = {(local.article, index): local for group in groups for local in group for index in local.mentions}
    found: list[Group] = []
    placed = set[int]()
    for cluster_ in clusters:
        names = sorted({named.number for i in cluster_ if (named := mentions.name(i))})
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
