"""A migrated store, on both databases."""

import pytest
from cryptography.fernet import Fernet

from huixiang.store.engine import Store, open_engine
from huixiang.store.vault import Vault


@pytest.fixture
def store(migrated_url):
    opened = Store(open_engine(migrated_url), Vault(Fernet.generate_key()))
    yield opened
    opened.close()
