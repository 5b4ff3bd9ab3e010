"""Whether every finding is borne out by its claims."""

from __future__ import annotations

from collections.abc import Iterator

from exports.verify.claims import values_of
from exports.verify.problem import Kind, Problem
from exports.verify.view import View


def check_findings(view: View) -> Iterator[Problem]:
    """Its value is that of a claim for it, which is of the same; claims against it contradict one of those."""
    claimed, found = values_of(view, "ng:value", "ng:upper"), values_of(view, "ng:bestValue", "ng:bestUpper")
    about, properties, origin = view.one("ng:about"), view.one("ng:property"), view.all_values("ng:origin")
    for finding in view.instances("ng:Finding"):
        supports = [claim for claim in view.values("ng:supportedBy", finding) if claim in claimed]
        if not supports or finding not in found:
            continue  # the shapes tell of it
        values = [claimed[claim] for claim in supports]
        if found[finding] not in values:
            yield view.problem(
                Kind.FINDING,
                finding,
                "no claim that supports the finding gives its value",
                expected=_written(found[finding]),
                found=", ".join(sorted({_written(each) for each in values})),
            )
        for claim in supports:
            if (about.get(claim), properties.get(claim)) != (about.get(finding), properties.get(finding)):
                yield view.problem(
                    Kind.FINDING,
                    finding,
                    "a claim that supports the finding is about something else",
                    found=view.called(claim),
                )
        origins = {article for claim in supports for article in origin.get(claim, ())}
        if set(origin.get(finding, ())) != origins:
            yield view.problem(
                Kind.FINDING,
                finding,
                "the finding does not go back to the articles that its claims go back to",
                expected=", ".join(sorted(map(view.called, origins))),
                found=", ".join(sorted(map(view.called, origin.get(finding, ())))),
            )
        against = {other for claim in supports for other in view.values("ng:conflictsWith", claim)}
        for claim in view.values("ng:contradictedBy", finding):
            if claim in claimed and claim not in against:
                yield view.problem(
                    Kind.FINDING,
                    finding,
                    "a claim against the finding conflicts with none for it",
                    found=view.called(claim),
                )


def _written(value: tuple[float | str, float | None, str | None]) -> str:
    number, upper, hedge = value
    text = number if isinstance(number, str) else f"{number:,.15g}"
    highest = "" if upper is None else f" to {upper:,.15g}"
    return f"{text}{highest} ({(hedge or '').rpartition('#')[2]})"
