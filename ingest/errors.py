"""What can go wrong, each as one line: the place, the problem, and the next step."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path


class NewsgraphError(Exception):
    """The root of every error that newsgraph raises on purpose; its text is "place: problem; next step"."""


class Reason(StrEnum):
    """Why something was skipped, in one word for programs; people get the line beside it."""

    MISSING = "missing"  # no such file or folder
    UNREADABLE = "unreadable"  # the system does not let us open or list it
    NO_READER = "no-reader"  # a kind of file that nothing here reads
    EMPTY = "empty"  # no bytes, or none that is a letter
    NOT_TEXT = "not-text"  # binary, or in an encoding that nobody can tell
    BROKEN = "broken"  # not what its kind looks like, or cut off
    NO_ARTICLE = "no-article"  # sound, and holds no text of an article
    NO_TEXT_KEY = "no-text-key"  # a row or an object without the text; --map tells where it is
    LANGUAGE = "language"  # in another language than those asked for
    TOO_LONG = "too-long"  # more text than one article has
    TOO_DEEP = "too-deep"  # archives in archives in archives
    TOO_MANY = "too-many"  # more members than an archive may have
    TOO_LARGE = "too-large"  # expands to more than it may
    UNSAFE_PATH = "unsafe-path"  # a member that wants to lie outside its archive
    WITHDRAWN = "withdrawn"  # its sender called it back
    LINK = "link"  # a member that points elsewhere
    ENCRYPTED = "encrypted"
    TOO_SLOW = "too-slow"  # took longer than one article may
    TOO_MUCH_MEMORY = "too-much-memory"
    CRASHED = "crashed"  # ended the process that read it
    NETWORK = "network"  # could not be fetched
    ROBOTS = "robots"  # its site asks programs to keep out
    TAKEN_ID = "taken-id"  # another text has its id


class UnreadableArticle(NewsgraphError):
    """A file, a line of one, or a folder that should hold an article cannot be read as one; the rest still can."""

    def __init__(  # noqa: PLR0913 - each says another thing about one refusal
        self,
        path: Path | str,
        problem: str,
        *,
        reason: Reason,
        line: int | None = None,
        next_step: str = "",
        language: str | None = None,
    ) -> None:
        self.path = str(path)
        self.problem = problem
        self.reason = reason
        self.line = line
        self.next_step = next_step or "it was skipped"
        self.language = language  # that the article is in, where that is the reason
        place = self.path if line is None else f"{self.path}, line {line}"
        super().__init__(f"{place}: {problem}; {self.next_step}")
