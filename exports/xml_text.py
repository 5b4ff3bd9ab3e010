"""Text from articles as XML can hold it, which is what the other formats of programs that read XML can hold, too."""

from __future__ import annotations

import re

from graph.networkx_view import NOT_XML

# The line breaks and the tab would become spaces in an attribute, and "\r" a line feed anywhere.
_MARKS = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}
_MARK = re.compile(f"[{''.join(_MARKS)}]")


def clean(text: str) -> str:
    """The text with each character that XML 1.0 cannot hold, escaped or not, replaced by U+FFFD: offsets stay.

    These are the control characters but tab, line feed and carriage return, lone surrogates, U+FFFE and U+FFFF. No
    escape brings them into a file, and neither networkx nor ElementTree keeps them out of one.
    """
    return NOT_XML.sub("\ufffd", text)


def escaped(text: str) -> str:
    """The text, cleaned, as it stands between the tags or the double quotes of an XML file."""
    return _MARK.sub(lambda mark: _MARKS[mark[0]], clean(text))
