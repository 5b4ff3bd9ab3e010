"""The words of time: every word of a text becomes one letter, and the grammar is written over these letters."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from itertools import accumulate

from ingest.numerals.spelled import ORDINALS as ORDINAL_WORDS
from ingest.numerals.spelled import SMALL_NUMBERS, listed, lowered
from ingest.times.expression import Granularity

MONTHS = listed("january february march april may june july august september october november december")
SHORT_MONTHS = {"sept": 9} | {name[:3]: number for number, name in enumerate(MONTHS, 1) if name != "may"}
MONTH_NUMBERS = SHORT_MONTHS | {name: number for number, name in enumerate(MONTHS, 1)}
WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
SHORT_WEEKDAYS = {"tues": 2, "thur": 4, "thurs": 4} | {name[:3]: number for number, name in enumerate(WEEKDAYS, 1)}
WEEKDAY_NUMBERS = SHORT_WEEKDAYS | {name: number for number, name in enumerate(WEEKDAYS, 1)}
ORDINALS = {name: number for number, name in enumerate(ORDINAL_WORDS, 1)}
# Each unit with its granularity and how a TIMEX3 duration writes it.
UNITS = {
    "second": (Granularity.SECOND, "T{}S"),
    "minute": (Granularity.MINUTE, "T{}M"),
    "hour": (Granularity.HOUR, "T{}H"),
    "day": (Granularity.DAY, "{}D"),
    "week": (Granularity.WEEK, "{}W"),
    "fortnight": (Granularity.WEEK, "{}W"),
    "weekend": (Granularity.WEEKEND, "{}WE"),
    "month": (Granularity.MONTH, "{}M"),
    "quarter": (Granularity.QUARTER, "{}Q"),
    "year": (Granularity.YEAR, "{}Y"),
    "decade": (Granularity.DECADE, "{}DE"),
    "century": (Granularity.CENTURY, "{}CE"),
}
PLURALS = {unit + "s": unit for unit in UNITS if unit != "century"} | {"centuries": "century"}
SEASON_CODES = {"spring": "SP", "summer": "SU", "fall": "FA", "autumn": "FA", "winter": "WI"}
PARTS = {
    "dawn": "MO", "daybreak": "MO", "sunrise": "MO", "morning": "MO", "mornings": "MO", "lunchtime": "MI",
    "afternoon": "AF", "afternoons": "AF", "evening": "EV", "evenings": "EV", "dusk": "EV", "sunset": "EV",
    "nightfall": "EV", "night": "NI", "nights": "NI", "noon": "MI", "midday": "MI", "midnight": "NI",
}  # fmt: skip
DECADE_WORDS = {
    name: number
    for number, name in enumerate(listed("twenties thirties forties fifties sixties seventies eighties nineties"), 2)
}
DIRECTIONS = {
    "last": -1, "past": -1, "previous": -1, "prior": -1, "preceding": -1,
    "next": 1, "coming": 1, "following": 1, "upcoming": 1,
}  # fmt: skip
REFERENCES = {
    "now": "PRESENT_REF", "currently": "PRESENT_REF", "current": "PRESENT_REF", "nowadays": "PRESENT_REF",
    "recently": "PAST_REF", "recent": "PAST_REF", "future": "FUTURE_REF", "past": "PAST_REF",
}  # fmt: skip
FREQUENCIES = {
    "hourly": "PT1H", "daily": "P1D", "nightly": "XXXX-XX-XXTNI", "weekly": "P1W", "monthly": "P1M",
    "yearly": "P1Y", "annually": "P1Y",
}  # fmt: skip
THIRDS = {
    "early": "early", "beginning": "early", "start": "early", "outset": "early", "mid": "mid", "middle": "mid",
    "late": "late", "end": "late", "close": "late",
}  # fmt: skip
ZONES = "est edt cst cdt mst mdt pst pdt gmt utc bst cet"

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
    "q": "about around nearly almost roughly approximately",
    "R": " ".join(word for word in REFERENCES if word not in ("current", "past")),
    "s": " ".join(FREQUENCIES),
    "O": "old",
}
LEXICON = {word: letter for letter, words in LETTERS.items() for word in words.split()}
LEXICON |= dict.fromkeys(
    ("at least", "at most", "no more than", "no less than", "more than", "less than", "fewer than", "up to"), "q"
)
LEXICON |= {"o'clock": "k", "o’clock": "k", "'s": "'", "’s": "'", "’": "'", "–": "-", "—": "x", "--": "x"}
LEXICON |= dict.fromkeys(("local time", "eastern time", "pacific time", *ZONES.split()), "z")
LEXICON |= {"a.m": "m", "p.m": "m", "a.m.": "m", "p.m.": "m"}
LEXICON |= {f"{mark}{ten}0s": "D" for mark in "'’" for ten in range(10)}
LEXICON |= {mark: mark for mark in ",.-'/"}

# Each word and mark as it stands in a text, with the blank behind it or without one.
SPELLED = LEXICON | {f"{word} ": letter for word, letter in LEXICON.items()}

# A word or mark with the blanks after it, so that the tokens together are the whole text. Each alternative begins with
# a letter or a set, which lets the regex engine pass over those that cannot match; plain letters come before any
# others, and of them first those with which no phrase begins.
TOKEN = re.compile(
    r"(?:[bcdghijkqrstvwxyz][a-z]*+(?![^\W\d_])"
    r"|at least\b|at most\b|no more than\b|no less than\b|more than\b|less than\b|fewer than\b|up to\b"
    r"|local time\b|eastern time\b|pacific time\b|o['’]clock\b|[ap]\.m\b\.?"
    r"|[a-z]++(?![^\W\d_])|[^\W\d_]+"
    r"|[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9])"
    r"|[0-9]{1,2}/[0-9]{1,2}/[0-9]{2,4}(?![0-9])"
    r"|[0-9]{1,2}[:.][0-9]{2}(?=\s?[ap]\.?m\b)|[0-9]{1,2}:[0-9]{2}(?![0-9:])"
    r"|[0-9]+(?:st|nd|rd|th|s)\b"
    r"|[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?"
    r"|['’](?:[0-9]0s|s)\b|--|[^ ]|(?<![^\n]) )"
    r" *"
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
    """A text's words in lower case, with the blanks behind them, where each begins, and one letter for each."""

    tokens: list[str]
    starts: list[int]
    letters: str

    def __getitem__(self, index: int) -> str:
        """A word; "" before the first and behind the last."""
        return self.tokens[index].rstrip(" ") if 0 <= index < len(self.tokens) else ""

    def joined(self, start: int, end: int) -> str:
        """Words start:end with one blank between them."""
        return " ".join([token.rstrip(" ") for token in self.tokens[start:end]])

    def at(self, start: int) -> int:
        """The index of the first word at or after a character."""
        return bisect_left(self.starts, start)

    def end(self, index: int) -> int:
        """The character after a word."""
        return self.starts[index] + len(self[index])


def read_words(text: str) -> Words:
    """Split a text; a line break is a word of its own, and the grammar never reaches across it."""
    lower = lowered(text).replace("\t", " ").replace("\xa0", " ").replace("\0", " ")
    tokens = TOKEN.findall(lower)
    words = [token.rstrip(" ") for token in tokens] if "  " in lower else tokens
    letter = SPELLED.get
    letters = "".join([
        letter(word, "x") if word > ":" or word < "0" else letter_of_number(word.rstrip(" ")) for word in words
    ])  # fmt: skip
    return Words(tokens, [0, *accumulate(map(len, tokens))], letters)
