"""Connectors: the code that reads one kind of source, chosen by a dictionary."""

from collections.abc import Callable, Mapping
from pathlib import Path

from huixiang.connectors.files import FileConnector
from huixiang.domain.source import Connector, Source

CONNECTORS: Mapping[str, Callable[[Source, Path], Connector]] = {
    "file": FileConnector,
}
"""From the kind of a source to what reads it, given the workspace's folder."""
