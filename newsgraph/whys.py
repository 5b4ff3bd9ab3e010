"""Why the mentions of one entity or event were taken for one thing, in lines of text."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence

from graph.mentions import NAMING
from graph.model import Entity, Event, GraphMention, KnowledgeGraph, Merge
from graph.names import without_dress
from graph.verdict import Correction, Verdict

MOST_LINES = 12  # what fits a screen


def whys(
    graph: KnowledgeGraph, corrections: Sequence[Correction], thing: Entity | Event, source: Callable[[str], str]
) -> Iterator[str]:
    """Each join that made the thing with its reasons, then what keeps other things apart from it by hand.

    `source` says how an article is called. Equal names, and mentions of one article, are joined without a word.
    """
    mentions = {mention.id: mention for mention in graph.mentions}
    said = [mention for mention in graph.mentions if mention.refers_to == thing.id and mention.kind in NAMING]
    merges = [merge for merge in graph.merges if merge.thing == thing.id]
    lines = [f"  {_join(merge, mentions, source)}" for merge in merges]
    if isinstance(thing, Entity):
        lines += _unsaid(thing, said, merges, mentions, source)
    lines += _kept_apart(corrections, said)
    if lines:
        yield "Why one"
    lines = list(dict.fromkeys(lines))
    yield from lines[:MOST_LINES]
    if len(lines) > MOST_LINES:
        yield f"  … and {len(lines) - MOST_LINES} more"


def _join(merge: Merge, mentions: dict[str, GraphMention], source: Callable[[str], str]) -> str:
    left, right = mentions[merge.left], mentions[merge.right]
    sides = [f"{without_dress(each.text)} [{source(each.article)}]" for each in (left, right)]
    total = "" if merge.score is None else f" = {merge.score:g}"
    return f"{' with '.join(sides)}: {', '.join(merge.reasons)}{total}"


def _unsaid(
    entity: Entity,
    said: Sequence[GraphMention],
    merges: Sequence[Merge],
    mentions: dict[str, GraphMention],
    source: Callable[[str], str],
) -> Iterator[str]:
    """The spellings that no join across articles tells of: they were met beside another spelling in one article."""
    told = {without_dress(mentions[each].text) for merge in merges for each in (merge.left, merge.right)}
    by_article: dict[str, Counter[str]] = defaultdict(Counter)
    for mention in said:
        by_article[mention.article][without_dress(mention.text)] += 1
    for spelling in entity.aliases:
        for article, spellings in sorted(by_article.items()):
            others = sorted(spellings.keys() - {spelling}, key=lambda each: (each != entity.name, -len(each), each))
            if spelling in spellings and spelling not in told and others and spelling[:1].isupper():
                yield f"  {spelling} with {others[0]}: in one article [{source(article)}]"
                break


def _kept_apart(corrections: Sequence[Correction], said: Sequence[GraphMention]) -> Iterator[str]:
    """What was decided by hand not to be this thing."""
    own = {mention.id for mention in said}
    for each in corrections:
        if each.verdict is Verdict.DIFFERENT and own & {*each.left, *each.right}:
            yield f"  {each.names[0]} and {each.names[1]} are two: {each.by_hand}"
