"""Puts on a read text what users know: their names and words for events, and the names that another pipeline finds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from operator import contains
from pathlib import Path

import spacy
from lemminflect import getAllLemmas
from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.util import filter_spans

from ingest.article import EntityType
from ingest.extract.entities import TYPES, trimmed
from ingest.given import Term
from ingest.language.text import Span, Text
from ingest.setup import NoPipeline

LABELS = {kind: label for label, kind in reversed(TYPES.items())}
# What other pipelines call the kinds of names, by what ours calls them.
_OTHERS = {
    "PERSON": "PERSON", "PER": "PERSON", "PEOPLE": "PERSON",
    "ORG": "ORG", "ORGANIZATION": "ORG", "ORGANISATION": "ORG", "CORPORATION": "ORG", "COMPANY": "ORG",
    "GPE": "LOC", "LOC": "LOC", "LOCATION": "LOC", "PLACE": "LOC", "CITY": "LOC", "COUNTRY": "LOC",
    "FAC": "FAC", "FACILITY": "FAC", "BUILDING": "FAC",
    "NORP": "NORP", "NATIONALITY": "NORP", "GROUP": "NORP",
    "PRODUCT": "PRODUCT", "VEHICLE": "PRODUCT", "WEAPON": "PRODUCT",
    "WORK_OF_ART": "WORK_OF_ART", "LAW": "WORK_OF_ART", "CREATIVE-WORK": "WORK_OF_ART",
    "EVENT": "EVENT", "MISC": "MISC",
}  # fmt: skip


class GivenNames:
    """Marks names of the user's own, letter for letter, the longest where several fit."""

    def __init__(self, nlp: Language, names: Mapping[str, EntityType]) -> None:
        self._nlp = nlp
        self._matcher = PhraseMatcher(nlp.vocab, attr="ORTH")
        by_label: dict[str, list[str]] = defaultdict(list)
        for name, kind in names.items():
            by_label[LABELS[kind]].append(name)
        for label, known in sorted(by_label.items()):
            self._matcher.add(label, [nlp.make_doc(name) for name in known])

    def mark(self, text: Text) -> None:
        """Make the names entities of their type, whatever the model takes them for, unless it sees a longer name there:
        "Lagos" is not marked in "Lagos State University".
        """
        found = filter_spans(self._matcher(self._nlp.make_doc(text.text), as_spans=True))
        longer = [bare for ent in text.ents if (bare := _bare(ent)) is not None]
        kept = [
            (name.start, name.end, name.label_)
            for name in found
            if not any(start <= name.start and name.end <= end and end - start > len(name) for start, end in longer)
        ]
        _replace(text, kept)
        text.given_names = frozenset((start, end) for start, end, _ in kept)


class GivenTerms:
    """Marks words that tell of an event by what the user says."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self._by_first: dict[str, list[Term]] = defaultdict(list)
        for term in terms:
            self._by_first[term.words[0]].append(term)

    def mark(self, text: Text) -> None:
        """Note the word that heads each of them; of two at one place the longer counts."""
        forms = [{word.lower_, word.lemma_.lower(), *_base_forms(word.lower_)} for word in text]
        found: dict[int, Term] = {}
        end = 0
        for start, first in enumerate(forms):
            if start < end:
                continue
            fitting = {term for form in first for term in self._by_first.get(form, ())}
            for term in sorted(fitting, key=_longest_first):
                behind = forms[start : start + len(term.words)]
                if len(behind) == len(term.words) and all(map(contains, behind, term.words)):
                    end = start + len(term.words)
                    found[text[start:end].root.i] = term
                    break
        text.given_terms = found


class OtherNames:
    """Takes names from another spaCy pipeline; days, money and all else that is no name stay ours."""

    def __init__(self, name: str) -> None:
        try:
            self._nlp = spacy.load(Path(name) if Path(name).is_dir() else name)
        except (OSError, ValueError) as error:
            raise NoPipeline(name) from error
        self._nlp.max_length = 10_000_000

    def mark(self, text: Text) -> None:
        """Put the other pipeline's names in place of ours."""
        names: list[tuple[int, int, str]] = []
        for ent in filter_spans(self._nlp(text.text).ents):
            label = _OTHERS.get(ent.label_.upper())
            span = text.char_span(ent.start_char, ent.end_char, alignment_mode="expand")
            if label and span is not None and (not names or names[-1][1] <= span.start):
                names.append((span.start, span.end, label))
        text.name((ent.start, ent.end, ent.label_) for ent in text.ents if ent.label_ not in TYPES)
        _replace(text, names)


def _longest_first(term: Term) -> tuple[int, tuple[str, ...]]:
    return -len(term.words), term.words


@cache
def _base_forms(word: str) -> frozenset[str]:
    """What a dictionary knows a word to be a form of, whichever its class is here."""
    return frozenset(form for forms in getAllLemmas(word).values() for form in forms)


def _bare(ent: Span) -> tuple[int, int] | None:
    """Where a name that the model sees stands, without titles and articles; None for what is no name."""
    kind = TYPES.get(ent.label_)
    if kind is None:
        return None
    start, end = trimmed(ent.doc, ent.start, ent.end, kind)
    return (start, end) if start < end else None


def _replace(text: Text, names: Sequence[tuple[int, int, str]]) -> None:
    """Make these the entities where they stand; what overlaps them goes."""
    taken = {i for start, end, _ in names for i in range(start, end)}
    others = [(ent.start, ent.end, ent.label_) for ent in text.ents if taken.isdisjoint(range(ent.start, ent.end))]
    text.name(sorted([*others, *names]))
