"""Builds that are killed at random moments and gone on with: whether they end in the bytes of an undisturbed one."""

from __future__ import annotations

import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from graph.store import FILE_NAME
from newsgraph.build import VIEWS

ROUND = 10  # kills before a build may come to its end


@dataclass(frozen=True, slots=True, kw_only=True)
class Kill:
    """One kill: how long the build had been at work, and what stood in its folder then."""

    seconds: float
    stage: str


def kill_builds(articles: Path, kills: int, seed: int = 1) -> Iterator[tuple[list[Kill], bool]]:
    """Build undisturbed, then again and again with kills; yield those of each build and whether its bytes are the same.

    A kill comes at a moment drawn from the whole time that an undisturbed build takes, or from its last tenth, so that
    linking and writing are hit as well; processes that the build has started are left to end by themselves.
    """
    chance = random.Random(seed)
    with TemporaryDirectory() as name:
        sound = Path(name, "sound")
        start = time.monotonic()
        _run(articles, sound).wait()
        whole = time.monotonic() - start
        wanted = _views(sound)
        done = 0
        while done < kills:
            out = Path(name, f"killed-{done}")
            killed: list[Kill] = []
            while len(killed) < min(ROUND, kills - done):
                moment = chance.uniform(0, whole if chance.random() < 0.5 else whole / 4)
                process, start = _run(articles, out), time.monotonic()
                try:
                    process.wait(timeout=moment)
                except subprocess.TimeoutExpired:
                    process.send_signal(signal.SIGKILL)
                    process.wait()
                    killed.append(Kill(seconds=time.monotonic() - start, stage=_stage(out)))
                    continue
                # It came to its end before its time: change something, so that there is work again.
                _forget_some(out, chance)
            done += len(killed)
            assert _run(articles, out).wait() == 0
            yield killed, _views(out) == wanted


def show_kills(articles: Path, kills: int) -> bool:
    """Print what became of each build; whether all ended as they should."""
    stages: Counter[str] = Counter()
    right = 0
    for killed, is_same in kill_builds(articles, kills):
        stages.update(each.stage for each in killed)
        right += len(killed) if is_same else 0
        moments = " ".join(f"{each.seconds:.1f}" for each in killed)
        print(f"killed after {moments} s: {'the same bytes' if is_same else 'OTHER BYTES'}", flush=True)
    print(f"{right} of {kills} kills did no harm; they hit " + ", ".join(f"{k} {v}" for k, v in sorted(stages.items())))
    return right == kills


def _run(articles: Path, out: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "newsgraph", "build", str(articles), "-o", str(out)]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _views(out: Path) -> dict[str, bytes]:
    return {name: (out / name).read_bytes() for name in VIEWS.values()}


def _stage(out: Path) -> str:
    """What the build was at when it was killed, as its folder tells."""
    try:
        db = sqlite3.connect(f"file:{out / FILE_NAME}?mode=ro", uri=True)
        held, read, graphs = (
            db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("holdings", "readings", "graph")
        )
    except sqlite3.Error:
        return "starting"
    if not held:
        return "reading"
    if read < held:
        return "annotating"
    return "writing" if graphs else "linking"


def _forget_some(out: Path, chance: random.Random) -> None:
    """Take what was read in some articles, the graph and the views out of a finished folder."""
    db = sqlite3.connect(out / FILE_NAME)
    digests = [digest for (digest,) in db.execute("SELECT digest FROM readings ORDER BY digest")]
    with db:
        db.executemany("DELETE FROM readings WHERE digest = ?", ((each,) for each in chance.sample(digests, 100)))
        db.execute("DELETE FROM graph")
    db.close()
    for name in VIEWS.values():
        (out / name).unlink(missing_ok=True)
