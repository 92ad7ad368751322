"""Serve the deployments of a prefect.yaml from this process."""

import datetime as dt
import importlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml
from prefect import Flow, serve
from prefect.client.schemas.objects import (
    ConcurrencyLimitConfig,
    ConcurrencyLimitStrategy,
)
from prefect.deployments.runner import RunnerDeployment
from prefect.schedules import Cron, Interval, Schedule


def serve_deployments(file: Path) -> None:
    """Register every deployment of *file* and run what is due, until told to stop."""
    serve(*deployments(file))


def deployments(file: Path) -> list[RunnerDeployment]:
    """Return the deployments that *file* describes."""
    document = yaml.safe_load(file.read_text(encoding="utf-8"))
    return [_deployment(entry) for entry in document["deployments"]]


def _deployment(entry: Mapping[str, Any]) -> RunnerDeployment:
    made = flow_of(entry["entrypoint"]).to_deployment(
        name=entry["name"],
        description=entry.get("description"),
        parameters=dict(entry.get("parameters") or {}),
        schedules=list(_schedules(entry.get("schedules") or ())),
        concurrency_limit=_limit(entry.get("concurrency_limit")),
    )
    if not isinstance(made, RunnerDeployment):
        raise TypeError(f"deployment {entry['name']} was made in an event loop")
    return made


def flow_of(entrypoint: str) -> Flow[..., Any]:
    """Return the flow behind `flows/loop.py:loop` or `flows.loop.loop`."""
    dotted = entrypoint.replace(".py:", ".").replace("/", ".")
    module, _, name = dotted.rpartition(".")
    found: Flow[..., Any] = getattr(importlib.import_module(module), name)
    return found


def _schedules(entries: Any) -> Iterator[Schedule]:
    for entry in entries:
        common = {
            "timezone": entry.get("timezone"),
            "active": entry.get("active", True),
            "slug": entry.get("slug"),
        }
        if "cron" in entry:
            yield Cron(entry["cron"], **common)
        else:
            yield Interval(dt.timedelta(seconds=entry["interval"]), **common)


def _limit(entry: Any) -> ConcurrencyLimitConfig | int | None:
    if not isinstance(entry, Mapping):
        return entry  # type: ignore[no-any-return]  # an int or nothing, as written
    strategy = ConcurrencyLimitStrategy(entry["collision_strategy"])
    return ConcurrencyLimitConfig(limit=entry["limit"], collision_strategy=strategy)
