"""A text as its tokens: spaCy's, but each run of characters between blanks is cut once and remembered."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, combinations, takewhile
from typing import Any

from spacy.attrs import IDX, ORTH, SPACY
from spacy.lang.en.lex_attrs import like_num
from spacy.lang.lex_attrs import word_shape
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from ingest.language.pieces import Pieces

RUN = re.compile(r"\S+|\s+")
# Words of plain letters with hyphens between them and marks around them, which are cut wherever those stand.
MARKED = re.compile(r"""["'(]?(?:[A-Za-z]+-)*([A-Za-z]+)((?:'s|[,.:;?!"')]|,"|\."|"\.|",|\),|\)\.|\?"|!")?)""")
PARTS = re.compile(r"(?<=[A-Za-z])'s$|[A-Za-z]+|[^A-Za-z]")


class Form:
    """What is known of a word by its letters alone."""

    __slots__ = (
        "is_alpha", "is_lower", "is_punct", "is_space", "is_title", "is_upper", "length", "like_num", "lower", "shape",
        "text",
    )  # fmt: skip

    def __init__(self, vocab: Vocab, orth: int) -> None:
        lexeme = vocab[orth]
        self.text, self.lower, self.shape = lexeme.text, lexeme.lower_, lexeme.shape_
        self.length = len(self.text)
        self.is_space, self.is_punct, self.is_alpha = lexeme.is_space, lexeme.is_punct, lexeme.is_alpha
        self.is_title, self.is_upper, self.is_lower = lexeme.is_title, lexeme.is_upper, lexeme.is_lower
        self.like_num = lexeme.like_num

    @classmethod
    def of_letters(cls, text: str) -> Form:
        """That of a word of plain letters, in half the time."""
        form = cls.__new__(cls)
        form.text, form.lower, form.length = text, text.lower(), len(text)
        form.is_space, form.is_punct, form.is_alpha = False, False, True
        form.is_title, form.is_upper, form.is_lower = text.istitle(), text.isupper(), text.islower()
        form.shape = _shape(text) or word_shape(text)
        form.like_num = like_num(text)  # type: ignore[no-untyped-call]
        return form


def _shape(letters: str) -> str:
    """The shape of plain letters, of each run of alike ones no more than four; "" where capitals stand in between."""
    small = "x" * min(len(letters) - 1, 4)
    if len(letters) >= 100:  # which spaCy calls long
        return ""
    if letters.isupper():
        return "X" * min(len(letters), 4)
    if letters[1:].islower():
        return "X" + small if letters[0].isupper() else small[:3] + "x"
    return "x" if letters.islower() else ""


_OF_TOKENS = [ORTH, IDX, SPACY]
_NONE: tuple[Form, ...] = ()
_FORMS: dict[int, Form] = {}  # by spaCy's number of the word, the same in every vocabulary


def _form(vocab: Vocab, orth: int) -> Form:
    if len(_FORMS) >= Pieces.REMEMBERED:
        _FORMS.clear()
    form = _FORMS[orth] = Form(vocab, orth)
    return form


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words that a text is cut into, white space among them, before anything is read."""

    text: str
    forms: Sequence[Form]
    places: Sequence[int]  # of the first character of each
    spaces: Sequence[int]  # 1 where a blank stands behind
    paragraphs: Sequence[tuple[int, int]]  # as characters; empty where only line breaks tell

    @classmethod
    def of(cls, doc: Doc, text: str | None = None) -> Tokens:
        """Those of a Doc; its text, if known, saves putting it together anew."""
        orths, places, spaces = doc.to_array(_OF_TOKENS).T.tolist()
        known, vocab = _FORMS.get, doc.vocab
        return cls(
            text=doc.text if text is None else text,
            forms=[known(orth) or _form(vocab, orth) for orth in orths],
            places=places, spaces=spaces, paragraphs=doc.user_data.get("paragraphs", ()),
        )  # fmt: skip

    def characters(self, start: int, end: int) -> str:
        """The text of tokens start:end, without the blank behind them."""
        return self.text[self.places[start] : self.places[end - 1] + self.forms[end - 1].length]


class Tokenizer:
    """Cuts texts as the tokenizer of a spaCy pipeline does, whose rules never look beyond a blank."""

    def __init__(self, nlp: Language) -> None:
        cut: Any = nlp.tokenizer
        self._cut: Callable[[str], Doc] = cut
        self._special = frozenset(cut.rules)  # that are cut otherwise than their characters say
        self._known: dict[str, tuple[Form, ...]] = {}  # none of them white space
        self._blank: dict[str, tuple[Form, ...]] = {}  # white space between them, of no more than a few characters

    def __call__(self, text: str, paragraphs: Sequence[tuple[int, int]] = ()) -> Tokens:
        """The tokens of a text; a blank belongs to the token before it, any other white space is a token of its own."""
        known, chunks = self._known.get, text.split(" ")
        cut = [known(chunk, _NONE) for chunk in chunks]
        if _NONE in cut:
            places = [place for place, forms in enumerate(cut) if not forms]
            missing = [chunks[place] for place in places]
            if not all(chunk and not chunk[-1].isspace() for chunk in missing):  # "a  b": here a blank is no end
                return self._by_runs(text, paragraphs)
            runs = list(map(RUN.findall, missing))
            self._learn(dict.fromkeys(chain.from_iterable(runs)))
            for place, parts in zip(places, runs, strict=True):
                cut[place] = tuple([form for run in parts for form in self._forms(run)])
        forms = list(chain.from_iterable(cut))
        spaces = [0] * len(forms)
        for end in accumulate(map(len, cut)):
            spaces[end - 1] = 1
        spaces[-1] = 0
        return _tokens(text, forms, spaces, paragraphs)

    def _by_runs(self, text: str, paragraphs: Sequence[tuple[int, int]]) -> Tokens:
        forms: list[Form] = []
        spaces: list[int] = []
        runs = RUN.findall(text)
        self._learn(dict.fromkeys(runs))
        for run in runs:
            if run[0] == " " and forms:
                spaces[-1] = 1
                run = run[1:]
            forms += self._forms(run) if run else ()
            spaces += [0] * (len(forms) - len(spaces))
        return _tokens(text, forms, spaces, paragraphs)

    def _learn(self, runs: Iterable[str]) -> None:
        """Cut what is new of these runs: those that take the tokenizer all at once, which is faster than one by one."""
        new = [run for run in runs if run not in self._known and not run.isspace()]
        if len(self._known) + 2 * len(new) > Pieces.REMEMBERED:
            self._known.clear()
        hard = [run for run in new if not self._cut_plain(run)]
        if hard:
            doc = self._cut("\n".join(hard))
            forms = iter([_FORMS.get(orth) or _form(doc.vocab, orth) for orth in doc.to_array(ORTH).tolist()])
            for run in hard:
                self._known[run] = tuple(takewhile(_is_word, forms))

    def _cut_plain(self, run: str) -> bool:
        """Cut a run of plain letters, with hyphens between them and marks around them or none: of ten new ones nine."""
        mark = run[-1]
        word = run[:-1] if mark in ",." else run
        if not (word.isascii() and word.isalpha()):
            return self._cut_marked(run)
        if run in self._special or word in self._special or (mark == "." and not _ends_before_stop(word)):
            return False
        forms = self._letters(word)
        if word is not run:
            self._known[run] = (*forms, *self._forms(mark))
        return True

    def _cut_marked(self, run: str) -> bool:
        found = MARKED.fullmatch(run)
        if found is None:
            return False
        word, behind = found.groups()
        if behind[:1] == "." and not _ends_before_stop(word):
            return False
        parts = PARTS.findall(run)
        cuts = [0, *accumulate(map(len, parts))]
        if not self._special.isdisjoint([run[start:end] for start, end in combinations(cuts, 2)]):
            return False
        forms = [self._letters(part) if part.isalpha() else self._forms(part) for part in parts]
        self._known[run] = tuple(chain.from_iterable(forms))
        return True

    def _letters(self, word: str) -> tuple[Form, ...]:
        known = self._known.get(word)
        if known is None:
            known = self._known[word] = (Form.of_letters(word),)
        return known

    def _forms(self, run: str) -> tuple[Form, ...]:
        """The tokens of characters that are all white space, or none of them."""
        found = self._known.get(run) or self._blank.get(run)
        if found is None:
            doc = self._cut(run)
            found = tuple([_FORMS.get(orth) or _form(doc.vocab, orth) for orth in doc.to_array(ORTH).tolist()])
            known = self._blank if run.isspace() else self._known
            if len(known) >= Pieces.REMEMBERED:
                known.clear()
            known[run] = found
        return found


def _ends_before_stop(word: str) -> bool:
    """Whether a full stop behind letters is none of theirs, as it is of "J." and "McA."."""
    return word[-1].islower() or (len(word) > 1 and word[-2:].isupper())


def _is_word(form: Form) -> bool:
    return not form.is_space


def _tokens(text: str, forms: list[Form], spaces: list[int], paragraphs: Sequence[tuple[int, int]]) -> Tokens:
    ends = accumulate([form.length + space for form, space in zip(forms, spaces, strict=True)], initial=0)
    return Tokens(text=text, forms=forms, places=list(ends)[:-1], spaces=spaces, paragraphs=paragraphs)
