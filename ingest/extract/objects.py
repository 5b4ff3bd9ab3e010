"""What the object of a verb, or a noun beside it, says of what the verb means."""

from __future__ import annotations

from ingest.article import EventType
from ingest.extract.lexicon import is_a, is_person, triggers
from ingest.extract.phrases import PERSONAL, case_of, counted
from ingest.language.text import Word

# Verbs whose object tells whether they mean what the table says.
LOOSE = frozenset({
    "contribute", "deliver", "escape", "inaugurate", "meet", "muster", "pay", "recognise", "recognize", "spend",
    "visit",
})  # fmt: skip


def unlike_its_verb(token: Word, lemma: str) -> bool:
    """Whether an object shows that a verb means less than it says: "paid a visit", "delivered a fine race"."""
    if lemma not in LOOSE:
        return False
    if lemma in ("recognise", "recognize") and any(child.dep_ == "ccomp" for child in token.children):
        return True  # "recognises that", which is no more than knowing
    for child in token.children:
        if child.dep_ not in ("obj", "nsubj:pass") or child.ent_type_:
            continue
        if lemma == "pay" and is_a(child, "respects"):
            return True
        if lemma == "meet" and is_a(child, "expectations"):
            return True
        if lemma == "inaugurate":
            return not is_person(child)  # "inaugurated a bridge"
        if lemma == "muster":
            return not any(is_person(child) or is_a(child, name) for name in ("collectives", "weapons"))
        if lemma == "spend" and is_a(child, "spans"):
            return True
        if lemma in ("recognise", "recognize", "escape") and child.pos_ in ("NOUN", "NUM") and not is_person(child):
            return not any(is_a(child, name) for name in ("buildings", "kinds_of_place", "collectives", "recognised"))
        if lemma == "visit" and child.pos_ == "NOUN":
            return not any(is_a(child, name) for name in ("buildings", "kinds_of_place", "parts_of_place", "settings"))
        if lemma in ("deliver", "contribute"):
            return not any(
                word.ent_type_ == "MONEY" or is_a(word, "goods") or is_a(word, "weapons") for word in child.subtree
            )
    return lemma == "contribute" and not has_object(token)


def acts(noun: Word) -> bool:
    """Whether a noun is for somebody who acts, or for arms: "attacking rebels", "exploding shells"."""
    return bool(noun.ent_type_) or is_person(noun) or any(is_a(noun, name) for name in ("collectives", "weapons"))


def fights_nobody(token: Word) -> bool:
    """Whether a fight is with no enemy and over no town: "fight for equal pay", "battled the blaze"."""
    for child in token.children:
        over = child.dep_ == "obl" and case_of(child) in ("for", "against")
        if over or child.dep_ in ("obj", "nsubj:pass"):
            known = acts(child) or child.pos_ in ("PRON", "PROPN") or child.lemma_ == "control"
            return not known and triggers().nouns.get(child.lemma_.lower()) is not EventType.ASSAULT
    return False


def takes_goods(token: Word) -> bool:
    """Whether what is seized is a thing that somebody owns, and no town, no building, nobody and no power."""
    for child in token.children:
        if child.dep_ in ("obj", "nsubj:pass"):
            thing = counted(child)
            place = any(is_a(thing, name) for name in ("buildings", "kinds_of_place", "parts_of_place", "collectives"))
            known = place or thing.ent_type_ or is_person(thing) or thing.pos_ in ("PRON", "PROPN")
            return not known and not is_a(thing, "power")
    return False


def person_object(token: Word) -> bool:
    """Whether what a verb acts on is a person."""
    return any(
        child.ent_type_ == "PERSON" or is_person(child)
        for child in token.children
        if child.dep_ in ("obj", "nsubj:pass")
    )


def has_object(token: Word) -> bool:
    """Whether a verb has an object or a clause as one."""
    return any(child.dep_ in ("obj", "ccomp") for child in token.children)


def economic(token: Word) -> bool:
    """Whether what moves is a price, a rate or the like, or is measured in money or per cent."""
    near = [child for child in token.children if child.dep_.split(":")[0] in ("nsubj", "obj", "obl")]
    return any(is_a(word, "economic") or word.lower_ in "%$€£" for child in near for word in child.subtree)


def tells_when(preposition: Word) -> bool:
    """Whether a preposition makes no phrase with its verb: "gave orders in May", "called on Monday for calm"."""
    return preposition.lower_ == "in" or (preposition.lower_ == "on" and is_a(preposition.head, "days"))


def is_question(token: Word) -> bool:
    """Whether somebody asks to know and not to get: "asked why", "asked about the incident", "Asked if"."""
    if token.dep_ == "advcl" and token.tag_ == "VBN":
        return True
    for child in token.children:
        if child.dep_ == "obl" and case_of(child) == "about":
            return True
        if child.dep_ == "ccomp":
            return any(below.lower_ in ("if", "whether") or below.tag_.startswith("W") for below in child.children)
    return False


def takes_office(token: Word) -> bool:
    """Whether "take over" is to begin in an office: as something, or by a person."""
    if any(child.dep_ == "obl" and case_of(child) == "as" for child in token.children):
        return True
    subjects = [child for child in token.children if child.dep_ in ("nsubj", "nsubj:pass")]
    someone = subjects or [token.head if token.dep_ != "root" else token]
    return any(word.ent_type_ == "PERSON" or is_person(word) or word.lower_ in PERSONAL for word in someone)
