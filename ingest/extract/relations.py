"""Facts about people from the words beside their names: office, age, calling."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import dropwhile

from ingest.article import EntityRelation, EntityType
from ingest.extract.lexicon import is_a, words
from ingest.extract.marks import Marks
from ingest.extract.phrases import case_of, noun_phrase
from ingest.language.text import Span, Word

OFFICED = (EntityType.PLACE, EntityType.ORGANIZATION, EntityType.GROUP)  # what has offices
BEFORE_OFFICE = ("PRON", "DET", "AUX", "ADV", "SCONJ")  # "who is also the party's treasurer"
CALLINGS = ("ist", "er", "or", "ian")  # how words for what people do end
AGE = re.compile(r"\b(\d{1,3}|[a-z]+(?:-[a-z]+)?)[- ]years?[- ]old\b", re.IGNORECASE)
AGE_BEHIND = re.compile(r",? (?:an? )?(\d{1,3})(?:[- ]years?[- ]old|,)")


def find_relations(marks: Marks) -> list[EntityRelation]:
    """The relations of a text, in order of their subjects."""
    found: list[EntityRelation] = []
    seen: set[int] = set()
    for index, mention in enumerate(marks.mentions):
        if mention.label == EntityType.PERSON and index not in seen:
            span = marks.doc.char_span(mention.start, mention.end)
            if span is not None:
                seen.add(index)
                found += title_before(marks, index, span) + apposition(marks, index, span)
    return found


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact about one person, before its evidence is known."""

    subject: int
    predicate: str
    value: str | None = None
    place: int | None = None

    def between(self, *ends: Word) -> EntityRelation:
        """The relation with the characters from the first of these tokens to the last as its evidence."""
        return EntityRelation(
            subject=self.subject,
            predicate=self.predicate,
            object=self.place,
            value=self.value,
            start=min(token.idx for token in ends),
            end=max(token.idx + len(token) for token in ends),
        )


def title_before(marks: Marks, subject: int, span: Span) -> list[EntityRelation]:
    """ "Kharkiv Mayor Ihor Terekhov", "Ukrainian President Zelensky", "former minister Ana Silva"."""
    doc, end = marks.doc, span.start
    start, sentence = end, doc.words[end].sentence
    while start > 0:
        token = doc.words[start - 1]
        if token.pos_ not in ("NOUN", "PROPN", "ADJ") or token.i in marks.entity_at or token.sentence != sentence:
            break
        start -= 1
    if start == end:
        return []
    title = doc[start:end]
    offices = [token for token in title if token.lemma_.lower().rstrip(".") in words("offices")]
    if not offices or title[-1].is_punct:
        return []
    found = [Fact(subject, "job_title", office_text(title)).between(title[0], span[-1])]
    if start > 0:
        found += office_of(marks, subject, doc[start - 1], span[-1])
    return found


def office_text(title: Span) -> str:
    """An office without the adjectives that only describe ("defiant", "embattled"), lower case."""
    kept = [token for token in title if token.pos_ != "ADJ" or is_a(token, "office_adjectives")]
    kept = [token for token in kept if not (token.like_num or token.is_punct or token.is_space)]
    told = [token.text for token in dropwhile(lambda token: token.pos_ in BEFORE_OFFICE, kept)]
    return " ".join(told).replace(" 's", "'s").replace(" ’s", "’s").lower()


def office_of(marks: Marks, subject: int, before: Word, last: Word) -> list[EntityRelation]:
    """The place or body whose office it is, when its name stands right before the title."""
    if before.lower_ in ("'s", "’s") and before.i > 0:
        before = before.nbor(-1)
    kind = marks.entity_type(before)
    if kind not in OFFICED:
        return []
    place = marks.entity_at[before.i]
    first = marks.doc.char_span(marks.mentions[place].start, marks.mentions[place].end, alignment_mode="expand")
    return [Fact(subject, "office_of", place=place).between(before if first is None else first[0], last)]


def apposition(marks: Marks, subject: int, span: Span) -> list[EntityRelation]:
    """ "Ihor Terekhov, mayor of Kharkiv,", "Olena K., a 41-year-old pharmacist,"."""
    found: list[EntityRelation] = []
    for token in span:
        beside = [child for child in token.children if child.dep_ == "appos" and child.i >= span.end]
        if token.dep_ == "appos" and token.head.i < span.start:
            beside.append(token.head)  # "Turkey's foreign minister, Hakan Fidan,"
        for noun in beside:
            if noun.i not in marks.entity_at and noun.pos_ == "NOUN":
                found += calling(marks, subject, span, noun)
    tail = marks.text[span.end_char : span.end_char + 40]
    age = AGE_BEHIND.match(tail)
    if age and int(age.group(1)) < 120:
        last = marks.doc.char_span(span.end_char + age.start(1), span.end_char + age.end(1), alignment_mode="expand")
        if last is not None:
            found.append(Fact(subject, "age", age.group(1)).between(span[0], last[-1]))
    return found


def calling(marks: Marks, subject: int, span: Span, noun: Word) -> list[EntityRelation]:
    """What the noun beside a person's name says: an office and whose it is, or an occupation."""
    start, end = noun_phrase(noun)
    while start < noun.i and (marks.doc[start].i in marks.entity_at or marks.doc[start].lower_ in ("'s", "’s")):
        start += 1
    phrase = marks.doc[start:end]
    office = is_a(noun, "offices")
    found: list[EntityRelation] = []
    if office:
        found.append(Fact(subject, "job_title", office_text(phrase)).between(span[0], span[-1], phrase[0], phrase[-1]))
    elif noun.lemma_.lower().endswith(CALLINGS) and not is_a(noun, "people"):
        text = AGE.sub("", phrase.text).strip(" -,").lower()
        found.append(Fact(subject, "occupation", text).between(span[0], span[-1], phrase[0], phrase[-1]))
    owners = [
        child
        for child in noun.children
        if (child.dep_ == "nmod" and case_of(child) in ("of", "for", "at")) or child.dep_ in ("nmod:poss", "amod")
    ]
    for owner in owners:
        if office and marks.entity_type(owner) in OFFICED:
            found.append(Fact(subject, "office_of", place=marks.entity_at[owner.i]).between(span[0], span[-1], owner))
    return found
