"""Linking what a store holds: in processes of their own for a build, in this one for a correction by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from graph.linking.sources import MANY
from graph.model import KnowledgeGraph
from graph.reports import publications
from graph.sources import Copy
from graph.store import Store
from graph.verdict import Correction
from graph.wanted import Wanted
from ingest.article import AnnotatedArticle
from ingest.errors import NewsgraphError
from newsgraph.work.jobs import Job
from newsgraph.work.linking import Finish, LinkEntities, Linking
from newsgraph.work.pool import Does, Done

Link = Callable[[Sequence[AnnotatedArticle], Sequence[Correction]], KnowledgeGraph]


class LinkingFailed(NewsgraphError):
    """The process that links ended before it was done."""

    def __init__(self, store: Store, problem: str) -> None:
        super().__init__(
            f"{store.path}: linking failed ({problem}); run it again with more memory free: what was read is kept"
        )


def link_apart(does: Does, store: Store, by: Linking) -> list[Copy]:
    """Link what a store holds, and keep the graph there; returns the articles that were left out as copies."""
    is_many = store.held(store.sources()) > MANY
    found: bytes | None = _done(does, store, LinkEntities(store=store.path, by=by)) if is_many else None
    copies: list[Copy] = _done(does, store, Finish(store=store.path, by=by, found=found))
    return copies


def link_here(link: Link, store: Store, by: Linking) -> list[Copy]:
    """The same in this process, with a linker that the caller brings."""
    graph, copies = linked(store, by.annotator, store.corrections(), link)
    by.keep(graph, store)
    return copies


def _done(does: Does, store: Store, job: Job) -> Any:
    """The one record of a job."""
    waiting = [job]
    made = None
    for _, record in does.run(lambda: waiting.pop() if waiting else None):
        if not isinstance(record, Done):
            made = record
        elif record.failure is not None:
            raise LinkingFailed(store, record.problem)
    return made


def our_link(store: Store, annotator: str, *, every_mention: bool, wanted: Wanted | None = None) -> Link:
    """The linker that comes with newsgraph, for articles of a store as this version of the annotator reads them."""
    from graph.link import link  # noqa: PLC0415 - brings the gazetteer
    from graph.linking.kept import Kept  # noqa: PLC0415 - as above

    kept = Kept(store, annotator).entities_of
    return partial(link, every_mention=every_mention, entities_of=kept, wanted=wanted)


def linked(
    store: Store, annotator: str, corrections: Sequence[Correction], link: Link
) -> tuple[KnowledgeGraph, list[Copy]]:
    """The graph of all articles of a store as this version of the annotator reads them, and the copies left out."""
    articles, copies = store.annotated(annotator)
    graph = link(articles, corrections)
    return replace(graph, publications=publications(graph.articles, copies)), copies
