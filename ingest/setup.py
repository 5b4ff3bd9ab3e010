"""What an annotator is made of, as plain data that another process can be sent, and the version of what it reads."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as version_of
from pathlib import Path

from ingest.article import EntityType
from ingest.errors import NewsgraphError
from ingest.given import Term
from ingest.serial import packed, to_json

# Articles that go through one step after the other together: each run of the encoder empties the processor's memory of
# all else, and the rules are a fifth faster while they stay in it.
TOGETHER = 32
SHIPPED = Path(__file__).parent / "language/model"
MENTIONS = "mentions.onnx"


class ModelMissing(NewsgraphError):
    """The folder given as a language model does not hold one."""


class NoPipeline(NewsgraphError):
    """There is no spaCy pipeline of the name that the user gives."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name}: there is no spaCy pipeline of this name; install it with pip, or name its folder")


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """How articles are annotated: equal setups read alike."""

    model: Path | None = None  # a folder with a language model, instead of the one that comes with newsgraph
    every_mention: bool = False  # also who and what has no name, and events of no type
    ner: str | None = None  # an installed spaCy pipeline, or the folder of one, whose names take the place of ours
    names: bytes = b""  # of the user's own, as `packed_names` packs them: processes are sent them with each job
    terms: tuple[Term, ...] = ()  # for events, of the user's own

    @property
    def version(self) -> str:
        """Changes whenever the same article would be read differently; raises ModelMissing."""
        version = f"{reading_version()}-{model_labels(self.model or SHIPPED)['version']}"
        if self.every_mention:
            version += f"-every-mention-{mentions_version()}"
        if self.ner:
            version += f"-names-of-{ner_version(self.ner)}"
        if self.names or self.terms:
            given = hashlib.sha256(self.names + b"".join(to_json(term).encode() for term in self.terms))
            version += f"-given-{given.hexdigest()[:12]}"
        return version

    def types_of_names(self) -> dict[str, EntityType]:
        """The names of the user's own, and what they stand for."""
        pairs = json.loads(zlib.decompress(self.names)) if self.names else {}
        return {name: EntityType(kind) for name, kind in pairs.items()}


def packed_names(types: Mapping[str, EntityType]) -> bytes:
    """Names and what they stand for, as a setup holds them; equal names give equal bytes."""
    return packed(json.dumps(types, sort_keys=True)) if types else b""


def ner_version(name: str) -> str:
    """Name and version of an installed spaCy pipeline, or of the one in a folder; raises NoPipeline."""
    described = Path(name, "meta.json")
    try:
        if described.is_file():
            meta = json.loads(described.read_text(encoding="utf8"))
            return f"{meta['lang']}-{meta['name']}-{meta['version']}"
        return f"{name}-{version_of(name)}"
    except (PackageNotFoundError, OSError, ValueError, KeyError) as error:
        raise NoPipeline(name) from error


def model_labels(folder: Path) -> dict[str, object]:
    """What the language model in a folder says of itself; raises ModelMissing."""
    if not (folder / "model.onnx").is_file():
        raise ModelMissing(f"{folder}: there is no language model here; reinstall newsgraph or run `make model`")
    described: dict[str, object] = json.loads((folder / "labels.json").read_text(encoding="utf8"))
    return described


@cache
def mentions_version() -> str:
    """A hash of the encoder of mentions."""
    path = SHIPPED / MENTIONS
    if not path.is_file():
        raise ModelMissing(f"{path}: there is no model of mentions here; reinstall newsgraph or run `make model`")
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


@cache
def reading_version() -> str:
    """A hash of the code and the word tables that annotate: what is read changes with them."""
    folder = Path(__file__).parent
    files = sorted(path for path in folder.rglob("*") if path.suffix in (".py", ".toml", ".tsv"))
    joined = hashlib.sha256()
    for path in files:
        if not {"readers", "web"} & {*path.relative_to(folder).parts}:
            joined.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return joined.hexdigest()[:12]
