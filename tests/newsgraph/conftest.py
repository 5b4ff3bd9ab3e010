"""What tests of commands have in common."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.newsgraph.published import six


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1,localhost")


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return six(tmp_path)
