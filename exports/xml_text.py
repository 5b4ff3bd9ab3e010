"""Text from articles as XML can hold it, which is what the other formats of programs that read XML can hold, too."""

from __future__ import annotations

import re

from ingest.characters import encodable

# The line breaks and the tab would become spaces in an attribute, and "\r" a line feed anywhere.
_MARKS = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}
_MARK = re.compile(f"[{''.join(_MARKS)}]")


def escaped(text: str) -> str:
    """The text, cleaned, as it stands between the tags or the double quotes of an XML file."""
    return _MARK.sub(lambda mark: _MARKS[mark[0]], encodable(text))
