"""Variables of the process, which settings and Prefect read."""

import contextlib
import os
from collections.abc import Iterator


@contextlib.contextmanager
def unchanged_environment() -> Iterator[None]:
    """Put the variables back as they were, whatever happens inside the block."""
    before = dict(os.environ)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
