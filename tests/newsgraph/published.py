"""A small graph to publish, and a run that kills itself."""

from __future__ import annotations

from pathlib import Path

from newsgraph.build import build
from newsgraph.publishing import PublishOptions
from tests.newsgraph.plain_parts import Capitals, link

CHUNK = 40
SMALL = PublishOptions(chunk=CHUNK)
KILLED = """
import os, signal, sys
from pathlib import Path
from newsgraph.publishing import PublishOptions, publish
sent = 0
def progress(words):
    global sent
    sent += words.startswith("sent ")
    if sent == 3:
        os.kill(os.getpid(), signal.SIGKILL)
publish(Path(sys.argv[1]), sys.argv[2], PublishOptions(chunk=int(sys.argv[3]), graph=sys.argv[4]), progress=progress)
"""


def six(folder: Path) -> Path:
    """The graph of six articles."""
    for number, name in enumerate(("Ada", "Bo", "Cy", "Dee", "Eve", "Flo")):
        write(folder, name, f"{name} met Gus and {number} others in Malmo. “Ünd” said Hal.\n")
    return rebuilt(folder)


def write(folder: Path, name: str, text: str) -> None:
    (folder / "in").mkdir(exist_ok=True)
    (folder / "in" / f"{name}.txt").write_text(text)


def rebuilt(folder: Path) -> Path:
    build([folder / "in"], folder / "out", annotator=Capitals(), link=link)
    return folder / "out"
