"""Texts that are HTML where plain words were expected: a column of a table, a field of an object."""

from __future__ import annotations

import html
import re

from ingest.readers.fragments import plain

_NAMES = "p|br|div|span|h[1-6]|ul|ol|li|blockquote|figure|img|table|section"
_TAG = re.compile(rf"</?(?:{_NAMES}|a|b|i|em|strong)\b[^<>]*>", re.IGNORECASE)
_ESCAPED = re.compile(rf"&lt;/?(?:{_NAMES})\b", re.IGNORECASE)


def is_html(text: str) -> bool:
    """Whether a text has tags of HTML, plain or escaped once more."""
    return ("<" in text and _TAG.search(text) is not None) or ("&lt;" in text and _ESCAPED.search(text) is not None)


def plain_paragraphs(text: str) -> list[str]:
    """The paragraphs of a text of HTML, without tags, scripts and comments, each on one line."""
    return plain(text if _TAG.search(text) else html.unescape(text))
