"""The written pages of the project, as the tests of the documentation read them."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from huixiang.cli.flows import FLOWS

ROOT = Path(__file__).parents[3]
DOCS = ROOT / "docs"
LANGUAGES = ("", ".zh-CN")
WRITTEN = ("docs/**/*.md", "examples/**/*.md", "*.md")
FENCE = re.compile(r"^( *)```[^\n]*\n(.*?)^\1```", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"`([^`\n]+)`")
COMMAND = re.compile(r"^\s*(?:\$ )?(?:[A-Z_]+=\S+ )*(?:\.venv/bin/)?huixiang\s+(.*)$")
SHELL = re.compile(r"\s(?:#|\||>|&&|;)\s?.*$")
PLACEHOLDER = re.compile(r"…|\.\.\.|^[A-Z][A-Z_…]*$")


def all_pages() -> list[Path]:
    """Return every page that is written by hand or by us."""
    found = {path for pattern in WRITTEN for path in ROOT.glob(pattern)}
    return sorted(path for path in found if ".huixiang" not in path.parts)


def name(path: Path) -> str:
    """Return a page's path inside the project."""
    return path.relative_to(ROOT).as_posix()


def prose(text: str) -> str:
    """Return a page without its blocks of code."""
    return FENCE.sub("", text)


def codes(text: str) -> set[str]:
    """Return what a page names as code outside of blocks."""
    return set(CODE.findall(prose(text)))


def headings(text: str) -> list[str]:
    """Return the headings of a page."""
    return re.findall(r"^#+ +(.+?)\s*$", prose(text), re.MULTILINE)


def anchors(text: str) -> set[str]:
    """Return what a link into a page can point to, as code hosts make it."""
    plain = [re.sub(r"[`*]|\[(.*?)\]\(.*?\)", r"\1", each) for each in headings(text)]
    return {
        re.sub(r"[^\w\- ]", "", each.lower()).strip().replace(" ", "-")
        for each in plain
    }


def shown_commands(text: str) -> Iterator[str]:
    """Yield the arguments of every `huixiang …` that a page shows."""
    lines = [line for _, block in FENCE.findall(text) for line in block.splitlines()]
    for line in [*lines, *CODE.findall(prose(text))]:
        found = COMMAND.match(line)
        if found:
            yield SHELL.sub("", " " + found[1]).strip()


def wrong_in(arguments: str, root: click.Group) -> str | None:
    """Say what of a shown command does not exist; None: it is right."""
    command: click.Command = root
    words = iter(arguments.split())
    for word in words:
        if word.startswith("-"):
            if word.split("=")[0] not in _options(command):
                return f"{command.name} has no option {word}"
            if isinstance(command, click.Group) and "=" not in word:
                next(words, None)  # a group's options have values
        elif isinstance(command, click.Group):
            if PLACEHOLDER.search(word):
                return None
            below = command.commands.get(word)
            if below is None:
                return f"{command.name} has no command {word}"
            command = below
    return _wrong_flow(arguments)


def _wrong_flow(arguments: str) -> str | None:
    found = re.match(r"run ([a-z]+)\b", arguments)
    if found and found[1] not in FLOWS:
        return f"run has no flow {found[1]}"
    return None


def _options(command: click.Command) -> set[str]:
    common = {"-h", "--help"} | ({"--version"} if command.name == "root" else set())
    return common | {option for each in command.params for option in each.opts}


def leaves(command: click.Command, path: str = "huixiang") -> Iterator[tuple[str, Any]]:
    """Yield every command that does something, with its full name."""
    if not isinstance(command, click.Group):
        yield path, command
        return
    if command.invoke_without_command:
        yield path, command
    for each, below in command.commands.items():
        yield from leaves(below, f"{path} {each}")
