"""A graph is shown in a browser and in a notebook."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

import newsgraph
from exports.html.page import render
from newsgraph.build import build
from newsgraph.cli import main
from tests.newsgraph.plain_parts import Capitals, link


@pytest.fixture
def out(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text("Ada Meets Bo\n\nAda met Bo in <Paris> for the first time.\n")
    build([tmp_path / "a.txt"], tmp_path / "out", annotator=Capitals(), link=link)
    return tmp_path / "out"


@pytest.mark.parametrize(("words", "page"), [([], "explorer.html"), (["--picture"], "graph.html")])
def test_the_page_is_opened_and_named(words: list[str], page: str, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", opened.append)
    (out / page).unlink()  # an export may have been cleared away
    done = CliRunner().invoke(main, ["view", *words, str(out)])
    assert done.exit_code == 0
    assert done.output.strip() == str(out / page)
    assert opened == [(out / page).absolute().as_uri()]
    assert (out / page).is_file()


def test_a_notebook_shows_the_picture_in_a_frame_of_its_own(out: Path) -> None:
    built = newsgraph.load(out)
    shown = built._repr_html_()
    (page,) = re.findall(r'srcdoc="([^"]*)"', shown)
    assert html.unescape(page) == render(built.graph)
    assert 'sandbox="allow-scripts"' in shown
