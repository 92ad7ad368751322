"""Start everything on one machine: Prefect server, deployments, the inbound door."""

from pathlib import Path

from huixiang.errors import HuixiangError


def serve(home: Path | None, *, host: str, port: int) -> None:
    """Not ready yet."""
    raise HuixiangError("huixiang up is being built")
