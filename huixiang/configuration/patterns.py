"""Compile the patterns people write into rules, with RE2: no pattern can hang a run."""

import re2

from huixiang.domain.matching import Find

MAX_LENGTH = 1000
MAX_PROGRAM = 600
"""Instructions. RE2 is always linear, but counted repeats such as .{0,200} make each
character dear; this keeps the worst text near 2 ms a kilobyte."""


class BadPattern(ValueError):
    """A pattern that RE2 cannot or should not run; says why."""


def compile_pattern(pattern: str) -> Find:
    """Return a function that finds *pattern* in a text (the first place)."""
    search = _compiled(pattern).search

    def find(text: str) -> str | None:
        match = search(text)
        return None if match is None else match.group()

    return find


def _compiled(pattern: str) -> "re2._Regexp[str]":
    if not pattern:
        raise BadPattern("the pattern is empty and would match everything")
    if len(pattern) > MAX_LENGTH:
        raise BadPattern(
            f"the pattern has {len(pattern)} characters, at most {MAX_LENGTH}"
        )
    options = re2.Options()
    options.log_errors = False
    try:
        compiled = re2.compile(pattern, options)
    except re2.error as error:
        raise BadPattern(_reason(error)) from error
    if compiled.programsize > MAX_PROGRAM:
        raise BadPattern("its repeats are too large; keep {m,n} below 30 or so")
    return compiled


def _reason(error: re2.error) -> str:
    words = error.args[0] if error.args else error
    return words.decode(errors="replace") if isinstance(words, bytes) else str(words)
