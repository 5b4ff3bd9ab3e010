"""Bytes to characters: UTF-8, UTF-16 with its mark, older Western files; refuses what is no text."""

from __future__ import annotations

import codecs
import re

UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
# Text has next to no control characters; compressed or compiled bytes have one in nine.
MOST_CONTROLS = 0.01
# A Western text is ASCII but for accents and quotation marks: French, the most accented, has 96 % ASCII.
LEAST_ASCII = 0.80


class NotText(ValueError):
    """Bytes that no reader of text should touch; the message says why."""


def decode(content: bytes) -> tuple[str, str | None]:
    """The characters of a file and, when they had to be guessed, a note that says how; raises NotText."""
    if content.startswith(UTF16_MARKS):
        try:
            return _checked(content.decode("utf-16")), None
        except UnicodeDecodeError as error:
            raise NotText("it is marked as UTF-16 and is not") from error
    if b"\0" in content:
        raise NotText("it is binary, not text")
    try:
        return _checked(content.decode("utf-8-sig")), None
    except UnicodeDecodeError:
        return _guess(content)


def _guess(content: bytes) -> tuple[str, str]:
    """Read a damaged UTF-8 file as one, and any other text as Windows-1252."""
    damaged = content.decode("utf-8-sig", "replace")
    replaced = damaged.count("\ufffd")
    if sum(c > "\x7f" for c in damaged) > 2 * replaced:
        return _checked(damaged), f"{replaced} characters are not UTF-8 and were replaced"
    if sum(byte < 0x80 for byte in content) < LEAST_ASCII * len(content):
        raise NotText("its encoding is unknown")
    return _checked(content.decode("cp1252", "replace")), "not UTF-8; it was read as Windows-1252"


def _checked(text: str) -> str:
    if len(_CONTROL.findall(text)) > MOST_CONTROLS * len(text):
        raise NotText("it is binary, not text")
    return text
