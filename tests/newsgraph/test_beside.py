"""Work beside: in a copy of the process, which ends with it and tells what it fails at."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from exports import DEFAULT_BASE
from graph.store import FILE_NAME, Store
from newsgraph.build import VIEWS, write_views
from newsgraph.work.beside import beside

linux = pytest.mark.skipif(sys.platform != "linux", reason="only there processes are copied")

_KILLED = """
import os, sys, time
from pathlib import Path
from newsgraph.work.beside import beside
def work():
    Path(sys.argv[1]).write_text(str(os.getpid()))
    time.sleep(60)
with beside(work, copied=True):
    time.sleep(60)
"""


def wait_for(path: Path) -> None:
    end = time.monotonic() + 20
    while not (path.exists() and path.read_text()):
        assert time.monotonic() < end
        time.sleep(0.01)


@linux
def test_a_copy_has_what_this_process_has_and_works_while_it_does(tmp_path: Path) -> None:
    graph = {"nodes": 3}

    def work() -> None:
        graph["nodes"] += 1
        sum(range(3_000_000))
        (tmp_path / "said").write_text(f"{os.getpid()} {graph['nodes']}")

    with beside(work, copied=True) as copy:
        wait_for(tmp_path / "said")  # it does not wait for the end of the body
    number, nodes = (tmp_path / "said").read_text().split()
    assert int(number) != os.getpid()
    assert (nodes, graph["nodes"]) == ("4", 3)
    assert 0 < copy.cpu < 20


def test_without_a_copy_the_work_is_done_here_after_the_body() -> None:
    done: list[str] = []
    with beside(lambda: done.append("work"), copied=False) as copy:
        done.append("body")
    assert done == ["body", "work"]
    assert copy.cpu == 0


@pytest.mark.parametrize("copied", [True, False])
def test_what_the_system_says_against_it_is_raised_as_it_was_said(copied: bool) -> None:
    def work() -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(OSError, match="No space left on device") as raised, beside(work, copied=copied):
        pass
    assert raised.value.errno == errno.ENOSPC


@linux
def test_a_copy_that_breaks_says_of_what() -> None:
    def breaks() -> None:
        raise KeyError("Ada")

    with pytest.raises(OSError, match="KeyError: 'Ada'"), beside(breaks, copied=True):
        pass


@linux
def test_a_copy_that_is_killed_is_missed() -> None:
    def dies() -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    with pytest.raises(OSError, match="ended with 9"), beside(dies, copied=True):
        pass


@linux
def test_where_the_body_fails_the_copy_ends(tmp_path: Path) -> None:
    def work() -> None:
        (tmp_path / "number").write_text(str(os.getpid()))
        time.sleep(60)

    with pytest.raises(ValueError, match="body"), beside(work, copied=True):
        wait_for(tmp_path / "number")
        raise ValueError("body")
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "number").read_text()), 0)


@linux
def test_no_copy_outlives_a_process_that_is_killed(tmp_path: Path) -> None:
    process = subprocess.Popen([sys.executable, "-c", _KILLED, str(tmp_path / "number")])
    wait_for(tmp_path / "number")
    process.kill()
    process.wait()
    copy = Path("/proc", (tmp_path / "number").read_text(), "stat")
    end = time.monotonic() + 5
    while copy.exists() and copy.read_text().rpartition(")")[2].split()[0] != "Z":
        assert time.monotonic() < end
        time.sleep(0.01)


@linux
def test_only_of_a_small_graph_a_view_is_written_by_a_copy(
    out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store(out / FILE_NAME, read_only=True) as store:
        graph = store.graph()
    assert graph is not None
    assert write_views(graph, tmp_path, DEFAULT_BASE, processes=2) > 0  # seconds of the copy
    monkeypatch.setattr("newsgraph.build.SMALL", len(graph.mentions) - 1)
    (tmp_path / "large").mkdir()
    assert write_views(graph, tmp_path / "large", DEFAULT_BASE, processes=2) == 0
    for view in VIEWS.values():
        assert (tmp_path / view).read_bytes() == (tmp_path / "large" / view).read_bytes()
