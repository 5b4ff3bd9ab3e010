"""The words of time: every word of a text becomes one letter, and the grammar is written over these letters."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from ingest.numerals import SMALL_NUMBERS
from ingest.times.expression import Granularity as G

MONTHS = "january february march april may june july august september october november december".split()
SHORT_MONTHS = {"sept": 9} | {name[:3]: number for number, name in enumerate(MONTHS, 1) if name != "may"}
MONTH_NUMBERS = SHORT_MONTHS | {name: number for number, name in enumerate(MONTHS, 1)}
WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
SHORT_WEEKDAYS = {"tues": 2, "thur": 4, "thurs": 4} | {name[:3]: number for number, name in enumerate(WEEKDAYS, 1)}
WEEKDAY_NUMBERS = SHORT_WEEKDAYS | {name: number for number, name in enumerate(WEEKDAYS, 1)}
ORDINALS = {
    name: number
    for number, name in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
        "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split(),
        1,
    )
}
# Each unit with its granularity and how a TIMEX3 duration writes it.
UNITS = {
    "second": (G.SECOND, "T{}S"), "minute": (G.MINUTE, "T{}M"), "hour": (G.HOUR, "T{}H"), "day": (G.DAY, "{}D"),
    "week": (G.WEEK, "{}W"), "fortnight": (G.WEEK, "{}W"), "weekend": (G.WEEKEND, "{}WE"), "month": (G.MONTH, "{}M"),
    "quarter": (G.QUARTER, "{}Q"), "year": (G.YEAR, "{}Y"), "decade": (G.DECADE, "{}DE"),
    "century": (G.CENTURY, "{}CE"),
}  # fmt: skip
PLURALS = {unit + "s": unit for unit in UNITS if unit != "century"} | {"centuries": "century"}
SEASON_CODES = {"spring": "SP", "summer": "SU", "fall": "FA", "autumn": "FA", "winter": "WI"}
PARTS = {
    "dawn": "MO", "daybreak": "MO", "sunrise": "MO", "morning": "MO", "mornings": "MO", "lunchtime": "MI",
    "afternoon": "AF", "afternoons": "AF", "evening": "EV", "evenings": "EV", "dusk": "EV", "sunset": "EV",
    "nightfall": "EV", "night": "NI", "nights": "NI", "noon": "MI", "midday": "MI", "midnight": "NI",
}  # fmt: skip
DECADE_WORDS = {
    name: number
    for number, name in enumerate("twenties thirties forties fifties sixties seventies eighties nineties".split(), 2)
}
DIRECTIONS = {
    "last": -1, "past": -1, "previous": -1, "prior": -1, "preceding": -1,
    "next": 1, "coming": 1, "following": 1, "upcoming": 1,
}  # fmt: skip
REFERENCES = {
    "now": "PRESENT_REF", "currently": "PRESENT_REF", "current": "PRESENT_REF", "nowadays": "PRESENT_REF",
    "presently": "PRESENT_REF", "recently": "PAST_REF", "recent": "PAST_REF", "previously": "PAST_REF",
    "formerly": "PAST_REF", "soon": "FUTURE_REF", "future": "FUTURE_REF",
}  # fmt: skip
FREQUENCIES = {
    "hourly": "PT1H", "daily": "P1D", "nightly": "XXXX-XX-XXTNI", "weekly": "P1W", "monthly": "P1M",
    "quarterly": "P1Q", "yearly": "P1Y", "annually": "P1Y",
}  # fmt: skip
THIRDS = {
    "early": "early", "beginning": "early", "start": "early", "outset": "early", "mid": "mid", "middle": "mid",
    "late": "late", "end": "late", "close": "late",
}  # fmt: skip
ZONES = "est edt cst cdt mst mdt pst pdt gmt utc bst cet et eastern local time|eastern time|pacific time"

# Letter → the words it stands for; "x" is any other word, punctuation stands for itself.
LETTERS = {
    "M": " ".join(name for name in MONTHS if name not in ("march", "may")),
    "A": "march may",
    "b": " ".join(SHORT_MONTHS),
    "W": " ".join(WEEKDAYS),
    "w": " ".join(SHORT_WEEKDAYS),
    "V": " ".join(name + "s" for name in WEEKDAYS),
    "t": "today yesterday tomorrow",
    "n": "tonight overnight",
    "T": " ".join(word for word in PARTS if word not in ("noon", "midday", "midnight")),
    "K": "noon midday midnight",
    "m": "am pm",
    "U": " ".join(unit for unit in UNITS if unit != "second"),
    "P": " ".join(PLURALS),
    "u": "period",
    "S": " ".join(SEASON_CODES),
    "D": " ".join(DECADE_WORDS),
    "N": " ".join([*SMALL_NUMBERS, "hundred", "thousand", "dozen"]),
    "v": "several few couple many some",
    "H": "half",
    "o": " ".join(ORDINALS),
    "a": "a an",
    "d": "the",
    "h": "this that these those",
    "l": " ".join(DIRECTIONS),
    "e": "early late mid",
    "B": "earlier later",
    "p": "end beginning start middle close outset",
    "E": "each every",
    "g": "ago",
    "f": "of",
    "r": "to or and through",
    "I": "in on at",
    "j": "trading business working calendar consecutive straight more additional full whole long school",
    "F": "fiscal current latest entire same comparable corresponding",
    "q": "about around nearly almost over roughly approximately some within",
    "R": " ".join(word for word in REFERENCES if word != "current"),
    "s": " ".join(FREQUENCIES),
    "O": "old",
}
LEXICON = {word: letter for letter, words in LETTERS.items() for word in words.split()}
LEXICON |= dict.fromkeys(
    ("at least", "at most", "no more than", "no less than", "more than", "less than", "fewer than", "up to"), "q"
)
LEXICON |= {"o'clock": "k", "o’clock": "k", "'s": "'", "’s": "'", "’": "'", "–": "-", "—": "x", "--": "x"}
LEXICON |= {zone: "z" for words in ZONES.split("|") for zone in ([words] if " time" in words else words.split())}
LEXICON |= {"local time": "z", "a.m": "m", "p.m": "m", "a.m.": "m", "p.m.": "m"}
LEXICON |= {mark: mark for mark in ",.-'/"}
del LEXICON["et"]  # a French word and a Latin one more often than Eastern Time

TOKEN = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9])"
    r"|[0-9]{1,2}/[0-9]{1,2}/[0-9]{2,4}(?![0-9])"
    r"|[0-9]{1,2}[:.][0-9]{2}(?=\s?[ap]\.?m\b)|[0-9]{1,2}:[0-9]{2}(?![0-9:])"
    r"|[0-9]+(?:st|nd|rd|th|s)\b|['’][0-9]0s\b"
    r"|[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?"
    r"|[ap]\.m\b\.?|o['’]clock\b"
    r"|(?:at (?:least|most)|(?:no )?(?:more|less) than|fewer than|up to|(?:local|eastern|pacific) time)\b"
    r"|[^\W\d_]+|['’]s\b|--|\n|[^\w\s]"
)


def letter_of_number(token: str) -> str:
    """The letter of a token that begins with a digit."""
    last = token[-1]
    if last in "thd" or token.endswith("st"):
        return "o"
    if last == "s":
        return "D" if token[-2] == "0" and len(token) in (3, 5) else "x"
    if ":" in token:
        return "C"
    if "/" in token:
        return "G"
    if "-" in token:
        return "L"
    if "." in token or "," in token:
        return "9"
    return "Y" if len(token) == 4 and "1000" <= token < "2200" else "9"


@dataclass(frozen=True, slots=True)
class Words:
    """A text's words in lower case, their places, and one letter for each."""

    words: list[str]
    spans: list[tuple[int, int]]
    letters: str

    def at(self, start: int) -> int:
        """The index of the first word at or after a character."""
        return bisect_left(self.spans, (start, start))


def read_words(text: str) -> Words:
    """Split a text; a line break is a word of its own, and the grammar never reaches across it."""
    lower = text.lower()
    if len(lower) != len(text):  # a few capitals grow when lowered, and offsets must hold
        lower = "".join(small if len(small := char.lower()) == 1 else char for char in text)
    matches = list(TOKEN.finditer(lower))
    words = [match.group() for match in matches]
    letter = LEXICON.get
    letters = "".join(
        [
            letter(word, "x") if not "0" <= word[0] <= "9" else letter_of_number(word)
            if not (word[0] in "'’" and len(word) == 4) else "D"
            for word in words
        ]
    )  # fmt: skip
    return Words(words, [match.span() for match in matches], letters)
