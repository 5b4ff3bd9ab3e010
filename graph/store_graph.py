"""The graph as a store keeps it: pieces of some thousand rows, so that it is never in memory twice."""

from __future__ import annotations

import typing
from collections.abc import Iterable, Iterator
from dataclasses import fields
from itertools import groupby
from operator import itemgetter
from typing import Any

from graph.mentions import Mentions, gathered
from graph.model import KnowledgeGraph
from ingest.serial import packed_rows, packed_values, unpacked_rows, unpacked_values

_ROWS = 4096  # of one piece
_NOUNS: dict[str, Any] = {
    name: typing.get_args(hint)[0] for name, hint in typing.get_type_hints(KnowledgeGraph).items()
}
ARRAYS = tuple(each.name for each in fields(KnowledgeGraph))


def pieces(graph: KnowledgeGraph) -> Iterator[tuple[str, int, bytes]]:
    """Every piece: the array that it is of, its number in it, and its packed rows. An empty array has one of no row."""
    for array in ARRAYS:
        things = getattr(graph, array)
        for number, start in enumerate(range(0, max(1, len(things)), _ROWS)):
            if isinstance(things, Mentions):
                yield array, number, packed_values(things.rows(range(start, min(start + _ROWS, len(things)))))
            else:
                yield array, number, packed_rows(_NOUNS[array], things[start : start + _ROWS])


def graph_of(given: Iterable[tuple[str, bytes]]) -> KnowledgeGraph:
    """The graph of all its pieces, those of an array one after another.

    zlib.error, ValueError or TypeError when they were written for another.
    """
    arrays: dict[str, Any] = {}
    for array, parts in groupby(given, key=itemgetter(0)):
        if array == "mentions":
            arrays[array] = gathered(row for _, body in parts for row in unpacked_values(body))
        else:
            arrays[array] = tuple(row for _, body in parts for row in unpacked_rows(_NOUNS[array], body))
    return KnowledgeGraph(**arrays)
