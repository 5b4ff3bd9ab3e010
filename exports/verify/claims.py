"""Whether every claim is said where it says: its words, its number, and who makes it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from exports.rdf.literals import DATE, STRING, well_formed
from exports.rdf.terms import concept, term
from exports.verify.problem import Kind, Problem
from exports.verify.view import Cited, View
from ingest.article import Qualifier
from ingest.numerals import Numeral, find_numerals

# The number grammar looks at most 70 characters back and a few words ahead; units stand a clause away at most.
BEFORE, BEHIND = 120, 80
UNIT_REACH = 200
# Between a name and who speaks for it: nothing much, or "of the ruling".
NEXT_TO = re.compile(r"[^\w.;:!?]{0,3}|(?:['’]s)?\s+(?:of|for|at|from|with|in)(?:\s+[\w-]+){0,4}\s+")
_HEDGES = {concept(qualifier).value: qualifier for qualifier in Qualifier}


def check_claims(view: View) -> Iterator[Problem]:
    """Each claim against the words around the mention that it cites."""
    source, quoted = view.one("prov:hadPrimarySource"), view.one("prov:wasQuotedFrom")
    words = view.one("schema:text")
    numbers = _Numbers(view)
    speakers = _Speakers(view)
    for claim, mention in quoted.items():
        cited = view.mentions.get(mention)
        text = None if cited is None else view.texts.get(cited.article)
        if cited is None or text is None:
            continue  # the shapes tell of it
        if source.get(claim, cited.article) != cited.article:
            yield view.problem(
                Kind.CLAIM,
                claim,
                "the mention that the claim cites is of another article",
                expected=source[claim],
                found=cited.article,
                cites=mention,
            )
        said = words.get(claim, "")
        if not _spans(text, said, cited):
            yield view.problem(
                Kind.CLAIM,
                claim,
                "the claim's words do not stand around the number that it cites",
                expected=f'"{said}"',
                found=f'"{_around(text, cited)}"',
                cites=mention,
            )
        yield from numbers.problems(claim, mention, cited, text)
        yield from speakers.problems(claim, mention, cited, text)


class _Numbers:
    """Compares the number of each claim with the one that its mention is read as."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._value, self._upper = view.one("ng:value"), view.one("ng:upper")
        self._texts = view.columns.kinds(term("ng:value").value).get(STRING)
        self._qualifier, self._unit = view.one("ng:qualifier"), view.one("ng:unit")

    def problems(self, claim: str, mention: str, cited: Cited, text: str) -> Iterator[Problem]:
        """What differs."""
        value = self._value.get(claim)
        if value is None:
            return
        if self._texts is not None and claim in self._texts.first:
            if value not in text:
                yield self._problem(claim, mention, "the article does not hold the value", value, _around(text, cited))
            return
        read = _numeral(text, cited)
        if read is None:
            yield self._problem(claim, mention, "no number stands where the claim cites one", value, cited.text)
            return
        if _number(value) != read.value:
            yield self._problem(claim, mention, "the words give another number", value, _said(read, cited))
        upper = self._upper.get(claim)
        if (None if upper is None else _number(upper)) != read.upper:
            yield self._problem(claim, mention, "the words give another upper end", upper or "none", _said(read, cited))
        qualifier = _HEDGES.get(self._qualifier.get(claim, ""))
        if qualifier is not None and qualifier != read.qualifier:
            found = f"{read.qualifier.value}: {_around(text, cited)}"
            yield self._problem(claim, mention, "the words hedge the number otherwise", qualifier.value, found)
        yield from self._wrong_unit(claim, mention, cited, text, read)

    def _wrong_unit(self, claim: str, mention: str, cited: Cited, text: str, read: Numeral) -> Iterator[Problem]:
        unit = self._unit.get(claim)
        sign = "%" if read.percent else read.currency
        if sign is not None and unit != sign:
            yield self._problem(claim, mention, "the words count something else", unit or "nothing", sign)
        elif sign is None and unit is not None:
            near = text[max(0, cited.begin - UNIT_REACH) : cited.end + UNIT_REACH]
            if unit not in near:
                yield self._problem(claim, mention, "what is counted is not said there", unit, _around(text, cited))

    def _problem(self, claim: str, mention: str, what: str, expected: str, found: str) -> Problem:
        return self._view.problem(Kind.CLAIM, claim, what, expected=expected, found=found, cites=mention)


class _Speakers:
    """Looks for who makes each claim in its article, and compares the day of the claim with the article's."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._speaker, self._said_by = view.one("prov:wasAttributedTo"), view.one("ng:saidBy")
        self._name = view.one("schema:name")
        self._as_of = view.columns.kinds(term("ng:asOf").value).get(DATE)
        self._published = view.columns.kinds(term("schema:datePublished").value).get(DATE)

    def problems(self, claim: str, mention: str, cited: Cited, text: str) -> Iterator[Problem]:
        """Who is named elsewhere only, or not called as the claim has it; and a day after the article's."""
        said_by, speaker = self._said_by.get(claim), self._speaker.get(claim)
        if said_by is not None and said_by not in text:
            yield self._problem(claim, mention, "the article calls nobody so", said_by, "nothing")
        if speaker is not None:
            called = self._called(speaker, cited.article)
            if not called:
                yield self._problem(
                    claim, mention, "the article does not name who makes the claim", self._name.get(speaker, speaker),
                    "no mention",
                )  # fmt: skip
            elif said_by is not None and not _beside(text, said_by, called):
                yield self._problem(
                    claim, mention, "who makes the claim is somebody else", said_by, self._name.get(speaker, speaker)
                )
        if self._as_of is not None and self._published is not None:
            day, published = self._as_of.first.get(claim), self._published.first.get(cited.article)
            if day and published and well_formed(DATE, day) and well_formed(DATE, published) and day > published:
                yield self._problem(claim, mention, "the claim is for a day after its article", published, day)

    def _called(self, speaker: str, article: str) -> set[str]:
        """How an article calls a speaker."""
        cited = (self._view.mentions.get(each) for each in self._view.mentions_of.get(speaker, ()))
        return {each.text for each in cited if each is not None and each.article == article}

    def _problem(self, claim: str, mention: str, what: str, expected: str, found: str) -> Problem:
        return self._view.problem(Kind.CLAIM, claim, what, expected=expected, found=found, cites=mention)


def _beside(text: str, said_by: str, called: set[str]) -> bool:
    """Whether a name stands in or right beside the words for who says so: "a senior official of Acme"."""
    if any(each in said_by or said_by in each for each in called):
        return True
    names = [found.span() for each in called for found in re.finditer(re.escape(each), text)]
    for words in re.finditer(re.escape(said_by), text):
        for (_, end), (start, _) in (sorted((words.span(), name)) for name in names):
            if NEXT_TO.fullmatch(text[end:start]):
                return True
    return False


def _spans(text: str, words: str, cited: Cited) -> bool:
    """Whether some words stand in a text so that a mention is among them."""
    if not words:
        return True  # the shapes tell of it
    place = text.find(words, max(0, cited.end - len(words)))
    return 0 <= place <= cited.begin


def _numeral(text: str, cited: Cited) -> Numeral | None:
    """The number that a mention is read as; where the reader marks other characters, the one that they hold."""
    start = max(0, cited.begin - BEFORE)
    found = [
        each
        for each in find_numerals(text[start : cited.end + BEHIND])
        if each.start < cited.end - start and each.end > cited.begin - start
    ]
    same = [each for each in found if (each.start, each.end) == (cited.begin - start, cited.end - start)]
    return next(iter(same or found), None)


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _said(read: Numeral, cited: Cited) -> str:
    upper = "" if read.upper is None else f" to {read.upper:,.15g}"
    return f'{read.value:,.15g}{upper} ("{cited.text}")'


def _around(text: str, cited: Cited) -> str:
    """The words around a mention, in one line."""
    return " ".join(text[max(0, cited.begin - 30) : cited.end + 30].split())


def values_of(view: View, value: str, upper: str) -> Mapping[str, tuple[float | str, float | None, str | None]]:
    """Value, upper end and qualifier of each claim or finding, numbers as numbers."""
    uppers, hedges = view.one(upper), view.one("ng:qualifier")
    found: dict[str, tuple[float | str, float | None, str | None]] = {}
    for thing, text in view.one(value).items():
        number = _number(text)
        highest = _number(uppers[thing]) if thing in uppers else None
        found[thing] = (text if number is None else number, highest, hedges.get(thing))
    return found
