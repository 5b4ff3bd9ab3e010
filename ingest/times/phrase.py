"""One match of a rule in its text: its words, what stands around it, and the day from which it is told."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from ingest.times import almanac
from ingest.times.almanac import Period
from ingest.times.expression import Granularity, Meaning, TimeKind
from ingest.times.words import DIRECTIONS, ORDINALS, PLURALS, THIRDS, Words

CALENDAR_UNITS = {
    "day": Granularity.DAY,
    "week": Granularity.WEEK,
    "fortnight": Granularity.WEEK,
    "weekend": Granularity.WEEKEND,
    "month": Granularity.MONTH,
    "quarter": Granularity.QUARTER,
    "year": Granularity.YEAR,
    "decade": Granularity.DECADE,
    "century": Granularity.CENTURY,
}
# Without words on the future a month or day more than so many months ahead lies in the year before.
AHEAD = 4
BEHIND = 10  # one more than so many months back lies in the year after
UNRESOLVED = {
    Granularity.DAY: "XXXX-XX-XX",
    Granularity.WEEK: "XXXX-WXX",
    Granularity.WEEKEND: "XXXX-WXX-WE",
    Granularity.MONTH: "XXXX-XX",
    Granularity.QUARTER: "XXXX-QX",
    Granularity.YEAR: "XXXX",
    Granularity.DECADE: "XXX",
    Granularity.CENTURY: "XX",
}
WINDOW = 60  # characters in which a word may announce a future date
FUTURE = re.compile(
    r"\b(?:will|won['’]t|shall|to be|upcoming|scheduled|due|expected|plans? to|planned|set to|set for|slated"
    r"|is to|are to|going to|until|deadline|payable|as early as|no later than)\b|['’]ll\b|\bby $"
)
SAID = re.compile(r"[a-z0-9)”\"]{3}[.!?]\s|[;\n]|\b(?:said|told|announced|reported|added|was|were|had|met)\b")


@dataclass(slots=True, kw_only=True)
class Phrase:
    """What a rule's reading may look at."""

    text: str
    words: Words
    match: re.Match[str]
    published: date | None
    anchor: date | None  # the last day that the text named before, or the publication

    def word(self, *groups: str) -> str:
        """The words of the first of these groups that took part, in lower case; "" when none did."""
        for group in groups:
            start, end = self.match.span(group)
            if end > start:
                return self.words.joined(start, end)
        return ""

    def has(self, *groups: str) -> bool:
        """Whether one of these groups took part."""
        return any(self.match.end(group) > self.match.start(group) for group in groups)

    @property
    def start(self) -> int:
        """The first character."""
        return self.words.starts[self.match.start()]

    def before(self, count: int = 1) -> str:
        """The words just before, in lower case."""
        first = self.match.start()
        return self.words.joined(max(0, first - count), first)

    @property
    def after(self) -> str:
        """The next word, in lower case; "" at the end of the text."""
        return self.words[self.match.end()]

    @property
    def letter_after(self) -> str:
        """The next word's letter; "." at the end of the text."""
        last = self.match.end()
        return self.words.letters[last] if last < len(self.words.letters) else "."

    def capital(self, group: str) -> bool:
        """Whether a group's first word has a capital."""
        return self.text[self.words.starts[self.match.start(group)]].isupper()

    @property
    def future(self) -> bool:
        """Whether the words before speak of what is to come."""
        window = self.text[max(0, self.start - WINDOW) : self.start].lower()
        ends = [hint.end() for hint in FUTURE.finditer(window)]
        return bool(ends) and not SAID.search(window, ends[-1])

    def direction(self, *groups: str) -> int:
        """-1 for "last", 1 for "next", 0 for "this", "current" or nothing."""
        return next((DIRECTIONS[word] for word in self.word(*groups).split() if word in DIRECTIONS), 0)

    def told_from(self, group: str) -> date | None:
        """The day from which "last", "previous", "that" … count."""
        words = set(self.word(group).split())
        return self.anchor if words & {"previous", "following", "preceding", "that", "same"} else self.published

    def unit(self, *groups: str) -> str:
        """The unit, in the singular."""
        word = self.word(*groups)
        return PLURALS.get(word, word)


def ordinal(word: str) -> int:
    """The number of "third" or "3rd"; 0 when it is none."""
    digits = "".join(char for char in word if char in "0123456789")
    return int(digits) if digits else ORDINALS.get(word, 0)


def third(phrase: Phrase, *groups: str) -> str:
    """ "early", "mid" or "late", whichever the words say; "" when none."""
    return next((THIRDS[word] for word in phrase.word(*groups).split() if word in THIRDS), "")


def as_date(period: Period, part: str = "") -> Meaning:
    """A calendar period, or its early, middle or late part."""
    interval = period.interval
    if part and period.granularity is not Granularity.DAY:
        interval = almanac.part_of(interval, part)
    return Meaning(kind=TimeKind.DATE, value=period.value, granularity=period.granularity, interval=interval)


def likely_year(phrase: Phrase, month: int) -> int | None:
    """The year of a month told without one."""
    if phrase.published is None:
        return None
    distance = month - phrase.published.month
    if phrase.future:
        return phrase.published.year + (1 if distance < -1 else 0)
    return phrase.published.year - (1 if distance > AHEAD else -1 if distance < -BEHIND else 0)
