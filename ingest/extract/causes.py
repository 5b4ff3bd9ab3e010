"""What does harm that nobody is said to do: a disaster or an accident, told beside the harm or earlier in the text."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.article import EventType
from ingest.extract.lexicon import is_a, is_person, triggers, words_by_class
from ingest.extract.phrases import antecedent
from ingest.language.text import Text, Word

_CAUSES = frozenset({EventType.DISASTER, EventType.ACCIDENT})
_ACTS = ("nsubj", "obl:agent")
_NOMINAL = ("NOUN", "PROPN")


def cause_of(harm: Word) -> EventType | None:
    """The kind of disaster or accident that does the harm of a verb: "the storm wrecked 40 boats", "were killed when a
    tunnel collapsed"; where no cause stands beside it, nobody acts and the text tells of no violence, the one that the
    text tells of."""
    beside = cause_beside(harm)
    if beside is not None or _somebody_acts(harm) or words_by_class(harm.doc)["violent"]:
        return beside
    return _last_before(harm)


def cause_beside(harm: Word) -> EventType | None:
    """The kind of disaster or accident in the clause of a verb: "the tsunami, which ravaged Asia"."""
    for child in (*harm.children, *_shared(harm)):
        cause = antecedent(child)
        if child.dep_ in (*_ACTS, "obl") and cause.pos_ in _NOMINAL:
            found = triggers().nouns.get(cause.lemma_.lower())
        elif child.dep_ == "advcl":
            found = next((kind for word in (child, *child.children) if (kind := _told_by(word))), None)
        else:
            continue
        if found in _CAUSES:
            return found
    return None


def _shared(verb: Word) -> list[Word]:
    """The subject that a verb shares with the one that it is joined to: "a storm lashed and battered the coast"."""
    if verb.dep_ != "conj" or any(child.dep_.startswith("nsubj") for child in verb.children):
        return []
    return [child for child in verb.head.children if child.dep_ == "nsubj"]


def _somebody_acts(harm: Word) -> bool:
    """Whether a verb has somebody who does it, or a name that may be somebody's, or is meant ("to destroy them")."""
    for child in (*harm.children, *_shared(harm)):
        if child.dep_ == "mark" and child.lower_ == "to":
            return True
        if child.dep_ in _ACTS and (child.ent_type_ or child.pos_ in ("PRON", "PROPN")):
            return True
        if child.dep_ in _ACTS and (is_person(child) or is_a(child, "collectives")):
            return True
    return False


def _last_before(harm: Word) -> EventType | None:
    """The kind of the last disaster or accident that the text tells of before a word, else of the first behind it."""
    last = None
    for word, kind in _told(harm.doc):
        if word.i > harm.i:
            return last or kind
        last = kind
    return last


def _told(doc: Text) -> Iterator[tuple[Word, EventType]]:
    for word in doc:
        if word.pos_ in ("NOUN", "VERB") and (kind := _told_by(word)):
            yield word, kind


def _told_by(word: Word) -> EventType | None:
    """The disaster or accident that a word tells of by itself or with its object."""
    lemma = word.lemma_.lower()
    if word.pos_ in _NOMINAL:
        found = triggers().nouns.get(lemma)
    else:
        found = triggers().verbs.get(lemma)
        if found is None and lemma in triggers().phrase_words:
            objects = (child.lemma_.lower() for child in word.children if child.dep_ == "obj")
            found = next(filter(None, (triggers().phrases.get((lemma, each)) for each in objects)), None)
    return found if found in _CAUSES else None
