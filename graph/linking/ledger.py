"""The ledger of each event: for each property and thing counted, the value that its claims bear out best, and why.

What speaks for a value, the weightiest first: it happened; no later claim takes its place; more independent origins
agree; it is exact; somebody with a name or an office says so; it is the latest. Nothing is dropped: the claims for and
against stand beside it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from graph.linking.claims import side_by_side
from graph.linking.origins import with_origins
from graph.linking.scopes import LOOSE, Counted, counted, narrower
from graph.linking.statements import Statement
from graph.model import Claim, Finding
from ingest.article import Article, Qualifier, content_id

MOST_UPDATED = 3  # numbers that a reason names before it counts them
Row = tuple[str, str, Counted]  # event, property, what is counted


def ledger(
    statements: Sequence[Statement],
    articles: Mapping[str, Article],
    names: Mapping[str, str],
    origins: Mapping[str, str],
) -> tuple[tuple[Claim, ...], tuple[Finding, ...]]:
    """The claims side by side, and what they bear out; both sorted by id.

    `names` gives the name of each entity, `origins` the article that each article's report goes back to.
    """
    entries = side_by_side(with_origins(statements, articles, origins))
    known = {each.claim.id: each for each in entries}
    replaced = {old for each in entries for old in each.claim.supersedes}
    rows: dict[Row, list[Statement]] = defaultdict(list)
    for each in entries:
        rows[each.claim.about, each.claim.property, counted(each.quantity)].append(each)
    wider: dict[tuple[str, str], set[Counted]] = defaultdict(set)
    for about, name, things in rows:
        wider[about, name].add(things)
    found = []
    for (about, name, things), row in rows.items():
        standing = [each for each in row if each.claim.id not in replaced and not each.is_part]
        wholes = [whole for whole in wider[about, name] if narrower(things, whole, name)]
        if any(_is_said_of(whole, standing, known) for whole in wholes):
            continue  # "17 Russian drones", where "17 drones" says the same
        found += _findings(row, standing, known, names)
    return tuple(each.claim for each in entries), tuple(sorted(found, key=lambda each: each.id))


def _is_said_of(whole: Counted, row: Iterable[Statement], known: Mapping[str, Statement]) -> bool:
    """Whether each of a row's claims agrees with one that counts the whole."""
    return all(any(counted(known[other].quantity) == whole for other in each.claim.agrees) for each in row)


def _findings(
    row: Sequence[Statement],
    standing: Sequence[Statement],
    known: Mapping[str, Statement],
    names: Mapping[str, str],
) -> list[Finding]:
    """One finding for a row; for amounts and shares one for each that two origins give, since they differ in what."""
    candidates = [each for each in standing if not each.is_denied]
    if row[0].claim.property not in LOOSE:
        best = min(candidates or standing, key=lambda each: _weight(each, known), default=None)
        return [] if best is None else [_finding(best, row, known, names)]
    found: dict[float, Finding] = {}
    for each in sorted(candidates, key=lambda each: _weight(each, known)):
        if len(_origins(each, known)) > 1 and not any(_covers(each, other) for other in found.values()):
            found[each.quantity.value] = _finding(each, row, known, names)
    return list(found.values())


def _covers(each: Statement, other: Finding) -> bool:
    return each.claim.id in other.supports


def _weight(each: Statement, known: Mapping[str, Statement]) -> tuple[int, bool, int, int, int, str]:
    """Sorts what is borne out best first; of equals, what its article tells first."""
    claim = each.claim
    return (
        -len(_origins(each, known)),
        claim.qualifier is not Qualifier.EXACTLY,
        -max(_authority(one) for one in _same_number(each, known)),
        -(claim.as_of or date.min).toordinal(),
        each.start,
        claim.id,
    )


def _origins(each: Statement, known: Mapping[str, Statement]) -> list[str]:
    return sorted({each.claim.origin, *(known[other].claim.origin for other in each.claim.agrees)})


def _same_number(each: Statement, known: Mapping[str, Statement]) -> list[Claim]:
    """The claim, and those that give the very same number."""
    others = (known[other].claim for other in each.claim.agrees)
    return [each.claim, *(other for other in others if other.value == each.claim.value)]


def _authority(claim: Claim) -> int:
    """Who says so: 2 somebody with a name, 1 somebody without ("officials"), 0 nobody but the article."""
    return 2 if claim.speaker is not None else 1 if claim.said_by is not None else 0


def _finding(
    best: Statement, row: Sequence[Statement], known: Mapping[str, Statement], names: Mapping[str, str]
) -> Finding:
    claim = best.claim
    units = Counter(each.claim.unit for each in row if each.claim.unit)
    said = (claim.about, claim.property, str(counted(best.quantity)), claim.value, claim.upper, claim.qualifier)
    return Finding(
        id=content_id("finding", *said),
        about=claim.about,
        property=claim.property,
        unit=min(units, key=lambda unit: (-units[unit], unit)) if units and counted(best.quantity).head else None,
        value=claim.value,
        upper=claim.upper,
        qualifier=claim.qualifier,
        supports=tuple(sorted({claim.id, *claim.agrees})),
        against=claim.conflicts,
        origins=tuple(_origins(best, known)),
        reasons=tuple(_reasons(best, known, names)),
    )


def _reasons(best: Statement, known: Mapping[str, Statement], names: Mapping[str, str]) -> list[str]:
    """What speaks for a value, and what limits it, in a few words each."""
    claim = best.claim
    agreeing = [claim, *(known[other].claim for other in claim.agrees)]
    origins, articles = len(_origins(best, known)), len({each.article for each in agreeing})
    if origins > 1:
        reasons = [f"{origins} independent reports agree"]
    else:
        reasons = [f"one report, printed in {articles} articles" if articles > 1 else "one report"]
    replaced = sorted({known[other].quantity.value for each in agreeing for other in each.supersedes})
    if len(replaced) > MOST_UPDATED:
        reasons.append(f"updates {len(replaced)} earlier numbers")
    elif replaced:
        reasons.append(f"updates {', '.join(f'{value:,.15g}' for value in replaced)}")
    if claim.qualifier is Qualifier.EXACTLY and any(each.qualifier is not Qualifier.EXACTLY for each in agreeing):
        reasons.append("exact where others are vague")
    speakers = sorted({who for each in _same_number(best, known) if (who := each.who(lambda id: names.get(id, id)))})
    reasons.append(f"said by {', '.join(speakers)}" if speakers else "attributed to nobody")
    if best.is_denied:
        reasons.append("said of what is denied or yet to come")
    if claim.conflicts:
        against = len({known[other].claim.origin for other in claim.conflicts})
        reasons.append(f"{against} {'report contradicts' if against == 1 else 'reports contradict'} it")
    return reasons
