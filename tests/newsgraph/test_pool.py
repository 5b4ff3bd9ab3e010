"""Jobs in processes of their own: all are done, and what hangs, grows or dies costs no other job."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence

import pytest

from ingest.errors import NewsgraphError, Reason
from newsgraph.work.jobs import Job
from newsgraph.work.pool import Done, Here, NoProcess, Pool
from tests.newsgraph.unruly import Patient, Unruly


@pytest.fixture(params=["forked", "started"])
def pool(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Pool]:
    if request.param == "forked" and sys.platform != "linux":
        pytest.skip("only Linux forks")
    monkeypatch.setattr("newsgraph.work.starting.FORKS", request.param == "forked")
    with Pool(2, seconds=1, memory=150_000_000) as opened:
        yield opened


def run(does: Pool | Here, jobs: Sequence[Unruly]) -> tuple[list[int], dict[int, Done]]:
    waiting: list[Job] = list(reversed(jobs))
    records, done = [], {}
    for job, record in does.run(lambda: waiting.pop() if waiting else None):
        assert isinstance(job, Unruly)
        if isinstance(record, Done):
            assert job.number not in done
            done[job.number] = record
        else:
            assert isinstance(record, int)
            records.append(record)
    return sorted(records), done


@pytest.mark.parametrize("count", [0, 1, 2, 50])
def test_every_job_is_done_once(pool: Pool, count: int) -> None:
    for does in (pool, Here()):
        records, done = run(does, [Unruly(number=number) for number in range(count)])
        assert records == sorted(done) == list(range(count))
        assert set(done.values()) <= {Done()}


@pytest.mark.parametrize(
    ("does", "reason"),
    [
        ("hangs", Reason.TOO_SLOW),
        ("dies", Reason.CRASHED),
        ("fails", Reason.CRASHED),
        pytest.param(
            "grows",
            Reason.TOO_MUCH_MEMORY,
            marks=pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps to limits of memory"),
        ),
    ],
)
def test_what_behaves_badly_fails_alone(pool: Pool, does: str, reason: Reason) -> None:
    jobs = [Unruly(number=number, does=does if number % 4 == 1 else "nothing") for number in range(12)]
    records, done = run(pool, jobs)
    assert records == [number for number in range(12) if number % 4 != 1]
    assert {number for number, each in done.items() if each.failure} == {1, 5, 9}
    assert {(each.failure, each.at) for number, each in done.items() if number == 5} == {(reason, "part 5")}
    assert "\n" not in done[5].problem


@pytest.mark.parametrize("numbers", [0, 1, 3, 7])
def test_records_that_wait_for_each_other_all_come_in_order(pool: Pool, numbers: int) -> None:
    jobs: list[Job] = [Patient(numbers=numbers, at=1)]
    *records, done = [record for _, record in pool.run(lambda: jobs.pop() if jobs else None)]
    assert records == list(range(numbers))
    assert done == Done()


def test_what_waited_is_there_before_its_job_is_said_to_be_at_another_part(pool: Pool) -> None:
    jobs: list[Job] = [Patient(numbers=9, at=5, dies=True)]
    *records, done = [record for _, record in pool.run(lambda: jobs.pop() if jobs else None)]
    assert records == [0, 1, 2, 3, 4]
    assert isinstance(done, Done)
    assert (done.failure, done.at) == (Reason.CRASHED, "part 5")


def test_who_shows_signs_of_life_may_take_longer(pool: Pool) -> None:
    assert run(pool, [Unruly(number=1, does="beats")])[1] == {1: Done()}


def test_what_no_job_can_do_ends_the_work(pool: Pool) -> None:
    with pytest.raises(NewsgraphError, match="here: there is nothing to work with; bring it"):
        run(pool, [Unruly(number=1, does="cannot")])


def test_a_process_that_cannot_start_is_no_fault_of_the_job(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", ["/nowhere"])
    with Pool(1, seconds=5, memory=10**9) as pool, pytest.raises(NoProcess, match="ended as it began"):
        run(pool, [Unruly(number=1)])


def test_jobs_are_asked_for_only_as_they_can_be_done(pool: Pool) -> None:
    asked = 0

    def next_job() -> Job | None:
        nonlocal asked
        if asked == 100:
            return None
        asked += 1
        return Unruly(number=asked)

    finished = 0
    for _, record in pool.run(next_job):
        finished += isinstance(record, Done)
        assert asked - finished <= 2 * 2 + 1
    assert finished == 100


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells what a process has in use")
def test_a_process_that_has_grown_makes_way_for_another(pool: Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsgraph.work.pool.GROWTH", 20_000_000)
    jobs = [Unruly(number=number, does="keeps" if number % 5 == 4 else "nothing") for number in range(40)]
    records, done = run(pool, jobs)
    assert records == list(range(40))
    assert set(done.values()) == {Done()}
    assert pool.started > 2


def test_processor_time_is_counted_by_step(pool: Pool) -> None:
    run(pool, [Unruly(number=number, does="works" if number < 3 else "beats") for number in range(4)])
    pool.rest()
    assert sorted(pool.cpu) == ["encoder", "misbehave", "start"]
    assert pool.cpu["start"] > 0.02
    assert 0.28 < pool.cpu["encoder"] < pool.cpu["misbehave"] < 1
