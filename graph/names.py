"""Names: what is left of one without titles and case, which spellings are one name, which spelling is best."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources

from anyascii import anyascii

from graph.variants import comparable, evidence, skeleton, sounds

# Titles stand before a person's name and are no part of it; all are general English, no office holder among them.
_WORDS: dict[str, frozenset[str]] = {
    kind: frozenset(words.split())
    for kind, words in tomllib.loads(
        resources.files("graph").joinpath("words.toml").read_text(encoding="utf-8")
    ).items()
}
TITLES, HONORIFICS, SUFFIXES = _WORDS["titles"], _WORDS["honorifics"], _WORDS["suffixes"]
GENERIC_IN_FIRMS, OPENING_NAMES = _WORDS["generic_in_firms"], _WORDS["opening_names"]
# What "the city" or "she" may mean: classes of words for graph/linking/reference.py and nominal_pairs.py.
REFERENCE: Mapping[str, frozenset[str]] = {
    kind: _WORDS[kind]
    for kind in (
        "personal_pronouns", "settlements", "states", "both_states", "firms", "other_than_the_last", "men", "women",
        "bodies", "mean_men", "mean_women", "mean_things", "mean_several", "mean_speakers", "mean_listeners",
        "mean_askers",
    )
}  # fmt: skip
_SURNAMES_TOO, _LEGAL_FORMS, SMALL_WORDS = _WORDS["surnames_too"], _WORDS["legal_forms"], _WORDS["function_words"]
_UNNAMING = _WORDS["days_and_months"] | _WORDS["numbers"] | _WORDS["pronouns"] | SMALL_WORDS | TITLES
_POSSESSIVE = re.compile(r"(?:['’ʼ`]s|(?<=s)['’])$", re.IGNORECASE)
_EDGES = " \t\n\r\"'“”‘’«»„‚`*_#,;:!?()[]{}<>|–—-…"
_DOTTED = re.compile(r"\b(?:[a-z]\.){1,}(?:[a-z]\b)?")
_NOT_WORD = re.compile(r"[^0-9a-z]+")
_LONG = 4  # sounds of a surname that is less likely shared by chance


@lru_cache(maxsize=1 << 16)
def fold(name: str) -> str:
    """A name in plain lower-case ASCII words: no marks, no possessive, no leading article ("the U.N." → "un")."""
    text = (name if name.isascii() else anyascii(name)).casefold().strip(_EDGES)
    if text.isalpha():
        return text  # half of all names
    if not text.replace(" ", "").isalnum():
        text = _POSSESSIVE.sub("", text)
        text = _DOTTED.sub(lambda match: match.group().replace(".", "") + " ", text)
        text = _NOT_WORD.sub(" ", text.replace("'", ""))
    words = text.split()
    return " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words)


@lru_cache(maxsize=1 << 16)
def without_dress(text: str) -> str:
    """The spelling that a mention shows, without quotation marks, a possessive or a leading "the"."""
    name = " ".join(text.split())
    if name.isascii() and name.isalpha():
        return name
    name = _POSSESSIVE.sub("", name.strip(_EDGES)).strip(_EDGES)
    if name.endswith(".") and name.count(".") == 1 and len(name) > 3:
        name = name[:-1]
    words = name.split(" ")
    return " ".join(words[1:]) if len(words) > 1 and words[0].lower() == "the" else name


@lru_cache(maxsize=1 << 15)
def title_and_name(text: str) -> tuple[str, str]:
    """A person's title and name apart: "Ukrainian President Anna Kovalenko's" → ("Ukrainian President", "Anna …")."""
    words = without_dress(text).replace("’s ", " ").split(" ")
    end = len(words)
    if end > 1 and fold(words[-1]) in _SURNAMES_TOO and not _is_title(words[-2]):
        end -= 1  # "Stephen King" is nobody's king
    last = max((i for i, word in enumerate(words[:end]) if _is_title(word)), default=-1)
    return " ".join(words[: last + 1]), " ".join(words[last + 1 :])


def _is_title(word: str) -> bool:
    low = word.casefold()
    return (low if low.isascii() and low.isalpha() else _NOT_WORD.sub("-", low).strip("-")) in TITLES


@lru_cache(maxsize=1 << 15)
def names_nothing(name: str, *, capitals: bool = True) -> bool:
    """Whether these words cannot name an entity: a role, a pronoun, a number, a day, or no capital where they exist."""
    words = fold(name).split()
    if not words or (len(words) == 1 and len(words[0]) < 2):
        return True
    if capitals and name.upper() != name.lower() and name == name.lower():
        return True
    if is_acronym(name):  # "US" is no pronoun
        return False
    return all(word in _UNNAMING or word[0].isdigit() for word in words)


@lru_cache(maxsize=1 << 15)
def tokens(name: str) -> tuple[str, ...]:
    """The folded words of a person's name, without suffixes such as "Jr."."""
    words = fold(name).split()
    return tuple(word for word in words if word not in SUFFIXES) or tuple(words)


@lru_cache(maxsize=1 << 15)
def firm(name: str) -> str:
    """An organisation's folded name without its legal form ("Sakura Holdings Co., Ltd." → "sakura")."""
    words = fold(name).split()
    while len(words) > 1 and words[-1] in _LEGAL_FORMS:
        words.pop()
    return " ".join(words)


@lru_cache(maxsize=1 << 14)
def initials(name: str) -> frozenset[str]:
    """The acronyms that a name of several words may have, with and without its small words."""
    words = fold(name).split()
    large = [word for word in words if word not in SMALL_WORDS]
    if len(large) < 2:
        return frozenset()
    return frozenset({"".join(word[0] for word in large), "".join(word[0] for word in words)})


@lru_cache(maxsize=1 << 15)
def is_acronym(name: str) -> bool:
    """Whether a spelling is an acronym: one word of two to six letters, all capitals."""
    letters = name.replace(".", "")
    return 2 <= len(letters) <= 6 and letters.isalpha() and letters.isupper()


def alike(left: str, right: str, *, least: float = 0.0) -> bool:
    """Whether two folded words may spell one name, with at least so much evidence; see `graph.variants`."""
    return left == right or evidence(left, right) >= least


def person_features(left: tuple[str, ...], right: tuple[str, ...]) -> list[str]:
    """What holds between two persons' names, as features of the entity scorer; each a tuple of folded words."""
    if left == right:
        return ["same full name" if len(left) > 1 else "same single name"]
    features = []
    if left[-1] == right[-1]:
        features.append("same surname")
    elif alike(left[-1], right[-1]):
        features.append("similar surname")
    elif min(len(left), len(right)) > 1 and (_is_part(left, right) or _is_part(right, left)):
        return ["one name within the other"]
    else:
        return ["surnames differ"]
    if len(skeleton(left[-1])) >= _LONG:
        features.append("long surname")
    if len(left) == 1 or len(right) == 1:
        return [*features, "given name missing"]
    features.append(_compare_given(left[0], right[0]))
    middle = [set(name[1:-1]) for name in (left, right)]
    if all(middle) and not any(_initial_fits(one, two) or alike(one, two) for one in middle[0] for two in middle[1]):
        features.append("middle names differ")
    return features


def best_features(left: tuple[str, ...], right: tuple[str, ...]) -> list[str] | None:
    """The best that `person_features` could tell of two names with other surnames; None where it must be asked."""
    if left[-1] == right[-1] or _is_part(left, right) or _is_part(right, left):
        return None
    if not comparable(left[-1], right[-1]):
        return ["surnames differ"]
    features = ["similar surname"]
    if len(skeleton(left[-1])) >= _LONG:
        features.append("long surname")
    if len(left) == 1 or len(right) == 1:
        return [*features, "given name missing"]
    given = (left[0], right[0])
    is_open = left[0] != right[0] and not _initial_fits(*given) and comparable(*given)
    return [*features, "similar given name" if is_open else _compare_given(*given)]


BESIDE_SURNAME = -0.42  # nats: given names beside a matching surname need less evidence; `training.variants` prints it


def _compare_given(left: str, right: str) -> str:
    if left == right:
        return "same given name"
    if _initial_fits(left, right):
        return "initial fits"
    if alike(left, right, least=BESIDE_SURNAME):
        return "similar given name"
    if min(len(left), len(right)) >= 3 and (left.startswith(right) or right.startswith(left)):
        return "short given name"
    if not sounds(left).isdisjoint(sounds(right)):
        return "given names sound alike"
    return "given names differ"


def _initial_fits(left: str, right: str) -> bool:
    return min(len(left), len(right)) == 1 and left[0] == right[0]


def _is_part(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Whether all words of one name occur in the other in order ("Ana Reyes" in "Ana Reyes Molina")."""
    rest = iter(full)
    return len(short) < len(full) and all(word in rest for word in short)


def best_name(spellings: Mapping[str, int], *, person: bool = False) -> str:
    """The fullest and most frequent good spelling; capitals and acronyms only when nothing else was seen."""
    if len(spellings) == 1:
        (only,) = spellings
        if not shouted(only):
            return only
    mixed = [name for name in spellings if not shouted(name)]
    if not mixed:
        name = min(spellings, key=lambda spelling: (-len(fold(spelling).split()), -spellings[spelling], spelling))
        return name if is_acronym(name) and not person else _recased(name)
    if len(mixed) == 1:
        return mixed[0]
    proper = [name for name in mixed if not is_acronym(name)] or mixed

    def rank(name: str) -> tuple[float, ...]:
        words = [word for word in fold(name).split() if word not in SUFFIXES and word not in _LEGAL_FORMS]
        whole = sum(1 for word in words if len(word) > 1)
        return -min(whole, 3), -spellings[name], len(words), len(name)  # at equal counts without a middle initial

    return min(proper, key=lambda name: (*rank(name), name))


@lru_cache(maxsize=1 << 15)
def shouted(name: str) -> bool:
    """Whether a name is in capitals and is no acronym, or has a whole word of five letters or more in capitals."""
    if is_acronym(name):
        return False
    return any(len(word) >= 5 and word.isupper() for word in name.split()) or (name.isupper() and " " in name)


def _recased(name: str) -> str:
    words = name.split(" ")
    return " ".join(
        word.lower() if i and word.lower() in SMALL_WORDS else re.sub(r"[^\W\d_]+", _capital, word)
        for i, word in enumerate(words)
    )


def _capital(match: re.Match[str]) -> str:
    return match.group().capitalize()
