"""What the pipeline adds to the model: settled names, and a clear word where there is no model."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from ingest.language.model import LanguageModel
from ingest.language.pipeline import settled
from ingest.setup import ModelMissing, reading_version

WORDS = ["Santos", "flew", "to", "Santos", ",", "where", "Santos", "met", "Lima"]


def texts(found: list[tuple[int, int, str]]) -> list[str]:
    return [" ".join(WORDS[start:end]) for start, end, _ in found]


def test_a_name_takes_the_label_that_most_of_its_mentions_have() -> None:
    found = [(0, 1, "PERSON"), (3, 4, "LOC"), (6, 7, "PERSON"), (8, 9, "LOC")]
    assert settled(texts(found), found) == [(0, 1, "PERSON"), (3, 4, "PERSON"), (6, 7, "PERSON"), (8, 9, "LOC")]


def test_a_name_keeps_its_label_where_two_are_as_frequent() -> None:
    found = [(0, 1, "PERSON"), (3, 4, "LOC")]
    assert settled(texts(found), found) == found


def test_a_folder_without_a_model_is_named_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match="make model"):
        LanguageModel(tmp_path)


def test_the_reading_version_is_the_same_each_time() -> None:
    assert reading_version() == reading_version()
    assert len(reading_version()) == 12


def test_the_runtime_sends_nothing_home() -> None:
    code = "import ingest.language.model, os; print(os.environ['ORT_DISABLE_TELEMETRY'])"
    clean = {name: value for name, value in os.environ.items() if name != "ORT_DISABLE_TELEMETRY"}
    told = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env=clean,
        cwd=Path(__file__).parents[2],
    )
    assert told.stdout.strip() == "1"


def test_spacy_comes_without_its_command_line_which_works_when_it_is_asked_for() -> None:
    program = """
import sys
from ingest.language.pipeline import load
load()
print("spacy.cli" in sys.modules)
import spacy, spacy.cli
print(spacy.info(silent=True)["spacy_version"] == spacy.__version__, callable(spacy.cli.info))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "True", "True"]
