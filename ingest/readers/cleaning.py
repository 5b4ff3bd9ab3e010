"""Characters made plain: one form of each letter, one kind of space, no Markdown or HTML marks."""

from __future__ import annotations

import html
import re
import unicodedata

_NEWLINES = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# Soft hyphens, zero-width and direction marks: unseen by the reader, and offsets would stumble over them.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f\x80-\x84\x86-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffe\uffff]"
)
_SPACES = re.compile(r"[^\S\n]+")
# Marks further apart than this do not belong together; without a limit a hostile line takes quadratic time.
_IMAGE = re.compile(r"!\[[^\[\]\n]{0,300}\]\([^)\n]{0,2000}\)")
_LINK = re.compile(r"\[([^\[\]\n]{1,300})\]\((?:[^()\s]|\([^()\s]{0,200}\)){0,2000}(?:\s+\"[^\"\n]{0,300}\")?\)")
_REFERENCE = re.compile(r"\[([^\[\]\n]{1,300})\]\[[^\[\]\n]{0,300}\]")
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^>\s]{1,2000})>")
_TAG = re.compile(r"<!--.{0,2000}?-->|</?[A-Za-z][A-Za-z0-9]{0,20}(?:\s[^<>\n]{0,2000})?/?>")
_CODE = re.compile(r"`([^`\n]{1,300})`")
_EMPHASIS = tuple(
    re.compile(
        rf"(?<![\w{mark[0]}\\]){re.escape(mark)}(?=\S)([^\n]{{0,600}}?[^\s{mark[0]}\\]){re.escape(mark)}(?![\w{mark[0]}])"
    )
    for mark in ("***", "**", "*", "___", "__", "_", "~~")
)
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!>~|-])")


def plain_lines(text: str) -> list[str]:
    """The lines of a file in NFC, without unseen characters; indents and inner spaces are kept."""
    return _UNSEEN.sub("", _NEWLINES.sub("\n", unicodedata.normalize("NFC", text))).split("\n")


def plain_line(line: str) -> str:
    """One line without Markdown emphasis, links and HTML tags, its spaces single."""
    if any(mark in line for mark in "[<*_`~&\\"):
        line = _LINK.sub(r"\1", _IMAGE.sub(" ", line))
        line = _TAG.sub(" ", _AUTOLINK.sub(r"\1", _REFERENCE.sub(r"\1", line)))
        line = _CODE.sub(r"\1", line)
        for mark in _EMPHASIS:
            line = mark.sub(r"\1", line)
        line = _UNSEEN.sub("", html.unescape(_ESCAPE.sub(r"\1", line)))
    return unicodedata.normalize("NFC", _SPACES.sub(" ", line.replace("\n", " ")).strip())
