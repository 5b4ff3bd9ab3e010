"""A text as its tokens: spaCy's, but each run of characters between blanks is cut once and remembered."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, chain

from spacy.attrs import IDX, ORTH, SPACY
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from ingest.language.pieces import Pieces

RUN = re.compile(r"\S+|\s+")


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
        self._cut = nlp.tokenizer
        self._known: dict[str, tuple[Form, ...]] = {}  # none of them white space
        self._blank: dict[str, tuple[Form, ...]] = {}  # white space between them, of no more than a few characters

    def __call__(self, text: str, paragraphs: Sequence[tuple[int, int]] = ()) -> Tokens:
        """The tokens of a text; a blank belongs to the token before it, any other white space is a token of its own."""
        known, chunks = self._known.get, text.split(" ")
        cut = [known(chunk, _NONE) for chunk in chunks]
        for place, chunk in enumerate(chunks) if _NONE in cut else ():
            if not cut[place]:
                # "a  b", "a\n b": here a blank is no end of anything.
                if not chunk or chunk[-1].isspace():
                    return self._by_runs(text, paragraphs)
                cut[place] = tuple([form for run in RUN.findall(chunk) for form in self._forms(run)])
        forms = list(chain.from_iterable(cut))
        spaces = [0] * len(forms)
        for end in accumulate(map(len, cut)):
            spaces[end - 1] = 1
        spaces[-1] = 0
        return _tokens(text, forms, spaces, paragraphs)

    def _by_runs(self, text: str, paragraphs: Sequence[tuple[int, int]]) -> Tokens:
        forms: list[Form] = []
        spaces: list[int] = []
        for run in RUN.findall(text):
            if run[0] == " " and forms:
                spaces[-1] = 1
                run = run[1:]
            forms += self._forms(run) if run else ()
            spaces += [0] * (len(forms) - len(spaces))
        return _tokens(text, forms, spaces, paragraphs)

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


def _tokens(text: str, forms: list[Form], spaces: list[int], paragraphs: Sequence[tuple[int, int]]) -> Tokens:
    ends = accumulate([form.length + space for form, space in zip(forms, spaces, strict=True)], initial=0)
    return Tokens(text=text, forms=forms, places=list(ends)[:-1], spaces=spaces, paragraphs=paragraphs)
