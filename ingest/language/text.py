"""A read text as its words: spaCy's Token and Doc as plain objects, whose attributes cost a tenth to ask.

Names and meanings are spaCy's, so that who knows the one knows the other; what is seldom asked is made when it is.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, count, pairwise, repeat
from typing import overload

from ingest.given import Term
from ingest.language.tokens import Form, Tokens

EVENTS = "events"  # doc.spans["events"]: what happens, who says so, what is
Edges = tuple[dict[int, int], dict[int, int]]  # of each word, by number: the first and the last word of its subtree
Roles = Mapping[int, Sequence[tuple[int, str]]]  # predicate → its arguments and their PropBank roles


class Word:
    """One token of a read text."""

    __slots__ = (
        "_ancestors", "children", "classes", "dep_", "doc", "ent_iob_", "ent_type_", "form", "head", "i",
        "idx", "lemma_", "lower_", "pos_", "sentence", "tag_", "text"
    )  # fmt: skip
    doc: Text
    head: Word  # of a sentence's root: itself
    children: list[Word]
    classes: frozenset[str] | None  # the word tables that hold it, once they were asked
    _ancestors: tuple[Word, ...] | None

    def __init__(  # noqa: PLR0913, PLR0917 - one for each column
        self, doc: Text, i: int, idx: int, form: Form, pos: str, tag: str, dep: str, lemma: str, sentence: int
    ) -> None:
        self.doc, self.i, self.idx, self.form = doc, i, idx, form
        self.text, self.lower_ = form.text, form.lower
        self.pos_, self.tag_, self.dep_, self.lemma_ = pos, tag, dep, lemma
        self.ent_iob_, self.ent_type_ = "O", ""
        self.children = []
        self.sentence = sentence  # its number
        self.classes = self._ancestors = None

    def __len__(self) -> int:
        return len(self.text)

    def __bool__(self) -> bool:
        return True

    def __repr__(self) -> str:
        return self.text

    @property
    def is_space(self) -> bool:
        """Whether it is white space."""
        return self.form.is_space

    @property
    def is_punct(self) -> bool:
        """Whether it is punctuation."""
        return self.form.is_punct

    @property
    def is_alpha(self) -> bool:
        """Whether it is letters and nothing else."""
        return self.form.is_alpha

    @property
    def is_title(self) -> bool:
        """Whether it begins with a capital and goes on in small letters."""
        return self.form.is_title

    @property
    def is_upper(self) -> bool:
        """Whether it is all in capitals."""
        return self.form.is_upper

    @property
    def is_lower(self) -> bool:
        """Whether it is all in small letters."""
        return self.form.is_lower

    @property
    def like_num(self) -> bool:
        """Whether it is a number, in digits or in letters."""
        return self.form.like_num

    @property
    def shape_(self) -> str:
        """Its letters as x, X and d."""
        return self.form.shape

    @property
    def is_sent_start(self) -> bool:
        """Whether a sentence begins with it."""
        return self.i == self.sent.start

    @property
    def sent(self) -> Span:
        """Its sentence; the same object for all words of one."""
        return self.doc.sents[self.sentence]

    @property
    def lefts(self) -> list[Word]:
        """Its dependents before it."""
        return [child for child in self.children if child.i < self.i]

    @property
    def rights(self) -> list[Word]:
        """Its dependents behind it."""
        return [child for child in self.children if child.i > self.i]

    @property
    def ancestors(self) -> tuple[Word, ...]:
        """The words above it, the nearest first."""
        known = self._ancestors
        if known is None:
            head = self.head
            known = self._ancestors = () if head is self else (head, *head.ancestors)
        return known

    def is_ancestor(self, other: Word) -> bool:
        """Whether it stands above another word."""
        return self in other.ancestors

    @property
    def subtree(self) -> list[Word]:
        """It and all below it; in the order of the text, but for trees that cross."""
        found: list[Word] = []
        self._collect(found)
        return found

    def _collect(self, found: list[Word]) -> None:
        waits = True
        for child in self.children:
            if waits and child.i > self.i:
                found.append(self)
                waits = False
            child._collect(found)
        if waits:
            found.append(self)

    @property
    def left_edge(self) -> Word:
        """The first word of its subtree."""
        return self.doc.words[self.doc.edges(self.sentence)[0][self.i]]

    @property
    def right_edge(self) -> Word:
        """The last word of its subtree."""
        return self.doc.words[self.doc.edges(self.sentence)[1][self.i]]

    @property
    def conjuncts(self) -> list[Word]:
        """The words that it is coordinated with."""
        first = self
        while first.dep_ == "conj" and first.head is not first:
            first = first.head
        found = [first]
        for word in found:
            found += [child for child in word.children if child.i > word.i and child.dep_ == "conj"]
        return [word for word in found if word is not self]

    def nbor(self, step: int = 1) -> Word:
        """The word so many places on; IndexError where there is none."""
        if self.i + step < 0:
            raise IndexError(self.i + step)
        return self.doc.words[self.i + step]

    @property
    def whitespace_(self) -> str:
        """The blank behind it, or ""."""
        return " " if self.doc.spaces[self.i] else ""

    @property
    def is_predicate(self) -> bool:
        """Whether somebody or something takes part in what it says."""
        return self.i in self.doc.roles

    @property
    def arguments(self) -> list[tuple[Word, str]]:
        """Who and what takes part in what it says, with their PropBank roles."""
        words = self.doc.words
        return [(words[argument], role) for argument, role in self.doc.roles.get(self.i, ())]


class Span(Sequence[Word]):
    """Consecutive words of a text."""

    __slots__ = ("doc", "end", "label_", "start")

    def __init__(self, doc: Text, start: int, end: int, label: str = "") -> None:
        self.doc, self.start, self.end, self.label_ = doc, start, end, label

    def __len__(self) -> int:
        return self.end - self.start

    def __iter__(self) -> Iterator[Word]:
        return iter(self.doc.words[self.start : self.end])

    @overload
    def __getitem__(self, place: int) -> Word: ...

    @overload
    def __getitem__(self, place: slice) -> list[Word]: ...

    def __getitem__(self, place: int | slice) -> Word | list[Word]:
        return self.doc.words[self.start : self.end][place]

    @property
    def start_char(self) -> int:
        """Where it begins in the text."""
        return self.doc.words[self.start].idx

    @property
    def end_char(self) -> int:
        """Where it ends in the text, without the blank behind it."""
        last = self.doc.words[self.end - 1]
        return last.idx + len(last.text)

    @property
    def text(self) -> str:
        """Its characters."""
        return self.doc.text[self.start_char : self.end_char] if self.end > self.start else ""

    @property
    def sent(self) -> Span:
        """The sentence of its first word."""
        return self.doc.words[self.start].sent

    @property
    def root(self) -> Word:
        """The word that stands highest in the tree, of several the first; a mark only where there is no other."""
        words = self.doc.words[self.start : self.end]
        for word in words:
            if word.head is word:
                return word
        if len(words) == 1:
            return words[0]
        tops = [word for word in words if not self.start <= word.head.i < self.end]
        return min(tops, key=_depth, default=words[0])


def _depth(word: Word) -> int:
    form = word.form
    alone = (form.is_space or form.is_punct) and not word.children
    return len(word.doc.words) - 1 if alone else len(word.ancestors)


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """What was read of each token of a Doc, white space among them."""

    pos: Sequence[str]
    tag: Sequence[str]
    dep: Sequence[str]
    lemma: Sequence[str]
    heads: Sequence[int]  # how far on the head stands, 0 for a root
    starts: Sequence[bool]  # whether a sentence begins
    names: Sequence[tuple[int, int, str]]
    events: Sequence[tuple[int, int, str]]
    roles: Roles


@dataclass(slots=True, eq=False)
class Text:
    """A read text."""

    text: str
    paragraphs: Sequence[tuple[int, int]] = ()
    words: list[Word] = field(default_factory=list)
    places: Sequence[int] = ()  # of the first character of each word
    spaces: Sequence[int] = ()  # 1 where a blank stands behind a word
    sents: list[Span] = field(default_factory=list)
    ents: list[Span] = field(default_factory=list)
    events: list[Span] = field(default_factory=list)
    roles: Roles = field(default_factory=dict)
    class_counts: Mapping[str, int] | None = None  # of the word tables, once they were asked
    given_names: frozenset[tuple[int, int]] = frozenset()  # that the user knows: none is trimmed, and none is doubted
    given_terms: Mapping[int, Term] = field(default_factory=dict)  # words that the user says tell of an event
    _edges: dict[int, Edges] = field(default_factory=dict)

    @classmethod
    def read(cls, tokens: Tokens, columns: Columns) -> Text:
        """What was read of a text."""
        made = cls(
            text=tokens.text, paragraphs=tokens.paragraphs, places=tokens.places, spaces=tokens.spaces,
            roles=columns.roles,
        )  # fmt: skip
        starts = [i for i, opens in enumerate(columns.starts) if opens or i == 0]
        numbers = accumulate(opens and i > 0 for i, opens in enumerate(columns.starts))
        given = (tokens.places, tokens.forms, columns.pos, columns.tag, columns.dep, columns.lemma, numbers)
        words = made.words = list(map(Word, repeat(made), count(), *given))
        for i, (word, step) in enumerate(zip(words, columns.heads, strict=True)):
            head = word.head = words[i + step]
            if step:
                head.children.append(word)
        made.sents = [Span(made, start, end) for start, end in pairwise([*starts, len(words)])]
        made.name(columns.names)
        made.events = [Span(made, *event) for event in columns.events]
        return made

    def name(self, names: Iterable[tuple[int, int, str]]) -> None:
        """Have these names and no others: their first words, those after their last, and their labels, in order."""
        for ent in self.ents:
            for word in ent:
                word.ent_iob_, word.ent_type_ = "O", ""
        self.ents = [Span(self, *name) for name in names]
        for ent in self.ents:
            for word in ent:
                word.ent_iob_, word.ent_type_ = "I", ent.label_
            self.words[ent.start].ent_iob_ = "B"

    def __len__(self) -> int:
        return len(self.words)

    def __iter__(self) -> Iterator[Word]:
        return iter(self.words)

    @overload
    def __getitem__(self, place: int) -> Word: ...

    @overload
    def __getitem__(self, place: slice) -> Span: ...

    def __getitem__(self, place: int | slice) -> Word | Span:
        if isinstance(place, slice):
            start, end, _ = place.indices(len(self.words))
            return Span(self, start, max(start, end))
        return self.words[place]

    def char_span(self, start: int, end: int, *, alignment_mode: str = "strict") -> Span | None:
        """The words over characters start:end.

        None where there are none, or where they do not begin and end there ("strict"); "expand" takes in words that
        are covered in part.
        """
        first, last = self._word_over(start), self._word_over(end - 1)
        if first is None or last is None:
            return None
        if alignment_mode == "strict" and (first.idx != start or last.idx + len(last.text) != end):
            return None
        begins = first.i + (start == first.idx + len(first.text) and alignment_mode == "expand")
        return Span(self, begins, last.i + 1)

    def _word_over(self, place: int) -> Word | None:
        """The word over a character, or before a blank."""
        i = bisect_right(self.places, place) - 1
        if i < 0:
            return None
        word = self.words[i]
        reach = word.idx + len(word.text) + self.spaces[i]
        return word if place < reach else None

    def edges(self, sentence: int) -> Edges:
        """Where the subtrees of the words of a sentence begin and end.

        As spaCy has it: looked for once forwards and once backwards, and again until the root reaches back to the start
        of the sentence. Where a tree crosses itself more than that, a subtree may reach farther.
        """
        known = self._edges.get(sentence)
        if known is None:
            span = self.sents[sentence]
            first = {i: i for i in range(span.start, span.end)}
            last = dict(first)
            steps = [(word.i, word.head.i) for word in span if word.head is not word]
            while steps:
                for way in (steps, steps[::-1]):
                    for i, head in way:
                        if first[i] < first[head]:  # noqa: PLR1730 - min() takes three times as long
                            first[head] = first[i]
                        if last[i] > last[head]:  # noqa: PLR1730 - so does max()
                            last[head] = last[i]
                if any(first[word.i] == span.start for word in span if word.head is word):
                    break
            known = self._edges[sentence] = first, last
        return known

    def let_go(self) -> None:
        """Part the words from each other: nobody looks at them any more, and circles wait for the collector."""
        for word in self.words:
            del word.head, word.children, word._ancestors
        self.words, self.sents, self.ents, self.events = [], [], [], []
