"""What holds of every annotated article, whatever the model finds in it: shown on the sample articles."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.annotate import Annotator
from ingest.article import AnnotatedArticle, Article, EntityType, EventType, MentionKind, Role, content_id
from ingest.readers import Source, read
from ingest.readers.kinds import SUFFIXES
from ingest.serial import from_json, to_json

SEEDS = Path(__file__).parents[2] / "seeds"
LABELS = {
    MentionKind.ENTITY: {"", *EntityType},  # "": described, not named
    MentionKind.EVENT: set(EventType),
    MentionKind.NUMBER: {""},
}


def sample_articles() -> list[Article]:
    files = sorted(path for path in SEEDS.iterdir() if path.suffix in SUFFIXES and path.stem != "README")
    return [found for path in files for found in read(Source.at(path)) if isinstance(found, Article)]


ARTICLES = sample_articles()


def short(text: str, title: str = "") -> Article:
    """An article of one paragraph or none."""
    paragraphs = ((0, len(text)),) if text else ()
    return Article(id=content_id("article", text), title=title, text=text, paragraphs=paragraphs)


SHORT = {
    "nothing": short(""),
    "title only": short("Mayor of Lima Resigns", title="Mayor of Lima Resigns"),
    "one word": short("Rain"),
    "one name": short("Lima"),
    "one number": short("60"),
    "one day": short("Wednesday"),
    "one mark": short("."),
    "one emoji": short("🔥"),
    "place of two words before a title": short("New York Mayor Eric Adams spoke to reporters on Monday."),
    "paragraphs not given": replace(short("Rain fell in Lima on Sunday."), paragraphs=()),
}


@pytest.fixture(scope="module")
def annotator() -> Annotator:
    return Annotator()


@pytest.fixture(scope="module")
def told(annotator: Annotator) -> list[AnnotatedArticle]:
    return list(annotator.annotate(ARTICLES))


def assert_sound(told: AnnotatedArticle) -> None:
    """Every mention stands where it says, every index points at a mention of the right kind."""
    text, mentions = told.article.text, told.mentions
    for mention in mentions:
        assert 0 <= mention.start < mention.end <= len(text)
        assert mention.text == text[mention.start : mention.end]
        assert mention.text == mention.text.strip()
        assert mention.kind not in LABELS or mention.label in LABELS[mention.kind]
    places = [(mention.start, mention.end, mention.kind) for mention in mentions]
    assert places == sorted(set(places))
    for event in told.events:
        assert mentions[event.trigger].kind is MentionKind.EVENT
        assert mentions[event.trigger].label == event.type
        assert len(set(event.participants)) == len(event.participants)
        for participant in event.participants:
            wanted = MentionKind.TIME if participant.role is Role.TIME else MentionKind.ENTITY
            assert mentions[participant.mention].kind is wanted
        assert event.mode is None or event.type is EventType.ASSAULT
        if event.interval and event.interval.start and event.interval.end:
            assert event.interval.start <= event.interval.end
    for quantity in told.quantities:
        number = mentions[quantity.mention]
        assert number.kind is MentionKind.NUMBER
        assert 0 <= quantity.event < len(told.events)
        assert quantity.start <= number.start < number.end <= quantity.end <= len(text)
        assert quantity.upper is None or quantity.upper > quantity.value
        assert quantity.speaker is None or mentions[quantity.speaker].kind is MentionKind.ENTITY
        assert quantity.property
    for relation in told.relations:
        assert mentions[relation.subject].label == EntityType.PERSON
        assert (relation.object is None) != (relation.value is None)
        assert relation.object is None or mentions[relation.object].kind is MentionKind.ENTITY
        assert 0 <= relation.start < relation.end <= len(text)
        for index in (relation.subject, relation.object):
            if index is not None:
                assert relation.start <= mentions[index].start < mentions[index].end <= relation.end
    for (start, end), (after, _) in pairwise([*told.sentences, (len(text), len(text))]):
        assert 0 <= start < end <= after


def test_there_are_sample_articles() -> None:
    assert len(ARTICLES) >= 6


def test_annotations_of_sample_articles_are_sound(told: list[AnnotatedArticle]) -> None:
    for one in told:
        assert_sound(one)


def test_sample_articles_are_told_in_the_order_they_were_given(told: list[AnnotatedArticle]) -> None:
    assert [one.article for one in told] == ARTICLES


def test_something_of_every_kind_is_found_in_the_sample_articles(told: list[AnnotatedArticle]) -> None:
    assert {mention.kind for one in told for mention in one.mentions} == set(MentionKind)
    for one in told:
        assert one.events
        assert one.sentences
        assert any(mention.label == EntityType.PLACE for mention in one.mentions)
    assert any(one.quantities for one in told)
    assert any(one.relations for one in told)


def test_annotating_again_tells_the_same(annotator: Annotator, told: list[AnnotatedArticle]) -> None:
    assert list(annotator.annotate(ARTICLES)) == told


def test_another_annotator_tells_the_same(told: list[AnnotatedArticle]) -> None:
    assert list(Annotator().annotate(ARTICLES[:2])) == told[:2]


def test_order_and_company_do_not_matter(annotator: Annotator, told: list[AnnotatedArticle]) -> None:
    assert list(annotator.annotate(ARTICLES[::-1])) == told[::-1]
    for article, known in zip(ARTICLES, told, strict=True):
        assert list(annotator.annotate([article])) == [known]


def test_annotations_survive_being_stored(told: list[AnnotatedArticle]) -> None:
    assert [from_json(AnnotatedArticle, to_json(one)) for one in told] == told


@pytest.mark.parametrize("article", SHORT.values(), ids=SHORT)
def test_very_short_articles_are_told_soundly(annotator: Annotator, article: Article) -> None:
    (one,) = annotator.annotate([article])
    assert one.article == article
    assert_sound(one)


# Words that the rules of extraction look at, in any order.
WORDS = (
    "Mayor Ada Lind , 41 a 41-year-old pharmacist of Lima 's “ ” said that at least 60 people were killed and up to "
    "two dozen wounded on Wednesday by Russian drones . strike talks will not U.S. $4.5 million 20 per cent between 5 "
    "and 10 - according to police missing dead who attacked the most women’s early June 7 , 2023 ( UN ) no planned he "
    "denied Ukraine"
)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from([*WORDS.split(), "\n\n"]), min_size=1, max_size=40))
def test_muddled_news_is_told_soundly(annotator: Annotator, words: list[str]) -> None:
    (one,) = annotator.annotate([short(" ".join(words).strip())])
    assert_sound(one)


def test_an_article_of_one_word_holds_at_most_one_mention_and_no_event(annotator: Annotator) -> None:
    for one in annotator.annotate([SHORT["one word"], SHORT["one name"], SHORT["one number"], SHORT["one day"]]):
        assert len(one.mentions) <= 1
        assert not one.events
        assert one.sentences == ((0, len(one.article.text)),)


def test_nothing_is_told_of_no_articles(annotator: Annotator) -> None:
    assert list(annotator.annotate([])) == []


def test_an_annotator_says_what_read_the_articles(annotator: Annotator) -> None:
    described = annotator.describe()
    assert described["model"]
    assert described["runtime"].startswith("onnxruntime")
    assert annotator.version.endswith(described["model"])
