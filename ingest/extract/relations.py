"""Facts about people from the words beside their names: office, age, calling."""

from __future__ import annotations

import re
from dataclasses import dataclass

from spacy.tokens import Span, Token

from ingest.article import EntityRelation, EntityType
from ingest.extract.lexicon import words
from ingest.extract.marks import Marks
from ingest.extract.phrases import case_of, noun_phrase

AGE = re.compile(r"\b(\d{1,3}|[a-z]+(?:-[a-z]+)?)[- ]years?[- ]old\b", re.IGNORECASE)


def find_relations(marks: Marks) -> list[EntityRelation]:
    """The relations of a Doc, in order of their subjects."""
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

    def between(self, a: Token, b: Token) -> EntityRelation:
        """The relation with the characters from one token to the other as its evidence."""
        return EntityRelation(
            subject=self.subject,
            predicate=self.predicate,
            object=self.place,
            value=self.value,
            start=min(a.idx, b.idx),
            end=max(a.idx + len(a), b.idx + len(b)),
        )


def title_before(marks: Marks, subject: int, span: Span) -> list[EntityRelation]:
    """ "Kharkiv Mayor Ihor Terekhov", "Ukrainian President Zelensky", "former minister Ana Silva"."""
    doc, end = marks.doc, span.start
    start = end
    while start > 0:
        token = doc[start - 1]
        if token.i in marks.entity_at or token.pos_ not in ("NOUN", "PROPN", "ADJ") or token.sent != span.sent:
            break
        start -= 1
    title = doc[start:end]
    offices = [token for token in title if token.lemma_.lower().rstrip(".") in words("offices")]
    if not offices or title[-1].is_punct:
        return []
    # Adjectives that only describe ("defiant", "embattled") are no part of the office, "prime" and "foreign" are.
    kept = [token for token in title if token.pos_ != "ADJ" or token.is_title or token.i > offices[0].i]
    text = " ".join(token.text for token in (kept or offices)).lower()
    found = [Fact(subject, "job_title", text).between(title[0], span[-1])]
    if start > 0:
        found += office_of(marks, subject, doc[start - 1], title[0], span[-1])
    return found


def office_of(marks: Marks, subject: int, before: Token, first: Token, last: Token) -> list[EntityRelation]:
    """The place or body whose office it is, when its name stands right before the title."""
    if before.lower_ in ("'s", "’s") and before.i > 0:
        before = before.nbor(-1)
    kind = marks.entity_type(before)
    if kind not in (EntityType.PLACE, EntityType.ORGANIZATION, EntityType.GROUP):
        return []
    return [Fact(subject, "office_of", place=marks.entity_at[before.i]).between(before, last)]


def apposition(marks: Marks, subject: int, span: Span) -> list[EntityRelation]:
    """ "Ihor Terekhov, mayor of Kharkiv,", "Olena K., a 41-year-old pharmacist,"."""
    found = []
    for token in span:
        for child in token.children:
            if child.dep_ != "appos" or child.i < span.end or child.i in marks.entity_at or child.pos_ != "NOUN":
                continue
            start, end = noun_phrase(child)
            phrase = marks.doc[start:end]
            text = AGE.sub("", phrase.text).strip(" -,").lower()
            lemma = child.lemma_.lower()
            if lemma in words("offices") or lemma in words("people") or lemma.endswith(("ist", "er", "or", "ian")):
                predicate = "job_title" if lemma in words("offices") else "occupation"
                if text and lemma not in ("man", "woman", "boy", "girl", "other", "person"):
                    found.append(Fact(subject, predicate, text).between(span[0], phrase[-1]))
            for below in child.children:
                if below.dep_ == "nmod" and case_of(below) in ("of", "for", "at") and lemma in words("offices"):
                    kind = marks.entity_type(below)
                    if kind in (EntityType.PLACE, EntityType.ORGANIZATION, EntityType.GROUP):
                        found.append(Fact(subject, "office_of", place=marks.entity_at[below.i]).between(span[0], below))
    tail = marks.doc.text[span.end_char : span.end_char + 40]
    age = re.match(r",? (?:an? )?(\d{1,3})(?:[- ]years?[- ]old|,)", tail)
    if age and int(age.group(1)) < 120:
        last = marks.doc.char_span(span.end_char + age.start(1), span.end_char + age.end(1), alignment_mode="expand")
        if last is not None:
            found.append(Fact(subject, "age", age.group(1)).between(span[0], last[-1]))
    return found
