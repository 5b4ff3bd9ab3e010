"""Words that name nobody and yet mean somebody: "the city", "the governor", "she", and whom they must mean."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from graph.linking.local import local_entities
from graph.places import gazetteer
from ingest.article import (
    AnnotatedArticle,
    Article,
    EntityRelation,
    EventMention,
    EventType,
    Mention,
    MentionKind,
    Participant,
    Role,
)

MARK = re.compile(r"\[([^|\]]+)\|(\w*)\]")


def annotated(marked: str, job: str) -> AnnotatedArticle:
    """An article from "[Nairobi|place] ... the [city|]"; the first person holds the job."""
    text, last = "", 0
    mentions: list[Mention] = []
    for match in MARK.finditer(marked):
        text += marked[last : match.start()]
        words, label = match.groups()
        mentions.append(
            Mention(start=len(text), end=len(text) + len(words), kind=MentionKind.ENTITY, text=words, label=label)
        )
        text, last = text + words, match.end()
    text += marked[last:]
    ends = [match.end() for match in re.finditer(r"[.](?: |$)", text)]
    people = [i for i, mention in enumerate(mentions) if mention.label == "person"]
    return AnnotatedArticle(
        article=Article(id="a", title="", text=text, paragraphs=((0, len(text)),)),
        mentions=tuple(mentions),
        sentences=tuple(zip([0, *ends[:-1]], ends, strict=True)),
        relations=tuple(
            EntityRelation(subject=i, predicate="job_title", object=None, value=job) for i in people[:1] if job
        ),
    )


CASES = [
    # the city, the country
    ("[Nairobi|place] was flooded. Roads in the [city|] were closed.", "", "Nairobi"),
    ("[Brazil|place] sent help to [Porto Alegre|place]. The [southern city|] was dark.", "", "Porto Alegre"),
    ("Shells fell on [Kherson|place]. The [country|] mourned.", "", None),
    ("[Kenya|place] votes. Polls across the [country|] open at six.", "", "Kenya"),
    ("[Nairobi|place] and [Mombasa|place] were hit. Two people died in the [city|].", "", "Mombasa"),
    ("It struck [Nairobi|place]. In the [other city|] nobody was hurt.", "", None),
    ("It struck [Nairobi|place]. A [city|] in the north was spared.", "", None),
    ("It struck [Nairobi|place]. The [city|] of dreams slept.", "", None),
    ("[Mombasa|place] slept. It struck the [city|] of [Nairobi|place].", "", "Nairobi"),
    ("A fire in Brazil's [southern city|] of [Porto Alegre|place] was put out.", "", "Porto Alegre"),
    # the mayor, the company
    ("[Ada Lind|person] spoke. Then the [mayor|] left.", "mayor", "Ada Lind"),
    ("[Ada Lind|person] spoke. Then the [minister|] left.", "mayor", None),
    ("[Sakura Motor|organization] grew. The [company|] hired.", "", "Sakura Motor"),
    ("[Sakura Motor|organization] sued [Minowa|organization]. The [company|] lost.", "", None),
    # she
    ("[Ada Lind|person] spoke. [She|] left.", "", "Ada Lind"),
    ("[Ada Lind|person] met [Jo Ek|person]. [She|] left.", "", None),
    ("[Ada Lind|person] met nobody. It rained. It snowed. It blew. [She|] left.", "", None),
    ("[She|] left before [Ada Lind|person] spoke.", "", None),
]


@pytest.mark.parametrize(("marked", "job", "expected"), CASES)
def test_words_that_name_nobody_mean_who_they_must(marked: str, job: str, expected: str | None) -> None:
    article = annotated(marked, job)
    (spoken,) = [i for i, mention in enumerate(article.mentions) if not mention.label]
    meant = [entity.name for entity in local_entities(article, gazetteer()) if spoken in entity.mentions]
    assert meant == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("marked", "roles", "expected"),
    [
        ("It was [Jo Ek|person]'s cup. She lost to [Ada Lind|person], who beat [her|].", "-AT", "Jo Ek"),
        ("[Ada Lind|person], who beat [her|], rested.", "AT", None),
        ("[Jo Ek|person] ran. [Ada Lind|person] thanked [her|] for it.", "-AT", "Jo Ek"),
        ("[Jo Ek|person] ran. As [she|] passed [Ada Lind|person] they waved.", "-AT", "Jo Ek"),
        ("[Ada Lind|person] said the mayor praised [her|].", "ST", "Ada Lind"),  # who says it is on no side
        ("[Ada Lind|person] and [she|] met.", "AA", "Ada Lind"),  # nor is who is on the same one
    ],
)
def test_nobody_stands_on_two_sides_of_one_event(marked: str, roles: str, expected: str | None) -> None:
    article = annotated(marked, "")
    role_of = {"A": Role.AGENT, "T": Role.TARGET, "S": Role.SOURCE}
    parts = [Participant(role=role_of[role], mention=i) for i, role in enumerate(roles) if role != "-"]
    event = EventMention(trigger=0, type=EventType.OTHER, participants=tuple(parts))
    (spoken,) = [i for i, mention in enumerate(article.mentions) if not mention.label]
    found = local_entities(replace(article, events=(event,)), gazetteer())
    assert [entity.name for entity in found if spoken in entity.mentions] == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("[Chad|place] shelled a post in [Niger|place]. Then both [nations|] held talks.", ["Chad", "Niger"]),
        (
            "[Chad|place] spoke. [Nigerian|group] troops fled. Talks between the [countries|] failed.",
            ["Chad", "Nigerian"],
        ),
        ("[Chad|place], [Niger|place] and [Mali|place] met. The [nations|] agreed.", []),
        ("[Chad|place] slept. The [nations|] of the south did not.", []),
        ("[Chad|place] and [Niger|place] met. Few [nations|] cared.", []),
    ],
)
def test_both_nations_are_the_two_countries_just_named(marked: str, expected: list[str]) -> None:
    article = annotated(marked, "")
    (spoken,) = [i for i, mention in enumerate(article.mentions) if not mention.label]
    entities = local_entities(article, gazetteer())
    assert sorted(entity.name for entity in entities if spoken in entity.shared) == expected
