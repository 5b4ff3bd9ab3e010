"""`newsgraph same`, `different`, `undo` and `corrections`: made at once, kept by later builds, refused in one line."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import newsgraph
from graph.store import FILE_NAME, Store
from ingest.article import AnnotatedArticle, Article, EntityType, Mention, MentionKind
from newsgraph import correcting
from newsgraph.build import VIEWS, build
from newsgraph.cli import main

PERSON = EntityType.PERSON
NAME = re.compile(r"[A-Z][a-z]+(?: [A-Z][a-z]+)+")
TEXTS = {
    "leeds": "Last week John Smith sang in the hall.",
    "perth": "On the lawn John Smith bowled all day.",
    "kyiv": "Long before, Oleh Varenko spoke.",
    "lviv": "Long after, Oleg Warenko spoke.",
}


class FullNames:
    """Marks two capitalised words as a person."""

    version = "full names 1"

    def annotate(self, articles: Iterable[Article]) -> Iterator[AnnotatedArticle]:
        for article in articles:
            mentions = tuple(
                Mention(
                    start=found.start(),
                    end=found.end(),
                    text=found[0],
                    kind=MentionKind.ENTITY,
                    label=EntityType.PERSON,
                )
                for found in NAME.finditer(article.text)
            )
            yield AnnotatedArticle(article=article, mentions=mentions, sentences=((0, len(article.text)),))


@pytest.fixture
def out(tmp_path: Path) -> Path:
    for name, text in TEXTS.items():
        write(tmp_path, name, text)
    return rebuilt(tmp_path)


def write(folder: Path, name: str, text: str) -> None:
    (folder / "in").mkdir(exist_ok=True)
    (folder / "in" / f"{name}.txt").write_text(text)


def rebuilt(folder: Path) -> Path:
    build([folder / "in"], folder / "out", annotator=FullNames())
    return folder / "out"


def views(out: Path) -> dict[str, bytes]:
    return {name: (out / name).read_bytes() for name in VIEWS.values()}


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], prog_name="newsgraph")


def refusal(*words: str | Path) -> str:
    result = run(*words)
    assert (result.exit_code, result.stdout) == (1, "")
    (line,) = result.stderr.splitlines()
    return line


def called(out: Path) -> list[str]:
    return sorted(each.name for each in newsgraph.load(out).graph.entities)


def test_two_spellings_become_one_and_undo_gives_back_the_same_bytes(out: Path) -> None:
    before = views(out)
    done = run("same", out, "Oleh Varenko", "Oleg Warenko", "--author", "Ada", "--note", "one governor")
    assert done.exit_code == 0, done.output
    assert done.stdout.startswith("Oleh Varenko and Oleg Warenko: one: ")
    assert called(out) == ["John Smith", "Oleg Warenko"]
    assert b"Oleh Varenko" in (out / "graph.ttl").read_bytes()
    assert any(
        "by hand, Ada, " in line and "one governor" in line for line in run("show", out, "Varenko").stdout.split("\n")
    )
    assert run("corrections", out).stdout.startswith("1  Oleh Varenko  same  Oleg Warenko  (by hand, Ada, ")
    assert run("undo", out).exit_code == 0
    assert views(out) == before
    assert run("corrections", out).stdout == ""


def test_namesakes_are_divided_by_article_and_stay_so_when_articles_come(out: Path, tmp_path: Path) -> None:
    assert run("different", out, "John Smith@leeds", "John Smith@perth.txt").exit_code == 0
    assert called(out).count("John Smith") == 2
    write(tmp_path, "hull", "In the yard John Smith swam.")
    rebuilt(tmp_path)
    assert called(out).count("John Smith") == 2
    kept = views(out)
    (out / "graph.ttl").unlink()
    rebuilt(tmp_path)
    assert views(out) == kept


def test_spellings_divide_what_another_correction_does_not_hold(out: Path) -> None:
    run("same", out, "John Smith@leeds", "Oleh Varenko")
    assert called(out) == ["John Smith", "Oleg Warenko"]
    run("different", out, "John Smith@leeds", "John Smith@perth")
    run("undo", out, "1")
    assert called(out) == ["John Smith", "John Smith", "Oleg Warenko", "Oleh Varenko"]


def test_a_contradiction_is_refused_until_the_earlier_one_is_taken_back(out: Path) -> None:
    run("same", out, "Oleh Varenko", "Oleg Warenko")
    before = views(out)
    line = refusal("different", out, "Oleg Warenko", "Oleh Varenko")
    assert "correction 1 says that Oleh Varenko and Oleg Warenko are one" in line
    assert "newsgraph undo DIR 1" in line
    assert "already" in refusal("same", out, "Oleg Warenko", "Oleh Varenko")
    assert views(out) == before
    run("undo", out, "1")
    assert run("different", out, "Oleg Warenko", "Oleh Varenko").exit_code == 0
    assert run("corrections", out).stdout.startswith("2  ")  # no number is given twice


def test_a_contradiction_over_a_third_name_is_refused(out: Path) -> None:
    run("same", out, "Oleh Varenko", "Oleg Warenko")
    run("different", out, "John Smith", "Oleg Warenko")
    assert "correction 2" in refusal("same", out, "John Smith", "Oleh Varenko")
    assert len(newsgraph.load(out).corrections()) == 2


@pytest.mark.parametrize(
    ("sides", "problem"),
    [
        (("Zebra", "John Smith"), "Zebra: nothing in this graph goes by that name"),
        (("John Smith", "John Smith"), "John Smith@leeds, John Smith@perth; name two of these"),
        (("John Smith@leeds", "John Smith@leeds"), "mention-"),
        (("Ada@leeds", "John Smith"), "nothing goes by that name in this article, which speaks of John Smith"),
    ],
)
def test_unclear_sides_are_one_line_that_lists_what_could_be_meant(
    out: Path, sides: tuple[str, str], problem: str
) -> None:
    assert problem in refusal("different", out, *sides)


def test_of_namesakes_that_are_two_the_name_alone_is_not_enough(out: Path) -> None:
    run("different", out, "John Smith@leeds", "John Smith@perth")
    line = refusal("same", out, "John Smith", "Oleh Varenko")
    assert "John Smith: could be John Smith (entity-" in line
    assert line.count("entity-") == 2


def test_there_is_nothing_to_undo(out: Path) -> None:
    assert "nothing was corrected by hand" in refusal("undo", out)
    assert "there is no correction 9" in refusal("undo", out, "9")


def test_a_former_id_still_finds_what_it_became(out: Path) -> None:
    (smith,) = [each.id for each in newsgraph.load(out).graph.entities if each.name == "John Smith"]
    run("different", out, "John Smith@leeds", "John Smith@perth")
    assert smith not in {each.id for each in newsgraph.load(out).graph.entities}
    assert run("show", out, smith).stdout.startswith("John Smith (person)")
    run("undo", out)
    assert newsgraph.load(out).present_id(smith) == smith


def test_python_corrects_too(out: Path) -> None:
    built = newsgraph.load(out)
    assert len(built.graph.entities) == 3
    change = built.same("Oleh Varenko", "Oleg Warenko", note="sure")
    assert (change.changed, len(built.graph.entities)) == (True, 2)
    assert [each.note for each in built.corrections()] == ["sure"]
    built.undo()
    built.different("Oleh Varenko", "Oleg Warenko")
    assert len(built.graph.entities) == 3


def test_a_correction_that_fails_half_way_leaves_everything_as_it_was(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, graph = views(out), newsgraph.load(out).graph

    def broken(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Store, "_note_ids", broken)  # in the middle of the one transaction
    with pytest.raises(KeyboardInterrupt):
        correcting.correct(out, correcting.Verdict.SAME, "Oleh Varenko", "Oleg Warenko")
    built = newsgraph.load(out)
    assert (built.corrections(), built.graph, views(out)) == ((), graph, before)


def test_corrections_outlive_what_other_versions_wrote(out: Path, tmp_path: Path) -> None:
    run("different", out, "John Smith@leeds", "John Smith@perth")
    db = sqlite3.connect(out / FILE_NAME)
    db.execute("UPDATE meta SET value = 'older' WHERE key = 'shapes'")
    db.commit()
    db.close()
    assert "another version" in refusal("undo", out)
    rebuilt(tmp_path)
    assert called(out).count("John Smith") == 2
