"""The committed script and style sheet of the explorer are what its source and lock file make."""

from __future__ import annotations

import json
import re
import shutil
import subprocess

import pytest

from exports.html.explorer import HERE

SOURCE = HERE / "explorer"


@pytest.mark.skipif(
    shutil.which("npm") is None or not (SOURCE / "node_modules").is_dir(), reason="npm ci was not run in explorer"
)
def test_building_again_gives_the_same_bytes() -> None:
    subprocess.run(["npm", "run", "check"], cwd=SOURCE, check=True, capture_output=True, text=True)


def test_the_licence_of_every_package_that_is_used_is_kept() -> None:
    bundle = (SOURCE / "explorer.js").read_text(encoding="utf-8")
    used = json.loads((SOURCE / "package.json").read_text(encoding="utf-8"))["dependencies"]
    for name in used:
        assert re.search(rf"^{re.escape(name)} \d", bundle, re.MULTILINE), name
    assert "Permission is hereby granted" in bundle


def test_the_bundle_is_small_names_no_source_map_and_evaluates_nothing() -> None:
    script = (SOURCE / "explorer.js").read_text(encoding="utf-8")
    style = (SOURCE / "explorer.css").read_text(encoding="utf-8")
    assert len(script) + len(style) < 1_200_000
    assert "sourceMappingURL" not in script + style
    assert not re.search(r"\beval\(|new Function\(|\.innerHTML\b|importScripts", script)
    assert "url(" not in style
