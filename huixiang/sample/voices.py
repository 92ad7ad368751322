"""The hand-written sentences that the sample's texts are made of."""

import functools
from collections.abc import Mapping
from importlib import resources

Pools = Mapping[str, tuple[str, ...]]
FILES = ("voices_planted.txt", "voices_everyday.txt", "voices_common.txt")


@functools.cache
def pools() -> Pools:
    """Return every pool by its heading, such as "lounge.drinks -"."""
    found: dict[str, list[str]] = {}
    for name in FILES:
        text = resources.files("huixiang.sample").joinpath(name).read_text("utf-8")
        _read(text, found)
    return {heading: tuple(lines) for heading, lines in found.items()}


def pool(*headings: str) -> tuple[str, ...]:
    """Return the sentences under all of these headings that exist."""
    return tuple(line for heading in headings for line in pools().get(heading, ()))


def _read(text: str, into: dict[str, list[str]]) -> None:
    """Add one file's pools; "@phase" before a line puts it in that phase's pool."""
    heading = ""
    for line in map(str.strip, text.splitlines()):
        if line.startswith("["):
            heading = line.strip("[]")
        elif line and not line.startswith("#"):
            phase, words = _phase(line)
            into.setdefault(f"{heading} {phase}".strip(), []).append(words)


def _phase(line: str) -> tuple[str, str]:
    """Return a line's phase ("" for any time) and its words."""
    if not line.startswith("@"):
        return "", line
    phase, _, words = line[1:].partition(" ")
    return phase, words
