"""The language model as a spaCy pipeline: names, tags, lemmas, trees, sentences, events and roles on the Doc."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import spacy
from lemminflect import getLemma
from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, LEMMA, POS, TAG
from spacy.language import Language
from spacy.symbols import IDS
from spacy.tokens import Doc, Span, Token
from spacy.vocab import Vocab

from ingest.language.labels import apply_lemma_rule
from ingest.language.model import LanguageModel, Reading
from ingest.language.windows import Placed, cut
from ingest.setup import SHIPPED

COMPONENT = "newsgraph_reader"
EVENTS = "events"  # doc.spans["events"]: what happens, who says so, what is
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


def settled(doc: Doc, names: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Names with one label a spelling: in one text, one name is one kind of thing.

    The most frequent label wins; where two are as frequent, each mention keeps its own.
    """
    texts = [doc[start:end].text for start, end, _ in names]
    said = Counter((text, label) for text, (_, _, label) in zip(texts, names, strict=True))
    labels: dict[str, list[str]] = defaultdict(list)
    for text, label in said:
        labels[text].append(label)
    result = []
    for text, (start, end, label) in zip(texts, names, strict=True):
        best = max(labels[text], key=lambda other: (said[text, other], other == label))
        result.append((start, end, best))
    return result


class Reader:
    """The pipeline's one component."""

    def __init__(self, vocab: Vocab, model: LanguageModel) -> None:
        self.model = model
        self._vocab = vocab
        add = vocab.strings.add
        self._upos = np.array([IDS[label] for label in model.labels["upos"]], dtype=np.uint64)
        self._xpos = np.array([add(label) for label in model.labels["xpos"]], dtype=np.uint64)
        self._relations = np.array([add(label) for label in model.labels["relations"]], dtype=np.uint64)
        self._root = add("ROOT")
        self._base = np.array([tag in ("VB", "VBP") for tag in model.labels["xpos"]])
        self._verb = model.labels["upos"].index("VERB")
        self._lemmas: dict[tuple[str, int, int], int] = {}  # word, rule (-1: base form) and class to its lemma

    def __call__(self, doc: Doc) -> Doc:
        """Read one Doc."""
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 1) -> Iterator[Doc]:
        """Read Docs in order, each by itself: int8 activations are scaled by batch, so company would change a reading.

        `batch_size` is there because spaCy passes it; it changes nothing.
        """
        for doc in stream:
            parts = list(cut(doc, self.model.pieces))
            readings = self.model.read([placed.window for placed in parts])
            self._write(doc, list(zip(parts, readings, strict=True)))
            yield doc

    def _write(self, doc: Doc, parts: list[tuple[Placed, Reading]]) -> None:
        array = np.zeros((len(doc), len(ATTRIBUTES)), dtype=np.uint64)
        array[:, 0] = IDS["SPACE"]
        array[:, 5] = 2  # outside any name
        heads = np.zeros(len(doc), dtype=np.int64)
        names: list[tuple[int, int, str]] = []
        events: list[Span] = []
        roles: dict[int, list[tuple[int, str]]] = {}
        previous = np.full(len(doc), -1, dtype=np.int64)
        role_names = self.model.labels["roles"]
        known = self._lemmas
        for placed, reading in parts:
            at = np.array(placed.tokens)
            array[at, 0] = self._upos[reading.upos]
            array[at, 1] = self._xpos[reading.xpos]
            array[at, 2] = np.where(reading.heads < 0, self._root, self._relations[reading.relations])
            heads[at] = np.where(reading.heads < 0, 0, at[reading.heads] - at)
            previous[at] = at
            base = self._base[reading.xpos] & (reading.upos == self._verb)
            rules = np.where(base, -1, reading.lemmas)
            keys = zip(placed.window.words, rules.tolist(), reading.upos.tolist(), strict=True)
            array[at, 4] = [known.get(key) or self._lemma(*key) for key in keys]
            names += [(placed.tokens[s], placed.tokens[e - 1] + 1, label) for s, e, label in reading.names]
            events += [Span(doc, at[s], at[e - 1] + 1, label) for s, e, label in reading.events]
            for predicate in at[reading.predicates].tolist():
                roles[predicate] = []
            for predicate, argument, role in reading.roles:
                roles[placed.tokens[predicate]].append((placed.tokens[argument], role_names[role]))
        for start, end, label in settled(doc, names):
            array[start:end, 5] = 1
            array[start, 5] = 3
            array[start:end, 6] = self._vocab.strings.add(label)
        # White space hangs on the word before it, or on the first word when it opens the text.
        space = previous < 0
        if not space.all():
            filled = np.maximum.accumulate(previous)
            filled[filled < 0] = np.flatnonzero(~space)[0]
            heads[space] = filled[space] - np.flatnonzero(space)
            array[space, 2] = self._vocab.strings.add("dep")  # spaCy ignores a head without a relation
        array[:, 3] = heads.astype(np.uint64)
        doc.from_array(ATTRIBUTES, array)  # type: ignore[arg-type]  # spaCy takes any integers
        doc.spans[EVENTS] = events
        doc.user_data["roles"] = roles

    def _lemma(self, word: str, rule: int, upos: int) -> int:
        label = self.model.labels["upos"][upos]
        if label == "PROPN":
            lemma = word
        elif word.lower() in OWN_LEMMA or (rule < 0 and word.isalpha()):
            lemma = word.lower()
        elif label in WHOLE_LEMMA:
            lemma = (getLemma(word.lower(), label) or (word.lower(),))[0]
        else:
            lemma = apply_lemma_rule(word, self.model.labels["lemmas"][rule])
        added = self._lemmas[word, rule, upos] = self._vocab.strings.add(lemma)
        return added


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
