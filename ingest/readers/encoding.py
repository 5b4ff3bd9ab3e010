"""Bytes to characters: UTF-8, UTF-16, UTF-32, and older files as far as they can be told; refuses what is no text."""

from __future__ import annotations

import codecs
import re

UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
UTF32_MARKS = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
# Text has next to no control characters; compressed or compiled bytes have one in nine.
MOST_CONTROLS = 0.01
# A Western text is ASCII but for accents and quotation marks: French, the most accented, has 96 % ASCII.
LEAST_ASCII = 0.80
# Of UTF-16 and UTF-32 without a mark: whole numbers in a binary file look like it too, and few of them are characters.
LEAST_PRINTABLE = 0.95
# Older files of the West, the likeliest first: what reads well as Windows-1252 is it.
_WESTERN = {
    "cp1252": "Windows-1252", "mac_roman": "Mac OS Roman", "cp1250": "Windows-1250", "iso8859_2": "ISO 8859-2",
    "cp850": "DOS 850",
}  # fmt: skip
# Those of the rest of the world that files of news are found in.
_OTHERS = {
    "cp1251": "Windows-1251", "koi8_r": "KOI8-R", "cp866": "DOS 866", "cp1253": "Windows-1253",
    "cp1255": "Windows-1255", "cp1256": "Windows-1256", "cp874": "Windows-874", "cp932": "Shift JIS",
    "euc_jp": "EUC-JP", "gb18030": "GB 18030", "big5": "Big5", "cp949": "EUC-KR",
}  # fmt: skip
_MISREAD = re.compile(
    r"(?<=[^\W\d_])(?![’‘‐–—…·\u00ad])[\u0080-\u00a9\u00ab-\u00b4\u00b6-\u00b9\u00bb-\u00bf×÷\u2000-\u2bff](?=[^\W\d_])"
    r"|(?<=[a-zß-öø-ÿ])[À-ÖØ-ÞŠŽŸŒŚŁŻ]"  # "donÕt", "cafŽ"
    r"|(?<!\S)[ÐÑÕ](?!\S)"  # a dash
    r"|[\x80-\x9f\ufffd]"
)
# What guesses at other encodings is trusted this far: its own measures, of disorder and of likeness to a language.
MOST_CHAOS, LEAST_COHERENCE, LEAST_MULTIBYTE = 0.05, 0.20, 0.30
SHORTEST_GUESS = 60
_LONGEST_SAMPLE = 100_000  # bytes
_SAID_LOOSELY = {"iso8859-1": "cp1252", "ascii": "cp1252", "latin-1": "cp1252"}
_NOT_ENCODINGS = frozenset({"utf-7", "idna", "punycode", "undefined", "unicode-escape", "raw-unicode-escape"})


class NotText(ValueError):
    """Bytes that no reader of text should touch; the message says why."""


def decode(content: bytes, charset: str | None = None) -> tuple[str, str | None]:
    """The characters of a file and, when they had to be guessed, a note that says how; raises NotText.

    A charset is what the sender says of it; it counts where the bytes are not UTF-8.
    """
    encoding = wide(content)
    if encoding:
        try:
            return _checked(content.decode(encoding)), None
        except UnicodeDecodeError as error:
            raise NotText(f"it is marked as {encoding.upper()[:6]} and is not") from error
    if b"\0" in content:
        raise NotText("it is binary, not text")
    try:
        return _checked(content.decode("utf-8-sig")), None
    except UnicodeDecodeError:
        return _told(content, charset) or _guess(content)


def wide(content: bytes) -> str | None:
    """The encoding of bytes of which a character takes at least two, by their mark or by their zeros."""
    if content.startswith(UTF32_MARKS):
        return "utf-32"
    if content.startswith(UTF16_MARKS):
        return "utf-16"
    sample = content[:4000]
    if b"\0" not in sample or len(sample) < 8:
        return None
    zeros = [sample[place::4].count(0) / len(sample[place::4]) for place in range(4)]
    if max(zeros[2:]) > 0.9 and zeros[0] == 0 and min(zeros[2:]) > 0.9:
        encoding = "utf-32-le"
    elif min(zeros[:2]) > 0.9 and zeros[3] == 0:
        encoding = "utf-32-be"
    elif zeros[0] == zeros[2] == 0 and min(zeros[1], zeros[3]) > 0.05:
        encoding = "utf-16-le"
    elif zeros[1] == zeros[3] == 0 and min(zeros[0], zeros[2]) > 0.05:
        encoding = "utf-16-be"
    else:
        return None
    text = codecs.getincrementaldecoder(encoding)("replace").decode(sample)
    return encoding if sum(c.isprintable() or c.isspace() for c in text) >= LEAST_PRINTABLE * len(text) else None


def _told(content: bytes, charset: str | None) -> tuple[str, None] | None:
    """The text in the encoding that its sender names, where it is in it."""
    try:
        name = codecs.lookup(charset or "").name.replace("_", "-")
        if name in _NOT_ENCODINGS:
            return None
        return _checked(content.decode(_SAID_LOOSELY.get(name, name))), None
    except (LookupError, ValueError):  # not text, or another encoding
        return None


def _guess(content: bytes) -> tuple[str, str]:
    """Read a damaged UTF-8 file as one, and any other text in the encoding that it looks most like."""
    damaged = content.decode("utf-8-sig", "replace")
    replaced = damaged.count("\ufffd")
    if sum(c > "\x7f" for c in damaged) > 2 * replaced:
        return _checked(damaged), f"{replaced} characters are not UTF-8 and were replaced"
    if sum(byte < 0x80 for byte in content) < LEAST_ASCII * len(content):
        return _foreign(content)
    read = {encoding: content.decode(encoding, "replace") for encoding in _WESTERN}
    best = min(read, key=lambda encoding: len(_MISREAD.findall(read[encoding])))
    return _checked(read[best]), f"not UTF-8; it was read as {_WESTERN[best]}"


def _foreign(content: bytes) -> tuple[str, str]:
    """Read a text of another script, where its encoding is beyond doubt."""
    from charset_normalizer import from_bytes  # noqa: PLC0415 - 80 ms, and most files are UTF-8

    sample = content
    if len(content) > _LONGEST_SAMPLE:
        sample = content[:_LONGEST_SAMPLE].rpartition(b"\n")[0] or content
    best = from_bytes(sample, cp_isolation=list(_OTHERS)).best() if len(content) >= SHORTEST_GUESS else None
    if best and best.chaos <= MOST_CHAOS:
        text = str(best)
        if best.coherence >= LEAST_COHERENCE or len(text) <= (1 - LEAST_MULTIBYTE) * len(sample):
            text = content.decode(best.encoding, "replace")
            return _checked(text), f"not UTF-8; it was read as {_OTHERS.get(best.encoding, best.encoding)}"
    raise NotText("its encoding is unknown")


def _checked(text: str) -> str:
    if len(_CONTROL.findall(text)) > MOST_CONTROLS * len(text):
        raise NotText("it is binary, not text")
    return text
