"""Words per CPU second of the whole pipeline, and where the time goes."""

from __future__ import annotations

import resource
import sys
import time
from pathlib import Path
from typing import Any

from spacy.language import Language

from ingest.language.pipeline import reader_of
from training.corpora import json_lines


class Clocked:
    """Wraps the encoder's session and adds up the CPU time of its runs."""

    def __init__(self, session: Any) -> None:
        self._session = session
        self.seconds = 0.0

    def run(self, *args: Any) -> Any:
        """The session's run, timed."""
        began = time.process_time()
        result = self._session.run(*args)
        self.seconds += time.process_time() - began
        return result


def measure(nlp: Language, path: Path, limit: int) -> dict[str, float]:
    """Read the file's texts; returns counts, CPU seconds by stage, and words a CPU second."""
    texts = [text for _, text in zip(range(limit), (row["text"] for row in json_lines(path)), strict=False)]
    model = reader_of(nlp).model
    clocked = model._session = Clocked(model._session)
    for _ in nlp.pipe(texts[:20]):  # the first runs lay out memory
        pass
    clocked.seconds = 0.0
    began = time.process_time()
    tokens = words = 0
    for doc in nlp.pipe(texts):
        tokens += sum(not token.is_space for token in doc)
        words += len(doc.text.split())
    seconds = time.process_time() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)
    return {
        "texts": len(texts),
        "words (white space)": words,
        "tokens (spaCy)": tokens,
        "CPU seconds": round(seconds, 2),
        "of which encoder": round(clocked.seconds, 2),
        "tokens per CPU second": round(tokens / seconds),
        "words per CPU second": round(words / seconds),
        "tokens per encoder CPU second": round(tokens / clocked.seconds),
        "peak memory, MB": round(peak),
    }
