"""The memory that a process has taken at most."""

from __future__ import annotations

import resource
import sys
from pathlib import Path


def peak() -> float:
    """MB of this process since its program began; `getrusage` counts in what its parent held when it started it."""
    if sys.platform != "linux":
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1000 for line in lines if line.startswith("VmHWM"))
