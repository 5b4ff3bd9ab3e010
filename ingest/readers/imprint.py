"""What a page says of itself: title, date, byline, publisher, address, in lines of their own or a dateline."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ingest.article import DateSource
from ingest.readers.dates import parse_date, parse_day_before, parse_day_near

_LABEL = re.compile(r"(?P<label>[A-Za-z][A-Za-z ]{1,20}?)\s*:\s*(?P<value>\S.*)")
_LABELS = {
    "title": "title", "headline": "title",
    "published": "published", "published on": "published", "date": "published", "posted": "published",
    "posted on": "published", "publication date": "published", "date published": "published",
    "publisher": "publisher", "source": "publisher", "publication": "publisher", "outlet": "publisher",
    "byline": "byline", "author": "byline", "authors": "byline", "written by": "byline", "reporter": "byline",
    "url": "url", "link": "url",
    "updated": "updated", "last updated": "updated", "updated on": "updated",
}  # fmt: skip
_STAMP = re.compile(
    r"(?:(?:this (?:article|story|post|report|piece) (?:was|has been) )?"
    r"(?P<verb>(?:first |originally |last )?(?:published|posted|updated|modified))\s*(?:on\s+|:\s*)?)?(?P<day>.+)",
    re.IGNORECASE,
)
_BYLINE = re.compile(r"(?:(?:story|words|text|written|reported|posted)\s+)?by:?\s+(?P<names>[^\W\d_].*)", re.IGNORECASE)
_SMALL_NAME_WORDS = frozenset(
    ("and", "&", "de", "del", "der", "di", "du", "la", "le", "van", "von", "den", "ten", "bin", "ibn", "al", "el",
     "in", "for", "of", "the", "at")
)  # fmt: skip
_NOT_NAMES = re.compile(
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:january|february|march|april|may|june|july|august|september"
    r"|october|november|december)\b|the\b|then\b|now\b",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"\s+[|·•]\s+|\s+[–—]\s+")
_MONTH = r"(?i:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[A-Za-z]{0,6}\.?"
_DAY = rf"(?P<day>{_MONTH} \d{{1,2}}(?:,? \d{{4}})?|\d{{1,2}} {_MONTH}(?:,? \d{{4}})?)"
_AGENCY = r"\((?P<agency>[A-Z][\w.'’&/ -]{1,30})\)"
_PLACE = r"(?P<place>[A-Z][\w.'’/ -]{1,40}(?:,? \[[A-Z][\w.'’ -]{1,30}\])?(?:, [A-Z][\w.'’ -]{1,30}){0,2}?)"
_DATELINES = tuple(
    re.compile(form)
    for form in (
        rf"{_DAY}\s+{_AGENCY}\s?[—–-]{{1,2}}\s+(?=\S)",
        rf"{_PLACE}(?:,\s+{_DAY})?(?:\s+{_AGENCY})?\s+[—–-]{{1,2}}\s+(?=\S)",
        rf"{_PLACE}(?:,\s+{_DAY})?\s+{_AGENCY}(?:—|–|--)(?=\S)",
        rf"{_PLACE},\s+{_DAY}(?:\s+{_AGENCY})?:\s+(?=\S)",  # of South Asian papers
    )
)
# Without a day, "Ada Lind (Labour) – 312 votes" looks much the same; an agency's paragraph goes on for longer.
SHORTEST_LEAD = 100
# "On Tuesday, June 3 – a week before the vote – …" opens a sentence.
_NO_PLACE = re.compile(
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|(?:on|in|at|by|since|from|until|after|before|between|late|early)\s",
    re.IGNORECASE,
)
# A reader looks for these lines at the head and the foot of a page; in between, "Source: …" is part of the story.
HEAD, FOOT = 6, 4
LONGEST_LINE = 160
_ORDER = tuple(DateSource)


@dataclass(frozen=True, slots=True, kw_only=True)
class Imprint:
    """What was found so far; None where the page is silent."""

    title: str | None = None
    published: date | None = None
    dated_by: DateSource | None = None  # None where published is
    publisher: str | None = None
    byline: str | None = None
    url: str | None = None

    def filled_by(self, other: Imprint) -> Imprint:
        """This imprint, with what it lacks taken from the other; of two days, that from the better place."""
        dated = min((self, other), key=lambda each: _ORDER.index(each.dated_by) if each.dated_by else len(_ORDER))
        return Imprint(
            title=self.title or other.title,
            published=dated.published,
            dated_by=dated.dated_by,
            publisher=self.publisher or other.publisher,
            byline=self.byline or other.byline,
            url=self.url or other.url,
        )


def is_label(line: str) -> bool:
    """Whether a line opens with a label of the imprint, such as "Published:"."""
    found = _LABEL.fullmatch(line)
    return found is not None and found["label"].strip().lower() in _LABELS


def split_imprint(texts: Sequence[str]) -> tuple[Imprint, set[int]]:
    """The imprint of a page given as its paragraphs, and which of them are nothing but imprint."""
    imprint, spent = Imprint(), set()
    for place, text in enumerate(texts):
        at_edge = place < HEAD or place >= len(texts) - FOOT
        found = _read_line(text, at_edge=at_edge) if len(text) <= LONGEST_LINE + 100 else None
        if found is not None:
            imprint = imprint.filled_by(found)
            spent.add(place)
    return imprint, spent


def read_dateline(paragraph: str, known: date | None, last: date | None = None) -> Imprint:
    """What "KYIV, June 11 (Agency) —" at the start of a paragraph says.

    Where it leaves out the year, a day known from elsewhere tells it, or else the last day that it can be.
    """
    if _NO_PLACE.match(paragraph):
        return Imprint()
    for form in _DATELINES:
        said = found.groupdict() if (found := form.match(paragraph)) else {}
        words, agency, place = (said.get(key) or "" for key in ("day", "agency", "place"))
        if words or (agency and (place.isupper() or len(paragraph) >= SHORTEST_LEAD)):
            day = parse_date(words) or parse_day_near(words, known) or (last and parse_day_before(words, last))
            return Imprint(published=day, dated_by=DateSource.DATELINE if day else None, publisher=agency or None)
    return Imprint()


def read_label(label: str, value: str) -> Imprint | None:
    """What one "Label: value" says; None when the label is not known or the value does not fit it."""
    kind, value = _LABELS.get(label.strip().lower()), value.strip().strip("\"'").strip()
    if not value:
        return None
    found = {
        "title": Imprint(title=value),
        "publisher": Imprint(publisher=value),
        "byline": Imprint(byline=value),
        "url": Imprint(url=value) if re.fullmatch(r"https?://\S+", value) else None,
        "published": Imprint(published=day, dated_by=DateSource.METADATA) if (day := parse_date(value)) else None,
        "updated": Imprint() if day else None,  # told apart so that it is not taken for the first publication
    }
    return found.get(kind or "")


def _read_line(text: str, *, at_edge: bool) -> Imprint | None:
    """The imprint that a whole line is, or None for a line of the story."""
    if found := _LABEL.fullmatch(text):
        label = found["label"].strip().lower()
        if _LABELS.get(label) == "title" and at_edge:
            return read_label(label, found["value"])
    if len(text) > LONGEST_LINE:
        return None
    imprint = Imprint()
    for part in _SEPARATOR.split(text):
        read = _read_part(part, at_edge=at_edge)
        if read is None:
            return None
        imprint = imprint.filled_by(read)
    return imprint


def _read_part(part: str, *, at_edge: bool) -> Imprint | None:
    if found := _LABEL.fullmatch(part):
        read = read_label(found["label"], found["value"])
        return read if at_edge or (read and (read.published or _LABELS[found["label"].lower()] == "updated")) else None
    if not at_edge:
        return None
    if (stamp := _STAMP.fullmatch(part)) and (day := parse_date(stamp["day"])):
        is_later = (stamp["verb"] or "").lower().endswith(("updated", "modified"))
        return Imprint() if is_later else Imprint(published=day, dated_by=DateSource.TEXT)
    return _read_byline(part)


def _read_byline(part: str) -> Imprint | None:
    name, _, rest = part.partition(",")
    day = parse_date(rest) if rest.strip() else None
    found = _BYLINE.fullmatch(name if day else part)
    if not found or _NOT_NAMES.match(found["names"]):
        return None
    words = found["names"].replace(",", " ").split()
    are_names = all(word[0].isupper() or word.lower() in _SMALL_NAME_WORDS for word in words)
    if not are_names or len(words) < 2 or len(words) > 14 or found["names"].endswith((".", "!", "?")):
        return None
    return Imprint(byline=found["names"].strip(), published=day, dated_by=DateSource.TEXT if day else None)
