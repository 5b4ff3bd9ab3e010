"""JSON as anybody may have written it: values of any size made plain, and streams of them read a piece at a time."""

from __future__ import annotations

import json
import re
from typing import TextIO

_PIECE = 1 << 18
_LONGEST_NUMBER = 40  # figures; what is longer is an id if anything
_ENDS = 16  # an error this close to the end of what is there may come of its being cut: "-Infinit", "\ud83"
_BLANK = re.compile(r"[\s\ufeff]*")
_STRING = r'"(?:[^"\\]++|\\.)*+'
_MARKS = re.compile(rf'[{{}}\[\]]|{_STRING}("?)', re.DOTALL)
_FLAT = rf'[^"{{}}\[\]]++|{_STRING}"'
_LEAP = re.compile(rf"(?:{_FLAT}|[\[{{](?:{_FLAT})*+[\]}}])++", re.DOTALL)  # what opens and closes alike


class BrokenJson(ValueError):
    """Characters that are no JSON; the message says what is wrong with them."""


class TooLong(Exception):
    """One value is longer than it may be."""


def _whole(figures: str) -> int | str:
    return int(figures) if len(figures) <= _LONGEST_NUMBER else figures


_DECODER = json.JSONDecoder(strict=False, parse_int=_whole, parse_constant=lambda _: None)


def parse(text: str) -> object:
    """The one value that a text is; NaN is None, huge numbers are texts. Raises BrokenJson."""
    try:
        found: object = _DECODER.decode(text)
    except json.JSONDecodeError as error:
        raise BrokenJson(error.msg) from error
    except (ValueError, RecursionError) as error:
        raise BrokenJson("too deep or too large a value") from error
    return found


class JsonStream:
    """The values of a stream of JSON, of which no more than one and some are in memory."""

    def __init__(self, stream: TextIO, longest: int) -> None:
        self.passed = 0  # characters that were read and are no longer in memory
        self._stream = stream
        self._longest = longest
        self._text = ""
        self._at = 0
        self._has_ended = False

    @property
    def place(self) -> int:
        """The character that is next, from 1."""
        return self.passed + self._at + 1

    def peek(self) -> str:
        """The next character that is no blank; "" at the end."""
        while True:
            found = _BLANK.match(self._text, self._at)
            self._at = found.end() if found else self._at
            if self._at < len(self._text) or not self._more():
                return self._text[self._at : self._at + 1]

    def first_of_array(self) -> str:
        """The first character in the array that is next; "" where the file ends before it."""
        self.peek()
        while True:
            found = _BLANK.match(self._text, self._at + 1)
            place = found.end() if found else 0
            if place < len(self._text) or not self._more():
                return self._text[place : place + 1]

    def take(self, characters: str) -> str:
        """The next character that is no blank, which has to be one of these; BrokenJson when it is not."""
        mark = self.peek()
        if not mark or mark not in characters:
            raise BrokenJson("it is cut off" if not mark else f"no {' or '.join(characters)} where one has to be")
        self._at += 1
        return mark

    def value(self) -> object:
        """The next value, whole; raises TooLong or BrokenJson, and then stands where it stood before."""
        self.peek()
        while True:
            broken: str | None = None
            try:
                found: object
                found, end = _DECODER.raw_decode(self._text, self._at)
                may_go_on = isinstance(found, int | float | str) and end > len(self._text) - _ENDS  # "12" of "12.5e9"
                if self._has_ended or (end < len(self._text) and not may_go_on):
                    self._check(end - self._at)
                    self._at = end
                    return found
            except json.JSONDecodeError as error:
                is_cut = error.pos >= len(self._text) - _ENDS or error.msg.startswith("Unterminated string")
                broken = error.msg
                if not is_cut:
                    raise BrokenJson(broken) from error
            except (ValueError, RecursionError) as error:
                raise BrokenJson("too deep or too large a value") from error
            length = len(self._text) - self._at
            self._check(length)
            if not self._more(min(max(_PIECE, length), self._longest + _ENDS - length)):
                if broken:
                    raise BrokenJson("it is cut off")
                self._has_ended = True

    def skip(self) -> None:
        """Pass over the next array, object or text, by its brackets; BrokenJson if these never end."""
        depth = 0
        if self.peek() not in {"{", "[", '"'}:
            raise BrokenJson("no value where one has to be")
        while True:
            if depth and (leap := _LEAP.match(self._text, self._at)):
                self._at = leap.end()
            found = _MARKS.search(self._text, self._at)
            if found and found[0].startswith('"') and not found[1]:
                if len(self._text) - found.start() > self._longest or not self._more(self._longest // 4):
                    raise BrokenJson("it is cut off")
                continue
            if not found:
                self._at = len(self._text)
                if not self._more():
                    raise BrokenJson("it is cut off")
                continue
            self._at = found.end()
            depth += {"{": 1, "[": 1, "}": -1, "]": -1}.get(found[0], 0)
            if depth <= 0:
                return

    def _check(self, length: int) -> None:
        if length > self._longest:
            raise TooLong

    def _more(self, size: int = _PIECE) -> bool:
        """Read on; whether there was more."""
        piece = self._stream.read(size)
        self._has_ended = not piece
        self.passed += self._at
        self._text = self._text[self._at :] + piece
        self._at = 0
        return bool(piece)
