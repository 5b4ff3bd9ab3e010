"""What tells whether two mentions, with a name or without, mean the same person or thing: features of pairs."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from math import fsum

import numpy as np
from rapidfuzz import fuzz

from graph.boosting import Matrix, Numbers
from graph.linking.likeness import cosine
from graph.linking.nominal_pairs import CLOSE, PRONOUNS, UNKNOWN, Mentions
from graph.names import REFERENCE
from ingest.article import Wording, WordingKind

KINDS = {WordingKind.PRONOUN: 0.0, WordingKind.NUMBER: 1.0, WordingKind.NOUN: 2.0, WordingKind.NAME: 3.0}
DETERMINERS = {"": 0.0, "the": 1.0, "this": 2.0, "his": 3.0, "a": 4.0}
FAMILIES = {"people": 0.0, "place": 1.0, "thing": 2.0, "person": 3.0}
Sets = list[frozenset[str]]


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
        "rarity of what is shared": np.array([fsum(map(weight.__getitem__, every[i] & every[j])) for i, j in pairs]),
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
