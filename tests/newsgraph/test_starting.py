"""Processes forked from one that has loaded what they need: loaded once, told of when they end, gone with the build."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import ClassVar

import pytest

from ingest.article import Article
from ingest.errors import Reason
from ingest.serial import packed, to_json
from ingest.stopwatch import ENCODER
from newsgraph.work.jobs import Annotate, Beat, Job, Needs
from newsgraph.work.pool import Done, Here, Pool
from newsgraph.work.process import spent
from tests.newsgraph.unruly import Unruly, work

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only there processes are forked")

LOADED: list[int] = []  # the process that it was loaded in
_KILLED = """
from newsgraph.work.pool import Pool
from tests.newsgraph.unruly import Unruly
jobs = [Unruly(number=number, does=does) for number, does in enumerate(["hangs", "holds", "hangs", "holds"])]
with Pool(3, seconds=60, memory=10**9) as pool:
    for _ in pool.run(lambda: jobs.pop() if jobs else None):
        pass
"""


@cache
def load(*, works: bool = False) -> None:
    LOADED.append(os.getpid())
    if works:
        work()


def fail() -> None:
    raise ValueError("cannot be loaded")


@dataclass(frozen=True, slots=True, kw_only=True)
class Needy:
    """Yields the process that it is done in, those that what it needs was loaded in, and its seconds of encoding."""

    step: ClassVar[str] = "need"
    is_limited: ClassVar[bool] = True
    together: ClassVar[int] = 1
    needs: Needs

    def run(self, beat: Beat) -> Iterator[tuple[int, list[int], float]]:
        beat("")
        time.sleep(0.05)
        yield os.getpid(), LOADED, spent().encoder


@pytest.fixture
def pool() -> Iterator[Pool]:
    with Pool(2, seconds=20, memory=150_000_000) as opened:
        yield opened


def run(pool: Pool | Here, jobs: Sequence[Job]) -> Iterator[object]:
    waiting = list(reversed(jobs))
    return (record for _, record in pool.run(lambda: waiting.pop() if waiting else None))


def children(process: int) -> list[int]:
    tasks = Path(f"/proc/{process}/task").iterdir()
    return [int(number) for task in tasks for number in (task / "children").read_text().split()]


def servers() -> list[int]:
    """The fork servers of this process, which may have started other things as well."""
    return [
        each
        for each in children(os.getpid())
        if b"newsgraph.work.process" in Path(f"/proc/{each}/cmdline").read_bytes()
    ]


def wait_until(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.01)


def is_alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def test_what_jobs_need_is_loaded_once_in_another_process_than_theirs(pool: Pool) -> None:
    found = [record for record in run(pool, [Needy(needs=load)] * 8) if isinstance(record, tuple)]
    assert len(found) == 8
    assert len({number for number, _, _ in found}) == 2
    assert {tuple(loaded) for _, loaded, _ in found} == {tuple(servers())}


def test_what_cannot_be_loaded_is_left_to_the_job(pool: Pool) -> None:
    records = list(run(pool, [Needy(needs=fail)]))
    assert isinstance(records[0], tuple)
    assert records[1] == Done()


def test_processes_of_one_step_make_way_for_those_of_the_next(pool: Pool) -> None:
    first = {record[0] for record in run(pool, [Needy(needs=load)] * 6) if isinstance(record, tuple)}
    [server] = servers()
    second = {record[0] for record in run(pool, [Needy(needs=load)] * 6) if isinstance(record, tuple)}
    assert [server] == servers()
    assert len(first) == len(second) == 2
    assert not first & second
    assert set(children(server)) == second
    pool.rest()
    assert not any(map(is_alive, [server, *second]))


@pytest.mark.parametrize(("does", "code"), [("dies", 9), ("is killed", -9), ("crashes", -11)])
def test_the_end_of_a_process_is_told(pool: Pool, does: str, code: int) -> None:
    [done] = run(pool, [Unruly(number=1, does=does)])
    assert done == Done(failure=Reason.CRASHED, at="part 1", problem=f"the process ended with {code}")


def test_a_process_that_is_killed_from_outside_costs_its_job_only(pool: Pool) -> None:
    records: list[object] = []
    for record in run(pool, [Unruly(number=0, does="tells"), *(Unruly(number=number) for number in (1, 2, 3))]):
        if isinstance(record, int) and record > 3:
            os.kill(record, signal.SIGKILL)
        else:
            records.append(record)
    assert sorted(record for record in records if isinstance(record, int)) == [1, 2, 3]
    done = [record for record in records if isinstance(record, Done)]
    assert len(done) == 4
    assert [each.problem for each in done if each.failure] == ["the process ended with -9"]


def test_when_the_fork_server_is_killed_another_takes_its_place(pool: Pool) -> None:
    records = []
    for record in run(pool, [Unruly(number=number) for number in range(40)]):
        if len(records) == 4:
            os.kill(servers()[0], signal.SIGKILL)
        records.append(record)
    done = [record for record in records if isinstance(record, Done)]
    assert len(done) == 40
    failed = [record for record in done if record.failure]
    assert len(failed) <= 2
    assert {record.problem for record in failed} <= {"the process ended"}
    for server in servers():  # also while nothing is done; there is none if all was done before the first one was gone
        os.kill(server, signal.SIGKILL)
    assert list(run(pool, [Unruly(number=1)])) == [1, Done()]


def test_a_build_that_is_killed_leaves_no_process_behind() -> None:
    building = subprocess.Popen(
        [sys.executable, "-c", _KILLED], env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    )
    wait_until(lambda: any(len(children(server)) == 3 for server in children(building.pid)))
    [server] = children(building.pid)
    numbers = [server, *children(server)]
    time.sleep(0.2)  # one of them holds on to all that Python does, and cannot end by itself
    building.kill()
    building.wait()
    wait_until(lambda: not any(map(is_alive, numbers)))


def test_processor_time_of_the_fork_server_is_that_of_the_start(pool: Pool) -> None:
    here = ENCODER.seconds
    records = [
        record for record in run(pool, [Needy(needs=partial(load, works=True))] * 4) if isinstance(record, tuple)
    ]
    pool.rest()
    assert 0.1 < pool.cpu["start"] < 5
    assert {encoder for _, _, encoder in records} == {0.0}  # that of the server is not theirs
    assert ENCODER.seconds == here
    assert pool.cpu["encoder"] == 0


def test_a_process_that_was_forked_annotates_as_this_one_does(pool: Pool) -> None:
    """The fork server has neither threads nor a place in a file, which its forks would share."""
    texts = [
        "A bomb killed at least 12 people in Łódź, José Muñoz said on Tuesday.",
        "The firm of Bill Nowak lost $3m.",
    ]
    articles = [
        (str(number), packed(to_json(Article(id=str(number), title="", text=text, paragraphs=((0, len(text)),)))))
        for number, text in enumerate(texts * 20)
    ]
    jobs = [Annotate(articles=tuple(articles[start : start + 4])) for start in range(0, 40, 4)]
    here = list(run(Here(), jobs))
    there = list(run(pool, jobs))
    [server] = servers()
    assert len(list(Path(f"/proc/{server}/task").iterdir())) == 1
    files = {file for file in Path(f"/proc/{server}/fd").iterdir() if stat.S_ISREG(file.stat().st_mode)}
    assert {file.name for file in files} <= {"2"}
    assert sorted(map(repr, here)) == sorted(map(repr, there))
