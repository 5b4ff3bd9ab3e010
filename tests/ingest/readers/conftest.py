"""What the tests of readers share."""

from __future__ import annotations

import pytest
from trafilatura.external import jt_stoplist_init

from ingest.readers.languages import tongue


@pytest.fixture(scope="session", autouse=True)
def _languages_are_loaded() -> None:
    """Load the model of languages and words of many, half a second, before a test with a deadline does."""
    tongue("слово " * 20, ("en",))
    jt_stoplist_init()
