"""Small questions about a tree: what a phrase covers, who it names, who its clause's subject is."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from itertools import islice

from ingest.article import EntityType, MentionKind
from ingest.extract.lexicon import is_a
from ingest.extract.marks import Marks
from ingest.language.text import Text, Word

INSIDE = frozenset({"compound", "amod", "flat", "nummod", "goeswith", "nmod:desc"})
PERSONAL = frozenset({"he", "she", "him"})  # pronouns that mean a person, who may be known from before
DASHES = frozenset({":", "-", "–", "—", "--"})
LONGEST_DATELINE = 16  # words
PARAGRAPHS_BEFORE = 4  # a title, a byline and a line more
RELATIVES = frozenset({"that", "which", "who", "whom"})
OWNERS = {"nmod:poss": 0, "amod": 1, "compound": 2, "nmod": 3}  # the likeliest first


def noun_phrase(head: Word) -> tuple[int, int]:
    """Tokens start:end of a noun with the words that stand before it and belong to it; no article."""
    start = head.i
    for child in head.lefts:
        if child.dep_.split(":")[0] in INSIDE:
            start = min(start, child.left_edge.i if child.children else child.i)
    while start < head.i and head.doc[start].dep_ == "cc":
        start += 1  # "and language experts"
    end = head.i + 1
    for child in head.rights:
        if child.dep_ in ("flat", "goeswith") and child.i == end:
            end = child.i + 1
    return start, end


def named_by(marks: Marks, head: Word) -> int | None:
    """The named mention that a phrase stands for: its head's, or that of whoever a collective noun belongs to."""
    if head.i in marks.entity_at:
        return marks.entity_at[head.i]
    for child in head.children:
        if child.dep_ in ("flat", "appos") and child.i in marks.entity_at:
            return marks.entity_at[child.i]
    if is_a(head, "kinds_of_place"):
        for child in head.children:  # "the city of Marseille"
            if child.dep_ == "nmod" and case_of(child) == "of" and marks.entity_type(child) is EntityType.PLACE:
                return marks.entity_at[child.i]
    if is_a(head, "collectives"):
        for child in sorted(head.children, key=lambda token: OWNERS.get(token.dep_, 9)):
            kind = marks.entity_type(child)
            owns = child.dep_ in OWNERS and (child.dep_ != "nmod" or case_of(child) == "of")
            if owns and kind in (EntityType.PLACE, EntityType.GROUP, EntityType.ORGANIZATION):
                return marks.entity_at[child.i]
    return None


def mention_of(marks: Marks, head: Word) -> int | None:
    """The mention for an argument: the name it stands for, or the words themselves; None for what names nobody."""
    named = named_by(marks, head)
    if named is not None:
        return named
    if head.lower_ in PERSONAL:
        return marks.add_tokens(head.i, head.i + 1, MentionKind.ENTITY)
    if head.pos_ not in ("NOUN", "PROPN"):
        return None
    start, end = noun_phrase(head)
    return marks.add_tokens(start, end, MentionKind.ENTITY)


def with_conjuncts(token: Word) -> list[Word]:
    """A word and the words coordinated with it."""
    found = [token]
    for child in token.children:
        if child.dep_ == "conj":
            found += with_conjuncts(child)
    return found


def counted(noun: Word) -> Word:
    """What a word of number counts: the gunmen of "a group of gunmen", the drones of "21 of 49 drones"."""
    if noun.pos_ != "NUM" and not is_a(noun, "partitives"):
        return noun
    if "of" in [behind.lower_ for behind in noun.doc.words[noun.i + 1 : noun.i + 3]]:
        for word in (*noun.children, *noun.head.children):  # the tree may hang "of 49 drones" on the verb
            if word.pos_ in ("NOUN", "PROPN") and word.left_edge.i == noun.i + 1:
                return word
    return noun


def antecedent(word: Word) -> Word:
    """What a relative pronoun stands for: the drones of "drones that hit homes"; any other word stands for itself."""
    if word.pos_ == "PRON" and word.lower_ in RELATIVES:
        for below in (word, *word.ancestors):
            if below.dep_ == "acl:relcl":
                return below.head
    return word


def whole_of(noun: Word) -> Word:
    """The name that a noun describes as one of many: Lagos for the cities of "Lagos, one of the cities hit"."""
    part = noun.head
    is_part = noun.dep_ == "nmod" and case_of(noun) == "of" and (part.pos_ in ("NUM", "PRON") or part.lower_ == "one")
    return part.head if is_part and part.dep_ == "appos" else noun


def case_of(token: Word) -> str:
    """The preposition of a phrase, lower case, "" for none."""
    for child in token.children:
        if child.dep_ == "case" and child.lower_ != "'s":
            return child.lower_
    return ""


def dateline(doc: Text) -> range:
    """The words before a report's first sentence that say where and when it was sent: "MUSCAT, July 5 (Reuters) -".

    A title and a byline may stand before it.
    """
    opens = [start for start, _ in doc.paragraphs][:PARAGRAPHS_BEFORE] or [0]
    first = (next((word for word in _behind(doc, start) if not word.is_space), None) for start in opens)
    return next(filter(None, (_sent_from(word) for word in first if word is not None)), range(0))


def _behind(doc: Text, start: int) -> Iterator[Word]:
    return islice(doc.words, bisect_left(doc.words, start, key=lambda word: word.idx), None)


def _sent_from(first: Word) -> range:
    """A dateline that begins with this word; empty where none does."""
    doc = first.doc
    if first.ent_type_ != "LOC":
        return range(0)
    for word in doc[first.i + 1 : first.i + LONGEST_DATELINE]:
        if word.pos_ in ("VERB", "AUX"):
            break
        if word.text in DASHES and (word.text == ":" or doc[word.i - 1].whitespace_):
            return range(first.i, word.i)
    return range(0)
