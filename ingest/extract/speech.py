"""Who says it: the speaker of a clause."""

from __future__ import annotations

from spacy.tokens import Token

from ingest.article import EntityType
from ingest.extract.lexicon import is_a
from ingest.extract.marks import Marks
from ingest.extract.phrases import PERSONAL, mention_of

CONTENT = frozenset({"ccomp", "parataxis", "xcomp", "obj", "advcl", "obl", "conj", "acl", "acl:relcl"})
# "officials" and the like speak without a name; the paper's readers take them as a source all the same.
SPEAKING = frozenset({EntityType.PERSON, EntityType.ORGANIZATION, EntityType.GROUP, EntityType.PLACE})


def speaker_of(token: Token, marks: Marks) -> int | None:
    """The mention of whoever the article has say the clause around a word; None when it says so itself."""
    for word in (token, *token.ancestors):
        if is_a(word, "speech") and word.pos_ == "VERB" and word != token:
            found = subject(word, marks)
            if found is not None and not within_subject(token, word):
                return found
        for child in word.children:
            if child.dep_ == "parataxis" and is_a(child, "speech"):
                found = subject(child, marks)
                if found is not None:
                    return found
            if child.dep_.startswith("obl") and any(c.lower_ == "according" for c in child.children):
                return mention_of(marks, child)
    return None


def subject(verb: Token, marks: Marks) -> int | None:
    """The mention of a verb's subject, when that is somebody who can speak."""
    for child in verb.children:
        if child.dep_ == "nsubj" and (child.pos_ in ("NOUN", "PROPN") or child.lower_ in PERSONAL):
            kind = marks.entity_type(child)
            if kind is None or kind in SPEAKING:
                return mention_of(marks, child)
    if verb.dep_ == "conj" and verb.head != verb:
        return subject(verb.head, marks)
    return None


def within_subject(token: Token, verb: Token) -> bool:
    """Whether a word belongs to the verb's own subject, and so is not what is said."""
    chain = [token, *token.ancestors]
    below = [word for word in chain if word.head == verb and word != verb]
    return any(word.dep_.startswith("nsubj") for word in below)
