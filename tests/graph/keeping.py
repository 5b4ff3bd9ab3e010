"""Puts what a source gave into a store in one go."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from graph.sources import Remark, SourceState, held
from graph.store import Store
from ingest.article import Article


def keep(store: Store, state: SourceState, outcomes: Iterable[Article | Remark]) -> None:
    """Put what was read in a source in place of what it held before."""
    found = list(outcomes)
    store.stage(state.key, [held(each, state.name) for each in found if isinstance(each, Article)])
    store.settle(replace(state, remarks=tuple(each for each in found if isinstance(each, Remark))))
