"""Every check of one graph by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from exports.verify.articles import check_articles
from exports.verify.claims import check_claims
from exports.verify.findings import check_findings
from exports.verify.ids import check_ids
from exports.verify.links import check_links
from exports.verify.mentions import check_mentions
from exports.verify.names import check_names
from exports.verify.problem import Problem
from exports.verify.shapes import check_shapes
from exports.verify.view import View

Check = Callable[[View], Iterator[Problem]]
# What rests on the texts, and what rests on the graph alone. A folder's store and its RDF say the same, so that each
# process that `newsgraph verify` has can look at one half.
OF_TEXTS: tuple[Check, ...] = (
    check_shapes,
    check_articles,
    check_mentions,
    check_names,
    check_claims,
    check_findings,
)
OF_LINKS: tuple[Check, ...] = (check_links, check_ids)


def problems_of(view: View, checks: Iterable[Check] = (*OF_TEXTS, *OF_LINKS)) -> list[Problem]:
    """What is wrong with a graph, in the order of the checks."""
    return [problem for check in checks for problem in check(view)]
