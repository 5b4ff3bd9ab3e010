"""Reads one number, in digits or in words, where it begins."""

from __future__ import annotations

import re

from ingest.numerals.numeral import Bare, NumeralKind, scaled
from ingest.numerals.spelled import MAGNITUDES, ORDINALS, PLURAL_MAGNITUDES, SMALL_NUMBERS, read_spelled

SHORT_MAGNITUDES = {"k": 1e3, "mn": 1e6, "mln": 1e6, "bn": 1e9, "bln": 1e9, "tn": 1e12, "trn": 1e12}
MONEY_MAGNITUDES = {"m": 1e6, "b": 1e9}  # elsewhere "5m" is five metres
CURRENCY_SIGNS = {
    "us$": "USD", "a$": "AUD", "c$": "CAD", "hk$": "HKD", "nz$": "NZD", "s$": "SGD", "r$": "BRL", "$": "USD",
    "£": "GBP", "€": "EUR", "¥": "JPY", "₹": "INR", "₽": "RUB", "₴": "UAH", "₩": "KRW", "₪": "ILS", "₺": "TRY",
    "₦": "NGN", "rs": "INR", "rs.": "INR", "usd": "USD", "eur": "EUR", "gbp": "GBP", "inr": "INR", "chf": "CHF",
}  # fmt: skip
PARTS = {"half": 2, "halve": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "tenth": 10}
NUMBER_WORD = "|".join(sorted([*SMALL_NUMBERS, *MAGNITUDES, "dozen"], key=len, reverse=True))
MAGNITUDE = "|".join([*MAGNITUDES, "dozen"])
# Where a number may begin: plain words only, over which the regex engine passes quickly.
BEGINNINGS = [*SMALL_NUMBERS, *ORDINALS, *PLURAL_MAGNITUDES, "tens of", "several ", "half"]
BEGINNINGS += [f"{article} {word}" for article in ("a", "an") for word in (*MAGNITUDES, "dozen", "half")]
BEGINNINGS += [f"a {word}" for word in ("few", "couple", "third", "quarter", "fifth", "sixth", "tenth")]


def by_letter(words: list[str]) -> str:
    """A pattern for any of these words that tries only those with the right first letter."""
    letters = sorted({word[0] for word in words})
    return "|".join(f"{letter}(?:{'|'.join(word[1:] for word in words if word[0] == letter)})" for letter in letters)


FIRST = re.compile(rf"[0-9]|\b(?:{by_letter(BEGINNINGS)})")
# Codes, telephone numbers, dates, addresses and decades in digits, none of them a number.
JUNK = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9])|[0-9]+(?:[-.][0-9]+){2,}|[0-9]+(?:/[0-9]+)+|[0-9]+:[0-9]+(?::[0-9]+)?"
    r"|(?:[0-9]{4}|[0-9]0)s\b|(?<=\+)[0-9][0-9() -]{7,24}(?<=[0-9])"
)
SIGN = re.compile(r"((?<![^\W_])(?:us|nz|hk|[acsr])?\$|[£€¥₹₽₴₩₪₺₦]|\b(?:rs\.?|usd|eur|gbp|inr|chf))\s?$")
ATTACHED = re.compile(r"(?:[\w@#&=№]|[^\W_][-/]|[0-9][.,:/])$")  # before digits that are no number of their own
_SPACE = "[ \xa0\u2009\u202f]"
# Thousands are set apart by commas, or by spaces; behind "June" or "week" a small number stands by itself.
SPACED = rf"[1-9][0-9]{{0,2}}(?:{_SPACE}[0-9]{{3}})+(?:\.[0-9]+)?(?!{_SPACE}?[0-9]|-[a-z])"
DIGITS = rf"{SPACED}|[0-9]{{1,3}}(?:,[0-9]{{2,3}})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?"
MONTH = (
    r"(?:jan(?:uary|\.)?|feb(?:ruary|\.)?|march|mar\.|apr(?:il|\.)?|may|june?|july?|aug(?:ust|\.)?|sept?(?:ember|\.)?"
    r"|oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?)"
)
BY_ITSELF = re.compile(
    rf"\b(?:{MONTH}|day|week|month|year|war|no\.?|number|page|part|phase|level|stage|grade|class|group|article|section"
    r"|chapter|channel|route|flight|room|aged?|formula|type)\s$"
)
NUMERAL = re.compile(
    rf"(?P<digits>{DIGITS})(?P<suffix>(?:st|nd|rd|th|[mbk]|[\s-]?(?:{MAGNITUDE}|mn|mln|bn|bln|tn|trn))\b)?"
    rf"|(?P<vague>(?:several|a few|a couple of)\s(?:{MAGNITUDE})\b)"
    r"|(?P<tens>(?:tens|hundreds|scores|dozens) of (?:thousands|millions|billions)\b)"
    r"|(?P<plural>(?:dozens|hundreds|thousands|millions|billions|trillions|lakhs|crores|scores(?=\sof\b))\b)"
    r"|(?P<couple>a couple(?=\sof\b))"
    r"|(?P<part>(?:an?|one|two|three|four)[\s-](?:half|halves|(?:third|quarter|fifth|sixth|tenth)s?)"
    r"(?=\sof\b|\sthe\b|-?\s?majority\b))"
    rf"|(?P<half>half[\s-](?:an?\s)?(?:{MAGNITUDE})\b|an?\shalf[\s-](?:{MAGNITUDE})\b)"
    rf"|(?P<ordinal>(?:{'|'.join(ORDINALS)})\b)"
    rf"|(?P<spelled>(?:(?:{NUMBER_WORD})|an?\s(?:{MAGNITUDE}))(?:(?:[\s-]|\sand\s)(?:{NUMBER_WORD})){{0,12}}\b)"
)
FRACTION = re.compile(r"[-\s](?P<above>[1-9][0-9]?)/(?P<below>2|3|4|8|16|32|64)(?![0-9/])")  # "5-1/2 pct"
HALVES = re.compile(rf"\sand\sa\shalf(?:\s(?P<magnitude>{MAGNITUDE})\b)?")
UNIT_GLUED = re.compile(r"(?:km|kg|cm|mm|mw|gw|kw|mph|ft|lbs?|[ap]m|mile|m|k)\b")


def scale_of(word: str, *, money: bool = False) -> float | None:
    """What a magnitude word multiplies by; None when it is none."""
    if word == "dozen":
        return 12.0
    return MAGNITUDES.get(word) or SHORT_MAGNITUDES.get(word) or (MONEY_MAGNITUDES.get(word) if money else None)


def read_number(lower: str, place: int) -> Bare | None:
    """The number that begins at a place of a text in lower case; None for what is no number."""
    match = NUMERAL.match(lower, place)
    if match is None:
        return None
    form = match.lastgroup or ""
    if match["digits"]:
        if not match["digits"].isascii() or " " in match["digits"]:
            head = match["digits"][:3].split()[0]
            if BY_ITSELF.search(lower[max(0, place - 12) : place]):
                match = NUMERAL.fullmatch(lower, place, place + len(head)) or match
        return read_digits(lower, match)
    start, end = match.span(form)
    words = re.split(r"[\s-]+", match[form])
    bare = Bare(start, end, 0.0)
    if form == "spelled":
        return read_words(lower, bare, words)
    if form in ("vague", "tens", "plural"):
        bare.at_least = True
        if form == "vague":
            bare.value = 2 * (scale_of(words[-1]) or 1.0)
        elif form == "plural":
            bare.value = PLURAL_MAGNITUDES[words[0]]
        else:  # "tens of thousands": twice ten times a thousand
            bare.value = (
                (20.0 if words[0] == "tens" else PLURAL_MAGNITUDES[words[0]]) * PLURAL_MAGNITUDES[words[-1]] / 2
            )
    elif form == "couple":
        bare.value = 2.0
    elif form == "part":
        name = words[1] if words[1] in PARTS else words[1].removesuffix("s")
        bare.value, bare.kind = SMALL_NUMBERS.get(words[0], 1) / PARTS[name], NumeralKind.FRACTION
    elif form == "half":
        bare.scale = scale_of(words[-1]) or 1.0
        bare.value = bare.scale / 2
    else:
        bare.value, bare.kind = float(ORDINALS.index(words[0]) + 1), NumeralKind.ORDINAL
    return bare


def opens_line(lower: str, place: int) -> bool:
    """Whether nothing but blanks stands before a place in its line: there "1." numbers an entry of a list."""
    return not lower[lower.rfind("\n", 0, place) + 1 : place].strip()


def read_digits(lower: str, match: re.Match[str]) -> Bare | None:
    """A number in digits with the currency sign before it and its magnitude."""
    start, end = match.span("digits")
    before = lower[max(0, start - 5) : start]
    if (before[-1:] != " " and ATTACHED.search(before)) or len(match["digits"]) > 18:
        return None
    if end - start < 3 and lower[end : end + 2] in (". ", ") ", ".\t") and opens_line(lower, start):
        return None
    bare = Bare(start, end, float(re.sub(r"[,\s]", "", match["digits"])))
    sign = SIGN.search(before)
    if sign:
        bare.sign = sign[1]
    bare.plain = match["digits"].isdecimal()
    suffix = (match["suffix"] or "").lstrip(" -\t\n\xa0")
    if suffix in ("st", "nd", "rd", "th"):
        bare.end, bare.kind = match.end("suffix"), NumeralKind.ORDINAL
        return bare if bare.plain else None
    scale = scale_of(suffix, money=bool(sign)) if suffix else None
    part = FRACTION.match(lower, end)
    if part and bare.plain and int(part["above"]) < int(part["below"]):
        bare.value, bare.end, bare.plain = bare.value + int(part["above"]) / int(part["below"]), part.end(), False
    elif scale is not None:
        bare.value, bare.scale, bare.end, bare.plain = scaled(bare.value, scale), scale, match.end("suffix"), False
    elif lower[end : end + 1].isalpha() and not UNIT_GLUED.match(lower, end):
        return None  # "4x4", "737s"
    return bare


def read_words(lower: str, bare: Bare, words: list[str]) -> Bare | None:
    """A number in words, cut where its words make no number any more."""
    bare.value, used = read_spelled(words)
    if not used:
        return None
    if used < len(words):
        ends = [match.end() for match in re.finditer(r"[^\s-]+", lower[bare.start : bare.end])]
        bare.end = bare.start + ends[used - 1]
    bare.scale = MAGNITUDES.get(words[used - 1], 1.0)
    half = HALVES.match(lower, bare.end)
    if half:
        bare.value += bare.scale / 2
        if half["magnitude"]:
            bare.scale = scale_of(half["magnitude"]) or 1.0
            bare.value *= bare.scale
        bare.end = half.end()
    return bare
