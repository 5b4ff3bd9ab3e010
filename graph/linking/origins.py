"""Where articles and claims come from: papers that print one report, or one sentence of it, are one witness."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from graph.linking.copies import originals, repeated
from graph.linking.statements import Statement
from ingest.article import Article

# News agencies, whose reports others print; the short ones only as they are written in credits.
_AGENCY = re.compile(
    r"\b(?:Reuters|Associated Press|Agence France[- ]Presse|Xinhua|Interfax|RIA Novosti|Ukrinform|Kyodo|Yonhap"
    r"|Press Trust of India|Deutsche Presse-Agentur|Anadolu|Bernama|Antara|Jiji Press|United Press International"
    r"|AP|AFP|DPA|dpa|TASS|PTI|ANI|IANS|UPI|EFE|ANSA|UNIAN|IRNA|WAFA)\b"
)
_SAME = {
    "Associated Press": "AP", "Agence France-Presse": "AFP", "Agence France Presse": "AFP", "DPA": "dpa",
    "Deutsche Presse-Agentur": "dpa", "Press Trust of India": "PTI", "United Press International": "UPI",
}  # fmt: skip
_DATELINE = 160  # characters in which a report names its agency: "GOMA, Congo (Reuters) -"
_IN_BRACKETS = re.compile(r"\(([^()\n]{2,40})\)")
Order = tuple[date, str]


def origins_of(articles: Iterable[Article]) -> dict[str, str]:
    """For each article the earliest that carries the same report, by day of publication and id; ids both."""
    ordered = sorted(articles, key=_order)
    first = originals([article.text for article in ordered], [article.published for article in ordered])
    return {article.id: ordered[number].id for article, number in zip(ordered, first, strict=True)}


def with_origins(
    statements: Sequence[Statement], articles: Mapping[str, Article], printed: Mapping[str, str]
) -> list[Statement]:
    """The statements, each with the earliest article that carries its report as the origin of its claim.

    One origin have the claims of articles with one origin, `printed`, those of near-duplicate sentences, and those that
    give one number for one thing and credit one agency.
    """
    order = {article.id: _order(article) for article in articles.values()}
    origin = [printed[each.claim.article] for each in statements]
    for i, first in _repeated_sentences(statements, order):
        origin[i] = printed[statements[first].claim.article]
    reports: dict[tuple[object, ...], list[int]] = {}
    for i, each in enumerate(statements):
        claim = each.claim
        for agency in _credits(articles[claim.article], each.sentence):
            reports.setdefault((claim.about, claim.property, claim.value, claim.upper, agency), []).append(i)
    for group in reports.values():
        first_printed = min((origin[i] for i in group), key=order.__getitem__)
        for i in group:
            origin[i] = first_printed
    return [
        each if where == each.claim.origin else replace(each, claim=replace(each.claim, origin=where))
        for each, where in zip(statements, origin, strict=True)
    ]


def _order(article: Article) -> Order:
    return article.published or date.max, article.id


def _repeated_sentences(statements: Sequence[Statement], order: Mapping[str, Order]) -> Iterable[tuple[int, int]]:
    """For each statement whose sentence an earlier article holds: its index and that of the statement there."""
    told: dict[str, set[str]] = {}  # event → articles
    for each in statements:
        told.setdefault(each.claim.about, set()).add(each.claim.article)
    shared = [i for i, each in enumerate(statements) if len(told[each.claim.about]) > 1]
    shared.sort(key=lambda i: (order[statements[i].claim.article], statements[i].start, statements[i].claim.id))
    if len(shared) < 2:
        return []
    first = repeated([statements[i].sentence for i in shared])
    return [(shared[at], shared[earliest]) for at, earliest in enumerate(first)]


def _credits(article: Article, sentence: str) -> set[str]:
    """The agencies that an article names as its source: in its imprint, its dateline, or the sentence itself."""
    opening = " ".join(_IN_BRACKETS.findall(article.text[: len(article.title) + _DATELINE]))
    said = " ".join(filter(None, (article.byline, article.publisher, opening, sentence)))
    return {_SAME.get(name, name) for name in _AGENCY.findall(said)}
