"""UTF-8 that was read as Windows-1252 and saved again: "cafÃ©" for "café", "donâ€™t" for "don’t"."""

from __future__ import annotations

import re

# Windows-1252 leaves five bytes open; programs that misread UTF-8 keep them as they are.
_CHARACTERS = [bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(256)]
_BYTES = {character: byte for byte, character in enumerate(_CHARACTERS)}
_REST = "[" + re.escape("".join(_CHARACTERS[0x80:0xC0])) + "]"  # second and later bytes of a character


def _lead(first: int, last: int) -> str:
    return "[" + re.escape("".join(_CHARACTERS[first : last + 1])) + "]"


_DOUBLED = re.compile(f"{_lead(0xC2, 0xDF)}{_REST}|{_lead(0xE0, 0xEF)}{_REST}{{2}}|{_lead(0xF0, 0xF4)}{_REST}{{3}}")
# Quotation marks, dashes and dots; the sign of the euro; that of trade marks; the mark of UTF-8 itself.
_UNMISTAKABLE = re.compile(f"â€{_REST}|â‚¬|â„¢|ï»¿")
# "Ã©" in or behind a word; the Portuguese "MANHû" is none.
_IN_A_WORD = re.compile(f"(?<=[a-z])[ÂÃ]{_REST}|[ÃÂ]{_REST}(?=[a-z])")


def repair(text: str) -> tuple[str, str | None]:
    """The text with such characters put right, and a note of it; untouched where they may be meant as they stand."""
    found = [] if text.isascii() else _DOUBLED.findall(text)
    others = sum(c > "\x7f" for c in text) - sum(map(len, found))
    is_all = others == 0 and len(found) > 1
    if not found or not (is_all or _UNMISTAKABLE.search(text) or (others == 0 and _IN_A_WORD.search(text))):
        return text, None
    if others > len(found):  # most of the text was read well: only what cannot be meant is wrong
        repaired, count = _UNMISTAKABLE.subn(_once, text)
    else:
        repaired, count = _DOUBLED.subn(_once, text)
    return repaired, f"{count} characters were UTF-8 taken for Windows-1252 and were put right"


def _once(found: re.Match[str]) -> str:
    try:
        return bytes(map(_BYTES.__getitem__, found[0])).decode()
    except (UnicodeDecodeError, KeyError):
        return found[0]
