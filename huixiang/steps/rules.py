"""The rules of a workspace, read with every kind of source and endpoint installed."""

from collections.abc import Mapping
from pathlib import Path

from huixiang.configuration.problems import RulesRefused, errors
from huixiang.configuration.rulebook import (
    Reading,
    Rulebook,
    parse_rulebook,
    read_rulebook,
)
from huixiang.configuration.shapes import SettingsByKind
from huixiang.configuration.versions import frame_content, frame_of
from huixiang.connectors import kinds as sources
from huixiang.delivery.platforms import kinds as endpoints
from huixiang.domain.coding.codeframe import Codeframe
from huixiang.errors import ConfigurationError
from huixiang.wording.rules.problems import problem_lines


def load_rules(folder: Path, expectations: Path | None = None) -> Rulebook:
    """Return the rules in *folder*, or raise one error that lists all that is wrong."""
    reading = read_rules(folder, expectations)
    if reading.rulebook is None:
        lines = "\n".join(problem_lines(errors(reading.problems)))
        raise ConfigurationError(f"the rules in {folder} cannot be used:\n{lines}")
    return reading.rulebook


def read_rules(folder: Path, expectations: Path | None = None) -> Reading:
    """Read and check *folder*; *expectations* is where the suites are (if checked)."""
    return read_rulebook(folder, every_kind(), expectations)


def parse_rules(texts: Mapping[str, bytes], *, name: str) -> Reading:
    """Turn the files' bytes into a rulebook and all the problems they have."""
    return parse_rulebook(texts, name=name, kinds=every_kind())


def every_kind() -> SettingsByKind:
    """Return what entries of the rules may say, by file and kind."""
    return {
        "sources.yaml": sources.settings_by_kind(),
        "endpoints.yaml": endpoints.settings_by_kind(),
    }


def codeframe_in(file: Path) -> Codeframe:
    """Return the codeframe that a file holds, named after the file."""
    try:
        return frame_of(frame_content(file.read_bytes()), file.name)
    except RulesRefused as refused:
        raise ConfigurationError(
            "\n".join(problem_lines(refused.problems))
        ) from refused
