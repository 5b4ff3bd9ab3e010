"""How a mention of somebody or something is worded, and what its sentence tells of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ingest.article import EntityType, Wording, WordingKind
from ingest.extract.lexicon import is_a, is_person
from ingest.extract.marks import Marks
from ingest.extract.phrases import antecedent, case_of
from ingest.language.text import Text, Word

NAMED = WordingKind.NAME
KINDS = {"PROPN": NAMED, "PRON": WordingKind.PRONOUN, "NUM": WordingKind.NUMBER}
INDEFINITE = frozenset({"a", "an", "another", "some", "any", "one", "no", "each", "every"})
WITHIN = frozenset({"compound", "amod", "flat", "nmod:desc", "nummod", "goeswith", "acl"})
EMPTY = frozenset({"DET", "PUNCT", "ADP", "CCONJ", "PART", "SPACE", "AUX", "SYM"})
PLURAL_TAGS = frozenset({"NNS", "NNPS"})
SUBJECTS = frozenset({"nsubj", "nsubj:pass"})
Roles = Mapping[int, list[tuple[int, str]]]  # word → the predicates that it is an argument of, its role in each


@dataclass(frozen=True, slots=True)
class Phrase:
    """A mention as tokens start:end, and the word that stands for it."""

    start: int
    end: int
    head: Word


def roles_of(doc: Text) -> Roles:
    """The roles of the words of a text."""
    found: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for predicate, arguments in doc.roles.items():
        for argument, role in arguments:
            found[argument].append((predicate, role))
    return found


def wordings(
    phrases: Sequence[Phrase], mentions: Iterable[int], take_part: Iterable[bool], marks: Marks, roles: Roles
) -> list[Wording]:
    """The wording of each phrase; `mentions` says which mention it is, `take_part` whether something is told of it."""
    at: dict[int, int] = {}
    for i, phrase in sorted(enumerate(phrases), key=lambda pair: pair[1].start - pair[1].end):
        for token in range(phrase.start, phrase.end):
            at[token] = i  # the shortest phrase over a word
        at[phrase.head.i] = i
    return [
        replace(
            _wording(phrase, mention, marks, roles),
            takes_part=part,
            ties=tuple(sorted({at[word.i] for word in tied(phrase) if at.get(word.i, i) != i})),
        )
        for i, (phrase, mention, part) in enumerate(zip(phrases, mentions, take_part, strict=True))
    ]


def _wording(phrase: Phrase, mention: int, marks: Marks, roles: Roles) -> Wording:
    top, head = top_of(phrase.head), last_of(top_of(phrase.head)) if phrase.head.i in marks.entity_at else phrase.head
    inside = [word for word in within(top) if word != head]
    acts = roles.get(top.i, []) + (roles.get(head.i, []) if head != top else [])
    owner = next((child for child in top.children if child.dep_ == "nmod:poss"), None)
    wholes = [child for child in top.children if child.dep_ == "nmod" and case_of(child) == "of"]
    doc = marks.doc
    return Wording(
        mention=mention,
        kind=KINDS.get(head.pos_, WordingKind.NOUN) if head.i not in marks.entity_at else NAMED,
        head=lemma(head),
        determiner=determiner(top),
        plural=head.tag_ in PLURAL_TAGS,
        number=next((child.lower_ for child in top.children if child.dep_ == "nummod"), ""),
        words=tuple(sorted({lemma(word) for word in inside if word.pos_ not in EMPTY})),
        owner=lemma(last_of(owner)) if owner is not None else "",
        wholes=tuple(sorted({lemma(last_of(word)) for word in wholes})),
        acts=tuple(sorted({f"{lemma(doc[predicate])} {role}" for predicate, role in acts})),
        beside=tuple(sorted({
            lemma(last_of(doc[other]))
            for predicate, _ in acts
            for other, _ in doc.roles[predicate]
            if other not in (top.i, head.i)
        })),
        place=relation(top),
        person=marks.entity_type(head) is EntityType.PERSON or is_person(head) or is_a(head, "persons"),
    )  # fmt: skip


def lemma(token: Word) -> str:
    """A word's base form, lower case; names keep theirs."""
    return token.lemma_.lower()


def top_of(head: Word) -> Word:
    """The word that a phrase hangs on the tree with: the first of a name of several."""
    while head.dep_ in ("flat", "goeswith") and head.head != head:
        head = head.head
    return head


def last_of(word: Word) -> Word:
    """The last word of a name of several."""
    return max([word, *(child for child in word.children if child.dep_ == "flat")], key=lambda each: each.i)


def within(top: Word) -> Iterator[Word]:
    """A noun and the words that describe it or name it with it."""
    yield top
    for child in top.children:
        if relation_of(child) in WITHIN or child.dep_ in WITHIN:
            yield from within(child) if child.dep_ != "acl" else (child,)


def determiner(top: Word) -> str:
    """Which one is meant, by the word before: "the", "this", "a", "his", or "" where none stands."""
    for child in top.children:
        if child.dep_ == "nmod:poss":
            return "his"
        if child.dep_ == "det":
            word = child.lower_
            return "the" if word == "the" else "a" if word in INDEFINITE else "this"
    return ""


def relation_of(word: Word) -> str:
    """The relation of a word to the one above it, without its subtype."""
    return word.dep_.partition(":")[0]


def relation(top: Word) -> str:
    """What a phrase is in its clause: the relation of the tree, with the preposition where one stands."""
    word, name = top, relation_of(top)
    while name == "conj" and word.head != word:
        word = word.head
        name = relation_of(word)
    preposition = case_of(top)
    return f"{name} {preposition}" if preposition else name


def tied(phrase: Phrase) -> Iterator[Word]:
    """The words that a phrase is said to be one with: "Ana Silva, the mayor", "she is a nurse", "a man who"."""
    top = top_of(phrase.head)
    meant = antecedent(phrase.head)
    if meant != phrase.head:
        yield last_of(meant)
    if top.dep_ in ("appos", "nmod:desc"):
        yield last_of(top.head)
    for child in top.children:
        if child.dep_ in ("appos", "nmod:desc"):
            yield last_of(child)
    if any(child.dep_ == "cop" for child in top.children):
        for child in top.children:
            if child.dep_ in SUBJECTS:
                yield last_of(child)
    if top.dep_ in SUBJECTS and any(child.dep_ == "cop" for child in top.head.children):
        yield last_of(top.head)
