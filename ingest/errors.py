"""What can go wrong, each as one line: the place, the problem, and the next step."""

from __future__ import annotations

from pathlib import Path


class NewsgraphError(Exception):
    """The root of every error that newsgraph raises on purpose; its text is "place: problem; next step"."""


class UnreadableArticle(NewsgraphError):
    """A file, a line of one, or a folder that should hold an article cannot be read as one; the rest still can."""

    def __init__(self, path: Path | str, problem: str, *, line: int | None = None, next_step: str = "") -> None:
        self.path = str(path)
        self.problem = problem
        self.line = line
        self.next_step = next_step or "it was skipped"
        place = self.path if line is None else f"{self.path}, line {line}"
        super().__init__(f"{place}: {problem}; {self.next_step}")
