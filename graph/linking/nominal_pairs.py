"""What tells whether two mentions, with a name or without, mean the same person or thing: features of pairs."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

from graph.boosting import Matrix, Numbers
from graph.linking.likeness import Likeness, cosine
from graph.names import REFERENCE, fold
from ingest.article import AnnotatedArticle, Wording, WordingKind

CLOSE = 0.15  # articles this alike tell of one matter
NEAR = 3  # sentences that a mention reaches within its article without a word in common
KINDS = {WordingKind.PRONOUN: 0.0, WordingKind.NUMBER: 1.0, WordingKind.NOUN: 2.0, WordingKind.NAME: 3.0}
DETERMINERS = {"": 0.0, "the": 1.0, "this": 2.0, "his": 3.0, "a": 4.0}
FAMILIES = {"people": 0.0, "place": 1.0, "thing": 2.0, "person": 3.0}
PRONOUNS = ("men", "women", "things", "several", "speakers", "listeners", "askers")
UNKNOWN = -1.0
Sets = list[frozenset[str]]


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
    return pairs[:, 0], pairs[:, 1]


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


def features(mentions: Mentions, left: Numbers, right: Numbers) -> dict[str, Matrix]:
    """The features of pairs by name, each (pairs,); -1 where one of the two does not say."""
    return {
        **_of_kinds(mentions, left, right),
        **_of_words(mentions, left, right),
        **_of_articles(mentions, left, right),
        **_of_events(mentions, left, right),
    }


def _of_kinds(mentions: Mentions, left: Numbers, right: Numbers) -> dict[str, Matrix]:
    """Names, nouns and pronouns; how many; men or women; which entity a name is of."""
    wordings = mentions.wordings
    kind = np.array([KINDS[each.kind] for each in wordings])
    determiner = np.array([DETERMINERS[each.determiner] for each in wordings])
    plural = np.array([float(each.plural) for each in wordings])
    person = np.array([float(each.person) for each in wordings])
    gender = np.array([_gender(each, text) for each, text in zip(wordings, mentions.texts, strict=True)])
    pronoun = np.array([_pronoun(text) if each.kind is WordingKind.PRONOUN else UNKNOWN
                        for each, text in zip(wordings, mentions.texts, strict=True)])  # fmt: skip
    entity = np.array([UNKNOWN if each is None else float(each.number) for each in mentions.named])
    family = np.array([UNKNOWN if each is None else FAMILIES.get(each.family, UNKNOWN) for each in mentions.named])
    numbers = _codes([each.number for each in wordings])
    known = (entity[left] >= 0).astype(float) + (entity[right] >= 0)
    return {
        "higher kind": np.maximum(kind[left], kind[right]),
        "lower kind": np.minimum(kind[left], kind[right]),
        "higher determiner": np.maximum(determiner[left], determiner[right]),
        "lower determiner": np.minimum(determiner[left], determiner[right]),
        "determiner of the later": determiner[right],
        "plurals": plural[left] + plural[right],
        "people": person[left] + person[right],
        "same gender": _equal(gender, left, right),
        "pronoun of the later": pronoun[right],
        "same pronoun": _equal(pronoun, left, right),
        "same number": _equal(numbers, left, right),
        "same name": np.where(known == 2, np.where(entity[left] == entity[right], 3.0, 2.0), known),
        "family of the name": np.maximum(family[left], family[right]),
    }


def _of_words(mentions: Mentions, left: Numbers, right: Numbers) -> dict[str, Matrix]:
    """Equal and similar words, and how rare they are."""
    wordings, rarity = mentions.wordings, mentions.likeness.rarity
    heads = [each.head.replace("-", "") for each in wordings]
    head, text = _codes(heads), _codes(mentions.texts)
    words = [frozenset(each.words) for each in wordings]
    every = [ours | {each.head} for ours, each in zip(words, wordings, strict=True)]
    rare = np.array([rarity(each.head) for each in wordings])
    pairs = list(zip(left.tolist(), right.tolist(), strict=True))
    shared = _overlap(words, pairs)
    size = np.array([float(len(each)) for each in words])
    weight = {word: rarity(word) for ours in every for word in ours}
    return {
        "same head": (head[left] == head[right]).astype(float),
        "similar heads": _similar(heads, head, left, right),
        "same text": (text[left] == text[right]).astype(float),
        "similar texts": _similar(mentions.texts, text, left, right),
        "words shared": shared,
        "words not shared": size[left] + size[right] - 2 * shared,
        "share of all words": _share(every, pairs),
        "head among the other's words": np.array(
            [float(wordings[i].head in words[j]) + (wordings[j].head in words[i]) for i, j in pairs]
        ),
        "rarity of what is shared": np.array([sum(map(weight.__getitem__, every[i] & every[j])) for i, j in pairs]),
        "rarity of the head": np.maximum(rare[left], rare[right]),
    }


def _of_articles(mentions: Mentions, left: Numbers, right: Numbers) -> dict[str, Matrix]:
    """How alike the articles and sentences are, how far apart in one article, how much is told of such a head."""
    near, article = mentions.likeness.near, mentions.article
    told, often = _told(mentions)
    same = article[left] == article[right]
    pairs = list(zip(left.tolist(), right.tolist(), strict=True))
    # Each is among the other's likest, or only one of the two among the other's.
    alike = [
        near[i].get(j) or near[j].get(i, 0.0)
        for i, j in zip(article[left].tolist(), article[right].tolist(), strict=True)
    ]
    tied = np.zeros(len(pairs)) if not mentions.ties else np.array([float(pair in mentions.ties) for pair in pairs])
    return {
        "articles alike": np.array(alike),
        "same article": same.astype(float),
        "sentences apart": np.where(same, mentions.sentence[right] - mentions.sentence[left], UNKNOWN),
        "mentions apart": np.where(same, mentions.place[right] - mentions.place[left], UNKNOWN),
        "sentences alike": _cosines(mentions, pairs),
        "said to be one": tied,
        "told near by, more": np.maximum(told[left], told[right]),
        "told near by, less": np.minimum(told[left], told[right]),
        "in one article": np.maximum(often[left], often[right]),
    }  # fmt: skip


def _of_events(mentions: Mentions, left: Numbers, right: Numbers) -> dict[str, Matrix]:
    """What the two take part in, with whom, and whose they are."""
    wordings = mentions.wordings
    pairs = list(zip(left.tolist(), right.tolist(), strict=True))
    acts = [frozenset(each.acts) for each in wordings]
    verbs = [frozenset(act.partition(" ")[0] for act in each.acts) for each in wordings]
    beside = [frozenset(each.beside) for each in wordings]
    around = [
        frozenset([*each.beside, *each.wholes, *each.words, *([each.owner] if each.owner else [])]) for each in wordings
    ]
    subject = np.array([float("nsubj" in each.place) for each in wordings])
    place, owner = _codes([each.place for each in wordings]), _codes([each.owner for each in wordings])
    return {
        "same roles": _overlap(acts, pairs),
        "same verbs": _overlap(verbs, pairs),
        "same company": _share(beside, pairs),
        "same words around": _share(around, pairs),
        "head around the other": np.array(
            [float(wordings[i].head in around[j]) + (wordings[j].head in around[i]) for i, j in pairs]
        ),
        "same place in the clause": (place[left] == place[right]).astype(float),
        "subjects": subject[left] + 2 * subject[right],
        "same owner": _equal(owner, left, right),
    }


def _codes(words: Sequence[str]) -> Matrix:
    """Equal words as equal numbers; -1 for none."""
    known: dict[str, float] = {"": UNKNOWN}
    return np.array([known.setdefault(word, float(len(known))) for word in words])


def _equal(codes: Matrix, left: Numbers, right: Numbers) -> Matrix:
    return np.where((codes[left] < 0) | (codes[right] < 0), UNKNOWN, codes[left] == codes[right])


def _similar(words: Sequence[str], codes: Matrix, left: Numbers, right: Numbers) -> Matrix:
    """How many letters of two words can be paired in order, 0 to 1."""
    word = dict(zip(codes.tolist(), words, strict=True))
    known: dict[tuple[float, float], float] = {}
    found = []
    for pair in zip(codes[left].tolist(), codes[right].tolist(), strict=True):
        if pair not in known:
            known[pair] = fuzz.ratio(word[pair[0]], word[pair[1]]) / 100
        found.append(known[pair])
    return np.array(found)


def _overlap(sets: Sets, pairs: Sequence[tuple[int, int]]) -> Matrix:
    return np.array([float(len(sets[i] & sets[j])) for i, j in pairs])


def _share(sets: Sets, pairs: Sequence[tuple[int, int]]) -> Matrix:
    """The share of the smaller set that the larger one holds."""
    size = [len(each) for each in sets]
    return np.array([
        len(sets[i] & sets[j]) / min(size[i], size[j]) if size[i] and size[j] else UNKNOWN for i, j in pairs
    ])  # fmt: skip


def _cosines(mentions: Mentions, pairs: Sequence[tuple[int, int]]) -> Matrix:
    known: dict[tuple[int, int], float] = {}
    vectors = mentions.sentences
    found = []
    for i, j in pairs:
        key = id(vectors[i]), id(vectors[j])  # mentions of one sentence hold one vector
        if key not in known:
            known[key] = cosine(vectors[i], vectors[j])
        found.append(known[key])
    return np.array(found)


def _told(mentions: Mentions) -> tuple[Matrix, Matrix]:
    """For each mention: the share of the articles about its matter that have its head; how often its own has it."""
    where: dict[str, set[int]] = defaultdict(set)
    articles = mentions.article.tolist()
    often = Counter(zip(articles, (each.head for each in mentions.wordings), strict=True))
    for article, each in zip(articles, mentions.wordings, strict=True):
        where[each.head].add(article)
    close = [{other for other, alike in near.items() if alike >= CLOSE} for near in mentions.likeness.near]
    share = [
        len(close[article] & where[each.head]) / len(close[article])
        for article, each in zip(articles, mentions.wordings, strict=True)
    ]
    times = [often[article, each.head] for article, each in zip(articles, mentions.wordings, strict=True)]
    return np.array(share), np.array(times, dtype=float)


def _gender(wording: Wording, text: str) -> float:
    """0 for words for men, 1 for words for women, -1 for all others."""
    said = {wording.head, *text.split()}
    return 0.0 if said & REFERENCE["men"] else 1.0 if said & REFERENCE["women"] else UNKNOWN


def _pronoun(text: str) -> float:
    """The number of the class of words.toml that holds a pronoun, -1 for none."""
    return next((float(i) for i, name in enumerate(PRONOUNS) if text in REFERENCE[f"mean_{name}"]), UNKNOWN)
