"""Readers under fire: damaged, spliced and blown-up sources of every kind, each tried in a process that may die of it.

An input fails where its reader raises (which `read` tells as a failure of the reader), yields a broken article, takes
more than ten seconds of CPU time, or takes the process beyond 1 GB; where the process dies of it, or gives no sign of
life while it computes for so long, or for ten minutes. Inputs that lead to a new outcome are damaged further.
"""

from __future__ import annotations

import bz2
import gzip
import io
import logging
import lzma
import os
import random
import re
import resource
import selectors
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.damage import mutated
from ingest.article import Article
from ingest.errors import UnreadableArticle
from ingest.readers import FAILED, KINDS, Note, Source, read
from ingest.readers.kinds import kind_named
from tests.ingest.readers.archives.hostile import file, hostile, tar_of, zip_of
from tests.ingest.readers.memory import peak
from tests.ingest.readers.samples import SAMPLES, warc_record

SLOW, SILENT = 10.0, 600.0  # seconds: of CPU time for one input, and without a sign of life on a machine that is busy
_LOOK = 10.0  # seconds between two looks at a process that gives no sign
MOST_MEMORY = 1000  # MB
_CORPUS = 300  # inputs that are kept to be damaged further
TITLE = "Storm tears roofs off houses in the harbour town"
PARAGRAPHS = [
    "A storm tore the roofs off “forty” houses beside the café in the harbour on Tuesday, the mayor said.",
    "Nobody was hurt, but three families spent the night in the school hall, where neighbours brought them soup.",
    "The council said that repairs would take at least two weeks and that the ferry would not run before Friday.",
]


def _in_zip(name: str, content: bytes) -> bytes:
    return zip_of({name: content})


def _in_warc(name: str, content: bytes) -> bytes:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
    return warc_record("response", "application/http", head + content, url=f"https://example.org/{name}")


# Damage behind a checksum or in a packing is only met where it is packed afterwards.
WRAPPINGS: dict[str, Callable[[str, bytes], bytes]] = {
    "gzip": lambda _, content: gzip.compress(content, 1),
    "bzip2": lambda _, content: bz2.compress(content, 1),
    "xz": lambda _, content: lzma.compress(content, preset=0),
    "zip": _in_zip,
    "tar": lambda name, content: tar_of(file(name, content)),
    "warc": _in_warc,
}


def seeds(kind: str) -> list[bytes]:
    """Sources of a kind to begin with: the good one, and the hostile ones of archives."""
    found = [SAMPLES[kind](TITLE, PARAGRAPHS)]
    for name, (content, _) in hostile().items():
        told = kind_named(name)
        if told and told.name == kind:
            found.append(content)
    return found


@dataclass(slots=True)
class Outcome:
    """What came of the inputs of one kind."""

    runs: int = 0
    failures: Counter[str] = field(default_factory=Counter)
    signatures: int = 0  # outcomes that differ in more than their numbers
    slowest: float = 0  # CPU seconds of one input
    memory: float = 0  # MB, the highest of the process

    def line(self, kind: str) -> str:
        """For people."""
        hangs = sum(count for problem, count in self.failures.items() if problem.startswith(("slow", "silent")))
        crashes = sum(self.failures.values()) - hangs
        return (
            f"{kind:12s} {self.runs:9,} runs  {self.signatures:5} outcomes  {crashes:3} crashes  {hangs:3} hangs  "
            f"slowest {self.slowest:5.1f} s  {self.memory:5.0f} MB"
        )


def fuzz(kind: str, seconds: float, keep: Path) -> Outcome:
    """Try a kind for so long; inputs that fail are kept in a folder."""
    outcome = Outcome()
    end = time.monotonic() + seconds
    with TemporaryDirectory() as folder:
        at_work = Path(folder) / "input"
        for turn in range(1_000_000):
            left = end - time.monotonic()
            if left <= 0:
                break
            problem = _watched(kind, left, turn, at_work, outcome)
            if problem:
                outcome.failures[problem] += 1
                keep.mkdir(parents=True, exist_ok=True)
                name, content = at_work.read_bytes().split(b"\n", 1)
                number = sum(outcome.failures.values())
                (keep / f"{kind}-{number}{Path(name.decode()).suffix}").write_bytes(content)
                print(f"{kind}: {problem}", file=sys.stderr)
    return outcome


def _watched(kind: str, seconds: float, turn: int, at_work: Path, outcome: Outcome) -> str:
    """Watch one process until its time is over or an input fails; what was wrong, or ""."""
    arguments = [sys.executable, "-m", "bench.fuzz", kind, str(seconds), str(turn), str(at_work)]
    complaints = at_work.with_suffix(".log")
    with (
        complaints.open("wb") as log,
        subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=log, text=True, bufsize=1) as child,
    ):
        assert child.stdout
        selector = selectors.DefaultSelector()
        selector.register(child.stdout, selectors.EVENT_READ)
        problem = ""
        heard, used = time.monotonic(), 0.0
        while True:
            if not selector.select(_LOOK):
                busy, silent = _cpu(child.pid) - used, time.monotonic() - heard
                if busy > SLOW or silent > SILENT:
                    problem = f"silent for {silent:.0f} s, {busy:.0f} of them at work"
                    break
                continue
            heard, used = time.monotonic(), _cpu(child.pid)
            line = child.stdout.readline()
            if not line:
                break
            word, _, rest = line.strip().partition(" ")
            if word == "failed":
                problem = rest
            else:
                runs, signatures, slowest, memory = rest.split()
                outcome.signatures = max(outcome.signatures, int(signatures))
                outcome.slowest = max(outcome.slowest, float(slowest))
                outcome.memory = max(outcome.memory, float(memory))
                outcome.runs += int(runs)
        if problem:
            child.kill()
        elif child.wait():
            last = complaints.read_text(errors="replace").strip().split("\n")[-1]
            problem = f"the process died ({child.returncode}): {last[:200]}"
    return problem


def _cpu(process: int) -> float:
    """CPU seconds that a process has taken, 0 when it is gone."""
    try:
        taken = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[11:13]
    except OSError:
        return 0.0
    return sum(map(int, taken)) / os.sysconf("SC_CLK_TCK")


def main(arguments: Sequence[str]) -> None:
    """The process that reads: tells of itself every tenth of a second, and of a failure, at which it ends."""
    kind, seconds, turn, at_work = arguments
    logging.disable(logging.CRITICAL)
    resource.setrlimit(resource.RLIMIT_DATA, (4_000_000_000, resource.RLIM_INFINITY))  # the machine is not ours alone
    chance = random.Random(f"{kind} {turn}")
    every = {each.name: seeds(each.name) for each in KINDS}
    suffixes = {each.name: each.suffixes for each in KINDS}
    corpus = list(every[kind])
    seen = set[frozenset[str]]()
    runs, slowest, told = 0, 0.0, time.monotonic()
    end = told + float(seconds)
    while time.monotonic() < end:
        name, content = _input(chance, kind, corpus, every, suffixes)
        Path(at_work).write_bytes(name.encode() + b"\n" + content)
        start = time.process_time()
        signature, problem = _tried(name, content)
        taken = time.process_time() - start
        memory = peak()
        runs, slowest = runs + 1, max(slowest, taken)
        if taken > SLOW:
            problem = f"slow: {taken:.0f} s"
        elif memory > MOST_MEMORY:
            problem = problem or f"takes {memory:.0f} MB"
        if signature not in seen:
            seen.add(signature)
            if len(content) < 100_000:
                corpus.append(content)
                del corpus[len(every[kind]) : -_CORPUS]
        if problem or time.monotonic() - told > 0.1:
            print("runs", runs, len(seen), rounded(slowest), rounded(memory), flush=True)
            runs, told = 0, time.monotonic()
        if problem:
            print("failed", problem, flush=True)
            return
    print("runs", runs, len(seen), rounded(slowest), rounded(peak()))


def rounded(figure: float) -> str:
    """A figure in a line that is read again."""
    return f"{figure:.2f}"


def _input(
    chance: random.Random,
    kind: str,
    corpus: list[bytes],
    every: dict[str, list[bytes]],
    suffixes: dict[str, tuple[str, ...]],
) -> tuple[str, bytes]:
    name = f"a{chance.choice(suffixes[kind])}"
    other = chance.choice(list(every))
    spliced = chance.choice(every[other])
    if kind in WRAPPINGS and chance.random() < 0.3:
        inner = f"b{chance.choice(suffixes[other])}"
        return name, WRAPPINGS[kind](inner, mutated(chance, spliced, b""))
    if chance.random() < 0.02:
        return name, spliced  # of another kind than its name says
    return name, mutated(chance, chance.choice(corpus), spliced)


def _tried(name: str, content: bytes) -> tuple[frozenset[str], str]:
    """What reading comes to, without its numbers and names, and what is wrong with it."""
    found, problem = set[str](), ""
    try:
        for each in read(Source(name=name, open=lambda: io.BytesIO(content), size=len(content))):
            if isinstance(each, Article):
                found.add(f"article {bool(each.title)} {bool(each.published)} {min(len(each.paragraphs), 5)}")
                each.text.encode()
                if not all(each.text[start:end].strip() for start, end in each.paragraphs):
                    problem = f"an empty paragraph in {each.path}"
            elif isinstance(each, UnreadableArticle):
                found.add(f"{each.reason} {re.sub('[0-9]+', '#', each.problem)}")
                if each.problem.startswith(FAILED) or "\n" in str(each):
                    problem = str(each)
            else:
                found.add(re.sub("[0-9]+", "#", each.text)[:30] if isinstance(each, Note) else "address")
            if len(found) > 50:
                found.clear()
    except Exception as error:
        problem = f"{type(error).__name__}: {error}"
    return frozenset(found), problem.replace("\n", " ")


if __name__ == "__main__":
    main(sys.argv[1:])
