"""Who is said to be behind an event: "claimed responsibility for the raid", "was charged with his murder"."""

from __future__ import annotations

from ingest.extract.lexicon import is_a
from ingest.extract.phrases import case_of
from ingest.language.text import Word

LINKS = frozenset({"for", "of", "in", "with", "over", "to", "behind"})


def is_proven(event: Word) -> bool:
    """Whether the words that hold somebody responsible for an event settle it: a claim of his own, a conviction."""
    return not is_a(event.head, "blames") or is_a(event.head, "convicts")


def blamed(event: Word) -> Word | None:
    """The party that the words over an event word hold responsible for it, None for none."""
    above, link = event.head, case_of(event) or link_of(event)
    if any(child.dep_ == "case" and child.lower_ == "behind" for child in event.children):
        return child_of(event, "nsubj")  # "the cartel is behind the bombing"
    if above == event:
        return None
    if is_a(above, "blames") and event.dep_ in ("obj", "nsubj:pass"):
        return next((child for child in above.children if child.dep_ == "obl" and case_of(child) == "on"), None)
    if above.lemma_ == "claim" and event.dep_ == "obj":
        return subject_of(above)  # "the ministry claimed the capture of the town"
    if link not in LINKS:
        return None
    lemma = above.lemma_.lower()
    if lemma == "responsibility":
        return claimant(above)
    if lemma == "responsible":
        return held(above)
    if is_a(above, "blames") and event.dep_.split(":")[0] in ("obl", "nmod", "advcl", "acl", "ccomp", "xcomp"):
        return object_of(above)
    return None


def link_of(verb: Word) -> str:
    """What joins a gerund to the word above it: "for killing", "of attacking"."""
    return next((child.lower_ for child in verb.children if child.dep_ in ("mark", "case")), "")


def claimant(responsibility: Word) -> Word | None:
    """Whose responsibility it is: its owner, or who claims it and does not deny it."""
    owner = child_of(responsibility, "nmod:poss")
    verb = responsibility.head
    if owner is None and responsibility.dep_ == "obj" and is_a(verb, "owns_up"):
        return subject_of(verb)
    return owner


def held(responsible: Word) -> Word | None:
    """Who is responsible, or is held to be."""
    verb = responsible.head
    if verb.pos_ == "VERB" and responsible.dep_ in ("xcomp", "obj", "advcl"):
        return object_of(verb)
    if responsible.dep_ in ("amod", "acl"):
        return verb
    return child_of(responsible, "nsubj")


def object_of(word: Word) -> Word | None:
    """What is done to whom: a verb's object or passive subject, the noun that a participle modifies, "of" a noun."""
    if word.pos_ == "NOUN":
        return next((child for child in word.children if child.dep_ == "nmod" and case_of(child) == "of"), None)
    found = child_of(word, "obj") or child_of(word, "nsubj:pass")
    if found is None and word.dep_ == "acl" and word.tag_ == "VBN":
        return word.head
    return found


def subject_of(verb: Word) -> Word | None:
    """Who does it: the subject, or that of the verb that this one is joined to, or the noun of a relative clause."""
    found = child_of(verb, "nsubj")
    if found is None and verb.dep_ == "conj":
        return child_of(verb.head, "nsubj")
    if verb.dep_ == "acl:relcl" and (found is None or found.pos_ == "PRON"):
        return verb.head
    return found


def child_of(word: Word, relation: str) -> Word | None:
    """The first dependent of one relation."""
    return next((child for child in word.children if child.dep_ == relation), None)
