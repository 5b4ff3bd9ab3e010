"""The main job: articles in, one graph out, in a folder that the next build goes on from."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Protocol

from exports import DEFAULT_BASE, EXPORTERS
from graph.model import KnowledgeGraph
from graph.store import FILE_NAME, Store
from graph.verdict import Correction
from ingest.article import AnnotatedArticle, Article
from ingest.errors import NewsgraphError
from ingest.readers import Options
from newsgraph import report
from newsgraph.errors import BadOutput, writing
from newsgraph.intake import Intake, take_in
from newsgraph.report import BuildReport

# The views that every build leaves beside the store, by the exporter that writes them.
VIEWS = {"turtle": "graph.ttl", "json": "graph.json", "html": "graph.html", "explorer": "explorer.html"}
# Articles between two commits: what a kill can cost, some seconds of reading. Also the batches that the annotator
# sees: they are cut from the sorted articles, so a build that is gone on with sees the same ones.
BATCH = 64
COLLECT = 1_000_000  # new objects between two searches for cycles; Python's own number is 700

Progress = Callable[[str], None]
Link = Callable[[Sequence[AnnotatedArticle], Sequence[Correction]], KnowledgeGraph]


class Annotates(Protocol):
    """Marks people, places, events and numbers in articles."""

    @property
    def version(self) -> str:
        """Changes whenever the same article would be read differently."""
        ...

    def annotate(self, articles: Iterable[Article]) -> Iterator[AnnotatedArticle]:
        """Yield each article with what was found in it, in order."""
        ...


class NothingRead(NewsgraphError):
    """None of the given paths holds an article that can be read; the graph was left as it was."""

    def __init__(self, paths: Sequence[Path], report: BuildReport) -> None:
        self.report = report
        first = ", ".join(map(str, paths[:3])) + (" …" if len(paths) > 3 else "")
        super().__init__(f"{first}: no article could be read; give .txt, .md or .jsonl files, or folders of them")


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildOptions:
    """What the user says beyond the paths."""

    date: date | None = None  # of articles that do not say when they were published
    publisher: str | None = None  # of articles that do not say by whom
    columns: tuple[tuple[str, str], ...] = ()  # our name of a field and that of the column or key that holds it
    base: str = DEFAULT_BASE  # where the things of the graph live as IRIs
    model: Path | None = None  # a language model instead of the one that comes with newsgraph
    every_mention: bool = False  # the fuller graph: also who and what has no name, and events of no type


def build(  # noqa: PLR0913 - the last three are for callers who bring their own parts
    paths: Sequence[Path],
    out: Path,
    options: BuildOptions | None = None,
    *,
    annotator: Annotates | None = None,
    link: Link | None = None,
    progress: Progress = lambda _: None,
) -> BuildReport:
    """Bring the graph in `out` up to what `paths` hold now, and write its views and report.json beside the store.

    Files of earlier builds stay in the graph unless they are gone from a folder or path given now. Raises NothingRead,
    BadOutput, UnreadableStore, BadBase.
    """
    options = options or BuildOptions()
    with fewer_collections():
        return _build(paths, out, options, annotator=annotator, link=link, progress=progress)


def _build(  # noqa: PLR0913 - as build
    paths: Sequence[Path],
    out: Path,
    options: BuildOptions,
    *,
    annotator: Annotates | None,
    link: Link | None,
    progress: Progress,
) -> BuildReport:
    _check_base(options.base)
    if out.exists() and not out.is_dir():
        raise BadOutput(out, "a file, not a folder")
    with writing(out):
        out.mkdir(parents=True, exist_ok=True)
    clock = _Clock()
    with Store(out / FILE_NAME) as store:
        with clock.step("read"):
            progress("reading")
            said = Options(published=options.date, publisher=options.publisher, columns=options.columns)
            intake = take_in(paths, store, said)
        if not intake.articles:
            nothing = _report(intake, clock)
            nothing.write(out / report.FILE_NAME)
            raise NothingRead(paths, nothing)
        with clock.step("annotate"):
            annotator = annotator or _our_annotator(options)
            fresh = _annotate(store, annotator, progress)
        with clock.step("link"):
            progress("linking")
            articles, copies = store.annotated(annotator.version, fresh)
            linker = link or our_link(store, annotator.version, every_mention=options.every_mention)
            graph = linker(articles, store.corrections())
        with clock.step("store"):
            every = "yes" if options.every_mention else "no"
            store.save_graph(graph, base=options.base, annotator=annotator.version, every_mention=every)
    with clock.step("export"):
        write_views(graph, out, options.base, progress)
    done = BuildReport(
        intake=intake,
        annotated=len(fresh),
        annotator=annotator.version,
        copies=tuple(copies),
        counts=report.counts(graph),
        seconds=clock.taken,
    )
    done.write(out / report.FILE_NAME)
    return done


def write_views(graph: KnowledgeGraph, out: Path, base: str, progress: Progress = lambda _: None) -> None:
    """Write what stands beside the store; may raise BadOutput."""
    for name, file in VIEWS.items():
        progress(f"writing {file}")
        with writing(out / file):
            EXPORTERS[name].write(graph, out / file, base)


@contextmanager
def fewer_collections() -> Iterator[None]:
    """Next to no searches for cycles: a build makes millions of objects that live, and hardly a cycle.

    Python's own rhythm costs a build 5 % of its time, a hundredth of it still 1.5; the same memory is needed without.
    """
    usual = gc.get_threshold()
    gc.set_threshold(COLLECT, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def _annotate(store: Store, annotator: Annotates, progress: Progress) -> dict[str, AnnotatedArticle]:
    """Annotate what this annotator has not read yet, a committed batch at a time; what was read, by digest."""
    fresh: dict[str, AnnotatedArticle] = {}
    pending = store.pending(annotator.version)
    for start in range(0, len(pending), BATCH):
        progress(f"reading articles: {start} of {len(pending)}")
        batch = pending[start : start + BATCH]
        readings = list(annotator.annotate(store.articles(batch)))
        store.add_readings(annotator.version, zip(batch, readings, strict=True))
        fresh.update(zip(batch, readings, strict=True))
    return fresh


def _our_annotator(options: BuildOptions) -> Annotates:
    from ingest.annotate import Annotator  # noqa: PLC0415 - importing spaCy takes seconds

    return Annotator(options.model, every_mention=options.every_mention)


def our_link(store: Store, annotator: str, *, every_mention: bool) -> Link:
    """The linker that comes with newsgraph, for articles of a store as this version of the annotator reads them."""
    from graph.link import link  # noqa: PLC0415 - brings the gazetteer
    from graph.linking.kept import Kept  # noqa: PLC0415 - as above

    return partial(link, every_mention=every_mention, entities_of=Kept(store, annotator).entities_of)


def _check_base(base: str) -> None:
    """Raise BadBase now rather than after minutes of reading."""
    if base != DEFAULT_BASE:
        from exports.rdf.terms import Names  # noqa: PLC0415 - brings pyoxigraph

        Names(KnowledgeGraph(), base)


def _report(intake: Intake, clock: _Clock) -> BuildReport:
    """The report of a build that came to nothing."""
    return BuildReport(
        intake=intake, annotated=0, annotator="", copies=(), counts=report.counts(KnowledgeGraph()), seconds=clock.taken
    )


class _Clock:
    """Seconds of each step, and of them all."""

    def __init__(self) -> None:
        self._start = time.perf_counter()
        self._steps: dict[str, float] = {}

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        start = time.perf_counter()
        yield
        self._steps[name] = time.perf_counter() - start

    @property
    def taken(self) -> dict[str, float]:
        return {**self._steps, "all": time.perf_counter() - self._start}
