"""One match of a rule in its text: its words, what stands around it, and the day from which it is told."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from ingest.times.expression import Granularity as G
from ingest.times.words import DIRECTIONS, PLURALS, Words

WINDOW = 60  # characters in which a word may announce a future date
FUTURE = re.compile(
    r"\b(?:will|won['’]t|shall|to be|upcoming|scheduled|due|expected|plan(?:s|ned)?|set to|set for|slated|is to|are to"
    r"|going to|until|deadline)\b|['’]ll\b|\bto [a-z]+ (?:\w+ ){0,2}(?:on |by )?$|\bby $"
)
SAID = re.compile(r"[.!?;\n]|\b(?:said|told|announced|reported|added|was|were|had|met)\b")


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
                return " ".join(self.words.words[start:end])
        return ""

    def has(self, *groups: str) -> bool:
        """Whether one of these groups took part."""
        return any(self.match.end(group) > self.match.start(group) for group in groups)

    @property
    def start(self) -> int:
        """The first character."""
        return self.words.spans[self.match.start()][0]

    def before(self, count: int = 1) -> str:
        """The words just before, in lower case."""
        first = self.match.start()
        return " ".join(self.words.words[max(0, first - count) : first])

    @property
    def after(self) -> str:
        """The next word, in lower case; "" at the end of the text."""
        last = self.match.end()
        return self.words.words[last] if last < len(self.words.words) else ""

    @property
    def letter_after(self) -> str:
        """The next word's letter; "." at the end of the text."""
        last = self.match.end()
        return self.words.letters[last] if last < len(self.words.letters) else "."

    def capital(self, group: str) -> bool:
        """Whether a group's first word has a capital."""
        return self.text[self.words.spans[self.match.start(group)][0]].isupper()

    @property
    def future(self) -> bool:
        """Whether the words before speak of what is to come."""
        window = self.text[max(0, self.start - WINDOW) : self.start].lower()
        hint = None
        for hint in FUTURE.finditer(window):
            pass
        return hint is not None and not SAID.search(window, hint.end())

    def direction(self, *groups: str) -> int:
        """-1 for "last", 1 for "next", 0 for "this", "current" or nothing."""
        return next((DIRECTIONS[word] for word in self.word(*groups).split() if word in DIRECTIONS), 0)

    def told_from(self, group: str) -> date | None:
        """The day from which "last", "previous", "that" … count."""
        words = set(self.word(group).split())
        return self.anchor if words & {"previous", "following", "preceding", "that"} else self.published

    def unit(self, *groups: str) -> str:
        """The unit, in the singular."""
        word = self.word(*groups)
        return PLURALS.get(word, word)


CALENDAR_UNITS = {
    "day": G.DAY, "week": G.WEEK, "fortnight": G.WEEK, "weekend": G.WEEKEND, "month": G.MONTH, "quarter": G.QUARTER,
    "year": G.YEAR, "decade": G.DECADE, "century": G.CENTURY,
}  # fmt: skip
