"""A process that does jobs: it is sent them through a socket, and sends back what they yield, as it comes."""

from __future__ import annotations

import gc
import logging
import os
import resource
import signal
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.reduction import recv_handle
from pathlib import Path
from queue import Queue
from time import monotonic, process_time

from ingest.errors import NewsgraphError, Reason
from ingest.stopwatch import ENCODER
from newsgraph.work.beside import end_with_parent
from newsgraph.work.jobs import Job, Needs

# Kinds of message.
READY, BEAT, RECORDS, END, FAILED, FORK, KILL = range(7)
_BEAT_EVERY = 0.5  # seconds
# New objects between two searches for cycles, which annotating hardly makes: at 100,000 they take 2 % of its time.
COLLECT = 400_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """What a process has taken by now."""

    memory: int  # bytes in use
    cpu: float  # seconds since it was started
    encoder: float  # of these, how many in the neural encoders


def spent() -> Spent:
    """What this process has taken by now."""
    return Spent(memory=_memory("VmRSS"), cpu=process_time(), encoder=ENCODER.seconds)


def main(descriptor: int, memory: int, *, forks: bool) -> None:
    """Do jobs until whoever sends them hangs up; `memory`: bytes that jobs may take beyond what is loaded.

    With `forks` jobs are done by processes that are forked from this one.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that sends the jobs
    logging.disable(logging.CRITICAL)  # libraries complain of bad input; it is told as refusals
    gc.set_threshold(COLLECT)
    connection = Connection(descriptor)
    if forks:
        connection = forked(connection)
    jobs: Queue[Job] = Queue()
    threading.Thread(target=_receive, args=(connection, jobs), daemon=True).start()
    most = _memory("VmData") + memory
    try:
        connection.send((READY, spent()))
        while True:
            job = jobs.get()
            _limit_memory(most if job.is_limited else None)
            if not _do(job, connection):
                break
    except (BrokenPipeError, ConnectionResetError):
        pass
    os._exit(0)  # nothing here is worth an orderly end, and a library's threads could hold it up


def forked(control: Connection) -> Connection:
    """A fork server: load what jobs need, fork as often as that is asked for, and return in each new process.

    There, with the connection that jobs come through. Processes are waited for only when their end is asked for, so
    that the number of one that has ended by itself is no other's. This one must have no threads; when whoever asks
    hangs up, it ends, and all that were forked from it.
    """
    children: list[int] = []
    told = 0.0
    try:
        while True:
            kind, content = control.recv()
            if kind == KILL:
                os.kill(children[content], signal.SIGKILL)
                code, now = os.waitstatus_to_exitcode(os.waitpid(children[content], 0)[1]), process_time()
                control.send((code, now - told))
                told = now
                continue
            descriptor = recv_handle(control)
            _load(content)
            if not (child := os.fork()):
                end_with_parent()
                control.close()
                ENCODER.seconds = 0.0
                return Connection(descriptor)
            children.append(child)
            os.close(descriptor)
    except (EOFError, ConnectionError):
        os._exit(0)


def _load(needs: Needs | None) -> None:
    if needs is not None:
        with suppress(Exception):  # the job that needs it fails by it as well, and tells
            needs()
        gc.freeze()  # a search for cycles would write to what is shared


def _do(job: Job, connection: Connection) -> bool:
    """Do one job; False where the process is not fit for another."""
    name, last = "", 0.0
    records: list[object] = []

    def send_records() -> None:
        if records:
            connection.send((RECORDS, records))
            records.clear()

    def beat(now: str) -> None:
        nonlocal name, last
        if now != name or monotonic() - last > _BEAT_EVERY:
            name, last = now, monotonic()
            send_records()  # what comes before is not what fails
            connection.send((BEAT, now))

    try:
        for record in job.run(beat):
            records.append(record)
            if len(records) >= job.together:
                send_records()
        send_records()
    except MemoryError:
        connection.send((FAILED, (Reason.TOO_MUCH_MEMORY, "out of memory")))
        return False
    except (BrokenPipeError, ConnectionResetError):
        raise
    except NewsgraphError as error:
        connection.send((FAILED, str(error)))
        return False
    except Exception as error:
        connection.send((FAILED, (Reason.CRASHED, f"{type(error).__name__}: {' '.join(str(error).split())[:200]}")))
        return False
    connection.send((END, spent()))
    return True


def _receive(connection: Connection, jobs: Queue[Job]) -> None:
    try:
        while True:
            jobs.put(connection.recv())
    except (EOFError, OSError):
        os._exit(0)  # whatever it is at, nobody will hear of it


def _memory(field: str) -> int:
    """Bytes by a field of /proc: what this process has to itself (VmData), has in use (VmRSS); 0 but on Linux."""
    if sys.platform != "linux":
        return 0
    status = Path("/proc/self/status").read_text()
    return next(int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith(field))


def _limit_memory(most: int | None) -> None:
    """Let this process have no more bytes than these; only Linux keeps to it."""
    if sys.platform != "linux":
        return
    resource.setrlimit(resource.RLIMIT_DATA, (most or resource.RLIM_INFINITY, resource.RLIM_INFINITY))
