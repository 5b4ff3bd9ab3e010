"""What ties two names together: membership, where a body sits, what it belongs to, family."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.article import EntityRelation, EntityType
from ingest.extract.lexicon import is_a, words_by_class
from ingest.extract.marks import Marks
from ingest.extract.phrases import antecedent, case_of
from ingest.language.text import Word

BEFORE = frozenset({"compound", "obl:npmod", "obl:unmarked"})  # the Geneva of "Geneva-based"
BODIES = (EntityType.ORGANIZATION, EntityType.FACILITY)


def find_ties(marks: Marks) -> list[EntityRelation]:
    """The ties of a text, in order of the words that tell them."""
    found: list[EntityRelation] = []
    if not any(words_by_class(marks.doc)[name] for name in ("ties", "kin", "seated")):
        return found
    words = marks.doc.words
    heads = {words[i].head.i for i in marks.entity_at}  # which a name hangs on, as whatever ties names together does
    for token in map(words.__getitem__, sorted(heads)):
        if token.pos_ == "NOUN" and (is_a(token, "ties") or is_a(token, "kin")):
            found += told_by_noun(marks, token)
        elif is_a(token, "seated") and token.i not in marks.entity_at:
            found += seat(marks, token)
    return found


def told_by_noun(marks: Marks, noun: Word) -> Iterator[EntityRelation]:
    """ "Ana Silva, a member of the Green Party", "Orbis, a unit of Kagero", "Leyla, the daughter of Omar Haddad"."""
    owner = next(
        (
            child
            for child in noun.children
            if child.i in marks.entity_at and (child.dep_ == "nmod:poss" or (child.dep_ == "nmod" and of(child)))
        ),
        None,
    )
    if owner is None:
        return
    kind, whose = marks.entity_type(owner), marks.entity_at[owner.i]
    for token in described(marks, noun):
        subject, what = marks.entity_at[token.i], marks.entity_type(token)
        if subject == whose:
            continue
        if is_a(noun, "kin"):
            predicate = f"{noun.lemma_.lower()}_of" if what is kind is EntityType.PERSON else None
        elif noun.lemma_ == "member" and what is EntityType.PERSON:
            predicate = "member_of" if kind in (EntityType.ORGANIZATION, EntityType.GROUP) else None
        else:
            predicate = "part_of" if what in BODIES and kind in BODIES and noun.lemma_ != "member" else None
        if predicate:
            yield tie(marks, subject, predicate, whose)


def of(word: Word) -> bool:
    """Whether a noun stands behind "of"."""
    return case_of(word) == "of"


def described(marks: Marks, noun: Word) -> list[Word]:
    """The names that a noun describes: beside it, or as the subject of "is"."""
    near = [noun.head] if noun.dep_ == "appos" else []
    near += [child for child in noun.children if child.dep_ in ("appos", "nsubj", "flat")]
    return [word for word in map(antecedent, near) if word.i in marks.entity_at]


def seat(marks: Marks, based: Word) -> Iterator[EntityRelation]:
    """ "Kagero, which is based in Nagoya", "the Geneva-based Red Cross"."""
    places = [child for child in based.children if marks.entity_type(child) is EntityType.PLACE]
    places = [place for place in places if place.dep_ in BEFORE or (place.dep_ == "obl" and case_of(place) == "in")]
    if not places:
        return
    subjects = [antecedent(child) for child in based.children if child.dep_.startswith("nsubj")]
    if based.dep_.startswith(("acl", "amod")):
        subjects.append(based.head)
    for token in subjects:
        if marks.entity_type(token) in BODIES:
            yield tie(marks, marks.entity_at[token.i], "located_in", marks.entity_at[places[0].i])


def tie(marks: Marks, subject: int, predicate: str, object_: int) -> EntityRelation:
    """The relation with the characters from one of the names to the other as its evidence."""
    ends = marks.mentions[subject], marks.mentions[object_]
    return EntityRelation(
        subject=subject, predicate=predicate, object=object_, value=None,
        start=min(mention.start for mention in ends), end=max(mention.end for mention in ends),
    )  # fmt: skip
