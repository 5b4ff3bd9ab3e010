"""docs/rdf.md shows the vocabulary, the queries and the rows as they are."""

from __future__ import annotations

import re
from pathlib import Path

from docs.rdf_page import BLOCK, filled
from exports.rdf import facts
from exports.rdf.examples import examples
from tests.seeds_graph import seeds_graph

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "rdf.md"


def page() -> str:
    return PAGE.read_text(encoding="utf8")


def test_what_the_page_shows_is_what_there_is() -> None:
    assert page() == filled(page(), seeds_graph()), "run python -m docs.rdf_page, and read what it changed"


def test_what_is_written_into_the_page_replaces_what_stood_there() -> None:
    spoilt = BLOCK.sub(r"\1nothing\n\3", page())
    assert spoilt != page()
    assert filled(spoilt, seeds_graph()) == page()


def test_every_example_is_on_the_page() -> None:
    assert re.findall(r"^### `([\w-]+)`", page(), re.MULTILINE) == list(examples())


def test_every_file_and_heading_that_the_page_links_to_is_there() -> None:
    headings = {
        re.sub(r"[^\w -]", "", line).strip().lower().replace(" ", "-")
        for line in re.findall(r"^#+ (.+)$", page(), re.M)
    }
    for link in re.findall(r"\]\(([^)\s]+)\)", page()):
        assert link[1:] in headings if link.startswith("#") else (PAGE.parent / link).exists(), link


def test_every_word_of_the_drawing_is_one_of_the_graph() -> None:
    drawing = re.sub(
        r"<style>.*?</style>", "", (ROOT / "docs" / "model.svg").read_text(encoding="utf8"), flags=re.DOTALL
    )
    names = set(re.findall(r"\b(?:ng|sem|nif|itsrdf|gaf|prov|skos|rdfs?|schema):\w+", drawing))
    known = Path(facts.__file__).read_text(encoding="utf8") + (ROOT / "exports/rdf/ontology.ttl").read_text("utf8")
    assert len(names) > 40
    assert {name for name in names if not re.search(rf"\b{name}\b", known)} == set()
