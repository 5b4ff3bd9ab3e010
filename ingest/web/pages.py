"""Fetched pages on disk, by address: what came, and what the server said of it. A page is whole there or not at all."""

from __future__ import annotations

import hashlib
import json
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from ingest.errors import NewsgraphError

_ABANDONED = 86_400  # seconds after which an unfinished file is nobody's


class UnwritablePages(NewsgraphError):
    """The folder that fetched pages are kept in cannot be written."""

    def __init__(self, folder: Path, problem: str) -> None:
        super().__init__(f"{folder}: {problem}; free space there or choose another folder")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A page as it was when it was last fetched whole."""

    url: str  # as asked for
    final: str  # where it was found, after redirects
    digest: str  # SHA-256 of what came, unpacked
    size: int  # bytes, unpacked
    fetched: str  # the day, as YYYY-MM-DD; a page that has not changed since keeps it
    media_type: str | None = None
    charset: str | None = None
    etag: str | None = None
    modified: str | None = None  # as the server writes it

    @property
    def day(self) -> date:
        """When it was fetched."""
        return date.fromisoformat(self.fetched)


class Pages:
    """A folder of fetched pages."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def kept(self, url: str) -> Kept | None:
        """What is known of an address; None where it was not fetched, or what was kept is damaged."""
        try:
            known = Kept(**json.loads(self._about(url).read_text(encoding="utf-8")))
            is_whole = known.url == url and self.body(known).stat().st_size == known.size and bool(known.day)
        except (OSError, ValueError, TypeError):
            return None
        return known if is_whole else None

    def body(self, kept: Kept) -> Path:
        """The file with what came."""
        return self._about(kept.url).with_name(f"{_name(kept.url)}.{kept.digest[:12]}")

    def keep(self, kept: Kept, content: bytes | None = None) -> None:
        """Put a page in place of what was kept of its address; without content, what is there stays."""
        before = self.kept(kept.url)
        about = self._about(kept.url)
        try:
            about.parent.mkdir(parents=True, exist_ok=True)
            if content is not None:
                _write(self.body(kept), content)
            _write(about, json.dumps(asdict(kept), ensure_ascii=False, indent=1).encode() + b"\n")
            if before is not None and before.digest != kept.digest:
                self.body(before).unlink(missing_ok=True)
        except OSError as error:
            raise UnwritablePages(self.folder, (error.strerror or "cannot be written").lower()) from error

    def sweep(self) -> None:
        """Remove what builds left that were killed."""
        for part in self.folder.glob("*/*.part"):
            with suppress(OSError):
                if part.stat().st_mtime < time.time() - _ABANDONED:
                    part.unlink()

    def _about(self, url: str) -> Path:
        name = _name(url)
        return self.folder / name[:2] / f"{name}.json"


def _write(file: Path, content: bytes) -> None:
    part = file.with_name(f"{file.name}.part")
    part.write_bytes(content)
    part.replace(file)


def _name(url: str) -> str:
    return hashlib.sha256(url.encode()).hexdigest()[:32]
