"""Fixtures shared by all tests: real databases, a small workspace."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

from tests.databases import (
    SERVER_FOLDER,
    PostgresqlServer,
    migrated_copy,
    started_server,
    stop_server,
)
from tests.environment import unchanged_environment

# Each worker has a core of its own; threads beneath numpy would fight over it.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# A busy machine is not a bug: no example has a deadline. The same code meets the same
# examples on every machine; --hypothesis-profile=explore looks for new ones.
hypothesis.settings.register_profile(
    "huixiang",
    deadline=None,
    derandomize=True,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.register_profile("explore", deadline=None)
hypothesis.settings.load_profile("huixiang")


def pytest_addoption(parser):
    parser.addoption(
        "--require-postgresql",
        action="store_true",
        help="fail unless tests ran on PostgreSQL too (CI)",
    )


class _PostgresqlGuard:
    """Turns "nothing ran on PostgreSQL" into a failure; sees what all workers report."""

    def __init__(self) -> None:
        self.n_passed = 0

    def pytest_runtest_logreport(self, report):
        if report.when == "call" and report.passed and "postgresql" in report.keywords:
            self.n_passed += 1

    def pytest_sessionfinish(self, session, exitstatus):
        if exitstatus == 0 and self.n_passed == 0:
            session.exitstatus = 1

    def pytest_terminal_summary(self, terminalreporter):
        terminalreporter.write_line(f"{self.n_passed} tests passed on PostgreSQL")


def pytest_configure(config):
    if hasattr(config, "workerinput"):
        return
    # Workers inherit the folder in which the first that needs it starts the server.
    folder = tempfile.mkdtemp(prefix="huixiang-pg-")
    os.environ[SERVER_FOLDER] = folder
    config.add_cleanup(lambda: stop_server(Path(folder)))
    if config.getoption("--require-postgresql"):
        config.pluginmanager.register(_PostgresqlGuard())


@pytest.fixture(scope="session")
def postgresql_server() -> PostgresqlServer:
    """A PostgreSQL server of our own, one for all workers; it ends with the session."""
    return started_server(Path(os.environ[SERVER_FOLDER]))


@pytest.fixture(autouse=True)
def environment_as_it_was() -> Iterator[None]:
    """Forget the variables that a test, or what it calls, has set."""
    with unchanged_environment():
        yield


@pytest.fixture(
    params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]
)
def database_kind(request) -> str:
    """Each kind of database in turn."""
    kind: str = request.param
    return kind


@pytest.fixture
def database_url(database_kind, request, tmp_path) -> Iterator[str]:
    """An empty database without tables, once as a file and once on a server."""
    if database_kind == "sqlite":
        yield f"sqlite:///{tmp_path / 'test.db'}"
        return
    server = request.getfixturevalue("postgresql_server")
    url = server.empty()
    yield url
    server.drop(url)


@pytest.fixture
def migrated_url(database_kind, request, tmp_path) -> Iterator[str]:
    """An empty database of the newest version, once as a file and once on a server."""
    if database_kind == "sqlite":
        yield migrated_copy(tmp_path / "test.db")
        return
    server = request.getfixturevalue("postgresql_server")
    url = server.migrated()
    yield url
    server.drop(url)
