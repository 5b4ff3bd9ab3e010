"""What becomes of articles and files that no process gets to the end of: the others are kept, and these are told."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from graph.sources import SourceState
from graph.store import Store
from ingest.article import AnnotatedArticle, Article
from ingest.errors import Reason
from ingest.readers import Options
from ingest.serial import packed, to_json, unpacked
from newsgraph.annotating import annotate
from newsgraph.build import silent
from newsgraph.intake import take_in
from newsgraph.work.jobs import Annotate, Annotated, Job, ReadFile
from newsgraph.work.pool import Done, Here
from tests.graph.keeping import keep


class Clumsy:
    """Annotates articles that say nothing of a bomb; at one that does it fails, with or without saying where."""

    def __init__(self, *, tells: bool) -> None:
        self.tells = tells
        self.seen: list[str] = []

    def run(self, next_job: Callable[[], Job | None]) -> Iterator[tuple[Job, object]]:
        while (job := next_job()) is not None:
            assert isinstance(job, Annotate)
            articles = [(digest, unpacked(Article, body)) for digest, body in job.articles]
            bad = next((digest for digest, each in articles if "bomb" in each.text), "")
            for digest, article in [] if bad and not self.tells else articles:
                if digest == bad:
                    break
                self.seen.append(article.text)
                reading = AnnotatedArticle(article=article)
                yield job, Annotated(digest=digest, reading=packed(to_json(reading)), entities=None)
            yield job, Done(failure=Reason.CRASHED, at=bad if self.tells else "", problem="boom") if bad else Done()

    def rest(self) -> None:
        pass

    def close(self) -> None:
        pass


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "newsgraph.db") as opened:
        texts = [f"Article {number}." for number in range(70)]
        texts[5] = texts[6] = "A bomb."
        texts[40] = "Another bomb."
        state = SourceState(key="/a", name="a.jsonl", size=1, changed=1, digest="d", reading="r")
        keep(opened, state, [Article(id=f"{n:02}", title="", text=text, paragraphs=()) for n, text in enumerate(texts)])
        yield opened


@pytest.mark.parametrize("tells", [True, False])
def test_articles_that_fail_twice_are_refused_and_all_others_kept(store: Store, tells: bool) -> None:
    does = Clumsy(tells=tells)
    told: list[tuple[str, int, int]] = []
    count = annotate(store, "v", lambda articles: Annotate(articles=tuple(articles)), does, lambda *x: told.append(x))
    assert count == len(set(does.seen)) == len(does.seen) == 67
    assert told[-1] == ("annotating articles", 70, 70)
    assert [str(each) for each in store.refusals("v")] == ["a.jsonl: annotating it fails (boom); it was skipped"] * 3
    assert store.pending("v") == []


class ClumsyReader(Here):
    """Reads as usual, but never gets to the end of a member whose name tells of a bomb."""

    def run(self, next_job: Callable[[], Job | None]) -> Iterator[tuple[Job, object]]:
        while (job := next_job()) is not None:
            assert isinstance(job, ReadFile)
            refused = dict(job.refuse)
            at: list[str] = []
            failed = False
            for record in job.run(at.append):
                if at and "bomb" in at[-1] and at[-1] not in refused:
                    failed = True
                    break
                yield job, record
            yield job, Done(failure=Reason.TOO_SLOW, at=at[-1]) if failed else Done()


def test_a_file_that_no_process_can_read_is_told_and_not_tried_again(tmp_path: Path) -> None:
    for name in ("a.jsonl", "bomb.jsonl", "c.jsonl"):
        (tmp_path / name).write_text(json.dumps({"text": f"Words of {name}."}))
    with Store(tmp_path / "newsgraph.db") as store:
        intake = take_in([tmp_path], store, Options(), ClumsyReader(), silent)
        assert intake.articles == 2
        assert [(each.reason, str(each)) for each in intake.remarks] == [
            (Reason.TOO_SLOW, f"{tmp_path}/bomb.jsonl: reading it takes longer than one article may; it was skipped")
        ]
