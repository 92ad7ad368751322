"""A shop with a real OA beside it."""

import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from huixiang.app import App, open_app
from huixiang.console.inbound import door_of
from huixiang.console.serving import serve_door
from huixiang.delivery.signing import format_secret
from huixiang.sample.receiver_process import Running, start_receiver
from huixiang.store.engine import open_engine
from huixiang.store.tables.base import Base
from tests.shop import make_shop

SECRET = format_secret(b"a shop's secret, 32 bytes long!!")
BOOKKEEPING = {"run", "lease"}


@dataclass
class Shop:
    """The workspace, its OA and its database."""

    home: Path
    office: Running
    database_url: str

    def open(self) -> App:
        return open_app(self.home)

    def business_rows(self) -> dict[str, list[Any]]:
        """Return every row of every table but the list of runs and the lease."""
        engine = open_engine(self.database_url)
        with engine.connect() as connection:
            rows = {
                name: sorted(map(repr, connection.execute(sa.select(table))))
                for name, table in Base.metadata.tables.items()
                if name not in BOOKKEEPING
            }
        engine.dispose()
        return rows


@contextlib.contextmanager
def shop_with_office(home: Path, database_url: str, monkeypatch) -> Iterator[Shop]:
    make_shop(home)
    monkeypatch.setenv("HUIXIANG_DATABASE_URL", database_url)
    monkeypatch.setenv("SHOP_DESK_SECRET", SECRET)
    monkeypatch.setenv("SHOP_DESK_URL", "http://127.0.0.1:9/")
    app = open_app(home)
    app.prepare()
    with (
        serve_door(door_of(app)) as door,
        start_receiver(
            home / ".huixiang" / "oa",
            environment=dict(os.environ),
            secret_variable="SHOP_DESK_SECRET",
            callback_url=f"{door.url}/hooks/status/desk",
        ) as office,
    ):
        monkeypatch.setenv("SHOP_DESK_URL", office.items_url)
        yield Shop(home=home, office=office, database_url=database_url)
    app.store.close()


@pytest.fixture
def shop(tmp_path, migrated_url, monkeypatch) -> Iterator[Shop]:
    with shop_with_office(tmp_path / "shop", migrated_url, monkeypatch) as made:
        yield made
