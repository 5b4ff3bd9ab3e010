"""The graph of the sample articles in seeds/, read by the shipped model: built once for all tests that look at it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from graph.model import KnowledgeGraph
from newsgraph.api import load
from newsgraph.build import build

SEEDS = Path(__file__).parents[1] / "seeds"


@cache
def seeds_graph() -> KnowledgeGraph:
    """What `newsgraph build seeds/` makes of them."""
    with TemporaryDirectory() as folder:
        build([SEEDS], Path(folder))
        return load(folder).graph
