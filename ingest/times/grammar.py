"""The grammar of time expressions: regular expressions over the letters of `words.LETTERS`, tried in this order."""

from __future__ import annotations

import re

# "three", "twenty-four", "12-18", "two to three", "2 1/2", "a few", "a couple of", "half a", "a hundred"
NUMBER = r"(?:99/9|9/9|(?:9|a?N(?:-?r?N){0,6})(?:[r-](?:9|N(?:-?N){0,6}))?(?:raH)?|avf?|vf?|Ha?)"
CLOCK = r"(?:q?(?:(?:[C9N]m|[9N]k|C)z?|Kz?))"
MONTH = r"(?:M|A|b\.?)"
# "of 2021", ", 2021", "last year"
YEAR = r"(?:,?f?(?P<year>Y)(?!P)|,?f?(?P<yearwords>[hl]U))"
PART = r"(?:d?pf|d?e-?I?|d?[ol]-?Hf?)"  # "the end of", "early", "late in", "mid-", "the first half of"
HOURS_OF = r"(?:d?e?-?[TP]f)"  # "the night of", "the early hours of"

RULES: dict[str, str] = {
    "iso": r"(?P<day>L)",
    "slashed": r"(?P<day>G)",
    "age": rf"q?(?:d?{NUMBER}|a)-?[UP]-?O",
    "date": (
        rf"(?:(?P<clock>{CLOCK})[I,]?)?(?P<part>{HOURS_OF}|e-?I?|B)?(?:[Ww]\.?(?P<half>T)?,?I?)?"
        rf"(?:(?P<m>{MONTH})(?P<d>[9o])(?:-(?P<until>9))?(?![9UPm])(?:,?(?P<y>Y))?"
        rf"|d?(?P<d2>[9o])(?:-(?P<until2>9))?f?(?P<m2>{MONTH})(?:,?(?P<y2>Y))?)"
    ),
    "weekday": (
        rf"(?:(?P<clock>{CLOCK})[I,]?)?(?P<part>{HOURS_OF}|(?:e-?T?|B),?I?)?(?P<which>d?l|hl?)?(?P<day>W)"
        r"(?P<half>e?-?[TK])?"
    ),
    "dayword": rf"(?:(?P<clock>{CLOCK})[I,]?)?(?P<part>{HOURS_OF}|(?:e-?T?|B),?)?(?P<day>t)(?P<half>e?-?T)?",
    "tonight": r"(?P<part>[eB])?(?P<half>n)",
    "partofday": r"(?P<part>[eB],?)?(?P<which>d?l|h)e?-?(?P<half>T)|e-?(?P<half2>T)",
    "clock": rf"(?P<clock>{CLOCK})",
    "quarter": rf"(?:(?P<part>{PART})|(?P<inner>[hl]U')|d(?P<before>Y))?d?F?-?(?P<o>o)-?F?-?(?P<u>U)(?:{YEAR})?",
    "half": r"d?(?P<o>[ol])-?Hf?(?:(?P<year>Y)|(?P<yearwords>d?[hlF]U|dU))",
    "month": rf"(?P<part>{PART})?(?P<which>d?l|B?hl?)?(?P<m>{MONTH})(?:{YEAR})?",
    "season": rf"(?P<part>{PART})?(?P<which>d?l|B?hl?|d)?(?P<s>S)(?:{YEAR})?",
    "century": r"(?P<part>d?e-?)?d?(?P<o>o)-?(?P<u>U)",
    "decade": r"(?P<part>d?(?:e-?|pf))?d?(?P<d>D)",
    "set": (
        rf"E(?P<other>o|N|F)?(?P<unit>[UTSKWMA])(?P<half>T)?|E(?P<n>{NUMBER})(?P<unit2>P)"
        r"|(?P<often>s)|(?P<days>V)T?"
    ),
    "yearago": r"d?F?U-[gB](?:-?o?-?(?P<u>[Uu]))?|dU[gB](?P<u2>[Uu])|d(?P<y>Y)(?P<u3>[Uu])|dF(?P<u4>u)",
    "ago": rf"q?(?:(?P<n>{NUMBER}|a)j?-?)?(?P<u>[UP])(?:raH|rx)?-?(?P<way>[gB])",
    "stretch": rf"q?(?P<which>d?l|hl?|d?R|d?o|d?F|d)(?P<n>{NUMBER})?-?j{{0,2}}(?P<u>P)",
    "duration": rf"q?d?(?P<n>{NUMBER}|a)-?j{{0,2}}-?(?P<u>[UP])(?P<half>raH)?",
    "yearend": r"(?P<u>U)'?-?(?P<part>p)",
    "unit": rf"(?P<part>{PART}|BI?)?(?P<which>d?lF?|hF|hl?|dF{{0,2}}|F+|dj)(?P<u>U)",
    "year": r"(?P<part>d?pf|d?e-?I?)?(?:d?F)?(?P<y>Y)(?P<until>-[9Y])?",
    "long": r"(?P<u>[UP])-j",
    "plural": r"(?P<u>P)(?:rP)?",
    "reference": r"(?P<r>R)|d(?P<to_come>R)|(?P<now>F)|d(?P<gone>l)(?=[,.])",
}
COMPILED = {name: re.compile(pattern) for name, pattern in RULES.items()}


def anonymous(pattern: str) -> str:
    """A pattern without its names, since a name may stand only once in the union of the rules."""
    return re.sub(r"\(\?P<\w+>", "(?:", pattern)


# No rule begins with one of the letters ruled out first, which saves trying each rule there.
ANY = re.compile(
    r"(?![xrfmjkzguOI,.\-'/])(?:"
    + "|".join(f"(?P<{name}>{anonymous(pattern)})" for name, pattern in RULES.items())
    + ")"
)
ORDER = list(RULES)
# No expression does without one of these: where there is none near, which is nearly everywhere, no rule is tried.
CORE = re.compile(r"[MAbWwVtnTKmkCLGUPSDYRFsl]")
REACH = 16  # words that an expression may have before its core, and after
