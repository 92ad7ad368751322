"""The command line: the roof over everything."""

from huixiang.cli.main import main

__all__ = ["main"]
