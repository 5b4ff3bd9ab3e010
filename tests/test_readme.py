"""The README shows commands that exist, and leaves none of them out."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from newsgraph.cli import main

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
FENCE = re.compile(r"^(`{3,}|~{3,})[^\n]*\n(.*?)^\1", re.MULTILINE | re.DOTALL)
PROGRAM = re.compile(r"(?:\S*/)?newsgraph")  # also .venv/bin/newsgraph
TARGET = re.compile(r"^([a-z][\w-]*):", re.MULTILINE)


def text() -> str:
    return README.read_text(encoding="utf8")


def shell_lines() -> list[str]:
    """Lines of the code blocks, continued ones joined, without the prompt."""
    blocks = [block for _, block in FENCE.findall(text())]
    lines = [line.strip() for block in blocks for line in block.replace("\\\n", " ").splitlines()]
    return [line.removeprefix("$ ").removeprefix("> ") for line in lines]


def commands() -> list[list[str]]:
    """The words after `newsgraph` of every command shown, up to a pipe or a redirection."""
    found = []
    for line in shell_lines():
        first = line.split(" ", 1)[0]
        if not PROGRAM.fullmatch(first) or " " not in line:
            continue
        lexer = shlex.shlex(line, posix=True, punctuation_chars=True)
        lexer.whitespace_split = True
        words = list(lexer)[1:]
        ends = [place for place, word in enumerate(words) if word in {"|", ">", ">>", "<", "&&", ";", "&"}]
        found.append(words[: ends[0]] if ends else words)
    return found


def test_the_readme_shows_commands() -> None:
    assert commands()


def test_every_command_that_the_readme_shows_parses() -> None:
    for words in commands():
        name, *rest = words
        if name.startswith("-"):
            assert CliRunner().invoke(main, words).exit_code == 0, words
            continue
        assert name in main.commands, words
        command = main.commands[name]
        if {"-h", "--help"} & set(rest):
            continue
        try:
            command.make_context(f"newsgraph {name}", list(rest), parent=click.Context(main))
        except click.UsageError as error:
            pytest.fail(f"newsgraph {shlex.join(words)}: {error.format_message()}")


@pytest.mark.parametrize("name", sorted(main.commands))
def test_every_command_is_in_the_readme_and_in_the_help(name: str) -> None:
    assert re.search(rf"\bnewsgraph {re.escape(name)}\b", text())
    assert re.search(rf"^  {re.escape(name)} ", CliRunner().invoke(main, ["--help"]).stdout, re.MULTILINE)


def test_every_make_target_that_the_readme_shows_exists() -> None:
    targets = set(TARGET.findall((ROOT / "Makefile").read_text(encoding="utf8")))
    shown = {line.split()[1] for line in shell_lines() if re.match(r"make [a-z]", line)}
    assert {"demo", "test"} <= shown <= targets


def test_every_file_that_the_readme_links_to_is_there() -> None:
    linked = re.findall(r"\]\(([^)\s]+)\)", text()) + re.findall(r'(?:src|href)="([^"]+)"', text())
    local = {link.split("#")[0] for link in linked if not re.match(r"[a-z]+:", link)} - {""}
    assert [link for link in sorted(local) if not (ROOT / link).exists()] == []
