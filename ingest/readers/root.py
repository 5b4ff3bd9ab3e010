"""The root element of an XML document, told from its first bytes without parsing it."""

from __future__ import annotations

import codecs
import re

# Byte order marks, the longest first, and how "<" looks in files of wide characters that have none.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
_ENCODING = re.compile(r"<\?xml\s[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z][\w.:-]{0,40})[\"']")
_ASIDE = re.compile(r"\s+|<\?.*?\?>|<!--.*?-->", re.DOTALL)
_DOCTYPE = re.compile(r"<!DOCTYPE\s+(?:[\w.-]+:)?([\w.-]{1,100})", re.IGNORECASE)
_DOCTYPE_END = re.compile(r"[^\[<>]*(?:\[.*?\]\s*)?>", re.DOTALL)
_START_TAG = re.compile(r"<(?:[^\W\d][\w.-]*:)?([^\W\d][\w.-]{0,99})(?=[\s/>])")


def marked_encoding(head: bytes) -> tuple[str | None, int]:
    """The encoding that a byte order mark or wide characters tell, and the length of the mark."""
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding, 0 if b"<" in mark else len(mark)
    return None, 0


def declared_encoding(head: bytes) -> str | None:
    """What the XML declaration says, as it stands there."""
    found = _ENCODING.match(head.lstrip().decode("latin-1"))
    return found[1] if found else None


def root_name(head: bytes) -> str | None:
    """The root element's name without its prefix, or None where the first bytes do not show one."""
    encoding, mark = marked_encoding(head)
    text = head[mark:].decode(encoding or "utf-8", "replace")
    place, announced = 0, None
    while True:
        if aside := _ASIDE.match(text, place):
            place = aside.end()
        elif not announced and (doctype := _DOCTYPE.match(text, place)):
            announced = doctype[1]
            end = _DOCTYPE_END.match(text, doctype.end())
            if not end:
                return announced
            place = end.end()
        else:
            tag = _START_TAG.match(text, place)
            return tag[1] if tag else announced
