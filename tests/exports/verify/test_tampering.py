"""Every kind of tampering is found, and pointed at where it is: in RDF, in the interchange form, in a folder."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from exports.verify.files import check_file
from exports.verify.problem import Kind, Problem
from graph.model import Publication, Reprint
from newsgraph.verifying import verify
from tests.exports.verify.edits import JSON, RDF, Arrays
from tests.exports.verify.sound import BASE, SOUND, built, ntriples


def found(problems: tuple[Problem, ...], kind: Kind, thing: str) -> bool:
    """Whether there is a problem of a kind at a thing."""
    return any(each.kind is kind and thing in each.thing for each in problems)


def test_a_sound_graph_has_no_problems(tmp_path: Path) -> None:
    (tmp_path / "graph.ttl").write_text(ntriples(tmp_path), encoding="utf-8")
    checked = check_file(tmp_path / "graph.ttl")
    assert checked.problems == ()
    assert checked.counts["claims"] == 5
    assert checked.counts["entities"] == 4


@pytest.mark.parametrize("name", RDF)
def test_tampering_with_rdf_is_found_where_it_is(name: str, tmp_path: Path) -> None:
    edit, kind, thing = RDF[name]
    text = ntriples(tmp_path)
    tampered = edit(text)
    assert tampered != text
    (tmp_path / "graph.ttl").write_text(tampered, encoding="utf-8")
    problems = check_file(tmp_path / "graph.ttl").problems
    assert found(problems, kind, thing), "\n".join(map(str, problems))


def test_a_problem_says_where_and_what_was_expected_and_found(tmp_path: Path) -> None:
    edit, _, _ = RDF["changed anchor text"]
    (tmp_path / "graph.ttl").write_text(edit(ntriples(tmp_path)), encoding="utf-8")
    lines = [str(each) for each in check_file(tmp_path / "graph.ttl").problems if each.kind is Kind.MENTION]
    assert lines == [
        f"graph.ttl: {BASE}article/article-1#char=73,79, characters 73-79: the article has other words there, "
        'and those of the mention nowhere; expected "Warren", found "Marren"'
    ]


PRINTED = replace(
    SOUND,
    reprints=(Reprint(article="article-2", origin="article-1"),),
    publications=tuple(
        Publication(article="article-2", path=name, publisher=name, url=None, published=None) for name in ("a", "b")
    ),
)


def test_reprints_and_other_places_are_sound(tmp_path: Path) -> None:
    (tmp_path / "graph.ttl").write_text(ntriples(tmp_path, PRINTED), encoding="utf-8")
    assert check_file(tmp_path / "graph.ttl").problems == ()


@pytest.mark.parametrize(
    ("said_by", "sound"),
    [
        ("Rescue", True),  # in the name
        ("brought 120 people", True),  # right behind it, as if those were words for somebody
        ("people to safety", False),
        ("Marren", False),
    ],
)
def test_who_speaks_for_somebody_is_named_beside_them(tmp_path: Path, said_by: str, sound: bool) -> None:
    claims = tuple(replace(each, said_by=said_by) if each.id == "claim-4" else each for each in SOUND.claims)
    (tmp_path / "graph.ttl").write_text(ntriples(tmp_path, replace(SOUND, claims=claims)), encoding="utf-8")
    assert (check_file(tmp_path / "graph.ttl").problems == ()) is sound


def test_a_place_that_is_not_what_its_id_is_made_of_is_found(tmp_path: Path) -> None:
    text = ntriples(tmp_path, PRINTED).replace('publishedBy> "a"', 'publishedBy> "c"')
    (tmp_path / "graph.ttl").write_text(text, encoding="utf-8")
    assert [problem.kind for problem in check_file(tmp_path / "graph.ttl").problems] == [Kind.ID]


def test_a_reprint_of_a_reprint_is_found(tmp_path: Path) -> None:
    chain = (*PRINTED.reprints, Reprint(article="article-1", origin="article-2"))
    (tmp_path / "graph.ttl").write_text(ntriples(tmp_path, replace(PRINTED, reprints=chain)), encoding="utf-8")
    assert {problem.kind for problem in check_file(tmp_path / "graph.ttl").problems} == {Kind.SHAPE}


def tampered(path: Path, edit: Callable[[Arrays], None]) -> None:
    """Edit a file of the interchange form."""
    arrays = json.loads(path.read_bytes())
    edit(arrays)
    path.write_text(json.dumps(arrays), encoding="utf-8")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("verify"))


def copied(folder: Path, to: Path) -> Path:
    """A copy of a built graph to tamper with."""
    to.mkdir()
    for file in folder.iterdir():
        if file.is_file():
            (to / file.name).write_bytes(file.read_bytes())
    return to


def test_a_sound_folder_has_no_problems(folder: Path) -> None:
    verified = verify(folder)
    assert verified.problems == ()
    assert verified.counts["articles"] == 2
    assert verify(folder / "graph.json").problems == ()


@pytest.mark.parametrize("name", JSON)
def test_tampering_with_the_interchange_form_is_found_by_itself_and_in_its_folder(
    name: str, folder: Path, tmp_path: Path
) -> None:
    edit, kind, thing = JSON[name]
    out = copied(folder, tmp_path / "out")
    tampered(out / "graph.json", edit)
    alone = check_file(out / "graph.json").problems
    assert found(alone, kind, thing), "\n".join(map(str, alone))
    problems = verify(out).problems
    assert {each.file for each in problems} == {"graph.json"}
    assert set(problems) >= set(alone)
    assert any(each.kind in (Kind.AGREEMENT, Kind.FILE) for each in problems) or name == "an entity told twice"


@pytest.mark.parametrize("name", list(RDF)[::5])
def test_tampering_with_the_rdf_of_a_folder_is_told_from_its_store(name: str, folder: Path, tmp_path: Path) -> None:
    edit, _, _ = RDF[name]
    out = copied(folder, tmp_path / "out")
    (out / "graph.ttl").write_text(edit(ntriples(tmp_path)), encoding="utf-8")
    problems = verify(out).problems
    assert {each.file for each in problems} == {"graph.ttl"}
    assert any(each.kind is Kind.AGREEMENT for each in problems)


def test_an_edited_headline_which_no_text_shows_is_told_from_the_store(folder: Path, tmp_path: Path) -> None:
    out = copied(folder, tmp_path / "out")
    text = (out / "graph.ttl").read_text(encoding="utf-8")
    (out / "graph.ttl").write_text(text.replace('kills at least six" ;', 'kills at least sixty" ;'), encoding="utf-8")
    (problem,) = verify(out).problems
    assert problem.kind is Kind.AGREEMENT
    assert problem.thing == f"{BASE}article/article-2"
    assert "schema:headline" in problem.what


def test_rdf_in_another_order_says_the_same(folder: Path, tmp_path: Path) -> None:
    out = copied(folder, tmp_path / "out")
    lines = ntriples(tmp_path).splitlines(keepends=True)
    (out / "graph.ttl").write_text("".join(reversed(lines)), encoding="utf-8")
    assert verify(out).problems == ()


@pytest.mark.parametrize("file", ["graph.ttl", "graph.json", "graph.html", "report.json"])
def test_a_missing_file_is_named(file: str, folder: Path, tmp_path: Path) -> None:
    out = copied(folder, tmp_path / "out")
    (out / file).unlink()
    (problem,) = verify(out).problems
    assert (problem.kind, problem.file) == (Kind.FILE, file)


@pytest.mark.parametrize("file", ["graph.ttl", "graph.json"])
def test_a_broken_file_is_named_and_the_rest_is_checked(file: str, folder: Path, tmp_path: Path) -> None:
    out = copied(folder, tmp_path / "out")
    (out / file).write_text("nothing of the kind", encoding="utf-8")
    verified = verify(out)
    (problem,) = verified.problems
    assert (problem.kind, problem.file) == (Kind.FILE, file)
    assert verified.counts["claims"] == 5
