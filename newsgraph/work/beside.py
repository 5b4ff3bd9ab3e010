"""Work that is done in a copy of this process, which has all that this one has in memory, while this one goes on."""

from __future__ import annotations

import ctypes
import gc
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import NoReturn

_WITH_PARENT = 1  # PR_SET_PDEATHSIG of prctl(2)


@dataclass(slots=True)
class Copy:
    """The copy of this process."""

    cpu: float = 0.0  # seconds that it took, once it has ended


@contextmanager
def beside(work: Callable[[], None], *, copied: bool) -> Iterator[Copy]:
    """Have `work` done beside the body, whose end waits for it; what it fails at is raised here as an OSError.

    Where it is not to be copied, or on a system other than Linux, which alone copies processes safely, it is done here
    after the body.
    """
    copy = Copy()
    if not copied or sys.platform != "linux":
        yield copy
        work()
        return
    ours, theirs = os.pipe()
    number = os.fork()
    if number == 0:
        _do(work, theirs)
    os.close(theirs)
    is_well = False
    try:
        with os.fdopen(ours, "rb") as told:
            yield copy
            problem = told.read()
        is_well = True
    finally:
        if not is_well:
            os.kill(number, signal.SIGKILL)
        _, status, usage = os.wait4(number, 0)
        copy.cpu = usage.ru_utime + usage.ru_stime
    if status:
        code, _, text = problem.decode().partition(" ")
        raise OSError(int(code or 0), text or f"the process that writes it ended with {status}")


def _do(work: Callable[[], None], told: int) -> NoReturn:
    """Do it and end, without an end to anything that belongs to the other process."""
    status = 1
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the other
        end_with_parent()
        gc.freeze()  # a search for cycles would copy all that both have
        work()
        status = 0
    except OSError as error:
        os.write(told, f"{error.errno or 0} {error.strerror or error}".encode())
    except BaseException as error:
        os.write(told, f"0 {type(error).__name__}: {error}".encode())
    finally:
        os._exit(status)


def end_with_parent() -> None:
    """Have the system kill this process as the one that it was forked from ends; Linux alone does."""
    ctypes.CDLL(None).prctl(_WITH_PARENT, signal.SIGKILL)
