"""What does harm that nobody is said to do: a disaster or an accident, told beside the harm or earlier in the text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ingest.article import EventType
from ingest.extract.lexicon import is_a, is_person, triggers, words_by_class
from ingest.extract.phrases import antecedent
from ingest.language.text import Text, Word

CAUSES = frozenset({EventType.DISASTER, EventType.ACCIDENT})
_ACTS = ("nsubj", "obl:agent")
_NOMINAL = ("NOUN", "PROPN")


def cause_of(verb: Word, *, of_harm: bool) -> EventType | None:
    """The kind of disaster or accident that does what an assault's verb says: "the tsunami, which ravaged Asia".

    Of harm alone ("wrecked", "killed") where nobody acts, it may stand beside the verb too ("killed in a fire", "when a
    tunnel collapsed"), or, in a text that tells of no violence, anywhere.
    """
    subjects = [child for child in (*verb.children, *_shared(verb)) if child.dep_ in _ACTS]
    by_subject = _first(_told_by(antecedent(child)) for child in subjects)
    if by_subject is not None or not of_harm or _somebody_acts(verb, subjects):
        return by_subject
    beside = _first(_beside(verb))
    if beside is not None or words_by_class(verb.doc)["violent"]:
        return beside
    return _last_before(verb)


def _beside(verb: Word) -> Iterator[EventType | None]:
    for child in verb.children:
        if child.dep_ == "obl" and child.pos_ in _NOMINAL:
            yield _told_by(child)
        elif child.dep_ == "advcl":
            yield from map(_told_by, (child, *child.children))


def _first(kinds: Iterable[EventType | None]) -> EventType | None:
    return next(filter(None, kinds), None)


def _shared(verb: Word) -> list[Word]:
    """The subject that a verb shares with the one that it is joined to: "a storm lashed and battered the coast"."""
    if verb.dep_ != "conj" or any(child.dep_.startswith("nsubj") for child in verb.children):
        return []
    return [child for child in verb.head.children if child.dep_ == "nsubj"]


def _somebody_acts(verb: Word, subjects: Iterable[Word]) -> bool:
    """Whether a verb has somebody who does it, or a name that may be somebody's, or is meant ("to destroy them")."""
    if any(child.dep_ == "mark" and child.lower_ == "to" for child in verb.children):
        return True
    return any(
        word.ent_type_ or word.pos_ in ("PRON", "PROPN") or is_person(word) or is_a(word, "collectives")
        for word in map(antecedent, subjects)
    )


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
    return found if found in CAUSES else None
