"""A Dask cluster on this machine: what `make cluster-demo` shows, and what a second worker is worth."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from newsgraph.build import VIEWS, BuildOptions, build

_PATIENCE = 60  # seconds that a scheduler may take to come up


@contextmanager
def local_cluster(workers: int) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A scheduler and so many workers of one thread, each a process: the scheduler's address, and the workers."""
    with TemporaryDirectory() as name:
        file = Path(name, "scheduler.json")
        known = ["--scheduler-file", str(file)]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": Path(__file__).parents[1]}
        dask = [sys.executable, "-m", "dask"]
        scheduler = [*dask, "scheduler", *known, "--host", "127.0.0.1", "--port", "0", "--no-dashboard"]
        worker = [*dask, "worker", *known, "--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory", name]
        started = [subprocess.Popen(scheduler, **quiet)]  # type: ignore[call-overload]
        try:
            started += [subprocess.Popen(worker, **quiet) for _ in range(workers)]  # type: ignore[call-overload]
            yield _address(file), started[1:]
        finally:
            for process in started:
                process.kill()
                process.wait()


def _address(file: Path) -> str:
    """The address of a scheduler that writes it into a file when it is up."""
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        try:
            return str(json.loads(file.read_text())["address"])
        except (OSError, ValueError):
            time.sleep(0.1)
    raise TimeoutError("the scheduler does not come up")


def build_with(workers: int, paths: Sequence[Path], out: Path, *, kill_after: float | None = None) -> float:
    """Build with so many workers, one of which is killed after some seconds; the seconds that annotating took."""
    with local_cluster(workers) as (address, processes):
        if kill_after is not None:
            threading.Timer(kill_after, processes[0].send_signal, [signal.SIGKILL]).start()
        return build(paths, out, BuildOptions(cluster=address)).seconds["annotate"]


def views(out: Path) -> dict[str, bytes]:
    """What stands beside the store in a folder."""
    return {name: (out / name).read_bytes() for name in VIEWS.values()}


def show_cluster(paths: Sequence[Path]) -> None:
    """Print seconds and sameness: this process alone, one worker, two, and two of which one is killed in mid-run."""
    with TemporaryDirectory() as name:
        seconds = build(paths, alone := Path(name, "alone"), BuildOptions(workers=1)).seconds["annotate"]
        print(f"one process of its own       {seconds:6.1f} s")
        wanted = views(alone)
        taken = 0.0
        for workers, kill_after in ((1, None), (2, None), (2, seconds / 4)):
            out = Path(name, "out")
            shutil.rmtree(out, ignore_errors=True)
            last, taken = taken, build_with(workers, paths, out, kill_after=kill_after)
            told = f"{workers} worker{'s' * (workers > 1)}{', one killed' if kill_after else ''}"
            faster = f", {last / taken:.2f} times as fast as one" if workers == 2 and not kill_after else ""
            same = "the same bytes" if views(out) == wanted else "OTHER BYTES"
            print(f"{told:28s} {taken:6.1f} s, {same}{faster}", flush=True)


if __name__ == "__main__":
    show_cluster([Path(path) for path in sys.argv[1:]])
