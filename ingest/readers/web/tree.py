"""Markup to a tree: nothing is fetched, no entity of a page's own is read, and what would take minutes is refused."""

from __future__ import annotations

import re

from lxml.etree import ParserError
from lxml.html import HtmlElement, HTMLParser, document_fromstring

# The largest articles among 990 pages have 10,000 tags and 1.6 MB of markup. Extraction takes up to 10 s for these.
MOST_TAGS = 50_000
MOST_CHARACTERS = 10_000_000  # without inlined files
_TAG = re.compile(r"<[a-zA-Z]")
_INLINED = re.compile(r"(?<=data:)[\w/+.;=-]{1,100},[A-Za-z0-9+/=%_-]{100,}")
# A script, a comment, or a tag as a parser reads it: only a quotation mark behind "=" opens a value that may hold ">".
_WHOLE_TAG = re.compile(
    r"<(script|style|textarea)\b[^>]*+>(?:[^<]++|<(?!/\1))*+(?:</\1|\Z)|<!--(?:[^-]++|-(?!->))*+(?:-->|\Z)"
    r"|<([a-z][\w:-]*+)(?:[^=>]++|=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>\"'][^\s>]*+)?+)*+>?",
    re.IGNORECASE,
)
_LONG = 8_000
_BETWEEN_ATTRIBUTES = re.compile(r"[\s/\"']+")
_MOST_ATTRIBUTES = 500  # the parser compares each with every other
_NO_CHARACTERS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class TooManyTags(ValueError):
    """Markup that no article has; the message says of what there is too much."""


def parse(markup: str) -> tuple[HtmlElement | None, str | None]:
    """The tree of a page, with a head and a body, and a note where the parser left out what lies too deep.

    None where there is nothing in it; raises TooManyTags.
    """
    markup = _INLINED.sub("", _NO_CHARACTERS.sub("", markup))
    if len(markup) > MOST_CHARACTERS:
        raise TooManyTags(f"more than {MOST_CHARACTERS:,} characters of markup are not one article")
    if sum(1 for _ in _TAG.finditer(markup)) > MOST_TAGS:
        raise TooManyTags(f"more than {MOST_TAGS:,} tags are not one article")
    if len(markup) > _LONG:
        markup = _WHOLE_TAG.sub(_shortened, markup)
    parser = HTMLParser(
        collect_ids=False, default_doctype=False, encoding="utf-8", remove_comments=True, remove_pis=True,
        no_network=True, huge_tree=False,
    )  # fmt: skip
    try:
        tree = document_fromstring(markup.encode(), parser=parser, ensure_head_body=True)
    except ParserError:
        return None, None
    is_cut = len(parser.error_log.filter_from_fatals()) > 0
    return tree, "its markup lies too deep in itself, and what follows was left out" if is_cut else None


def _shortened(tag: re.Match[str]) -> str:
    whole = tag[0]
    if (
        not tag[2]
        or len(whole) < 2 * _MOST_ATTRIBUTES
        or len(_BETWEEN_ATTRIBUTES.findall(whole)) < 4 * _MOST_ATTRIBUTES
    ):
        return whole
    return f"<{tag[2]}>"
