"""Joins the tokens of a corpus to text again, and keeps where each of them stands."""

from __future__ import annotations

from collections.abc import Sequence

Range = tuple[int, int]  # start and end, characters of a text

QUOTES = {"``": '"', "''": '"', "`": "'"}  # Penn Treebank's marks, as they stood in the text
LEFT = frozenset({",", ".", ";", ":", "?", "!", ")", "]", "}", "%", "...", "…", "”", "''", "n't", "N'T"})
CLITICS = frozenset({"s", "re", "ve", "ll", "d", "m", "t"})
RIGHT = frozenset({"(", "[", "{", "$", "£", "€", "#", "@", "“", "‘", "``", "`"})
JOINS = frozenset({"-", "/", "_"})
ENDS = (".", "?", "!", ":", ";")


def detokenise(sentences: Sequence[Sequence[str]]) -> tuple[str, list[list[Range]]]:
    """The text, and the range of each token by sentence.

    A sentence without a mark that ends it is a headline or a dateline: it stands on a line of its own.
    """
    text = ""
    ranges: list[list[Range]] = []
    open_line = False  # whether the sentence before has to stay alone
    for tokens in sentences:
        alone = not ended(tokens)
        if text and tokens:
            text += "\n" if alone or open_line else " "
        joined, spans = join(tokens)
        ranges.append([(start + len(text), end + len(text)) for start, end in spans])
        text += joined
        open_line = alone if tokens else open_line
    return text, ranges


def ended(tokens: Sequence[str]) -> bool:
    """Whether the last token but quotation marks and brackets is a mark that ends a sentence."""
    last = next((token.rstrip("\"'”’)]") for token in reversed(tokens) if token.strip("\"'”’)]")), "")
    return last.endswith(ENDS)


def join(tokens: Sequence[str]) -> tuple[str, list[Range]]:
    """One sentence's text and the range of each of its tokens."""
    text = ""
    spans: list[Range] = []
    quoted = {'"': False, "'": False}  # whether a quotation with such a mark is open
    tight = True  # whether the next token follows without a space
    for i, token in enumerate(tokens):
        before, after = tokens[i - 1] if i else "", tokens[i + 1] if i + 1 < len(tokens) else ""
        left, right = sides(token, before, after, quoted)
        if not (tight or left):
            text += " "
        written = QUOTES.get(token, token)
        spans.append((len(text), len(text) + len(written)))
        text += written
        tight = right
    return text, spans


def sides(token: str, before: str, after: str, quoted: dict[str, bool]) -> tuple[bool, bool]:
    """Whether a token is written onto the one before it, and the one after it onto this."""
    if token in ('"', "'", "’"):
        return quotation(token, before, after, quoted)
    quoted['"'] ^= token.count('"') % 2 == 1
    words = before[-1:].isalnum() and after[:1].isalnum()
    numbers = before[-1:].isdigit() and after[:1].isdigit()
    if (token in JOINS and words) or (token in (":", ".") and numbers):
        return True, True
    if token == "," and numbers and len(after) == 3:
        return True, True
    if token == "'" + token[1:].lower() and token[1:] in CLITICS:
        return True, False
    return token in LEFT, token in RIGHT


def quotation(token: str, before: str, after: str, quoted: dict[str, bool]) -> tuple[bool, bool]:
    """The sides of a straight quotation mark or an apostrophe, which look alike at both ends."""
    if token != '"' and before[-1:].isalnum() and after.lower() in CLITICS:
        return True, True  # "we ' re"
    mark = '"' if token == '"' else "'"
    if mark == "'" and not quoted[mark] and before[-1:].isalnum() and (token == "’" or before.lower().endswith("s")):
        return True, False  # "the pirates ' boats"
    quoted[mark] = not quoted[mark]
    return not quoted[mark], quoted[mark]
