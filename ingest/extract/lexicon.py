"""The word tables of this folder, read once."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from ingest.article import EventType
from ingest.given import Term
from ingest.language.text import Text, Word

_NONE: frozenset[str] = frozenset()
_PERSONS = frozenset({"people", "offices", "callings"})
# Classes of which it is asked how many words a text holds.
_TOPICS = frozenset({"killed_words", "kin", "munitions", "seated", "sporting", "ties", "violent", "voting"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Triggers:
    """Which word tells of which type of event."""

    verbs: Mapping[str, EventType]
    nouns: Mapping[str, EventType]
    phrases: Mapping[tuple[str, str], EventType]
    phrase_words: frozenset[str]  # the first and the last words of the phrases


def _table(name: str) -> dict[str, object]:
    return tomllib.loads(resources.files(__package__).joinpath(name).read_text(encoding="utf8"))


@cache
def triggers() -> Triggers:
    """types.toml; of two types the first wins."""
    verbs: dict[str, EventType] = {}
    nouns: dict[str, EventType] = {}
    phrases: dict[tuple[str, str], EventType] = {}
    for name, lists in _table("types.toml").items():
        assert isinstance(lists, dict)
        for word in lists["verbs"].split():
            verbs.setdefault(word, EventType(name))
        for word in lists["nouns"].split():
            nouns.setdefault(word, EventType(name))
        for phrase in lists["phrases"]:
            verb, *rest = phrase.split()
            phrases.setdefault((verb, rest[-1]), EventType(name))
    phrase_words = frozenset(word for pair in phrases for word in pair)
    return Triggers(verbs=verbs, nouns=nouns, phrases=phrases, phrase_words=phrase_words)


def given_terms(doc: Text) -> Mapping[int, Term]:
    """The words of a text that the user says tell of an event, by their number."""
    return doc.given_terms


@cache
def words(name: str) -> frozenset[str]:
    """One class of words.toml."""
    return frozenset(str(_words()[name]).split())


def is_a(token: Word, name: str) -> bool:
    """Whether a word is of a class."""
    classes = token.classes
    return name in (classes_of(token) if classes is None else classes)


def classes_of(token: Word) -> frozenset[str]:
    """The classes of a word; names keep their plural as lemma, which is looked up without its s too."""
    classes = token.classes
    if classes is None:
        known, lemma = _classes_by_word(), token.lemma_
        classes = known.get(lemma, _NONE)
        if classes is _NONE and not lemma.islower():
            lemma = lemma.lower()
            classes = known.get(lemma, _NONE)
        if token.pos_ == "PROPN" and lemma.endswith("s"):
            classes |= known.get(lemma[:-1], _NONE)
        token.classes = classes
    return classes


def words_by_class(doc: Text) -> Mapping[str, int]:
    """How many different words of each of the classes that tell what it is about a text holds."""
    counts = doc.class_counts
    if counts is None:
        counts, known = dict.fromkeys(_TOPICS, 0), _topics_by_word()
        lemmas = {word.lemma_ for word in doc.words}
        with_capitals = (low for lemma in lemmas if not lemma.islower() and (low := lemma.lower()) != lemma)
        for lemma in [*(known.keys() & lemmas), *with_capitals]:
            for name in known.get(lemma, ()):
                counts[name] += 1
        doc.class_counts = counts
    return counts


@cache
def _topics_by_word() -> dict[str, tuple[str, ...]]:
    told = ((word, tuple(filter(_TOPICS.__contains__, names))) for word, names in _classes_by_word().items())
    return {word: names for word, names in told if names}


@cache
def _classes_by_word() -> dict[str, frozenset[str]]:
    classes: dict[str, set[str]] = defaultdict(set)
    for name in _words():
        for word in words(name):
            classes[word].add(name)
    return {word: frozenset(names) for word, names in classes.items()}


def is_person(token: Word) -> bool:
    """Whether a noun is a word for people: by office, by calling, or by no more than being there."""
    return not _PERSONS.isdisjoint(classes_of(token))


@cache
def modes() -> Mapping[str, str]:
    """What a strike was made with, by the word that tells."""
    return dict(pair.split("=") for pair in str(_words()["modes"]).split())


@cache
def _words() -> dict[str, object]:
    return _table("words.toml")
