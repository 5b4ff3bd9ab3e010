"""What a number's neighbours say of it: its unit, its hedge, and whether it counts anything."""

from __future__ import annotations

import re

from ingest.article import Qualifier
from ingest.numerals.numeral import Bare, NumeralKind
from ingest.numerals.reading import CURRENCY_SIGNS, MONTH
from ingest.numerals.spelled import listed

CURRENCY_WORDS: dict[str, str | None] = {
    "dollar": "USD", "euro": "EUR", "pound": "GBP", "yen": "JPY", "yuan": "CNY", "renminbi": "CNY", "rupee": "INR",
    "rouble": "RUB", "ruble": "RUB", "hryvnia": "UAH", "franc": "CHF", "peso": "MXN", "lira": "TRY", "riyal": "SAR",
    "dirham": "AED", "naira": "NGN", "shekel": "ILS", "krona": "SEK", "kronor": "SEK", "kroner": "NOK", "zloty": "PLN",
    "cent": "USD", "penny": "GBP", "pence": "GBP", "usd": "USD", "eur": "EUR", "gbp": "GBP",
    "rand": "ZAR", "dong": "VND", "won": "KRW", "reais": "BRL", "ringgit": "MYR", "baht": "THB", "rupiah": "IDR",
    "taka": "BDT", "cedi": "GHS", "birr": "ETB", "kwacha": "ZMW", "forint": "HUF", "lei": "RON", "tenge": "KZT",
    "lari": "GEL", "dram": "AMD", "kyat": "MMK", "tugrik": "MNT", "quetzal": "GTQ", "lempira": "HNL", "guarani": "PYG",
    "afghani": "AFN", "dinar": None, "crown": None, "krone": None, "shilling": None, "rial": None,
}  # fmt: skip  # None: of several countries, which the nation before the word tells apart
HUNDREDTHS = frozenset({"cent", "penny", "pence"})
NATIONS = {
    "u.s.": "USD", "us": "USD", "american": "USD", "australian": "AUD", "canadian": "CAD", "hong kong": "HKD",
    "singapore": "SGD", "new zealand": "NZD", "egyptian": "EGP", "lebanese": "LBP", "syrian": "SYP",
    "pakistani": "PKR", "indian": "INR", "swiss": "CHF", "sterling": "GBP", "french": "FRF", "belgian": "BEF",
    "cfa": "XOF", "kenyan": "KES", "ugandan": "UGX", "tanzanian": "TZS", "norwegian": "NOK", "swedish": "SEK",
    "danish": "DKK", "czech": "CZK", "iraqi": "IQD", "iranian": "IRR", "kuwaiti": "KWD", "jordanian": "JOD",
    "serbian": "RSD", "philippine": "PHP", "mexican": "MXN", "colombian": "COP", "chilean": "CLP", "argentine": "ARS",
    "taiwan": "TWD", "omani": "OMR", "tunisian": "TND", "algerian": "DZD",
}  # fmt: skip
HEDGES = {
    Qualifier.AT_LEAST: "at least|no fewer than|no less than|not less than|a minimum of",
    Qualifier.UP_TO: "up to|as many as|as much as|as high as|no more than|not more than|at most|a maximum of",
    Qualifier.MORE_THAN: "more than|over|above|in excess of|exceeding|greater than|upwards? of|higher than",
    Qualifier.NEARLY: "nearly|almost|close to|approaching|virtually",
    Qualifier.ABOUT: r"about|around|some|roughly|approximately|approx\.?|an? estimated|estimated|circa|an average of",
    Qualifier.LESS_THAN: "just under|less than|fewer than|under|below|lower than|just short of",
}
# "no more than" stands before "more than" here, and both end at the number: the longer begins earlier and is found.
BEFORE = re.compile(
    r"\b(?:(?:well|just|slightly|only|probably|perhaps)\s)?(?:"
    + "|".join(f"(?P<{qualifier.name}>{words})" for qualifier, words in HEDGES.items())
    + r")\s(?:the\s|a\s|an\s)?$"
)
LAST_OF_HEDGES = {re.split(r"[ ?\\]", words)[-1] for group in HEDGES.values() for words in group.split("|")}
LAST_OF_HEDGES |= {"the", "a", "an", "upward", "upwards", "approx", "estimated"}
AFTER = re.compile(
    r"(?P<AT_LEAST>\sor\smore\b|\sat\sleast\b|-plus\b|\+)|(?P<ABOUT>\sor\sso\b)|(?P<UP_TO>\sor\s(?:fewer|less)\b)"
)
NO_NUMBER = re.compile(r"\b(?:one\sin|world\swar)\s$")
NOBODY = re.compile(r"\b(?:no|any|every|some)[- ]$")  # before a number that counts nothing
MONTH_BEFORE = re.compile(rf"\b{MONTH}\s(?:[0-9]+\s?[-–]\s?)?$")
MONTH_AFTER = re.compile(rf"\s(?:of\s)?{MONTH}(?!\w)")
VERB_LIKE = re.compile(r"\s(?:may|march)\b")  # in lower case: "12 may die"
PERCENT = re.compile(r"\s?%|[\s-](?:percent(?:age)?|per\scent|pct)\b")
AGE = re.compile(r"[\s-](?:year|month|week|day)s?[\s-]olds?\b|\syears\sof\sage\b")
AGE_BEFORE = re.compile(r"\b(?:aged?|ages|ages?\sof)\s(?:[0-9]+\sto\s|between\s)?$")
DURATION = re.compile(
    r"[\s-](?:(?:more|straight|consecutive|full|whole)\s)?(?:second|minute|hour|day|week|month|year|decade)s?\b"
)
MEASURE = re.compile(
    r"(?:[\s-]?(?:square\s|cubic\s)?(?:kilomet|met|centimet|millimet|lit)(?:er|re)s?"
    r"|[\s-](?:square\s|nautical\s)?(?:miles?|feet|foot|inch(?:es)?|yards?|acres?|hectares?|tons?|tonnes?|kilograms?"
    r"|grams?|kilos?|ounces?|barrels?|degrees?|knots|megawatts?|gigawatts?|kilowatts?|watts?|gallons?|bushels?)"
    r"|\s?(?:km|kg|cm|mm|mw|gw|kw|mph|kph|ft|lbs?)|m|-pounds?)\b"
)
CURRENCY_AFTER = re.compile(
    rf"[\s-](?:of\s)?(?:(?P<nation>{'|'.join(map(re.escape, NATIONS))})\s)?"
    rf"(?P<word>{'|'.join(CURRENCY_WORDS)})(?:s|es)?\b"
)
CLOCK_AFTER = re.compile(r"\s?[ap]\.?m\b|\so['’]clock\b")
CODE_WORDS = frozenset(
    listed(
        "article section chapter resolution flight route highway interstate number no nos room channel page phase "
        "boeing airbus level grade title figure gate pier platform apollo covid"
    )
)  # "Article 5"
NAMED = re.compile(r"\b[A-Z][^\W\d_]+(?:,\s|\s\()$")  # "Jane Smith, 41,"
NOT_COUNTED = frozenset(
    listed(
        "of another can must should would could may might will has had is was are in on at to for with who that "
        "which by thing way time hand side and or but as the a from if when where his her it he she they we you i "
        "than about into day"
    )
)
NOT_BEFORE_ONE = frozenset(listed("no the this that each every any which another either last big good first a"))
BEFORE_YEARS = frozenset(listed("in since until during of from by early late the mid"))
NOT_PLURAL = frozenset(listed("was is has as this his its across"))
WORD_BEFORE = re.compile(r"([^\W\d_]+)\.?\s$")
WORD_AFTER = re.compile(r"[\s-]*([^\W\d_]+)")


def word_before(lower: str, place: int) -> str:
    """The word just before a place, "" when there is none within 15 characters."""
    near = lower[max(0, place - 16) : place]
    if not near[-1:].isspace():
        return ""
    word = near[:-1].rpartition(" ")[2].removesuffix(".")
    if word.isalpha():  # as nearly always
        return word
    found = WORD_BEFORE.search(near)
    return found[1] if found else ""


def hedge_before(lower: str, start: int) -> re.Match[str] | None:
    """The hedge before a number, in the 32 characters before it."""
    hedged = word_before(lower, start) in LAST_OF_HEDGES
    return BEFORE.search(lower[max(0, start - 32) : start]) if hedged else None


def hedge(lower: str, start: int, end: int) -> tuple[Qualifier | None, int, int]:
    """The qualifier of a number, and its characters with the words that hedge it."""
    before = hedge_before(lower, start)
    after = AFTER.match(lower, end)
    if before and before.lastgroup:
        return Qualifier[before.lastgroup], max(0, start - 32) + before.start(), after.end() if after else end
    if after and after.lastgroup:
        return Qualifier[after.lastgroup], start, after.end()
    return None, start, end


def counts(lower: str, one: Bare) -> bool:
    """Whether "one" counts something: "one child", not "no one", "one of the", "one another"."""
    if word_before(lower, one.start) in NOT_BEFORE_ONE:
        return False
    after = WORD_AFTER.match(lower, one.end)
    return bool(after and after[1] not in NOT_COUNTED) or PERCENT.match(lower, one.end) is not None


def kind_of(text: str, lower: str, first: Bare, last: Bare) -> tuple[NumeralKind, str | None, float]:
    """The kind, the currency, and what the number is to be multiplied by (a cent is a hundredth)."""
    start, end = first.start, last.end
    near = lower[max(0, start - 18) : start]
    sign = first.sign or last.sign
    if sign:
        return NumeralKind.MONEY, CURRENCY_SIGNS[sign], 1.0
    dated = MONTH_BEFORE.search(near) or (MONTH_AFTER.match(lower, end) and not VERB_LIKE.match(text, end))
    if first.kind is not None:
        is_date = first.kind is NumeralKind.ORDINAL and dated and first.value <= 31
        return NumeralKind.DATE if is_date else first.kind, None, 1.0
    kind = None
    if PERCENT.match(lower, end):
        kind = NumeralKind.PERCENT
    elif AGE.match(lower, end) or AGE_BEFORE.search(near):
        kind = NumeralKind.AGE
    elif CLOCK_AFTER.match(lower, end):
        kind = NumeralKind.CLOCK
    elif first.plain and first.value <= 31 and dated:
        kind = NumeralKind.DATE
    elif MEASURE.match(lower, end):
        kind = NumeralKind.MEASURE
    if kind is not None:
        return kind, None, 1.0
    money = CURRENCY_AFTER.match(lower, end)
    if money and not (money["word"] == "won" and last.scale == 1.0):  # "of 12 teams, three won"
        word = money["word"]
        currency = NATIONS.get(money["nation"] or "", CURRENCY_WORDS[word])
        return NumeralKind.MONEY, currency, 0.01 if word in HUNDREDTHS else 1.0
    if DURATION.match(lower, end):
        kind = NumeralKind.DURATION
    elif is_year(lower, first, end):
        kind = NumeralKind.YEAR
    elif first.value != int(first.value) and first.scale == 1.0:
        kind = NumeralKind.DECIMAL
    elif is_age_of_name(text, first, end):
        kind = NumeralKind.AGE
    return kind or NumeralKind.COUNT, None, 1.0


def is_age_of_name(text: str, number: Bare, end: int) -> bool:
    """Whether a number between commas or brackets follows a name: "Jane Smith, 41, said"."""
    if not (number.plain and number.value < 120 and text[end : end + 1] in (",", ".", ")")):
        return False
    return NAMED.search(text[max(0, number.start - 30) : number.start]) is not None


def is_year(lower: str, number: Bare, end: int) -> bool:
    """Whether four digits are a year: a word of time stands before, or nothing counted follows."""
    if not (number.plain and number.end - number.start == 4 and 1500 <= number.value < 2100):
        return False
    if hedge_before(lower, number.start):
        return False
    if word_before(lower, number.start) in BEFORE_YEARS:
        return True
    if number.value < 1900:
        return False
    after = WORD_AFTER.match(lower, end)
    counted = after and (after[1] in ("people", "men", "women", "children") or after[1].endswith("s"))
    return not (counted and after and after[1] not in NOT_PLURAL and lower[end] == " ")
