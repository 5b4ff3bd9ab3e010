"""The language model as a spaCy pipeline: names, tags, lemmas, trees, sentences, events and roles on the Doc."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
import spacy
from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, LEMMA, POS, TAG
from spacy.language import Language
from spacy.symbols import IDS
from spacy.tokens import Doc, Span, Token
from spacy.vocab import Vocab

from ingest.language.dictionary import base_form
from ingest.language.labels import apply_lemma_rule
from ingest.language.model import LanguageModel, Reading
from ingest.language.text import EVENTS, Columns, Text
from ingest.language.tokens import Tokens
from ingest.language.windows import Placed, cut
from ingest.setup import SHIPPED

COMPONENT = "newsgraph_reader"
# Word classes whose lemma depends on the word alone, which a dictionary knows better than a learned rule.
WHOLE_LEMMA = frozenset({"NOUN", "VERB", "PROPN"})
OWN_LEMMA = frozenset({"wound"})  # news wounds more often than it winds
ATTRIBUTES = [POS, TAG, DEP, HEAD, LEMMA, ENT_IOB, ENT_TYPE]


def _arguments(token: Token) -> list[tuple[Token, str]]:
    """The arguments of a predicate as (head word, PropBank role)."""
    roles = token.doc.user_data.get("roles", {}).get(token.i, ())
    return [(token.doc[argument], role) for argument, role in roles]


def _is_predicate(token: Token) -> bool:
    return token.i in token.doc.user_data.get("roles", {})


Token.set_extension("is_predicate", getter=_is_predicate, force=True)
Token.set_extension("arguments", getter=_arguments, force=True)


def settled(texts: Sequence[str], names: Sequence[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Names with one label a spelling: in one text, one name is one kind of thing. `texts` holds their characters.

    The most frequent label wins; where two are as frequent, each mention keeps its own.
    """
    first: dict[str, str] = {}
    if all(first.setdefault(text, name[2]) == name[2] for text, name in zip(texts, names, strict=True)):
        return list(names)  # as nearly always
    said = Counter((text, label) for text, (_, _, label) in zip(texts, names, strict=True))
    labels: dict[str, list[str]] = defaultdict(list)
    for text, label in said:
        labels[text].append(label)
    result = []
    for text, (start, end, label) in zip(texts, names, strict=True):
        given = labels[text]
        best = label if len(given) == 1 else max(given, key=lambda other: (said[text, other], other == label))
        result.append((start, end, best))
    return result


class Reader:
    """The pipeline's one component."""

    def __init__(self, vocab: Vocab, model: LanguageModel) -> None:
        self.model = model
        self._vocab = vocab
        labels = model.labels
        # White space, at -1, is of its own class and hangs on the word before it.
        names = ([*labels["upos"], "SPACE"], [*labels["xpos"], ""], [*labels["relations"], ""])
        self._pos, self._tag, self._dep = (np.array(each, dtype=object) for each in names)
        self._base = np.array([tag in ("VB", "VBP") for tag in labels["xpos"]])
        self._verb = labels["upos"].index("VERB")
        # A word, and its rule (-1: base form) and class as one number, to its lemma.
        self._lemmas: dict[tuple[str, int], str] = {}

    def __call__(self, doc: Doc) -> Doc:
        """Read one Doc."""
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 1) -> Iterator[Doc]:
        """Read Docs in order, each by itself: int8 activations are scaled by batch, so company would change a reading.

        `batch_size` is there because spaCy passes it; it changes nothing.
        """
        for doc in stream:
            given = Tokens.of(doc)
            parts = list(cut(given, self.model.pieces))
            self._write(doc, self._columns(given, parts, self.model.read_whole([placed.window for placed in parts])))
            yield doc

    def read(self, doc: Doc, text: str | None = None) -> Text:
        """What is read in a Doc, nothing of it written there; `text` is its text, where that is at hand."""
        return next(self.read_all([Tokens.of(doc, text)]))

    def read_all(self, texts: Iterable[Tokens]) -> Iterator[Text]:
        """What is read in some texts, each by itself, but the model reads them all before the first is put together."""
        given = [(tokens, list(cut(tokens, self.model.pieces))) for tokens in texts]
        readings = self.model.read_texts([[placed.window for placed in parts] for _, parts in given])
        for (tokens, parts), reading in zip(given, readings, strict=True):
            yield Text.read(tokens, self._columns(tokens, parts, reading))

    def _columns(self, given: Tokens, parts: Sequence[Placed], reading: Reading) -> Columns:
        size = len(given.forms)
        tokens = [i for placed in parts for i in placed.tokens]
        words = [word for placed in parts for word in placed.window.words]
        at = np.array(tokens, dtype=np.int64)
        labels = np.full((3, size), -1, dtype=np.int64)
        labels[:, at] = reading.upos, reading.xpos, reading.relations
        pos, tag, dep = labels
        steps = np.zeros(size, dtype=np.int64)
        roots = reading.heads < 0
        steps[at] = np.where(roots, 0, at[reading.heads] - at)
        starts = np.zeros(size, dtype=bool)
        starts[at] = reading.starts
        rules = np.where(self._base[reading.xpos] & (reading.upos == self._verb), -1, reading.lemmas)
        relations = self._dep[dep].tolist()
        for i in at[roots].tolist():
            relations[i] = "ROOT"
        keys = list(zip(words, (rules * len(self._pos) + reading.upos).tolist(), strict=True))
        found = list(map(self._lemmas.get, keys))
        lemmas = np.full(size, "", dtype=object)
        lemmas[at] = [self._lemma(*key) if lemma is None else lemma for key, lemma in zip(keys, found, strict=True)]
        if 0 < len(tokens) < size:
            # White space hangs on the word before it, or on the first word when it opens the text.
            starts[tokens[0]] = False
            before = np.full(size, tokens[0], dtype=np.int64)
            before[at] = at
            before[tokens[0] :] = np.maximum.accumulate(before[tokens[0] :])
            space = np.ones(size, dtype=bool)
            space[at] = False
            steps[space] = before[space] - np.flatnonzero(space)
            for i in np.flatnonzero(space).tolist():
                relations[i] = "dep"
        return Columns(
            pos=self._pos[pos].tolist(), tag=self._tag[tag].tolist(), dep=relations,
            lemma=lemmas.tolist(), heads=steps.tolist(), starts=starts.tolist(),
            names=self._names(given, tokens, reading.names),
            events=[(tokens[start], tokens[end - 1] + 1, label) for start, end, label in reading.events],
            roles=self._roles(tokens, reading.predicates.tolist(), reading.roles),
        )  # fmt: skip

    @staticmethod
    def _names(given: Tokens, tokens: list[int], names: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
        placed = [(tokens[start], tokens[end - 1] + 1, label) for start, end, label in names]
        return settled([given.characters(start, end) for start, end, _ in placed], placed)

    def _roles(
        self, tokens: list[int], predicates: list[int], roles: list[tuple[int, int, int]]
    ) -> dict[int, list[tuple[int, str]]]:
        names = self.model.labels["roles"]
        found: dict[int, list[tuple[int, str]]] = {tokens[predicate]: [] for predicate in predicates}
        for predicate, argument, role in roles:
            found[tokens[predicate]].append((tokens[argument], names[role]))
        return found

    def _write(self, doc: Doc, columns: Columns) -> None:
        add = self._vocab.strings.add
        array = np.zeros((len(doc), len(ATTRIBUTES)), dtype=np.uint64)
        array[:, 0] = [IDS[label] for label in columns.pos]
        for place, column in enumerate((columns.tag, columns.dep), 1):
            array[:, place] = [add(label) if label else 0 for label in column]
        array[:, 3] = np.array(columns.heads, dtype=np.int64).astype(np.uint64)
        array[:, 4] = [add(lemma) if lemma else 0 for lemma in columns.lemma]
        array[:, 5] = 2  # outside any name
        for start, end, label in columns.names:
            array[start:end, 5] = 1
            array[start, 5] = 3
            array[start:end, 6] = add(label)
        doc.from_array(ATTRIBUTES, array)  # type: ignore[arg-type]  # spaCy takes any integers
        doc.spans[EVENTS] = [Span(doc, *event) for event in columns.events]
        doc.user_data["roles"] = columns.roles

    def _lemma(self, word: str, rule_and_class: int) -> str:
        rule, upos = divmod(rule_and_class, len(self._pos))
        label = self.model.labels["upos"][upos]
        if label == "PROPN":
            lemma = word
        elif word.lower() in OWN_LEMMA or (rule < 0 and word.isalpha()):
            lemma = word.lower()
        elif label in WHOLE_LEMMA:
            lemma = base_form(word.lower(), label)
        else:
            lemma = apply_lemma_rule(word, self.model.labels["lemmas"][rule])
        self._lemmas[word, rule_and_class] = lemma
        return lemma


@Language.factory(COMPONENT, default_config={"folder": None})
def make_reader(nlp: Language, name: str, folder: str | None) -> Reader:
    """The component's spaCy factory."""
    return Reader(nlp.vocab, LanguageModel(Path(folder) if folder else SHIPPED))


def reader_of(nlp: Language) -> Reader:
    """The reader inside a pipeline that `load` made."""
    reader = nlp.get_pipe(COMPONENT)
    assert isinstance(reader, Reader)
    return reader


def load(folder: Path | None = None) -> Language:
    """A spaCy pipeline over the shipped model, or over the one in `folder`."""
    nlp = spacy.blank("en")
    nlp.add_pipe(COMPONENT, config={"folder": str(folder) if folder else None})
    nlp.max_length = 10_000_000
    return nlp
