"""The shop's workspace on both databases, and on a file alone."""

import pytest

from tests.workbench import Bench, make_bench


@pytest.fixture
def bench(tmp_path, database_url) -> Bench:
    """A workspace on each database."""
    return make_bench(tmp_path / "shop", database_url)


@pytest.fixture
def desk(tmp_path) -> Bench:
    """A workspace on a file: for what does not depend on the database."""
    return make_bench(tmp_path / "shop", f"sqlite:///{tmp_path / 'shop.db'}")
