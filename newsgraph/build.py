"""The main job: articles in, one graph out, in a folder that the next build goes on from."""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Protocol

from exports import DEFAULT_BASE, EXPORTERS
from graph.model import KnowledgeGraph
from graph.store import FILE_NAME, Store
from graph.wanted import Wanted
from ingest.article import AnnotatedArticle, Article
from ingest.errors import NewsgraphError
from ingest.given import Term, types_of_names
from ingest.readers import Limits, Options
from ingest.setup import Setup, packed_names
from ingest.web.manners import Manners
from newsgraph import report
from newsgraph.annotating import MakeJob, annotate
from newsgraph.errors import BadOutput, writing
from newsgraph.inputs import Besides, Inputs, split, spooled
from newsgraph.intake import Intake, Progress, take_in
from newsgraph.linking import Link, link_apart, link_here
from newsgraph.report import BuildReport
from newsgraph.work.beside import beside
from newsgraph.work.jobs import Annotate, AnnotateWith
from newsgraph.work.linking import Linking
from newsgraph.work.pool import Does, Here, Pool

# The views that every build leaves beside the store, by the exporter that writes them.
VIEWS = {"turtle": "graph.ttl", "json": "graph.json", "html": "graph.html", "explorer": "explorer.html"}
LONGEST = "turtle"  # the view that takes as long to write as all others together
SMALL = 200_000  # mentions, those of 4,000 long articles, in a graph that takes no more than annotating them, twice
COLLECT = 1_000_000  # new objects between two searches for cycles; Python's own number is 700


def silent(step: str, done: int, total: int) -> None:
    """Tell nobody of progress."""


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

    def __init__(self, paths: Sequence[Path | str], report: BuildReport) -> None:
        self.report = report
        first = ", ".join(map(str, paths[:3])) + (" …" if len(paths) > 3 else "")
        super().__init__(f"{first}: no article could be read; the lines above say why")


class AnotherBuild(NewsgraphError):
    """Another build is at work in the folder."""

    def __init__(self, out: Path) -> None:
        super().__init__(f"{out}: another build is at work here; wait for its end or choose another folder")


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildOptions:
    """What the user says beyond the paths."""

    date: date | None = None  # of articles that do not say when they were published
    publisher: str | None = None  # of articles that do not say by whom
    base: str = DEFAULT_BASE  # where the things of the graph live as IRIs
    model: Path | None = None  # a language model instead of the one that comes with newsgraph
    every_mention: bool = False  # the fuller graph: also who and what has no name, and events of no type
    ner: str | None = None  # a spaCy pipeline whose names take the place of ours
    terms: tuple[Term, ...] = ()  # for events, of the user's own
    wanted: Wanted = field(default_factory=Wanted)  # what is known of things by name, and the types that are kept
    columns: tuple[tuple[str, str], ...] = ()  # our name of a field and that of the column or key that holds it
    languages: tuple[str, ...] = ("en",)  # of articles that are kept; empty: any
    language: str | None = None  # that all articles are in, whatever they look like
    workers: int | None = None  # processes that read and annotate; None: one for each core
    cluster: str | None = None  # address of a Dask scheduler whose workers annotate instead
    limits: Limits = field(default_factory=Limits)
    manners: Manners = field(default_factory=Manners)  # towards sites that pages are fetched from
    offline: bool = False  # pages only as they were fetched before
    follow: bool = False  # fetch also what feeds and sitemaps among the files list
    piped: str | None = None  # the kind of what is piped in, where its first bytes do not tell

    @property
    def reading(self) -> Options:
        """What readers are told of it."""
        return Options(
            published=self.date,
            publisher=self.publisher,
            columns=self.columns,
            languages=self.languages,
            language=self.language,
            limits=self.limits,
        )


def build(  # noqa: PLR0913 - the last three are for callers who bring their own parts
    paths: Sequence[Path | str],
    out: Path,
    options: BuildOptions | None = None,
    *,
    annotator: Annotates | None = None,
    link: Link | None = None,
    progress: Progress = silent,
) -> BuildReport:
    """Bring the graph in `out` up to what `paths` hold now, and write its views and report.json beside the store.

    Of strings, "http://…" and "https://…" are fetched, and "-" is what is piped in.

    Files of earlier builds stay in the graph unless they are gone from a folder or path given now. Raises NothingRead,
    BadInput, BadOutput, UnreadableStore, BadBase.
    """
    options = options or BuildOptions()
    with fewer_collections():
        return _build(paths, out, options, annotator=annotator, link=link, progress=progress)


def _build(  # noqa: PLR0913 - as build
    paths: Sequence[Path | str],
    out: Path,
    options: BuildOptions,
    *,
    annotator: Annotates | None,
    link: Link | None,
    progress: Progress,
) -> BuildReport:
    _check_base(options.base)
    inputs = split(paths)
    if out.exists() and not out.is_dir():
        raise BadOutput(out, "a file, not a folder")
    with writing(out):
        out.mkdir(parents=True, exist_ok=True)
    setup = Setup(
        model=options.model,
        every_mention=options.every_mention,
        ner=options.ner,
        names=packed_names(types_of_names(options.wanted.named)),
        terms=options.terms,
    )
    version = annotator.version if annotator else setup.version
    clock = _Clock()
    with only_build_in(out), _does(options, annotator) as does, Store(out / FILE_NAME) as store:
        with clock.step("read"):
            progress("reading files", 0, 0)
            reading = options.reading
            with _besides(inputs, out, options, reading, does, progress) as besides:
                intake = take_in(inputs.paths, store, reading, does, progress, besides)
        if not intake.articles:
            nothing = _report(intake, clock)
            nothing.write(out / report.FILE_NAME)
            raise NothingRead(paths, nothing)
        with clock.step("annotate"), _annotates(options, does) as annotates:
            annotated = annotate(store, version, _job_maker(setup, annotator), annotates, progress)
        does.rest()
        with clock.step("link"):
            progress("linking", 0, 0)
            by = Linking(
                annotator=version, every_mention=options.every_mention, wanted=options.wanted, base=options.base
            )
            copies = link_here(link, store, by) if link else link_apart(does, store, by)
            does.rest()
        with clock.step("store"):
            graph = store.graph()
            assert graph is not None
            if len(graph.mentions) <= SMALL:  # made once, not whenever one of the views asks for them
                graph = replace(graph, mentions=tuple(graph.mentions))
            _give_back()
            refused = store.refusals(version)
        with clock.step("export"):
            clock.add("export", write_views(graph, out, options.base, progress, processes=_processes(options)))
    done = BuildReport(
        intake=intake,
        annotated=annotated,
        refused=tuple(refused),
        annotator=version,
        copies=tuple(copies),
        reprints=graph.reprints,
        counts=report.counts(graph),
        seconds=clock.taken,
        cpu=clock.cpu(does),
    )
    with writing(out / report.FILE_NAME):
        done.write(out / report.FILE_NAME)
    return done


def write_views(
    graph: KnowledgeGraph, out: Path, base: str, progress: Progress = silent, *, processes: int = 1
) -> float:
    """Write what stands beside the store; may raise BadOutput.

    With more than one process the view that takes longest is written beside the others, if the graph is small, by a
    copy of this process; its CPU seconds are returned.
    """

    def write(name: str) -> None:
        EXPORTERS[name].write(graph, out / VIEWS[name], base)

    copied = processes > 1 and len(graph.mentions) <= SMALL
    with writing(out / VIEWS[LONGEST]), beside(partial(write, LONGEST), copied=copied) as copy:
        for name, view in VIEWS.items():
            if name != LONGEST:
                progress(f"writing {view}", 0, 0)
                with writing(out / view):
                    write(name)
        progress(f"writing {VIEWS[LONGEST]}", 0, 0)
    return copy.cpu


@contextmanager
def only_build_in(out: Path) -> Iterator[None]:
    """Keep other builds out of a folder; the system lets go of it however this process ends."""
    import fcntl  # noqa: PLC0415 - not on every system

    folder = os.open(out, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError as error:
        raise AnotherBuild(out) from error
    finally:
        os.close(folder)


def _does(options: BuildOptions, annotator: Annotates | None) -> AbstractContextManager[Does]:
    """What does the work: processes, or this one where the caller brings an annotator."""
    if annotator:
        return nullcontext(Here())
    limits = options.limits
    return Pool(_processes(options), seconds=limits.article_seconds, memory=limits.article_memory)


def _annotates(options: BuildOptions, does: Does) -> AbstractContextManager[Does]:
    """What annotates: a cluster where there is one, else what does everything."""
    if options.cluster is None:
        return nullcontext(does)
    from newsgraph.work.cluster import Cluster  # noqa: PLC0415 - only who has a cluster needs Dask

    return Cluster(options.cluster)


def _processes(options: BuildOptions) -> int:
    return options.workers or cores()


def cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def _besides(  # noqa: PLR0913, PLR0917 - passed on
    inputs: Inputs, out: Path, options: BuildOptions, reading: Options, does: Does, progress: Progress
) -> Iterator[Besides]:
    """What is read besides the files that paths stand for."""
    with ExitStack() as open_files:
        besides = Besides()
        if inputs.addresses or options.follow:
            from ingest.web.fetching import Web  # noqa: PLC0415 - as above
            from newsgraph.fetching import FOLDER, fetch, local_files  # noqa: PLC0415 - brings httpx and anyio

            local = local_files(inputs.paths, reading) if options.follow else ()
            with Web(out / FOLDER, given=inputs.addresses, manners=options.manners, offline=options.offline) as web:
                besides = fetch(web, inputs.addresses, local, reading, does, progress)
        if inputs.stdin:
            piped = open_files.enter_context(spooled(reading, options.piped))
            besides.files.append(piped)
            besides.keys.append(piped.key)
        yield besides


def _job_maker(setup: Setup, annotator: Annotates | None) -> MakeJob:
    if annotator is None:
        return lambda articles: Annotate(articles=tuple(articles), setup=setup)
    return lambda articles: AnnotateWith(articles=tuple(articles), annotator=annotator)


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


def _give_back() -> None:
    """Give memory that is free back to the system, where the C library does not do so by itself: a tenth of it all."""
    import ctypes  # noqa: PLC0415 - only here

    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # of glibc
    if trim is not None:
        trim(0)


def _check_base(base: str) -> None:
    """Raise BadBase now rather than after minutes of reading."""
    if base != DEFAULT_BASE:
        from exports.rdf.terms import Names  # noqa: PLC0415 - brings pyoxigraph

        Names(KnowledgeGraph(), base)


def _report(intake: Intake, clock: _Clock) -> BuildReport:
    """The report of a build that came to nothing."""
    return BuildReport(
        intake=intake,
        annotated=0,
        refused=(),
        annotator="",
        copies=(),
        reprints=(),
        counts=report.counts(KnowledgeGraph()),
        seconds=clock.taken,
    )


class _Clock:
    """Seconds of each step, and of them all."""

    def __init__(self) -> None:
        self._start = time.perf_counter()
        self._steps: dict[str, float] = {}
        self._cpu: dict[str, float] = {}  # of this process and its copies

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        start, cpu = time.perf_counter(), time.process_time()
        yield
        self._steps[name] = time.perf_counter() - start
        self.add(name, time.process_time() - cpu)

    def add(self, name: str, cpu: float) -> None:
        """Note CPU seconds of a step."""
        self._cpu[name] = self._cpu.get(name, 0.0) + cpu

    @property
    def taken(self) -> dict[str, float]:
        return {**self._steps, "all": time.perf_counter() - self._start}

    def cpu(self, does: Does) -> dict[str, float]:
        """CPU seconds by step, of this process and its copies and of those that did its work."""
        elsewhere = does.cpu if isinstance(does, Pool) else {}
        steps = {*self._cpu, *elsewhere}
        return {step: self._cpu.get(step, 0.0) + elsewhere.get(step, 0.0) for step in sorted(steps)}
