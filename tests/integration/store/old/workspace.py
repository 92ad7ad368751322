"""A whole workspace as the last version before 0009 left it behind."""

import zlib

from huixiang.store.vault import Vault
from tests.integration.store.old.codings import write_codings
from tests.integration.store.old.database import OldDatabase, Rows, old_engine, rows_of
from tests.integration.store.old.items import write_items
from tests.integration.store.old.proof import write_proof
from tests.integration.store.old.records import write_records

REPORT = zlib.compress(b'{"title": "a report of long ago"}')


def write_old(url: str, vault: Vault, report: bytes = REPORT) -> Rows:
    """Make an old database at *url*; return every row of it."""
    engine = old_engine(url)
    with engine.begin() as connection:
        old = OldDatabase(connection)
        write_records(old, vault)
        write_codings(old)
        write_items(old, vault)
        write_proof(old, report)
    with engine.connect() as connection:
        rows = rows_of(connection)
    engine.dispose()
    return rows
