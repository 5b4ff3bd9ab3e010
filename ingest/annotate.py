"""Articles to annotated articles: the language model's reading, turned into mentions, events, numbers and facts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice
from pathlib import Path

from ingest.article import AnnotatedArticle, Article, EntityRelation, Quantity, Status
from ingest.extract.entities import mark_entities
from ingest.extract.events import find_events, finished, further_events, marked
from ingest.extract.given import GivenNames, GivenTerms, OtherNames
from ingest.extract.marks import Marks, Time, in_order
from ingest.extract.nominals import mark_nominals
from ingest.extract.numbers import find_quantities
from ingest.extract.relations import find_relations
from ingest.extract.roles import Draft
from ingest.extract.ties import find_ties
from ingest.extract.when import mark_times, when
from ingest.language.mentions import shipped_encoder
from ingest.language.pipeline import load, reader_of
from ingest.language.text import Text
from ingest.language.tokens import Tokenizer, Tokens
from ingest.setup import TOGETHER, Setup


class Annotator:
    """Reads articles with one language model; `every_mention` as for `annotated`. A setup says all of it, and more."""

    def __init__(self, model: Path | None = None, *, every_mention: bool = False, setup: Setup | None = None) -> None:
        setup = setup or Setup(model=model, every_mention=every_mention)
        nlp = load(setup.model)
        self._tokenizer, self._reader = Tokenizer(nlp), reader_of(nlp)
        self._every_mention = setup.every_mention
        self._marks: list[Callable[[Text], None]] = []  # what others know, put on a text that was read
        if setup.ner:
            self._marks.append(OtherNames(setup.ner).mark)
        if setup.names:
            self._marks.append(GivenNames(nlp, setup.types_of_names()).mark)
        if setup.terms:
            self._marks.append(GivenTerms(setup.terms).mark)
        self.version = setup.version

    def annotate(self, articles: Iterable[Article]) -> Iterator[AnnotatedArticle]:
        """Annotate articles in order."""
        waiting = iter(articles)
        while group := list(islice(waiting, TOGETHER)):
            for article, read in zip(group, self._reader.read_all(map(self._tokens, group)), strict=True):
                for mark in self._marks:
                    mark(read)
                found = annotated(article, read, every_mention=self._every_mention)
                read.let_go()
                yield found

    def _tokens(self, article: Article) -> Tokens:
        return self._tokenizer(article.text, article.paragraphs)

    def describe(self) -> dict[str, str]:
        """What a report says of the model and its runtime."""
        return self._reader.model.describe()


def is_to_come(time: Time | None, published: date | None) -> bool:
    """Whether a time lies wholly after the day of publication."""
    start = time.interval.start if time is not None and time.interval is not None else None
    return start is not None and published is not None and start > published


def vectors_of(doc: Text, drafts: Sequence[Draft]) -> list[str]:
    """The vector of each event mention."""
    return shipped_encoder().vectors(doc, [draft.extent or (draft.token.i, draft.token.i + 1) for draft in drafts])


def annotated(article: Article, doc: Text, *, every_mention: bool = False) -> AnnotatedArticle:
    """What one read text says; `every_mention` keeps also what names nobody and what is of no type."""
    marks = Marks(doc, article.text)
    mark_entities(marks)
    times = mark_times(marks, article.published)
    drafts = find_events(marks)
    quantities = find_quantities(marks, drafts)
    triggers = frozenset(draft.token.i for draft in drafts)
    if every_mention:
        drafts += further_events(marks, drafts)
    dated = [(draft, when(draft, times, triggers)) for draft in drafts]
    for draft, time in dated:
        if draft.status is Status.HAPPENED and is_to_come(time, article.published):
            draft.status = Status.PLANNED  # "shareholders vote on August 28"
    told = [marked(draft, marks, time) for draft, time in dated]
    spoken = mark_nominals(marks) if every_mention else []
    relations = [*find_relations(marks), *find_ties(marks)]
    mentions, moved = in_order(marks.mentions)
    vectors = vectors_of(doc, drafts) if every_mention else [""] * len(drafts)
    return AnnotatedArticle(
        article=article,
        mentions=mentions,
        events=tuple(
            finished(draft, one, time, moved, vector)
            for (draft, time), one, vector in zip(dated, told, vectors, strict=True)
        ),
        quantities=tuple(
            Quantity(
                mention=moved[each.mention], event=each.event, property=each.property, value=each.value,
                upper=each.upper, qualifier=each.qualifier, unit=each.unit, said_by=each.said_by,
                speaker=None if each.speaker is None else moved[each.speaker], start=each.start, end=each.end,
            )
            for each in quantities
        ),
        relations=tuple(
            EntityRelation(
                subject=moved[each.subject], predicate=each.predicate,
                object=None if each.object is None else moved[each.object], value=each.value,
                start=each.start, end=each.end,
            )
            for each in relations
        ),
        sentences=tuple((sent.start_char, sent.end_char) for sent in doc.sents),
        wordings=tuple(replace(wording, mention=moved[wording.mention]) for wording in spoken),
    )  # fmt: skip
