"""Which words tell of an event, of what type, and made with what."""

from __future__ import annotations

from spacy.tokens import Token

from ingest.article import EventType
from ingest.extract.lexicon import modes, triggers, words

NOMINAL = frozenset({"NOUN", "PROPN"})
WORKERS = frozenset("driver employee nurse pilot staff student teacher union worker".split())


def phrase_type(token: Token) -> EventType | None:
    """The type of a verb with its particle or object: "shot down", "took office"."""
    lemma = token.lemma_.lower()
    for child in token.children:
        if child.dep_ in ("compound:prt", "obj", "advmod", "xcomp", "obl", "case", "mark"):
            found = triggers().phrases.get((lemma, child.lemma_.lower()))
            if found:
                return found
    return None


def event_type(token: Token) -> EventType:
    """The type that a word tells of, OTHER where none is known."""
    lemma = token.lemma_.lower()
    if token.pos_ in NOMINAL:
        found = triggers().nouns.get(lemma) or triggers().nouns.get(token.lower_)
        if found is EventType.ASSAULT and lemma in ("strike", "walkout") and worker_nearby(token):
            return EventType.PROTEST
        return found or EventType.OTHER
    if token.pos_ not in ("VERB", "ADJ", "AUX"):
        return EventType.OTHER
    found = phrase_type(token) or triggers().verbs.get(lemma)
    if lemma == "fire" and any(child.dep_ in ("obj", "nsubj:pass") for child in token.children):
        objects = [child.lemma_.lower() for child in token.children if child.dep_ in ("obj", "nsubj:pass")]
        return EventType.ASSAULT if words("weapons").intersection(objects) else EventType.APPOINT
    return found or EventType.OTHER


def worker_nearby(token: Token) -> bool:
    """Whether a strike is one of workers."""
    near = [*token.children, token.head, *token.head.children]
    return any(word.lemma_.lower() in WORKERS for word in near)


def event_mode(token: Token, type_: EventType) -> str | None:
    """What an assault was made with, told by the trigger, its modifiers and its instruments."""
    if type_ is not EventType.ASSAULT:
        return None
    near = [child for child in token.children if child.dep_ in ("compound", "amod", "obl", "nmod", "nsubj", "conj")]
    near += [grandchild for child in near for grandchild in child.children if grandchild.dep_ in ("compound", "conj")]
    if token.dep_ in ("compound", "conj"):
        near.append(token.head)
    found = {modes()[word.lemma_.lower()] for word in [*near, token] if word.lemma_.lower() in modes()}
    if len(found) == 1:
        return found.pop()
    # Drones and missiles together are a strike from the air.
    return "aerial" if found and found <= {"drone", "missile", "aerial", "bombing"} else None
