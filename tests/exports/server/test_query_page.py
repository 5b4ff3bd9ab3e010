"""The committed bundle of the query page is what its source and lock file make."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from exports.server.pages import HERE

SOURCE = HERE / "query_page"
ASSETS = HERE / "assets"


@pytest.mark.skipif(
    shutil.which("npm") is None or not (SOURCE / "node_modules").is_dir(), reason="npm ci was not run in query_page"
)
def test_building_again_gives_the_same_bytes() -> None:
    subprocess.run(["npm", "run", "check"], cwd=SOURCE, check=True, capture_output=True, text=True)


def test_the_licence_of_every_package_in_the_bundle_is_kept() -> None:
    bundle = (ASSETS / "query.js").read_text(encoding="utf-8")
    packages = json.loads((SOURCE / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    shipped = [path.rpartition("node_modules/")[2] for path, each in packages.items() if path and not each.get("dev")]
    assert "codemirror" in shipped
    for name in shipped:
        assert name.startswith("@types/") or re.search(rf"^{re.escape(name)} \d", bundle, re.MULTILINE), name
    assert bundle.count("Permission is hereby granted") > 10


def test_the_bundle_points_to_no_source_map() -> None:
    for file in (ASSETS / "query.js", ASSETS / "query.css"):
        assert "sourceMappingURL=" not in file.read_text(encoding="utf-8").replace('"sourceMappingURL=', "")


def test_only_what_is_built_is_committed(tmp_path: Path) -> None:
    git = shutil.which("git")
    if git is None or not (HERE.parents[1] / ".git").exists():
        pytest.skip("not a checkout")
    done = subprocess.run([git, "ls-files", str(SOURCE)], capture_output=True, text=True, check=True, cwd=HERE)
    assert "node_modules" not in done.stdout
