"""Hostile archives and broken files cost themselves: what is good beside them is read, and each has its reason."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from ingest.article import Article
from ingest.errors import Reason, UnreadableArticle
from ingest.readers import FAILED, Outcome, Source, read
from tests.ingest.readers.archives.hostile import broken, hostile, pile

ROOT = Path(__file__).parents[4]
HOSTILE = hostile()
# Reads the pile in a process of its own, whose memory is that of reading and no more.
PROGRAM = """
import json, sys, time
from pathlib import Path
from ingest.article import Article
from ingest.errors import UnreadableArticle
from ingest.readers import Source, read
from tests.ingest.readers.memory import peak

start = time.perf_counter()
articles, refusals = set(), []
for outcome in read(Source.at(Path(sys.argv[1]))):
    if isinstance(outcome, Article):
        articles.add(outcome.title)
    elif isinstance(outcome, UnreadableArticle):
        refusals.append([outcome.path, outcome.problem, outcome.reason])
print(json.dumps({"articles": len(articles), "refusals": refusals, "seconds": time.perf_counter() - start,
                  "megabytes": peak()}))
"""


def outcomes(name: str, content: bytes) -> list[Outcome]:
    return list(read(Source(name=name, open=lambda: io.BytesIO(content), size=len(content))))


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_archive_is_refused_for_its_reason_and_nothing_of_it_is_read(name: str) -> None:
    content, reason = HOSTILE[name]
    found = outcomes(name, content)
    refusals = [each for each in found if isinstance(each, UnreadableArticle)]
    assert reason in {each.reason for each in refusals}, list(map(str, found))
    assert not any(each.problem.startswith(FAILED) for each in refusals), list(map(str, refusals))
    assert not [each for each in found if isinstance(each, Article)]
    assert len(content) < 300_000


def test_every_broken_file_is_refused() -> None:
    for name, content in broken(200).items():
        found = outcomes(name, content)
        refusals = [each for each in found if isinstance(each, UnreadableArticle)]
        assert refusals, name
        assert not any(each.problem.startswith(FAILED) for each in refusals), list(map(str, refusals))
        assert not [each for each in found if isinstance(each, Article)], name


def test_a_pile_gives_its_hundred_articles_and_a_reason_for_each_of_the_rest(tmp_path: Path) -> None:
    path = tmp_path / "pile.zip"
    path.write_bytes(pile())
    told = json.loads(
        subprocess.run(
            [sys.executable, "-c", PROGRAM, str(path)], cwd=ROOT, check=True, capture_output=True, timeout=60
        ).stdout
    )
    assert told["articles"] == 100
    assert told["megabytes"] < 1000
    named = {place.removeprefix(f"{path}!").split("!")[0] for place, _, _ in told["refusals"]}
    assert named == {f"hostile/{name}" for name in HOSTILE} | {f"broken/{name}" for name in broken(40)}
    assert {reason for _, _, reason in told["refusals"]} <= set(Reason)
    assert not [problem for _, problem, _ in told["refusals"] if problem.startswith(FAILED)]
