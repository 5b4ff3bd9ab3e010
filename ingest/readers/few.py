"""Remarks on one source kept few: a broken table has one for each of its million rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from ingest.errors import Reason, UnreadableArticle
from ingest.readers.source import Note, Part, Source

LISTED = 20  # refusals, and as many notes


def few(parts: Iterable[Part], source: Source) -> Iterator[Part]:
    """Yield the parts with the first remarks on this source only, and at the end how many more there are."""
    refused = noted = 0
    more: Counter[Reason] = Counter()
    failure: Exception | None = None
    try:
        for part in parts:
            if isinstance(part, UnreadableArticle):
                refused += 1
                if refused > LISTED:
                    more[part.reason] += 1
                    continue
            elif isinstance(part, Note):
                noted += 1
                if noted > LISTED:
                    continue
            yield part
    except Exception as error:
        failure = error
    if more:
        counts = ", ".join(f"{count:,} {reason}" for reason, count in sorted(more.items()))
        commonest = max(sorted(more), key=lambda reason: more[reason])
        yield UnreadableArticle(source.name, f"as many more could not be read: {counts}", reason=commonest)
    if noted > LISTED:
        yield Note(path=source.name, text=f"{noted - LISTED:,} more notes like these")
    if failure is not None:
        raise failure
