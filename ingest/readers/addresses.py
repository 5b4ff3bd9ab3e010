"""Addresses of the web as sources write them, which may be anything."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

_ABSOLUTE = re.compile(r"[A-Za-z][\w+.-]*:")


def page_address(address: str, base: str = "") -> str | None:
    """An address of the web, made absolute; None where it is of another kind or none at all."""
    address = "".join(address.split())
    try:
        absolute = address if _ABSOLUTE.match(address) else urljoin(base, address)
        parts = urlsplit(absolute)
    except ValueError:
        return None
    return absolute if parts.scheme in ("http", "https") and parts.hostname else None
