"""What a build did, for people in a line and for programs in report.json."""

from __future__ import annotations

import json
import platform
from collections import Counter
from dataclasses import asdict, dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from graph.model import KnowledgeGraph, Reprint
from graph.reports import Reports
from graph.sources import Copy, Remark
from ingest.errors import Reason
from newsgraph.intake import Intake

FILE_NAME = "report.json"
# The packages whose version can change what is read.
RUNTIME = ("newsgraph", "spacy", "onnxruntime", "tokenizers", "numpy", "pyoxigraph", "networkx", "rapidfuzz", "pyvis")


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildReport:
    """What was read, skipped and why, what came of it, and how long it took."""

    intake: Intake
    annotated: int  # articles that the annotator read in this run
    refused: tuple[Remark, ...]  # articles that the annotator could not read
    annotator: str
    copies: tuple[Copy, ...]
    reprints: tuple[Reprint, ...]
    counts: dict[str, int]  # things in the graph, by kind
    seconds: dict[str, float]  # by step
    # CPU seconds of all processes: by step, of starting them ("start"), and what of it all the neural encoder took.
    cpu: dict[str, float] = field(default_factory=dict)

    @property
    def skipped(self) -> tuple[Remark, ...]:
        """What could not be read, each with its reason; a second text under a taken id is among them."""
        refused = [remark for remark in self.intake.remarks if remark.reason]
        taken = [
            Remark(path=copy.path, problem=f"the id {copy.id!r} is already that of another text, in {copy.kept}",
                   reason=Reason.TAKEN_ID, next_step="give each article an id of its own")
            for copy in self.copies if not copy.same_text
        ]  # fmt: skip
        return (*refused, *self.refused, *taken)

    @property
    def notes(self) -> tuple[Remark, ...]:
        """What is worth knowing of files that were read."""
        return tuple(remark for remark in self.intake.remarks if not remark.reason)

    @property
    def languages(self) -> dict[str, int]:
        """How many articles were skipped for their language, by its code, the most first."""
        found = Counter(remark.language for remark in self.intake.remarks if remark.language)
        return dict(sorted(found.items(), key=lambda each: (-each[1], each[0])))

    def write(self, path: Path) -> None:
        """Write the report as JSON; the file appears whole or not at all."""
        copies = [
            {
                "id": copy.id,
                "path": copy.path,
                "kept": copy.kept,
                "publisher": copy.publisher,
                "url": copy.url,
                "published": copy.published and copy.published.isoformat(),
            }
            for copy in self.copies
            if copy.same_text
        ]
        told = {
            "files": {
                "found": self.intake.files,
                "read": self.intake.read,
                "unchanged": self.intake.unchanged,
                "dropped": self.intake.dropped,
                "ignored": self.intake.ignored,
            },
            "articles": {"given": self.intake.articles, "annotated": self.annotated},
            "languages": self.languages,
            "skipped": [asdict(remark) for remark in self.skipped],
            "notes": [{"path": note.path, "text": note.problem} for note in self.notes],
            "copies": copies,
            "reprints": [{"article": each.article, "origin": each.origin} for each in self.reprints],
            "graph": self.counts,
            "seconds": {step: round(taken, 3) for step, taken in self.seconds.items()},
            "cpu": {step: round(taken, 3) for step, taken in self.cpu.items()},
            "runtime": {"python": platform.python_version(), "annotator": self.annotator, **_versions()},
        }
        part = path.with_name(f"{path.name}.part")
        part.write_text(json.dumps(told, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        part.replace(path)


def counts(graph: KnowledgeGraph) -> dict[str, int]:
    """How many things of each kind are in a graph."""
    return {
        "articles": len(graph.articles),
        "reports": Reports(graph).count(article.id for article in graph.articles),
        "mentions": len(graph.mentions),
        "entities": len(graph.entities),
        "events": len(graph.events),
        "claims": len(graph.claims),
        "findings": len(graph.findings),
        "relations": len(graph.relations),
        "storylines": len(graph.storylines),
    }


def _versions() -> dict[str, str]:
    found = {}
    for name in RUNTIME:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found
