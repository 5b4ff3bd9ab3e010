"""Who says it: the speaker of a clause."""

from __future__ import annotations

from spacy.tokens import Token

from ingest.article import EntityType
from ingest.extract.lexicon import is_a
from ingest.extract.marks import Marks
from ingest.extract.phrases import PERSONAL, case_of, noun_phrase

# "officials" and the like speak without a name; the paper's readers take them as a source all the same.
SPEAKING = frozenset({EntityType.PERSON, EntityType.ORGANIZATION, EntityType.GROUP, EntityType.PLACE})


def speaker_of(token: Token, marks: Marks) -> Token | None:
    """The word for whoever the article has say the clause around a word; None when it says so itself."""
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
                return child
    return None


def words_for(head: Token, marks: Marks) -> str:
    """How the article calls a speaker, without article: "Ukrainian officials", "defence ministry of Kenya", "she"."""
    if head.i in marks.entity_at:
        return marks.mentions[marks.entity_at[head.i]].text
    start, end = noun_phrase(head)
    owner = next((child for child in head.lefts if child.dep_ == "nmod:poss" and child.pos_ != "PRON"), None)
    of = next((child for child in head.rights if child.dep_ == "nmod" and child.i in marks.entity_at), None)
    if owner is not None:
        start = owner.left_edge.i
    if of is not None and case_of(of) in ("of", "in", "for") and of.i - end < 4:
        mention = marks.mentions[marks.entity_at[of.i]]
        return marks.text[head.doc[start].idx : mention.end]
    return head.doc[start:end].text


def subject(verb: Token, marks: Marks) -> Token | None:
    """A verb's subject, when that is somebody who can speak."""
    for child in verb.children:
        if child.dep_ == "nsubj" and (child.pos_ in ("NOUN", "PROPN") or child.lower_ in PERSONAL):
            kind = marks.entity_type(child)
            if kind is None or kind in SPEAKING:
                return child
    if verb.dep_ == "conj" and verb.head != verb:
        return subject(verb.head, marks)
    return None


def within_subject(token: Token, verb: Token) -> bool:
    """Whether a word belongs to the verb's own subject, and so is not what is said."""
    chain = [token, *token.ancestors]
    below = [word for word in chain if word.head == verb and word != verb]
    return any(word.dep_.startswith("nsubj") for word in below)
