"""Checks a built graph, or a file of one, against the texts that it cites: what `newsgraph verify` does."""

from __future__ import annotations

import gc
import json
import multiprocessing
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import partial
from itertools import groupby
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Generic, TypeVar

from exports.rdf.columns import UnreadableRdf, read_columns
from exports.verify.checks import OF_TEXTS, problems_of
from exports.verify.files import Checked, check_file, check_graph, counts_of
from exports.verify.kept import Kept, check_kept, differences, kept_graph, without_given
from exports.verify.problem import Kind, Problem, in_order
from exports.verify.view import View
from graph.store import FILE_NAME, UnreadableStore
from newsgraph import report
from newsgraph.build import VIEWS

MOST_SHOWN = 20  # problems of one kind in one file that are told one by one
TOLD = ("articles", "mentions", "entities", "events", "claims")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """What was checked, how long it took, and what is wrong, in a settled order."""

    counts: dict[str, int]
    problems: tuple[Problem, ...]
    seconds: float


def verify(path: Path) -> Verified:
    """Check a folder that `newsgraph build` filled, or a file that `newsgraph export` wrote and that holds the texts.

    Raises UnreadableStore where the folder holds no graph, NotAGraph where the file can be none, OSError.
    """
    start = time.perf_counter()
    with _no_collections():
        checked = check_file(path) if path.is_file() else _check_folder(path)
    return Verified(
        counts=checked.counts, problems=tuple(in_order(checked.problems)), seconds=time.perf_counter() - start
    )


def _check_folder(folder: Path) -> Checked:
    """The RDF against the texts, and everything else against the store, which another processor core can do."""
    if not (folder / FILE_NAME).is_file():
        raise UnreadableStore(folder, "no graph in this folder", f"make one with newsgraph build PATH -o {folder}")
    missing = [
        Problem(kind=Kind.FILE, file=name, thing="", what="missing; run newsgraph build or newsgraph export")
        for name in (*VIEWS.values(), report.FILE_NAME)
        if not (folder / name).is_file()
    ]
    interchange = VIEWS["json"] if (folder / VIEWS["json"]).is_file() else None
    with _Beside(check_kept, folder, interchange) as beside:
        checked, same = _check_turtle(folder)
        kept: Kept = beside.result()
    problems = without_given([*missing, *checked.problems, *kept.problems, *same(kept)], folder)
    return Checked(counts=checked.counts, problems=tuple(problems))


def _check_turtle(folder: Path) -> tuple[Checked, Callable[[Kept], list[Problem]]]:
    """What is wrong with graph.ttl by itself, and how to compare it with the store; without it, the store's graph."""
    path = folder / VIEWS["turtle"]
    if path.is_file():
        try:
            columns = read_columns(path)
        except UnreadableRdf as error:
            what = str(error).removeprefix(f"{path}: ")
            broken = Problem(kind=Kind.FILE, file=path.name, thing="", what=what)
            return _check_stored(folder), lambda _: [broken]
        view = View(columns, path.name)
        checked = Checked(counts=counts_of(view), problems=tuple(problems_of(view, OF_TEXTS)))
        digests = columns.digests()
        return checked, lambda kept: [] if kept.digests == digests else differences(view, folder)
    return _check_stored(folder), lambda _: []


def _check_stored(folder: Path) -> Checked:
    return check_graph(kept_graph(folder)[0], FILE_NAME)


class _Beside(Generic[Result]):
    """Runs a function in a process forked from this one, or here at the end where that cannot be.

    A fork alone gives texts the hashes that they have here, by which columns are compared.
    """

    def __init__(self, work: Callable[..., Result], *arguments: object) -> None:
        self._work = partial(work, *arguments)

    def __enter__(self) -> _Beside[Result]:
        self._process: BaseProcess | None = None
        if "fork" in multiprocessing.get_all_start_methods():
            forking = multiprocessing.get_context("fork")
            self._ours, theirs = forking.Pipe(duplex=False)
            self._process = forking.Process(target=_send, args=(theirs, self._work), daemon=True)
            self._process.start()
            theirs.close()
        return self

    def __exit__(self, *_: object) -> None:
        if self._process is not None:
            self._ours.close()
            self._process.kill()
            self._process.join()

    def result(self) -> Result:
        """What the function returns; whatever went wrong beside goes wrong here again, and is raised."""
        if self._process is not None:
            try:
                found: Result | None = self._ours.recv()
            except EOFError:
                found = None
            if found is not None:
                return found
        return self._work()


def _send(out: Connection, work: Callable[[], object]) -> None:
    try:
        out.send(work())
    except Exception:
        out.close()


@contextmanager
def _no_collections() -> Iterator[None]:
    """No search for cycles among millions of texts that live to the end."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def as_lines(verified: Verified) -> str:
    """A line for each problem, the first of each kind in each file, and a line that sums up."""
    lines: list[str] = []
    for (file, kind), group in groupby(verified.problems, key=lambda each: (each.file, each.kind)):
        alike = list(group)
        lines += map(str, alike[:MOST_SHOWN])
        if len(alike) > MOST_SHOWN:
            lines.append(f"{file}: and {len(alike) - MOST_SHOWN:,} more problems of this kind ({kind.value})")
    told = ", ".join(f"{verified.counts.get(kind, 0):,} {kind}" for kind in TOLD)
    count = len(verified.problems)
    lines.append(f"checked {told}: {count:,} {'problem' if count == 1 else 'problems'} in {verified.seconds:.1f} s")
    return "\n".join(lines) + "\n"


def as_json(verified: Verified) -> str:
    """Everything, for programs."""
    told = {
        "checked": dict(sorted(verified.counts.items())),
        "problems": [asdict(problem) for problem in verified.problems],
        "seconds": round(verified.seconds, 3),
    }
    return json.dumps(told, indent=2) + "\n"


FORMS: dict[str, Callable[[Verified], str]] = {"text": as_lines, "json": as_json}
