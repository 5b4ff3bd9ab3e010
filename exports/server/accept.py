"""What a client would rather read: content negotiation (RFC 9110, section 12.5.1)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

# Media types by which clients ask for a form that has a type of its own.
ALSO_CALLED = {
    "application/sparql-results+json": ("application/json",),
    "application/sparql-results+xml": ("application/xml", "text/xml"),
    "application/ld+json": ("application/json",),
    "application/rdf+xml": ("application/xml", "text/xml"),
}
SOLUTIONS = (
    "application/sparql-results+json",
    "application/sparql-results+xml",
    "text/csv",
    "text/tab-separated-values",
)
TRIPLES = ("text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json")
HTML = "text/html"


def best(header: str | None, offered: Iterable[str]) -> str | None:
    """The offered media type that an Accept header likes best, the first of equals; None when it takes none of them.

    No header takes anything.
    """
    ranges = dict(_ranges(header)) if header and header.strip() else {"*/*": 1.0}
    # One that is asked for by its own name comes before one that only has a name in common with it.
    liked = [(_quality(ranges, form), -place, form) for place, form in enumerate(offered)]
    quality, _, form = max(liked)
    return form if quality[0] > 0 else None


def _ranges(header: str) -> Iterator[tuple[str, float]]:
    """Each media range of an Accept header with its weight; one that cannot be read is passed over."""
    for part in header.split(","):
        media, *parameters = (each.strip().lower() for each in part.split(";"))
        weight = 1.0
        for parameter in parameters:
            name, _, value = parameter.partition("=")
            if name.strip() == "q":
                try:
                    weight = min(1.0, max(0.0, float(value)))
                except ValueError:
                    weight = 0.0
        if media.count("/") == 1:
            yield media, weight


def _quality(ranges: Mapping[str, float], form: str) -> tuple[float, bool]:
    """How much a form is liked, by the most specific range that takes it, and whether that range is its own name."""
    if form in ranges:
        return ranges[form], True
    for range_ in (*ALSO_CALLED.get(form, ()), f"{form.partition('/')[0]}/*", "*/*"):
        if range_ in ranges:
            return ranges[range_], False
    return 0.0, False
