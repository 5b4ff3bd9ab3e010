"""What SHACL finds, as problems."""

from __future__ import annotations

from collections.abc import Iterator

from exports.rdf.shapes import our_shapes, violations
from exports.rdf.terms import shortened
from exports.verify.problem import Kind, Problem
from exports.verify.view import View


def check_shapes(view: View) -> Iterator[Problem]:
    """A problem for each violation of the shapes that come with newsgraph."""
    quoted = view.one("prov:wasQuotedFrom")
    for each in violations(view.columns, our_shapes()):
        path = "" if each.path is None else f"{shortened(each.path)}: "
        predicate = (each.path or "").removeprefix("^")
        found = each.value
        if found is None and each.path is not None and not each.path.startswith("^"):
            found = ", ".join(view.columns.values(predicate, each.focus)) or "none"
        yield view.problem(
            Kind.SHAPE,
            each.focus,
            f"{path}{each.message}",
            found=found,
            cites=quoted.get(each.focus),
        )
