"""Altered copies of read articles: other names and days, and everything where it was."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import islice

from bench.scale import altered, several
from ingest.article import (
    AnnotatedArticle,
    Article,
    EntityType,
    EventMention,
    EventType,
    Interval,
    Mention,
    MentionKind,
)

TEXT = "Acme opens in Lima\n\nBoss Ann Reyes of Acme visited factories in Lima on Tuesday."
DAY = date(2024, 5, 7)


def mention(words: str, kind: MentionKind, label: str) -> Mention:
    start = TEXT.rindex(words)
    return Mention(start=start, end=start + len(words), kind=kind, text=words, label=label)


TOLD = AnnotatedArticle(
    article=Article(
        id="a", title="Acme opens in Lima", text=TEXT, paragraphs=((0, 18), (20, len(TEXT))), published=DAY
    ),
    mentions=(
        mention("Ann Reyes", MentionKind.ENTITY, EntityType.PERSON),
        mention("Acme", MentionKind.ENTITY, EntityType.ORGANIZATION),
        mention("visited", MentionKind.EVENT, EventType.CONSULT),
        mention("Lima", MentionKind.ENTITY, EntityType.PLACE),
        mention("Tuesday", MentionKind.TIME, "2024-05-07"),
        mention("Tuesday", MentionKind.TIME, "2024-W19"),
    ),
    events=(EventMention(trigger=2, type=EventType.CONSULT, interval=Interval(start=DAY, end=None)),),
)


def test_mentions_are_where_they_were_and_only_names_that_are_no_places_are_others() -> None:
    copy = altered(TOLD, 1)
    assert [(each.start, each.end, each.kind) for each in copy.mentions] == [
        (each.start, each.end, each.kind) for each in TOLD.mentions
    ]
    assert all(copy.article.text[each.start : each.end] == each.text for each in copy.mentions)
    kept = [new.text == old.text for new, old in zip(copy.mentions, TOLD.mentions, strict=True)]
    assert kept == [False, False, True, True, True, True]
    assert copy.article.title == copy.article.text[:18]
    assert "factories" not in copy.article.text


def test_days_are_a_year_of_whole_weeks_later_and_weekdays_hold() -> None:
    copy = altered(TOLD, 2)
    later = date(2026, 5, 5)
    assert (copy.article.published, later.weekday()) == (later, DAY.weekday())
    assert copy.events[0].interval == Interval(start=later, end=None)
    assert [each.label for each in copy.mentions[4:]] == ["2026-05-05", "2024-W19"]


def test_a_name_is_one_name_in_all_articles_of_one_copy_and_another_in_the_next() -> None:
    twin = replace(TOLD, article=replace(TOLD.article, id="b"))
    found = list(islice(several([TOLD, twin]), 6))
    assert [each.article.id for each in found] == ["a", "b", "a-1", "b-1", "a-2", "b-2"]
    names = [each.mentions[0].text for each in found]
    assert names[2] == names[3] and names[4] == names[5]
    assert len(set(names)) == 3
