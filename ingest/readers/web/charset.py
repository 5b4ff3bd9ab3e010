"""Bytes of a page to characters: its mark, what was sent with it, what it says itself, what it looks like."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from ingest.readers.encoding import NotText, decode

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"),  # no mark, and no other encoding begins so
)  # fmt: skip
_DECLARED = re.compile(
    rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w:.+-]{3,30})|<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w:.+-]{3,30})",
    re.IGNORECASE,
)
_HEAD = 16_384  # bytes; browsers look at the first thousand, and many pages declare it behind their scripts
# What browsers read under these names is a larger set that holds the named one.
_READ_AS = {
    "iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874", "tis-620": "cp874",
    "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949", "big5": "big5hkscs",
}  # fmt: skip
_OF_TEXT = re.compile(r"iso8859-\d+|cp\d+|koi8-[rtu]|mac-\w+|gb18030|big5hkscs|euc_jp|iso2022_jp\w*|utf-8|ptcp154")
# Of the characters of a page, more than this replaced means that its declared encoding is not its own.
_MOST_REPLACED = 0.002


def decode_page(content: bytes, sent: str | None) -> tuple[str, str | None]:
    """The characters of a page, and a note where some were lost; `sent` is a server's word; raises NotText."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content.decode(encoding, "replace"), None
    content = content.replace(b"\0", b"")
    declared = _DECLARED.search(content[:_HEAD])
    named = [name for each in (sent, _ascii(declared)) if each and (name := encoding_named(each))]
    if b"\x1b$" in content and "iso2022_jp" in named:
        named.insert(0, "iso2022_jp")
    else:
        named.insert(0, "utf-8")  # no text in another encoding of more than a few letters is valid UTF-8
    for name in named:
        try:
            return content.decode(name), None
        except UnicodeDecodeError:
            pass
    for name in dict.fromkeys([*named, "utf-8"]):
        text = content.decode(name, "replace")
        replaced = text.count("\ufffd")
        # UTF-8 but for some bytes has far more letters beyond ASCII than bytes that fit nowhere.
        is_it = _beyond_ascii(text) > 4 * replaced if name == "utf-8" else replaced < _MOST_REPLACED * len(text)
        if is_it:
            return text, f"{replaced} characters do not fit its encoding and were replaced"
    return _detect(content)


def encoding_named(label: str) -> str | None:
    """Python's name of an encoding that pages may be in, as browsers read its label."""
    try:
        name = codecs.lookup(label.strip().strip("\"'")).name
    except (LookupError, ValueError):
        return None
    name = _READ_AS.get(name, name)
    return name if _OF_TEXT.fullmatch(name) else None


def _ascii(declared: re.Match[bytes] | None) -> str | None:
    return (declared[1] or declared[2]).decode("ascii", "ignore") if declared else None


def _beyond_ascii(text: str) -> int:
    return sum(c > "\x7f" and c != "\ufffd" for c in text)


def _detect(content: bytes) -> tuple[str, str | None]:
    """Letters of a page without a word on its encoding, by which one makes them look like words."""
    letters = re.sub(rb"<[^>]{0,5000}>", b" ", content[:500_000])  # tags are ASCII and tell nothing
    best = from_bytes(letters[:100_000]).best()
    if best is not None and (name := encoding_named(best.encoding)):
        try:
            return content.decode(name), f"not UTF-8; it was read as {name}"
        except UnicodeDecodeError:
            pass
    try:
        return decode(content)
    except NotText:
        if best is None:
            raise
        return content.decode(best.encoding, "replace"), f"not UTF-8; it was read as {best.encoding}"
