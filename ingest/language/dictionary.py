"""The dictionary of base forms, that of lemminflect, each entry read when it is asked for.

lemminflect reads all 80,000 entries before its first answer: 0.3 s and 32 MB of each process, against 0.04 s and half
the memory here.
"""

from __future__ import annotations

import gzip
from functools import cache
from pathlib import Path

from lemminflect.codecs.OverridesCodec import OverridesCodec
from lemminflect.config import lemma_lu_fn, lemma_overrides_fn
from lemminflect.core.Lemmatizer import Lemmatizer

Entry = dict[str, tuple[str, ...]]  # word class to base forms


class Entries(dict[str, Entry]):
    """What lemminflect looks words up in."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._unread: dict[str, str] = {}  # word to lines of "category,form/form"
        unread = self._unread
        for line in gzip.decompress(path.read_bytes()).decode().splitlines():
            word, _, rest = line.partition(",")
            unread[word] = f"{unread[word]}\n{rest}" if word in unread else rest

    def get(self, word: str, default: Entry | None = None) -> Entry | None:  # type: ignore[override]  # as it is asked
        """The entry of a word."""
        lines = self._unread.get(word)
        if lines is None:
            return default
        entry: Entry = {}
        for line in lines.split("\n"):
            category, _, forms = line.partition(",")
            name = category.upper()
            entry["AUX" if name == "MODAL" else name] = tuple(forms.split("/"))
        return entry


@cache
def _lemmatizer() -> Lemmatizer:
    lemmatizer = Lemmatizer()
    if not hasattr(lemmatizer, "lemma_dict"):
        lemmatizer.lemma_dict = Entries(Path(lemma_lu_fn))
        lemmatizer.overrides_dict = OverridesCodec.load(lemma_overrides_fn)
    return lemmatizer


def base_form(word: str, word_class: str) -> str:
    """The base form of a word in lower case, by the dictionary or by the rules that it was learned from."""
    lemmatizer = _lemmatizer()
    # As getLemma() does, which copies all that it finds, and looks for it twice.
    for entries in (lemmatizer.overrides_dict, lemmatizer.lemma_dict):
        entry: Entry | None = entries.get(word)
        if entry and word_class in entry:
            return entry[word_class][0].lower()
    by_rule: Entry = lemmatizer.getAllLemmasOOV(word, word_class)
    return by_rule[word_class][0] if by_rule else word
