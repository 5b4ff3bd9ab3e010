"""Names, words for events and pipelines of the user's own change what is read, and the version of the reading."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
import spacy

from ingest.annotate import Annotator
from ingest.article import AnnotatedArticle, Article, EntityType, EventType, MentionKind
from ingest.given import BadGazetteer, Named, Term, read_gazetteer, types_of_names
from ingest.setup import NoPipeline, Setup, packed_names

CSV = """name,type,aliases,lat,lon,same_as,description
Blue Harbour Forum,organization,BHF|The Forum,,,https://example.org/forum,club of ports
Quay Nine,facility,,6.45,3.4,,
"""


def annotate(text: str, setup: Setup) -> AnnotatedArticle:
    article = Article(id="a", title="", text=text, paragraphs=((0, len(text)),))
    (annotated,) = Annotator(setup=setup).annotate([article])
    return annotated


def names(annotated: AnnotatedArticle) -> dict[str, str]:
    return {each.text: each.label for each in annotated.mentions if each.kind is MentionKind.ENTITY and each.label}


def with_names(types: dict[str, EntityType]) -> Setup:
    return Setup(names=packed_names(types))


def test_a_table_of_names_is_read(tmp_path: Path) -> None:
    (tmp_path / "names.csv").write_text(CSV)
    forum, quay = read_gazetteer(tmp_path / "names.csv")
    assert forum == Named(
        name="Blue Harbour Forum",
        type=EntityType.ORGANIZATION,
        aliases=("BHF", "The Forum"),
        description="club of ports",
        same_as=("https://example.org/forum",),
    )
    assert (quay.lat, quay.lon) == (6.45, 3.4)
    (tmp_path / "names.tsv").write_text(CSV.replace(",", "\t"))
    assert read_gazetteer(tmp_path / "names.tsv") == (forum, quay)
    (tmp_path / "names.jsonl").write_text(
        '{"name": "Blue Harbour Forum", "aliases": ["BHF", "The Forum"], "description": "club of ports",'
        ' "same_as": ["https://example.org/forum"]}\n\n'
        '{"name": "Quay Nine", "type": "facility", "lat": 6.45, "lon": 3.4}'
    )
    assert read_gazetteer(tmp_path / "names.jsonl", EntityType.ORGANIZATION) == (forum, quay)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("name,kind\nA,place\n", "line 2: unknown field 'kind'"),
        ("name,typ\nA,place\n", "line 2: unknown field 'typ'; did you mean 'type'?"),
        ("name,type\nA,organisation\n", "line 2: unknown type 'organisation'; did you mean 'organization'?"),
        ("name,type\nA,\n", "line 2: it has no type"),
        ("name,type\n,place\n", "line 2: it has no name"),
        ("name,type\nA,place\nA,place\n", "line 3: 'A' is in line 2 already"),
        ("name,type,lat\nA,place,1\n", "line 2: lat and lon belong together"),
        ("name,type,lat,lon\nA,place,91,0\n", "line 2: lat '91' is no number from -90 to 90"),
        ("name,type,lat,lon\nA,place,nan,0\n", "line 2: lat 'nan' is no number from -90 to 90"),
        ("name,type,same_as\nA,place,javascript:1\n", "line 2: same_as 'javascript:1' is no http(s) address"),
        ("name,type\nharbour,place\n", "line 2: 'harbour' has no capital letter"),
        ("name,type\nA,place,b\n", "line 2: it has more cells than the first line"),
    ],
)
def test_what_is_wrong_in_a_table_of_names_is_said_with_its_line(tmp_path: Path, text: str, problem: str) -> None:
    (tmp_path / "names.csv").write_text(text)
    with pytest.raises(BadGazetteer) as error:
        read_gazetteer(tmp_path / "names.csv")
    assert str(error.value).startswith(f"{tmp_path / 'names.csv'}, {problem}")
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b'name,type\n"A,place\n'])
def test_a_file_that_is_no_table_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "names.csv").write_bytes(content)
    with pytest.raises(BadGazetteer):
        read_gazetteer(tmp_path / "names.csv")
    with pytest.raises(BadGazetteer, match="no such file"):
        read_gazetteer(tmp_path / "none.csv")


def test_a_name_of_two_kinds_is_left_to_the_article() -> None:
    named = [
        Named(name="Lagos", type=EntityType.PLACE),
        Named(name="Adaeze Lagos", type=EntityType.PERSON, aliases=("Lagos", "Ada")),
    ]
    assert types_of_names(named) == {"Ada": EntityType.PERSON, "Adaeze Lagos": EntityType.PERSON}


TEXT = "Delegates of the Blue Harbour Forum met in Lagos on Tuesday. The blue harbour forum was quiet."


def test_names_of_the_users_own_are_marked_as_what_they_are() -> None:
    assert names(annotate(TEXT, Setup())).get("Blue Harbour") is None
    found = names(annotate(TEXT, with_names({"Blue Harbour": EntityType.PERSON})))
    assert "Blue Harbour" not in found  # the model sees the longer name
    found = names(annotate(TEXT, with_names({"Blue Harbour Forum": EntityType.PRODUCT, "Harbour": EntityType.PLACE})))
    assert found["Blue Harbour Forum"] == "product"
    assert found["Lagos"] == "place"
    assert {"Harbour", "blue harbour forum"}.isdisjoint(found)


def test_names_that_the_model_would_never_take_for_one_are_marked() -> None:
    text = "The council asked eDeep to repair the quay before winter, an official said."
    assert names(annotate(text, with_names({"eDeep": EntityType.ORGANIZATION})))["eDeep"] == "organization"


def events(annotated: AnnotatedArticle) -> list[tuple[str, EventType, str | None]]:
    return [(annotated.mentions[each.trigger].text, each.type, each.mode) for each in annotated.events]


def test_words_of_the_users_own_tell_of_events() -> None:
    text = "A brownout darkened the harbour of Lagos on Monday. On Tuesday crews dimmed the lights in Ikeja."
    assert not any(word in ("brownout", "dimmed") for word, _, _ in events(annotate(text, Setup())))
    terms = (
        Term(words=("brownout",), type=EventType.ACCIDENT, mode="power"),
        Term(words=("dim", "the", "light"), type=EventType.ECONOMY),
    )
    found = events(annotate(text, Setup(terms=terms)))
    assert ("brownout", EventType.ACCIDENT, "power") in found
    assert ("dimmed", EventType.ECONOMY, None) in found


def pipeline(folder: Path, patterns: Sequence[dict[str, str]]) -> str:
    nlp = spacy.blank("en")
    nlp.add_pipe("entity_ruler").add_patterns(list(patterns))  # type: ignore[attr-defined]
    nlp.to_disk(folder)
    return str(folder)


def test_names_come_from_another_pipeline_where_one_is_named(tmp_path: Path) -> None:
    ner = pipeline(
        tmp_path / "ner",
        [{"label": "GPE", "pattern": "Blue Harbour"}, {"label": "date", "pattern": "Tuesday"}],
    )
    found = names(annotate(TEXT, Setup(ner=ner)))
    assert found == {"Blue Harbour": "place"}
    found = names(annotate(TEXT, Setup(ner=ner, names=packed_names({"Lagos": EntityType.PLACE}))))
    assert found == {"Blue Harbour": "place", "Lagos": "place"}


def test_a_pipeline_that_is_not_there_is_said_so_before_any_work() -> None:
    with pytest.raises(NoPipeline, match="no_such_pipeline: there is no spaCy pipeline of this name; install it"):
        assert Setup(ner="no_such_pipeline").version


def test_what_changes_the_reading_changes_its_version(tmp_path: Path) -> None:
    term = Term(words=("brownout",), type=EventType.ACCIDENT)
    setups = [
        Setup(),
        with_names({"Lagos": EntityType.PLACE}),
        with_names({"Lagos": EntityType.PERSON}),
        Setup(terms=(term,)),
        Setup(ner=pipeline(tmp_path / "ner", [])),
    ]
    assert len({setup.version for setup in setups}) == len(setups)
    assert with_names({"Lagos": EntityType.PLACE}).version == setups[1].version
