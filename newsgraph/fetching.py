"""Addresses in, files to read out: pages are fetched, and feeds and sitemaps lead to more of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import ClassVar

from graph.sources import Remark
from ingest.errors import UnreadableArticle
from ingest.readers import Address, Options, Source, read
from ingest.readers.folder import list_files
from ingest.readers.kinds import HEAD, kind_of
from ingest.readers.source import printable
from ingest.web.fetching import Page, Web
from ingest.web.guard import usual
from newsgraph.inputs import Besides
from newsgraph.work.jobs import Beat, Job, ReadFile, refusal
from newsgraph.work.pool import Does

FOLDER = "pages"  # in that of the graph
# Kinds that list pages, and how often one leads to the next: sitemaps are listed by sitemaps. Both may come packed.
_LEADS = {"feed": 1, "sitemap": 2, "gzip": 2}
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListAddresses:
    """A feed or a sitemap whose addresses are wanted."""

    step: ClassVar[str] = "read"
    is_limited: ClassVar[bool] = True
    together: ClassVar[int] = 1
    needs: ClassVar[None] = None
    file: ReadFile

    def run(self, beat: Beat) -> Iterator[Address]:
        """Yield them as they stand there."""
        for outcome in read(self.file.source, watch=lambda source: beat(source.name)):
            if isinstance(outcome, Address):
                yield outcome


def listing(file: ReadFile) -> str | None:
    """The kind of a file that lists pages; None for others, and for what cannot be opened."""
    try:
        with file.path.open("rb") as stream:
            kind = kind_of(file.source.name, file.source.media_type, stream.read(HEAD))
    except OSError:
        return None
    return kind.name if kind and kind.name in _LEADS else None


def local_files(paths: Sequence[Path], options: Options) -> Iterator[ReadFile]:
    """The files that paths stand for, to look for feeds and sitemaps among them."""
    for path in list_files(paths).files:
        name = printable(path)
        yield ReadFile(key=name, path=path, source=Source.at(path, options))


def fetch(  # noqa: PLR0913, PLR0917 - a web, what is wanted of it, and who does the work
    web: Web, given: Sequence[str], local: Iterable[ReadFile], options: Options, does: Does, progress: Progress
) -> Besides:  # fmt: skip
    """Fetch the given addresses, what their feeds and sitemaps lead to, and what those among `local` files do.

    At most so many pages that were only led to; whoever lists more is told of in one note.
    """
    done = Besides()
    level = list(dict.fromkeys(map(usual, given)))
    published: dict[str, Address] = {}
    seen = set(level)
    left = most = web.manners.most_pages
    lists = [(file, kind) for file in local if (kind := listing(file))]
    for depth in range(3):
        come = _come(web, level, published, options, progress, done)
        lists += [(file, kind) for file in come if (kind := listing(file)) and depth < _LEADS[kind]]
        if not lists:
            break
        listed = [each for each in _addresses(lists, does) if usual(each.url) not in seen]
        lists = []
        published = {usual(each.url): each for each in reversed(listed)}
        fresh = list(dict.fromkeys(usual(each.url) for each in listed))
        if len(fresh) > left:
            text = f"{len(fresh) - left:,} more pages are listed than the {most:,} that are fetched in one build"
            done.remarks.append(Remark(path=listed[0].path, problem=text, next_step="raise --most-pages to have them"))
        level = fresh[:left]
        left -= len(level)
        seen.update(fresh)
    return done


def _come(  # noqa: PLR0913, PLR0917 - one for each of fetch
    web: Web, urls: Sequence[str], listed: dict[str, Address], options: Options, progress: Progress, done: Besides
) -> list[ReadFile]:
    """Fetch pages, and note what came and what did not; those that came."""
    come: list[ReadFile] = []
    for count, (url, found) in enumerate(web.fetch(urls, options), 1):
        progress("fetching pages", count, len(urls))
        done.keys.append(url)
        if isinstance(found, UnreadableArticle):
            done.remarks.append(refusal(found))
            continue
        if found.instead is not None:
            done.remarks.append(_note(found.instead))
        day = listed[url].published if url in listed else None
        come.append(_file(found, day))
    done.files += come
    return come


def _addresses(lists: Sequence[tuple[ReadFile, str]], does: Does) -> list[Address]:
    """What feeds and sitemaps list, in their order."""
    jobs = [ListAddresses(file=file) for file, _ in lists]
    waiting = iter(jobs)
    found: dict[str, list[Address]] = {job.file.key: [] for job in jobs}

    def next_job() -> Job | None:
        return next(waiting, None)

    for job, record in does.run(next_job):
        if isinstance(job, ListAddresses) and isinstance(record, Address):
            found[job.file.key].append(record)
    return [each for job in jobs for each in found[job.file.key]]


def _file(page: Page, listed: date | None) -> ReadFile:
    return ReadFile(key=page.url, path=page.path, source=replace(page.source, listed=listed))


def _note(instead: UnreadableArticle) -> Remark:
    """Nothing was skipped where an earlier page stands in."""
    return replace(refusal(instead), reason=None)
