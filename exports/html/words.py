"""How days, numbers, roles and properties read on the page."""

from __future__ import annotations

from datetime import date

from graph.model import Claim, Event, Finding
from ingest.article import Article, Qualifier

# Not from the calendar module, whose names follow the machine's locale.
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def day(when: date | None) -> str:
    """14 May 2024; nothing for no day."""
    return "" if when is None else f"{when.day} {MONTHS[when.month - 1]} {when.year}"


def days(first: date | None, last: date | None) -> str:
    """The stretch between two days, either of which may be open: "14–15 May 2024", "from 17 May 2024"."""
    if first is None or last is None:
        return f"by {day(last)}" if last else f"from {day(first)}" if first else ""
    if first == last:
        return day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day(last)}"
    return f"{day(first)} – {day(last)}"


def when(event: Event) -> str:
    """When an event took place."""
    return days(event.start, event.end)


def number(value: float | str) -> str:
    """A number with its thousands set apart, or the text itself."""
    if isinstance(value, str):
        return value
    return f"{value:,.0f}" if value.is_integer() else f"{value:,}"


def amount(claim: Claim | Finding) -> str:
    """What a claim or finding says: "at least 60", "120–130"."""
    if claim.upper is not None:
        return f"{number(claim.value)}–{number(claim.upper)}"
    if claim.qualifier in (Qualifier.EXACTLY, Qualifier.RANGE):
        return number(claim.value)
    return f"{claim.qualifier} {number(claim.value)}"


def plain(name: str) -> str:
    """The name of a role, predicate, property or type as words: "job_title" is "job title"."""
    return name.replace("_", " ").lower()


def shortened(text: str, most: int) -> str:
    """At most this many characters, cut between words, with a mark where something is missing."""
    text = " ".join(text.split())
    if len(text) <= most:
        return text
    return (text[:most].rsplit(" ", 1)[0] or text[:most]).rstrip(" ,;:") + "…"


def counted(number: int, one: str, many: str) -> str:
    """A number with its noun: "1 event", "2 events"."""
    return f"{number:,} {one if number == 1 else many}"


def headline(article: Article) -> str:
    """The headline of an article, else the name of its file."""
    return article.title or (article.path or article.id).rpartition("/")[2] or article.id
