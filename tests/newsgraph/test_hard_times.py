"""A build whose disk is full, whose folder may not be written or that is told to stop: one line, nothing is lost."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from newsgraph.build import VIEWS, AnotherBuild, only_build_in

ROOT = Path(__file__).parents[2]
BUILD = [sys.executable, "-m", "newsgraph", "build", str(ROOT / "seeds")]


def run(out: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*BUILD, "-o", str(out)], capture_output=True, text=True, cwd=ROOT, check=False)


def views(out: Path) -> dict[str, bytes]:
    return {name: (out / name).read_bytes() for name in VIEWS.values()}


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("sound")
    assert run(out).returncode == 0
    return out


@pytest.mark.skipif(sys.platform != "linux", reason="small disks are made with tmpfs")
@pytest.mark.parametrize("kilobytes", [8, 120, 400, 800])
def test_a_full_disk_is_told_in_one_line_and_loses_nothing(tmp_path: Path, sound: Path, kilobytes: int) -> None:
    steps = f"""
        mount -t tmpfs -o size={kilobytes}k tmpfs {tmp_path} && cd {ROOT}
        "$@" -o {tmp_path}/out; echo "ended with $?" >&2
        mount -o remount,size=64m {tmp_path}
        "$@" -o {tmp_path}/out 2>/dev/null && cp {tmp_path}/out/* {sound}/after
    """
    (sound / "after").mkdir(exist_ok=True)
    apart = ["unshare", "--mount", *([] if os.geteuid() == 0 else ["--map-root-user"]), "sh", "-c", steps, "sh", *BUILD]
    told = subprocess.run(apart, capture_output=True, text=True, check=False)
    if "unshare" in told.stderr and not os.environ.get("CI"):
        pytest.skip("this system lets nobody mount a disk of his own")
    line, end = told.stderr.strip().splitlines()
    assert end == "ended with 1"
    assert line.startswith(f"newsgraph: {tmp_path}/out")
    assert "full" in line or "I/O" in line
    assert "free some" in line
    assert views(sound / "after") == views(sound)
    shutil.rmtree(sound / "after")


def test_a_folder_that_may_not_be_written_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    told = run(tmp_path / "out")
    assert (told.returncode, told.stdout) == (1, "")
    assert told.stderr == f"newsgraph: {tmp_path}/out: a file, not a folder; choose another place to write to\n"
    told = run(Path("/proc/newsgraph"))
    assert told.returncode == 1
    assert told.stderr.startswith("newsgraph: /proc/newsgraph: ")
    assert told.stderr.endswith("; choose another place to write to\n")
    assert told.stderr.count("\n") == 1


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_a_build_that_is_told_to_stop_says_how_to_go_on(tmp_path: Path, sound: Path, how: signal.Signals) -> None:
    process = subprocess.Popen(
        [*BUILD, "-o", str(tmp_path)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, cwd=ROOT
    )
    while not (tmp_path / "newsgraph.db").exists():
        time.sleep(0.01)
    process.send_signal(how)
    _, told = process.communicate(timeout=20)
    assert process.returncode == 130
    assert told == "newsgraph: stopped; what was read is kept, run the same command to go on\n"
    assert run(tmp_path).returncode == 0
    assert views(tmp_path) == views(sound)


def test_a_build_that_is_told_to_stop_while_it_imports_ends_as_any_other(tmp_path: Path) -> None:
    (tmp_path / "stopped.py").write_text(
        "import newsgraph.build\nfrom newsgraph.cli import main\n"
        "newsgraph.build.build = lambda *_, **__: exec('raise KeyboardInterrupt')\n"
        f"main(['build', {str(ROOT / 'seeds')!r}, '-o', 'out'])\n"
    )
    path = {"PYTHONPATH": os.pathsep.join([str(tmp_path), str(ROOT)])}
    told = subprocess.run(
        [sys.executable, "-m", "stopped"],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env=os.environ | path,
        check=False,
    )
    assert told.returncode == 130
    assert told.stderr == "newsgraph: stopped; what was read is kept, run the same command to go on\n"


def test_two_builds_do_not_share_a_folder(tmp_path: Path) -> None:
    with (
        only_build_in(tmp_path),
        pytest.raises(AnotherBuild, match="another build is at work here"),
        only_build_in(tmp_path),
    ):
        pass
    with only_build_in(tmp_path):
        pass
