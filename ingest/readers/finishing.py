"""What every article goes through behind its reader: its language is told, its day found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ingest.article import Article
from ingest.errors import Reason, UnreadableArticle
from ingest.readers.dating import dated
from ingest.readers.languages import language_code, language_name, tongue
from ingest.readers.source import Note, Outcome, Source

_LONGEST_NAME = 60


def finish(article: Article, source: Source) -> Iterator[Outcome]:
    """Yield the article with its language and its day, and notes on it; or its refusal, when nobody wants its language.

    Its text stays as it is, and so do the places of all that is counted in it.
    """
    language, is_wanted = _language(article, source)
    if not is_wanted:
        yield _refusal(article, source, language)
        return
    article, notes = dated(replace(article, language=language), source)
    for note in notes:
        yield Note(path=source.name, text=f"{_called(article)}: {note}")
    yield article


def _language(article: Article, source: Source) -> tuple[str, bool]:
    """The language of an article and whether it is kept: its words count for more than what it says of itself."""
    if source.options.language:
        return language_code(source.options.language), True
    wanted = tuple(map(language_code, source.options.languages))
    told = language_code(article.language)
    # The title stands in the text, or is a part of it that is read too.
    found = tongue(article.text if article.title in article.text else f"{article.title}\n{article.text}", wanted, told)
    if found.best and found.is_sure:
        return found.best, found.is_wanted
    if not wanted or told in wanted:
        return told, True
    return (told, False) if told == found.best else (wanted[0], True)


def _refusal(article: Article, source: Source, language: str) -> UnreadableArticle:
    wanted = ", ".join(map(language_code, source.options.languages))
    return UnreadableArticle(
        source.name,
        f"{_called(article)} is in {language_name(language)}; only {wanted} is read",
        reason=Reason.LANGUAGE,
        next_step=f"--language {language} keeps it",
        language=language,
    )


def _called(article: Article) -> str:
    """An article by its first words."""
    words = " ".join((article.title or article.text[: 4 * _LONGEST_NAME]).split())
    return f'"{words}"' if len(words) <= _LONGEST_NAME else f'"{words[:_LONGEST_NAME].rstrip()}…"'
