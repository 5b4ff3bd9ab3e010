"""Characters that some formats have no place for."""

from __future__ import annotations

import re

# Lone surrogates, which no file can hold, and what XML 1.0 cannot hold, not even escaped (section 2.2).
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def encodable(text: str) -> str:
    """The text with each character that not every format can hold replaced by U+FFFD, one for one: offsets stay."""
    return NOT_XML.sub("\ufffd", text)
