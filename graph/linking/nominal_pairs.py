"""The mentions of all articles, with a name or without, and which pairs of them are worth comparing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product

import numpy as np
from numpy.typing import NDArray

from graph.boosting import Matrix, Numbers
from graph.linking.likeness import Likeness
from graph.names import REFERENCE, fold
from ingest.article import AnnotatedArticle, Wording, WordingKind

CLOSE = 0.15  # articles this alike tell of one matter
NEAR = 3  # sentences that a mention reaches within its article without a word in common
PRONOUNS = ("men", "women", "things", "several", "speakers", "listeners", "askers")
# What a mention is as grammar sees it, and what it then cannot be one with. A body of people is anything.
FORMS = (
    *PRONOUNS, "named person", "named thing", "man", "woman", "person", "people", "matter", "matters", "vague", "",
)  # fmt: skip
CLASHES: Mapping[str, Sequence[str]] = {
    "men": ("women", "things", "several", "speakers", "named thing", "people", "woman", "matters"),
    "women": ("things", "several", "speakers", "named thing", "people", "man", "matters"),
    "things": ("several", "speakers", "named person", "people", "man", "woman", "person", "matters"),
    "several": ("speakers", "named person", "man", "woman", "person", "matter"),
    "speakers": ("matter", "matters"),
    "named person": ("people", "matter", "matters"),
    "named thing": ("person", "man", "woman"),
    "man": ("woman", "people", "matter", "matters"),
    "woman": ("people", "matter", "matters"),
    "person": ("people", "matter", "matters"),
    "people": ("matter", "matters"),
    "listeners": FORMS,  # "you" is anybody
    "vague": FORMS,  # and so are "everyone", "this", "what"
}
UNKNOWN = -1.0


@dataclass(frozen=True, slots=True)
class Named:
    """The named entity that a mention belongs to by name linking: its number, and its family."""

    number: int
    family: str


@dataclass(frozen=True, slots=True, eq=False)
class Mentions:
    """The mentions of all articles, in order of article and place; of each what its pairs are compared by."""

    wordings: list[Wording]
    texts: list[str]  # folded
    named: list[Named | None]
    article: Numbers
    sentence: Numbers  # its number within the article
    place: Numbers  # the number of the mention within the article
    ties: frozenset[tuple[int, int]]
    sentences: list[Mapping[str, float]]
    likeness: Likeness

    def member(self, number: int) -> tuple[int, int]:
        """The number of a mention's article, and its index in there."""
        return int(self.article[number]), self.wordings[number].mention

    def is_pronoun(self, number: int) -> bool:
        """Whether a mention is a pronoun, which means what its article told before."""
        return self.wordings[number].kind is WordingKind.PRONOUN

    def name(self, number: int) -> Named | None:
        """The named entity that a mention names; none of a pronoun, whatever it means."""
        return None if self.is_pronoun(number) else self.named[number]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Compared:
    """Pairs of mentions, the earlier one left: their features by name, and how likely each pair is one."""

    mentions: Mentions
    left: Numbers
    right: Numbers
    told: Mapping[str, Matrix]
    chance: Matrix

    @property
    def whole(self) -> NDArray[np.bool_]:
        """Which pairs hold no pronoun."""
        pronoun = np.array([self.mentions.is_pronoun(i) for i in range(len(self.mentions.wordings))], dtype=bool)
        found: NDArray[np.bool_] = ~(pronoun[self.left] | pronoun[self.right])
        return found


def mentions_of(articles: Sequence[AnnotatedArticle], named: Sequence[Mapping[int, Named]]) -> Mentions:
    """All wordings of all articles; `named` gives the named entity of each article's mentions, by index."""
    likeness = Likeness([each.article.text for each in articles])
    wordings: list[Wording] = []
    texts, entities, article, sentence, place, vectors = [], [], [], [], [], []
    ties = set[tuple[int, int]]()
    for number, told in enumerate(articles):
        starts = np.array([start for start, _ in told.sentences])
        known: dict[int, Mapping[str, float]] = {}
        name_at = {  # a name may be given with its article or its title
            place: entity
            for index, entity in named[number].items()
            for place in range(told.mentions[index].start, told.mentions[index].end)
            if told.mentions[index].label
        }
        order = sorted(range(len(told.wordings)), key=lambda i: (told.mentions[told.wordings[i].mention], i))
        at = {i: len(wordings) + rank for rank, i in enumerate(order)}
        for rank, i in enumerate(order):
            wording = told.wordings[i]
            mention = told.mentions[wording.mention]
            here = max(0, int(np.searchsorted(starts, mention.start, side="right")) - 1)
            if here not in known:
                known[here] = likeness.sentence(told.article.text[slice(*told.sentences[here])])
            wordings.append(wording)
            texts.append(fold(mention.text))
            is_name = wording.kind is WordingKind.NAME
            entities.append(named[number].get(wording.mention) or (name_at.get(mention.end - 1) if is_name else None))
            article.append(number)
            sentence.append(here)
            place.append(rank)
            vectors.append(known[here])
            ties.update((min(at[i], at[tie]), max(at[i], at[tie])) for tie in wording.ties)
    return Mentions(
        wordings, texts, entities, np.array(article, dtype=np.int64), np.array(sentence, dtype=np.int64),
        np.array(place, dtype=np.int64), frozenset(ties), vectors, likeness,
    )  # fmt: skip


def candidate_pairs(mentions: Mentions) -> tuple[Numbers, Numbers]:
    """The pairs that are worth comparing, the earlier mention first: those near by in one article or with a word or a
    name in common, and those of articles that tell of one matter with a verb or somebody beside them in common.
    """
    inside: dict[int, list[int]] = defaultdict(list)
    for number, article in enumerate(mentions.article.tolist()):
        inside[article].append(number)
    keys = [_keys(mentions, number) for number in range(len(mentions.wordings))]
    worded = {article: _by_key(numbers, keys) for article, numbers in inside.items()}
    events = [_events(wording) for wording in mentions.wordings]
    told = {article: _by_key(numbers, events) for article, numbers in inside.items()}
    found = set[tuple[int, int]]()
    for article, numbers in inside.items():
        found.update(
            (i, j)
            for i, j in combinations(numbers, 2)
            if mentions.sentence[j] - mentions.sentence[i] <= NEAR or keys[i] & keys[j] or (i, j) in mentions.ties
        )
        for other, alike in mentions.likeness.near[article].items():
            if other > article and other in inside:
                for held in (worded, told) if alike >= CLOSE else (worded,):
                    ours, theirs = held[article], held[other]
                    for key in ours.keys() & theirs.keys():
                        found.update(product(ours[key], theirs[key]))
    pairs = np.array(sorted(found), dtype=np.int64).reshape(-1, 2)
    pairs = pairs[_agree(mentions, pairs[:, 0], pairs[:, 1])]
    return pairs[:, 0], pairs[:, 1]


def _agree(mentions: Mentions, left: Numbers, right: Numbers) -> NDArray[np.bool_]:
    """Whether grammar lets two mentions be one: "he" is no company, "it" nobody by name, no man is several."""
    forms = np.array([_form(mentions, number) for number in range(len(mentions.wordings))])
    clash = np.zeros((len(FORMS), len(FORMS)), dtype=bool)
    for one, others in CLASHES.items():
        for other in others:
            clash[FORMS.index(one), FORMS.index(other)] = clash[FORMS.index(other), FORMS.index(one)] = True
    found: NDArray[np.bool_] = ~clash[forms[left], forms[right]] if len(forms) else np.zeros(0, dtype=bool)
    return found


def _form(mentions: Mentions, number: int) -> int:
    """What a mention is as grammar sees it, by its number in FORMS."""
    wording, text, named = mentions.wordings[number], mentions.texts[number], mentions.name(number)
    if wording.kind is WordingKind.PRONOUN:
        form = next((name for name in PRONOUNS if text in REFERENCE[f"mean_{name}"]), "vague")
    elif named is not None:
        form = "named person" if named.family == "person" else "named thing"
    elif wording.kind is WordingKind.NUMBER or wording.head in REFERENCE["bodies"]:
        form = ""
    elif not wording.person:
        form = "matters" if wording.plural else "matter"
    elif wording.plural:
        form = "people"
    elif wording.head in REFERENCE["men"] or wording.head in REFERENCE["women"]:
        form = "man" if wording.head in REFERENCE["men"] else "woman"
    else:
        form = "person"
    return FORMS.index(form)


def _keys(mentions: Mentions, number: int) -> frozenset[Hashable]:
    """What a mention must share with one of another article: a word, or its name; none of a pronoun's."""
    wording, named = mentions.wordings[number], mentions.named[number]
    if wording.kind is WordingKind.PRONOUN:
        return frozenset()
    return frozenset([wording.head, *wording.words, *([named.number] if named else [])])


def _events(wording: Wording) -> frozenset[Hashable]:
    """Or, in articles that tell of one matter, what it takes part in and who or what takes part in the same."""
    if wording.kind is WordingKind.PRONOUN:
        return frozenset()
    return frozenset([*wording.beside, *(("verb", act.partition(" ")[0]) for act in wording.acts)])


def _by_key(numbers: Sequence[int], keys: Sequence[frozenset[Hashable]]) -> Mapping[Hashable, Sequence[int]]:
    held: dict[Hashable, list[int]] = defaultdict(list)
    for number in numbers:
        for key in keys[number]:
            held[key].append(number)
    return held
