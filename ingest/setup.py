"""What an annotator is made of, as plain data that another process can be sent, and the version of what it reads."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ingest.errors import NewsgraphError

SHIPPED = Path(__file__).parent / "language/model"
MENTIONS = "mentions.onnx"


class ModelMissing(NewsgraphError):
    """The folder given as a language model does not hold one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """How articles are annotated: equal setups read alike."""

    model: Path | None = None  # a folder with a language model, instead of the one that comes with newsgraph
    every_mention: bool = False  # also who and what has no name, and events of no type

    @property
    def version(self) -> str:
        """Changes whenever the same article would be read differently; raises ModelMissing."""
        version = f"{reading_version()}-{model_labels(self.model or SHIPPED)['version']}"
        return f"{version}-every-mention-{mentions_version()}" if self.every_mention else version


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
        if "readers" not in path.relative_to(folder).parts:
            joined.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return joined.hexdigest()[:12]
