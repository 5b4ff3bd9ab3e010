"""What the tests of readers share."""

from __future__ import annotations

import pytest

from ingest.readers.languages import tongue


@pytest.fixture(scope="session", autouse=True)
def _languages_are_loaded() -> None:
    """Load the model of languages, half a second, before a test with a deadline does."""
    tongue("слово " * 20, ("en",))
